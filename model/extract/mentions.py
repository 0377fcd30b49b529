"""From a tag for every token to the whole words of each diagnosis mention."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from model.extract.reading import TAGS, Floats, Mention
from model.extract.tokens import Encoded
from model.records import Span

# A mention needs one word of this chance and reaches as far as its neighbours have the lower one.
_SURE, _LIKELY = 0.4, 0.2


@dataclass(frozen=True, slots=True)
class _Word:
    """Tokens that no space parts: the span they cover, and the scores of the surest."""

    span: Span
    scores: Floats

    @property
    def chance(self) -> float:
        """Probability that the word belongs to a mention."""
        return 1.0 - float(self.scores[0])


def mentions(encoded: Sequence[Encoded], tags: Sequence[Floats]) -> Iterator[Mention]:
    """Runs of words the tagger takes for one diagnosis, in text order.

    Args:
        encoded: The note's segments.
        tags: Tag probabilities ``(tokens, len(TAGS))`` of each.
    """
    for segment, scores in zip(encoded, tags, strict=True):
        run: list[_Word] = []
        for word in _words(segment, scores):
            if word.chance >= _LIKELY:
                run.append(word)
                continue
            yield from _mention(run)
            run = []
        yield from _mention(run)


def _words(segment: Encoded, scores: Floats) -> Iterator[_Word]:
    """The segment's words; a word is as sure as its surest piece."""
    current: _Word | None = None
    for span, row in zip(segment.spans, scores, strict=True):
        if span is None:
            continue
        if current is not None and current.span.end == span.start:
            surest = row if 1.0 - float(row[0]) > current.chance else current.scores
            current = _Word(Span(current.span.start, span.end), surest)
            continue
        if current is not None:
            yield current
        current = _Word(span, row)
    if current is not None:
        yield current


def _mention(run: Sequence[_Word]) -> Iterator[Mention]:
    if not run or max(word.chance for word in run) < _SURE:
        return
    mean = np.mean([word.scores for word in run], axis=0)
    state = TAGS[1 + int(mean[1:].argmax())]
    yield Mention(Span(run[0].span.start, run[-1].span.end), state, float(1.0 - mean[0]))
