"""Numbers without a unit that may be minutes; whoever reads the words around them decides."""

import re
from collections.abc import Iterator

from model.parse.spelled import SPELLED, number_of
from model.records import Duration, DurationKind, Span

_FEWEST, _MOST = 5, 150
# What is counted or measured after a number that is no minutes.
_COUNTED_THINGS = (
    r"a[.]?m|attempts?|authorized|beats|bites?|blocks?|bpm|cards?|chances|clean|cm|cmh2o|cones?|cups?"
    r"|days?|db|deg|degrees?|each|falls?|feet|foods|ft|g|gel|grams?|h|hours?|hrs?|hz|inch(?:es)?"
    r"|items?|kg|lbs?|letters?|lines|liters?|loc|lumbar|m|meals?|met|meters?|mg|mhz|mi|ml|mm|mmhg"
    r"|mos?|months?|nights?|opportunities|oz|pages|passes|pegs?|people|percent|persons?|phrases"
    r"|pieces?|pills?|points?|positions|pounds?|p[.]?m|pts?|questions|reps?|rungs|sec|seconds?|secs?"
    r"|sentences?|sessions?|sets?|signs|sips?|stairs|staples|steps?|stitches|stops|times?|trials?"
    r"|tries|turns?|units?|uv|utts?|visits?|vocab|weeks?|wks?|words?|wpm|yards?|years?|yo|yrs?|f|x|y"
)
_LINKING = (
    r"abd|after|and|are|at|because|before|by|ext|flex|from|in|is|last|of|on|or|o|out|per|post|s|to"
    r"|verbal|vs|was|were|without|with|d|l(?! arm)|r(?! arm)|left|right|ice"
)
_MEASURE_BEFORE = re.compile(
    r"\b(?:to|vs|at|from|of|about|than|over|past|under|age|grade|level|lvl|rpe|borg|x|stage|day|wk|week"
    r"|pod|visit|the|is|was|are|were|now|score|room|rm|c|l|r|t|only|by|max|min|hold|held|up|every|q"
    r"|in|and|or|below|above|through|until|near|nearly|almost|rom|flexion|extension|flex|ext|abd|er|ir"
    r"|tam|pip|dip|mp|tug|berg|fga|dgi|moca|on|for|pain|vas|bp|hr|sats?|spo2|add|with|dash|quickdash"
    r"|lefs|ndi|pas|iddsi|visa-p|wpi|atr|grip|peak|strain|lag|lack|rest|motion|rep|number|asked|name"
    r"|produce|rotation|swallowed|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\s\Z",
    re.IGNORECASE,
)

_ENDING = re.compile(
    rf"(?<![\w./:#$+<>=~^'*-])(?<!\b[x@]\s)(?P<n>\d{{1,3}}|{SPELLED})"
    r"(?=\s*(?:[,;)\]|\n\r]|:(?!\d)|\.(?!\d)|$|and\b|\+|--?\s|then\b|of [a-z]))",
    re.IGNORECASE | re.MULTILINE,
)
# A number that opens a line ("22 wc: ramp", "38 / 42", "35 35 tot"), or comes second there.
_OPENING = re.compile(
    r"^[\s(]*(?P<n>\d{1,3})\)?(?=\s*[/=]\s*\d|\s+\d{1,3}\b|\s{1,5}[a-z(]|\s*\||\s*$)", re.MULTILINE
)
_SECOND = re.compile(
    r"^[\s(]*\d{1,3}\s*[/= ]\s*(?:tot(?:al)?\s+)?(?P<n>\d{1,3})(?=\s|$)", re.MULTILINE
)
# "first 10", "the remaining eighteen", "all of 7".
_PART = re.compile(
    r"\b(?:first|additional|another|remaining|further|last|next|final|all of)\s+"
    rf"(?P<n>\d{{1,2}}|{SPELLED})\b"
    rf"(?!\s*(?:{_COUNTED_THINGS}|%|of)\b)",
    re.IGNORECASE,
)
# "twelve to patellar glides", "fifteen more".
_SPENT = re.compile(rf"\b(?P<n>{SPELLED})(?= (?:to|upon|on|more|went)\b)", re.IGNORECASE)
# "40 all told", "thirty-four in the house", "50 whole visit".
_ALTOGETHER = re.compile(
    rf"(?<![\d./:-])\b(?P<n>\d{{1,3}}|{SPELLED})(?=\s(?:all(?:\s(?:told|in)\b|[.,;]|$)|together\b"
    r"|(?:for the |whole )visit\b|(?:from )?door to door\b"
    r"|in (?:the |this )?(?:clinic|room|rm|house|gym|pool)\b))",
    re.IGNORECASE | re.MULTILINE,
)
# Set off by a wide gap, dots or dashes, as in a form.
_SET_OFF = re.compile(
    r"(?:(?<=\s)|(?<=\.\.)|(?<=--)|(?<=@))(?P<n>\d{1,3})(?=\s{2,}\S|-{2,}|\t|\s*\||\s?$)",
    re.MULTILINE,
)
# Between two activities: "shifting for the left leg 15 trunk leans right".
_BETWEEN = re.compile(
    rf"(?<=[a-z)\]] )(?P<n>\d{{1,2}})(?= (?!(?:{_COUNTED_THINGS}|{_LINKING})\b)[a-z/])",
    re.IGNORECASE,
)


# "10+12 TE": one service given in parts.
_SUM = re.compile(r"(?<![\w./:+#$%-])\d{1,2}(?:\+\d{1,2})+(?= (?:[A-Za-z]|\u2192))")
# "14 MT (T1-4)", "+8 gait": the service right after its minutes.
_BEFORE_SERVICE = re.compile(
    r"(?<![\w./:#$-])(?P<n>\d{1,2}) (?=(?:TE|TA|MT|NMR|NMRE|NRE|GT|TherEx|TherAct|gait|manual)\b)"
)

_SUREST_FIRST = (
    *(_BEFORE_SERVICE, _PART, _OPENING, _SECOND),
    *(_ENDING, _SPENT, _ALTOGETHER, _SET_OFF),
)


def bare_numbers(text: str) -> Iterator[Duration]:
    """From the surest form to the least sure; the same number may come twice."""
    for match in _SUM.finditer(text):
        minutes = sum(int(part) for part in match.group().split("+"))
        if _FEWEST <= minutes <= _MOST:
            yield Duration(span=Span(*match.span()), minutes=minutes, kind=DurationKind.BARE)
    for pattern in (
        _BEFORE_SERVICE,
        _PART,
        _OPENING,
        _SECOND,
        _ENDING,
        _SPENT,
        _ALTOGETHER,
        _SET_OFF,
    ):
        yield from _found(pattern, text)
    for match in _BETWEEN.finditer(text):
        if not _MEASURE_BEFORE.search(text[max(0, match.start() - 14) : match.start()]):
            yield from _bare(match)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[Duration]:
    for match in pattern.finditer(text):
        yield from _bare(match)


def _bare(match: re.Match[str]) -> Iterator[Duration]:
    minutes = number_of(match["n"])
    if _FEWEST <= minutes <= _MOST:
        yield Duration(span=Span(*match.span("n")), minutes=minutes, kind=DurationKind.BARE)
