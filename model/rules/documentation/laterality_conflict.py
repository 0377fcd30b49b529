"""Diagnosis and treatment speak of the same side."""

import re
from collections.abc import Collection, Iterator
from functools import cache

from model.codes.diagnoses import diagnosis
from model.errors import CodeError
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.registry import rule

_OPPOSITE = {"left": "right", "right": "left"}


@rule(
    "laterality-conflict",
    title="Diagnosis and treatment speak of the same side",
    severity=Severity.WARNS,
    citation=Citation("icd10cm_guidelines", "section I.B.13, laterality"),
    reads=["documentation.sided_parts"],
    basis="recalled",
    row="DR-119",
)
def laterality_conflict(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a treatment of one side of a joint whose only diagnosis names the other side.

    Said only where treatment names that joint on one side alone, and no diagnosis has it.

    Source:
        ICD-10-CM Official Guidelines, section I.B.13; recalled.
    """
    if case.facts is None or case.text is None:
        return
    parts = policy.texts("documentation.sided_parts")
    treated = _treated(case, parts)
    if not treated:
        return
    diagnosed = {
        named: code
        for code in (*case.stated_diagnoses, *case.supported_diagnoses)
        for named in _named(code, parts)
    }
    for part, side in sorted(treated):
        other = (part, _OPPOSITE[side])
        if other in diagnosed and (part, side) not in diagnosed and other not in treated:
            yield Flag(
                message=f"{diagnosed[other]} names the {other[1]} {part}; treatment, the {side}",
                diagnosis=diagnosed[other],
                query=f"Which {part} was treated on this date: left, right, both, other, or unable"
                " to determine?",
            )


def _treated(case: Case, parts: Collection[str]) -> set[tuple[str, str]]:
    """Joints with the side that words of today's treatment give them."""
    services = case.facts.performed() if case.facts else ()
    told = "\n".join(span.of(case.text or "") for s in services for span in s.evidence)
    return {
        (found["part"].lower(), _side(found["side"]))
        for found in _pattern(tuple(parts)).finditer(told)
    }


def _side(written: str) -> str:
    return "left" if written[0] in "Ll" else "right"


@cache
def _pattern(parts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?P<side>[Ll]eft|[Rr]ight|[LR])\.? (?P<part>(?i:{'|'.join(parts)}))\b")


@cache
def _named(code: str, parts: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Joints with the side that the title of ``code`` gives them."""
    try:
        title = diagnosis(code).title
    except CodeError:
        return frozenset()
    return frozenset((m["part"].lower(), _side(m["side"])) for m in _pattern(parts).finditer(title))
