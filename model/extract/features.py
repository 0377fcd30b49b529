"""Words of a segment, or around a duration, as the tokens the linear readers weigh.

The token strings are split on spaces by the exported graph, so training and serving share this
module and nothing else.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from model.extract.lexicon import Hit, hits
from model.parse.folding import folded
from model.records import Duration, DurationKind, ParsedNote, Segment, Span

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[.:/]\d+)*|[^\w\s]", re.IGNORECASE)
_CODE = re.compile(r"^(?:9[0-9]{4}|g0283|2056[01])$")
# Characters of a word that carry its stem through inflection and typing errors.
_GRAM = 4
_NEIGHBOUR_WORDS = 14
_LEFT, _RIGHT = 12, 10
_BREAK = re.compile(r"[;,|+]|\s/\s|\band\b|\bthen\b|\.\s|\n|\t|\s[-–—•]\s", re.IGNORECASE)


def words(text: str) -> list[str]:
    """The words of ``text``, lower case; numbers become their shape, codes stay."""
    return [_shape(match.group()) for match in _TOKEN.finditer(folded(text))]


def _shape(word: str) -> str:
    if word[0].isdigit() and not _CODE.match(word):
        return re.sub(r"\d+", "0", word)
    return word


def segment_tokens(note: ParsedNote, index: int) -> str:
    """Segment ``index`` of ``note`` with its heading and neighbours, as one token string."""
    segments = note.segments
    before = segments[index - 1] if index else None
    after = segments[index + 1] if index + 1 < len(segments) else None
    return " ".join(
        (
            *_own(note.text, segments[index]),
            *(f"b:{word}" for word in _neighbour(note.text, before)),
            *(f"n:{word}" for word in _neighbour(note.text, after)),
            *((f"bs:{before.section}",) if before else ("first",)),
            *(("last",) if after is None else ()),
        )
    )


def bare_tokens(text: str, heading: str = "", section: str = "none") -> str:
    """A segment that stands alone, as one token string."""
    return " ".join(_tokens(text, Span(0, len(text)), heading, section))


def _own(text: str, segment: Segment) -> Iterator[str]:
    return _tokens(text, segment.span, segment.heading, segment.section)


def _tokens(text: str, span: Span, heading: str, section: str) -> Iterator[str]:
    own = words(span.of(text))
    yield from own
    yield from (f"{a}_{b}" for a, b in pairwise(own))
    for word in own:
        if word[0].isalpha() and len(word) > _GRAM:
            yield from (f"c:{word[i : i + _GRAM]}" for i in range(len(word) - _GRAM + 1))
    yield from (f"h:{word}" for word in words(heading))
    yield f"s:{section}"
    yield from (f"lex:{'n' if hit.is_name else 'a'}:{hit.family}" for hit in hits(text, span))
    if own:
        yield f"1:{own[0]}"


def _neighbour(text: str, segment: Segment | None) -> list[str]:
    return words(segment.span.of(text))[:_NEIGHBOUR_WORDS] if segment else []


def duration_tokens(note: ParsedNote, index: int) -> str:
    """Duration ``index`` of ``note`` with the words around it, as one token string."""
    return " ".join(_duration(note, note.durations[index]))


def _duration(note: ParsedNote, duration: Duration) -> Iterator[str]:
    text = note.text
    line = line_of(text, duration.span.start)
    yield f"k:{duration.kind}"
    yield from _value(note, duration)
    left = words(text[line.start : duration.span.start])[-_LEFT:]
    right = words(text[duration.span.end : line.end])[:_RIGHT]
    yield from (f"l{i}:{word}" for i, word in enumerate(reversed(left[-3:])))
    yield from (f"r{i}:{word}" for i, word in enumerate(right[:3]))
    yield from (f"l:{word}" for word in left)
    yield from (f"r:{word}" for word in right)
    clause = clause_of(note, duration)
    yield from (f"cl:{word}" for word in words(clause.of(text)))
    clause_hits = hits(text, clause)
    yield from (f"clx:{'n' if h.is_name else 'a'}:{h.family}" for h in clause_hits)
    line_hits = hits(text, line)
    yield from (f"lx:{hit.family}" for hit in line_hits)
    yield from _nearest(line_hits, duration.span)
    yield from (f"w:{word}" for word in words(duration.span.of(text)))
    segment = segment_at(note, duration.span.start)
    if segment is not None:
        yield f"s:{segment.section}"
        yield from (f"h:{word}" for word in words(segment.heading))
    for name, near in (("b", _line_before(text, line)), ("n", _line_after(text, line))):
        if near is not None:
            yield from (f"{name}:{word}" for word in words(near.of(text))[:_NEIGHBOUR_WORDS])
            yield from (f"{name}x:{hit.family}" for hit in hits(text, near))


def _value(note: ParsedNote, duration: Duration) -> Iterator[str]:
    """What the number itself says: its size, and whether others add up to it."""
    minutes = duration.minutes
    yield f"v:{min(minutes // 5, 18)}"
    others = [d.minutes for d in note.durations if d is not duration]
    if not others:
        yield "only"
    elif minutes >= max(others):
        yield "max"
    smaller = [m for m in others if m < minutes]
    if len(smaller) > 1 and sum(smaller) == minutes:
        yield "sum"
    if minutes in others:
        yield "again"
    same_line = [
        d
        for d in note.durations
        if line_of(note.text, d.span.start).start <= duration.span.start
        and duration.span.end <= line_of(note.text, d.span.start).end
    ]
    yield f"inline:{min(len(same_line), 4)}"
    if sum(d.kind is DurationKind.CLOCK for d in note.durations) > 1:
        yield "clocks"


def _nearest(found: Sequence[Hit], span: Span) -> Iterator[str]:
    left = [hit for hit in found if hit.span.end <= span.start]
    right = [hit for hit in found if hit.span.start >= span.end]
    if left:
        yield f"nl:{left[-1].family}"
    if right:
        yield f"nr:{right[0].family}"


def line_of(text: str, at: int) -> Span:
    """The whole line around ``at``; at least one character long."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return Span(start, max(len(text) if end < 0 else end, start + 1))


def clause_of(note: ParsedNote, duration: Duration) -> Span:
    """The stretch of the duration's line that holds no other duration, cut at a separator."""
    text = note.text
    segment = segment_at(note, duration.span.start)
    around = segment.span if segment else line_of(text, duration.span.start)
    before = max(
        (d.span.end for d in note.durations if around.start <= d.span.end <= duration.span.start),
        default=around.start,
    )
    after = min(
        (d.span.start for d in note.durations if duration.span.end <= d.span.start <= around.end),
        default=around.end,
    )
    start, end = before, after
    if before > around.start:
        cuts = [m.end() for m in _BREAK.finditer(text, before, duration.span.start)]
        start = cuts[0] if cuts else before
    if after < around.end:
        cuts = [m.start() for m in _BREAK.finditer(text, duration.span.end, after)]
        end = cuts[-1] if cuts else after
    return Span(min(start, duration.span.start), max(end, duration.span.end))


def segment_at(note: ParsedNote, at: int) -> Segment | None:
    """The segment that holds the character ``at``, or the last one that begins before it."""
    starts = [segment.span.start for segment in note.segments]
    position = bisect_right(starts, at) - 1
    return note.segments[position] if position >= 0 else None


def _line_before(text: str, line: Span) -> Span | None:
    return _first_full(line_of(text, at) for at in (line.start - 1, line.start - 2) if at >= 0)


def _line_after(text: str, line: Span) -> Span | None:
    return line_of(text, line.end + 1) if line.end + 1 < len(text) else None


def _first_full(lines: Iterable[Span]) -> Span | None:
    return next((line for line in lines if len(line) > 1), None)
