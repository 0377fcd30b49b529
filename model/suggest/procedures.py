"""From a service's family to the code that bills it: level, region, count, payer's own code."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from model.codes.procedures import find
from model.extract.lexicon import family_of
from model.policy import Policy
from model.records import ParsedNote
from model.rules.evaluations.components import components, lowest
from model.rules.evaluations.levels import PARAMETERS, levels

_LEVELS = {"97161": ("97161", "97162", "97163"), "97165": ("97165", "97166", "97167")}
_LEVEL_WORDS = re.compile(
    r"\b(?P<level>low|moderate|mod|medium|high)\b[\s/-]*(?:level\s*)?(?:of\s*)?(?:complex\w*|eval\w*)"
    r"|complexity\s*(?:level|eval\w*)?\s*(?:is|was|:|-|=|,|\()*\s*(?:of\s*)?(?P<after>low|moderate|mod|medium|high)\b"
    r"|eval\w*\s*(?:,|-|:|\()?\s*(?P<last>low|moderate|mod|medium|high)\b",
    re.IGNORECASE,
)
_RANK = {"low": 0, "mod": 1, "moderate": 1, "medium": 1, "high": 2}
_CODE_BEFORE = re.compile(r"\b97\d{3}\W{0,4}\Z")
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
_COUNT = r"(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|nine)"
_LOWER = re.compile(r"\b(?:leg|le|ble|lower|foot|ankle|knee|calf|thigh)\b", re.IGNORECASE)
_MUSCLES = re.compile(rf"\b{_COUNT}\s+muscles?\b", re.IGNORECASE)


def code_for(family: str, note: ParsedNote, evidence: str, on: date, policy: Policy) -> str:
    """The code under which ``family`` is billed on the date of service.

    A code of the same family that the note itself names settles what words leave open.
    """
    code = _settled(family, note, evidence, policy)
    instead = policy.replaced_codes
    if family == "G0283":
        return "G0283" if "97014" in instead else "97014"
    procedure = find(code)
    if procedure is not None and not procedure.is_in_force(on) and procedure.replaced_by:
        usable = [c for c in procedure.replaced_by if (p := find(c)) and p.is_in_force(on)]
        return usable[0] if usable else code
    return instead.get(code, code)


def _settled(family: str, note: ParsedNote, evidence: str, policy: Policy) -> str:
    named = [
        line.code
        for line in note.stated_lines
        if family_of(line.code) == family and (p := find(line.code)) and not p.add_on_of
    ]
    if family in _LEVELS:
        return _level(family, note, named, policy)
    if named:
        return named[0]
    special = _SPECIAL.get(family)
    return special(evidence) if special else family


def _level(family: str, note: ParsedNote, named: Sequence[str], policy: Policy) -> str:
    """The level the components support; the note's word for it where they are silent.

    The highest level is not taken on the claim's word alone: it asks for most, so something in
    the note must speak for it.
    """
    codes = _LEVELS[family]
    rank = component_rank(family, note.text, policy)
    said = _said_rank(note)
    claimed = codes.index(named[0]) if named else None
    told = claimed if said is None else said
    if rank is not None:
        return codes[rank if told is None else min(rank, told)]
    is_claim_alone = said is None and told == len(codes) - 1
    return codes[0 if told is None or is_claim_alone else told]


def _said_rank(note: ParsedNote) -> int | None:
    """The level in words, told anywhere but right behind a code, where it only repeats the code."""
    for found in _LEVEL_WORDS.finditer(note.text):
        if not _CODE_BEFORE.search(note.text, max(0, found.start() - 12), found.start()):
            return _RANK[next(group for group in found.groups() if group).lower()]
    return None


def component_rank(family: str, text: str, policy: Policy) -> int | None:
    """The lowest level (0 low, 1 moderate, 2 high) among the components the note documents.

    None where it documents none, or before there were levels.

    Source:
        CPT evaluation components, as in policies/cms/evaluations.
    """
    if not all(policy.knows(name) for name in PARAMETERS):
        return None
    codes = tuple(levels(family, policy))
    reached = lowest(components(text, family, policy, stated=None), codes)
    return None if reached is None else codes.index(reached)


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    if not found:
        return None
    written = next(group for group in found.groups() if group).lower()
    return int(written) if written.isdigit() else _NUMBERS[written]


def _compression(evidence: str) -> str:
    return "29581" if _LOWER.search(evidence) else "29584"


def _needling(evidence: str) -> str:
    muscles = _number(_MUSCLES, evidence)
    return "20561" if muscles is not None and muscles >= 3 else "20560"


_SPECIAL: dict[str, Callable[[str], str]] = {"29584": _compression, "20560": _needling}
