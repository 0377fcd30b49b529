"""Cut a note into segments: lines, bullets, table rows, and sentences of clipped prose."""

import re
from collections.abc import Iterator

from model.parse.sections import heading_of
from model.records import SectionKind, Segment, Span

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
# Shorthand that ends in a full stop without ending a sentence.
_ABBREVIATIONS = frozenset(
    """pt pts dr mr mrs ms vs approx min mins sec hr hrs wk wks mo yr yrs lb lbs in ft deg ext flex
    abd add rot bilat max mod sup ind indep eval tx dx hx sx rx s/p w/o reps rep ex no st inc dept
    amb fig e.g i.e etc a.m p.m am pm incl prev post ant lat med cont freq dur est u.s m.d d.o
    jr sr nos wt ht temp avg cm mm kg oz resp""".split()  # noqa: SIM905 - a list of words reads best
)
_END = re.compile(r"[.!?]+[\"')\]]*(?:\s+)(?=[\"'(\[]?[A-Z0-9•*~<>+@])|;\s+|\s+[•●▪·|]\s+(?=\S)")
_WORD_BEFORE = re.compile(r"([A-Za-z./]+)$")
_BULLET = re.compile(r"^[\s>*#•●▪·\-–—=_~+]*(?:\d{1,2}[.)]\s+|\([1-9]\)\s+|\[[ xX✓]?\]\s*)?")
_HAS_WORD = re.compile(r"\w")


def segment(text: str) -> tuple[Segment, ...]:
    """The segments of ``text`` in order, each with the section it stands under.

    Where every line is a heading with nothing below it, the lines are what the note says.
    """
    return tuple(_segments(text)) or tuple(_lines(text))


def _lines(text: str) -> Iterator[Segment]:
    for row, line in enumerate(_LINE.finditer(text)):
        span = _trim(text, Span(*line.span()))
        if span is not None:
            yield Segment(span=span, section=SectionKind.NONE, heading="", row=row)


def _segments(text: str) -> Iterator[Segment]:
    kind, words = SectionKind.NONE, ""
    for row, line in enumerate(_LINE.finditer(text)):
        start, content = line.start(), line.group()
        heading = heading_of(content)
        offset = 0
        if heading is not None:
            kind, words, offset = heading.kind, heading.words, heading.text_from
        for piece in _sentences(content, offset):
            span = _trim(text, Span(start + piece.start, start + piece.end))
            if span is not None:
                yield Segment(span=span, section=kind, heading=words, row=row)


def _sentences(line: str, offset: int) -> Iterator[Span]:
    """Ranges of ``line`` from ``offset`` on that each hold one sentence; table rows stay whole."""
    if line.count("|") >= 2 or line.count("\t") >= 2:
        if offset < len(line):
            # A table row whose first cell reads as a heading still belongs together.
            yield Span(0, len(line))
        return
    begin = offset
    for end in _END.finditer(line, offset):
        if end.group().lstrip()[:1] == "." and _is_abbreviation(line, end.start()):
            continue
        if end.end() > begin:
            yield Span(begin, end.end())
        begin = end.end()
    if begin < len(line):
        yield Span(begin, len(line))


def _is_abbreviation(line: str, stop: int) -> bool:
    word = _WORD_BEFORE.search(line, 0, stop)
    return word is not None and (word[1].lower() in _ABBREVIATIONS or len(word[1]) == 1)


def _trim(text: str, span: Span) -> Span | None:
    """``span`` without bullets and surrounding space; None when no word is left."""
    raw = span.of(text)
    lead = _BULLET.match(raw)
    start = span.start + (lead.end() if lead else 0)
    end = span.start + len(raw.rstrip())
    if start >= end or not _HAS_WORD.search(text, start, end):
        return None
    return Span(start, end)
