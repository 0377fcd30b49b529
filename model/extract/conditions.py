"""Diagnosis mentions and the codes their words come nearest to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.extract.features import segment_at
from model.extract.index import DiagnosisIndex, Match
from model.extract.known_phrases import stands_alone, with_known_phrases
from model.extract.phrases import located_sides, sides, terms, without_handedness
from model.extract.reading import Mention, Reading
from model.records import ParsedNote, SectionKind, Segment, Span

_CODE_IN_WORDS = re.compile(r"[\s(\[-]*\b[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\b[\s)\]:,-]*")
# Where one mention holds several conditions, and what the words of each must resemble to count.
_JOINED = re.compile(
    r"\s*[;,+&/|]\s*|\s+w/\s*|\s+(?:and|with|w|w/|due to|d/t|2/2|s/p|p/|after|following|from"
    r"|secondary to)\s+",
    re.IGNORECASE,
)
_PART = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A condition as the note states it.

    Attributes:
        words: What the mention says, without any code written in it.
        state: affirmed, uncertain, history or other.
        sides: Sides its own words name, else those of its segment.
        matches: Codes whose sayings come nearest, best first.
        is_heading: Whether it stands where diagnoses are listed.
        is_background: Whether it stands where the history is told.
        place: Where in the note it stands, from 0 to 1.
        order: Its place among the note's mentions.
        code: The ICD-10-CM code written beside it, when there is one.
        is_known: Whether its words are a whole saying of the index.
    """

    span: Span
    words: str
    state: str
    score: float
    sides: frozenset[str]
    matches: tuple[Match, ...]
    is_heading: bool
    order: int
    code: str | None = None
    is_known: bool = False
    is_background: bool = False
    place: float = 0.0


def conditions(note: ParsedNote, reading: Reading, index: DiagnosisIndex) -> tuple[Stated, ...]:
    """Every condition the reader marked or the index knows by name, in text order."""
    found: list[Stated] = []
    marked = with_known_phrases(note, reading, index)
    whole = [*marked, *_coded(note, marked)]
    for mention in (*whole, *(part for own in whole for part in _parts(note.text, own, index))):
        segment = segment_at(note, mention.span.start)
        words = without_handedness(_CODE_IN_WORDS.sub(" ", mention.span.of(note.text))).strip()
        said = terms(words)
        if not said:
            continue
        own = sides(words)
        found.append(
            Stated(
                span=mention.span,
                words=words,
                state=mention.state,
                score=mention.score,
                sides=own or _sides_around(note, segment, mention.span),
                matches=index.nearest(words),
                is_heading=_stands_under(segment, SectionKind.DIAGNOSIS),
                is_background=_stands_under(segment, SectionKind.HISTORY),
                place=mention.span.start / len(note.text),
                order=len(found),
                code=_beside(note, mention.span),
                is_known=index.is_known(said),
            )
        )
    return tuple(sorted(found, key=lambda stated: stated.span))


def _parts(text: str, mention: Mention, index: DiagnosisIndex) -> Iterator[Mention]:
    """The conditions that one mention joins, each with the mention's state."""
    bounds = [mention.span.start]
    for joint in _JOINED.finditer(text, mention.span.start, mention.span.end):
        bounds += [joint.start(), joint.end()]
    bounds.append(mention.span.end)
    spans = [Span(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if b > a]
    if len(spans) > 1:
        for span in spans:
            if not stands_alone(span.of(text)):
                continue
            nearest = index.nearest(_CODE_IN_WORDS.sub(" ", span.of(text)), most=1)
            if nearest and nearest[0].score >= _PART:
                yield Mention(span, mention.state, mention.score)


def _sides_around(note: ParsedNote, segment: Segment | None, span: Span) -> frozenset[str]:
    """The side named nearest to ``span`` in its segment; none where none is named."""
    if segment is None:
        return frozenset()
    words = without_handedness(segment.span.of(note.text))
    at = span.start - segment.span.start
    named = sorted(located_sides(words), key=lambda found: abs(found[0] - at))
    return frozenset({named[0][1]}) if named else frozenset()


def _coded(note: ParsedNote, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Codes written where no mention stands: the words beside the code are the mention."""
    for stated in note.stated_diagnoses:
        near = Span(max(0, stated.span.start - 3), stated.span.end + 3)
        if any(mention.span.overlaps(near) for mention in mentions):
            continue
        if _beside_mention(note, stated.span, mentions):
            continue
        span = _words_beside(note.text, stated.span)
        yield Mention(span, "affirmed", 0.6)


def _beside_mention(note: ParsedNote, code: Span, mentions: Sequence[Mention]) -> bool:
    return any(_beside(note, mention.span) == code.of(note.text) for mention in mentions)


def _words_beside(text: str, code: Span) -> Span:
    """The code with the words on its line up to the nearest separator on either side."""
    start = max(text.rfind("\n", 0, code.start), text.rfind(";", 0, code.start), -1) + 1
    ends = [at for at in (text.find("\n", code.end), text.find(";", code.end)) if at >= 0]
    end = min(ends, default=len(text))
    start, end = max(start, code.start - 80), min(end, code.end + 80)
    raw = text[start:end]
    return Span(start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()))


def _beside(note: ParsedNote, span: Span) -> str | None:
    """The code written inside the mention or within a few characters of it on its line."""
    for stated in note.stated_diagnoses:
        gap = max(stated.span.start - span.end, span.start - stated.span.end)
        between = note.text[min(span.end, stated.span.end) : max(span.start, stated.span.start)]
        if gap <= 4 and "\n" not in between:
            return stated.code
    return None


def _stands_under(segment: Segment | None, section: SectionKind) -> bool:
    return segment is not None and segment.section is section
