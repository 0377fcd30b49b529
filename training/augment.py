"""The same note as somebody else would have typed it: other minute forms, names and layout.

Augmentation is fitted on beside the authored notes, never scored and never counted in the corpus;
its notes carry the style ``augmented``. Marks move with the words they cover.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from model.records import Span
from model.strict_yaml import load
from training.corpus import LabeledNote
from training.marks import Mark

STYLE = "augmented"
_MINUTES = re.compile(
    r"[\[(]?(?:x ?)?(?P<n>\d{1,3})\s?-?\s?(?:minutes|minute|mins|min|m|['\u2019])?\.?[\])]?",
    re.IGNORECASE,
)
_FORMS: tuple[str, ...] = (
    "{n} min", "{n}min", "{n} mins", "{n} minutes", "{n}'", "{n}m", "x{n}", "x {n} min", "{n}-min",
    "({n} min)", "({n})", "({n}')", "x{n}'", "- {n} min", "for {n} minutes",
)  # fmt: skip
_ITEM = re.compile(r"(?<=\n)[ \t]*(?:[-*\u2022]|\d{1,2}[.)])[ \t]+")
_ITEM_END = re.compile(r"[.;]?\n(?=[ \t]*(?:[-*\u2022]|\d{1,2}[.)])[ \t])")
_SENTENCE_END = re.compile(r"(?<=[a-z)])\. (?=[A-Z])")
_ARTICLE = re.compile(r"\b(?:the|a|an|was|were|has|had|is) ", re.IGNORECASE)
_RENAMED = 0.5

Edit = tuple[Span, str]


def augmented(note: LabeledNote, seed: int) -> LabeledNote:
    """``note`` retyped by chance; the same seed gives the same note."""
    chance = random.Random(f"{note.id}:{seed}")  # noqa: S311 - not for secrets
    for change in (_minute_forms, _service_names, chance.choice(_LAYOUTS)):
        note = edited(note, list(change(note, chance)))
    return replace(note, style=STYLE)


def edited(note: LabeledNote, edits: Sequence[Edit]) -> LabeledNote:
    """``note`` with each span of ``edits`` replaced, and its marks where their words now stand.

    An edit that crosses the border of a mark, or another edit, is left out.
    """
    kept: list[Edit] = []
    for span, words in sorted(edits, key=lambda edit: edit[0]):
        crosses = any(_crosses(span, mark.span) for mark in note.marks)
        if not crosses and (not kept or kept[-1][0].end <= span.start):
            kept.append((span, words))
    pieces, at = [], 0
    for span, words in kept:
        pieces += [note.text[at : span.start], words]
        at = span.end
    marks = tuple(
        Mark(mark.label, Span(start, end))
        for mark in note.marks
        if (start := _moved(mark.span.start, kept)) < (end := _moved(mark.span.end, kept))
    )
    return replace(note, text="".join([*pieces, note.text[at:]]), marks=marks)


def _crosses(edit: Span, mark: Span) -> bool:
    is_apart = edit.end <= mark.start or mark.end <= edit.start
    is_inside = mark.start <= edit.start and edit.end <= mark.end
    return not is_apart and not is_inside


def _moved(at: int, edits: Sequence[Edit]) -> int:
    return at + sum(len(words) - len(span) for span, words in edits if span.end <= at)


def _minute_forms(note: LabeledNote, chance: random.Random) -> Iterator[Edit]:
    """One form for all minutes of the note, as one person writes them."""
    form = chance.choice(_FORMS)
    for mark in note.marks:
        match = _MINUTES.fullmatch(mark.span.of(note.text))
        is_cut = note.text[mark.span.end : mark.span.end + 2].strip()[:1].isalpha()
        if mark.label[0] == "min" and match and not is_cut:
            yield mark.span, form.format(n=match["n"])


def _service_names(note: LabeledNote, chance: random.Random) -> Iterator[Edit]:
    """Some services by another of their names."""
    pattern, others = _names()
    for match in pattern.finditer(note.text):
        if chance.random() < _RENAMED:
            yield Span(*match.span()), chance.choice(others[match.group()])


@cache
def _names() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """Where a whole name stands, and what else it is called."""
    groups: list[list[str]] = list(load(Path(__file__).with_name("service_names.yaml")).values())
    others = {name: [n for n in names if n != name] for names in groups for name in names}
    longest_first = sorted(others, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"), others


def _one_paragraph(note: LabeledNote, chance: random.Random) -> Iterator[Edit]:
    """List items run together."""
    glue = chance.choice(("; ", ". ", ", "))
    for match in _ITEM_END.finditer(note.text):
        item = _ITEM.match(note.text, match.end())
        yield Span(match.start(), item.end() if item else match.end()), glue


def _one_line_each(note: LabeledNote, chance: random.Random) -> Iterator[Edit]:
    """Each sentence on a line of its own."""
    bullet = chance.choice(("\n", "\n- ", "\n* "))
    for match in _SENTENCE_END.finditer(note.text):
        yield Span(*match.span()), bullet


def _clipped(note: LabeledNote, chance: random.Random) -> Iterator[Edit]:
    """Articles and helping verbs left out, as in haste."""
    for match in _ARTICLE.finditer(note.text):
        if chance.random() < _RENAMED:
            yield Span(*match.span()), ""


def _as_it_is(note: LabeledNote, chance: random.Random) -> Iterator[Edit]:
    """The layout the author chose."""
    return iter(())


_LAYOUTS: tuple[Callable[[LabeledNote, random.Random], Iterator[Edit]], ...] = (
    _one_paragraph, _one_line_each, _clipped, _as_it_is,
)  # fmt: skip
