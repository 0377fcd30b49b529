"""Which sayings tell their code, and which are words that notes use for other things too.

A writer may mean the new hip by "one" and the sore wrist by "hand"; whoever marked the words was
right, and an index that learned them finds a hip in every "one".
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from model.extract.index import LONGEST_SAYING
from model.extract.phrases import located_terms, terms
from model.records import Span
from training.corpus import LabeledNote
from training.tasks.saying import Saying

Terms = tuple[str, ...]
# Unmarked uses for each marked one that the sources bear. Our own index chose its words.
_BORNE: Mapping[str, float] = {"note": 1.0, "bank": 3.0}
_FEWEST = 2


def telling(found: Sequence[Saying], notes: Iterable[LabeledNote]) -> Iterator[Saying]:
    """Those of ``found`` whose words the notes mostly use for a condition."""
    own_terms = [tuple(terms(saying.words)) for saying in found]
    chosen = {own for own, s in zip(own_terms, found, strict=True) if s.source not in _BORNE}
    marked, unmarked = _uses(own_terms, notes)
    for own, saying in zip(own_terms, found, strict=True):
        is_chosen = own in chosen and saying.source != "note"
        borne = _BORNE.get(saying.source, 0.0) * max(marked[own], 1)
        if is_chosen or unmarked[own] <= max(borne, _FEWEST):
            yield saying


def _uses(
    words: Iterable[Terms], notes: Iterable[LabeledNote]
) -> tuple[Counter[Terms], Counter[Terms]]:
    """How often notes use each of ``words`` inside a diagnosis mark, and outside of any."""
    sought = frozenset(own for own in words if own)
    marked: Counter[Terms] = Counter()
    unmarked: Counter[Terms] = Counter()
    for note in notes:
        marks = [mark.span for mark in note.marks if mark.label[0] == "dx"]
        for own, span in _runs(note.text):
            if own in sought:
                inside = any(span.overlaps(mark) for mark in marks)
                (marked if inside else unmarked)[own] += 1
    return marked, unmarked


def _runs(text: str) -> Iterator[tuple[Terms, Span]]:
    """Every run of up to ``LONGEST_SAYING`` terms of ``text``, with its place."""
    located = list(located_terms(text, Span(0, len(text))))
    for start in range(len(located)):
        for end in range(start + 1, min(start + LONGEST_SAYING, len(located)) + 1):
            run = located[start:end]
            yield tuple(term for term, _ in run), Span(run[0][1].start, run[-1][1].end)
