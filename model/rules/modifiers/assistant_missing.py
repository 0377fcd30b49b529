"""Units an assistant furnished carry CQ or CO."""

from collections.abc import Iterator

from model.codes.procedures import Family
from model.policy import Policy
from model.records import Case, Citation, Flag, Line, Severity
from model.rules.lines import Known, joined, only, stated, writes_modifiers
from model.rules.modifiers.assistant_units import units_of_assistants
from model.rules.registry import rule

_EVALUATIONS = (Family.EVALUATION, Family.REEVALUATION)


@rule(
    "missing-cq-co",
    title="Units furnished in whole or in part by an assistant carry CQ or CO",
    severity=Severity.BLOCKS,
    citation=Citation("cms_claims_manual", "chapter 5, section 20.1"),
    reads=[
        *("payer.assistant_modifiers", "assistants.modifiers", "assistants.exempt_codes"),
        *("assistants.de_minimis_percent", "assistants.midpoint_rule"),
        *("payer.unit_rule", "timed_units.minutes_per_unit", "timed_units.last_unit_minutes"),
    ],
    row="DR-131",
)
def assistant_missing(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag codes with fewer units under CQ or CO than assistants furnished.

    Decided unit by unit: from the note's supported lines where there is a note, from the minutes
    of each performer where a claim gives them, otherwise from who performed the line.

    Source:
        CMS Pub. 100-04, chapter 5, section 20.1; 42 CFR 410.59, 410.60 (de minimis standard).
    """
    if not (case.stated and writes_modifiers(case) and policy.needs_assistant_modifiers):
        return
    table = policy.table("assistants.modifiers")
    if case.discipline is not None and case.discipline.value not in table:
        return
    wanted = units_of_assistants(case, policy)
    exempt = _exempt(policy)
    lines = [
        known
        for known in stated(case)
        if known.procedure.family not in _EVALUATIONS and known.code not in exempt
    ]
    marks = set(map(str, table.values()))
    short = [known for known in lines if _is_short(known, lines, wanted.get(known.code, 0), marks)]
    if short:
        mark = case.discipline and table[case.discipline.value]
        yield Flag(
            message=f"{joined(known.code for known in short)} furnished by an assistant, without"
            f" {mark or 'CQ or CO'}",
            line=only(short),
        )


def _is_short(known: Known, lines: list[Known], wanted: int, marks: set[str]) -> bool:
    if not marks.isdisjoint(known.line.modifiers):
        return False
    marked = [
        other.line for other in lines if other.code == known.code and _is_marked(other, marks)
    ]
    return wanted > sum(_units(line) for line in marked)


def _is_marked(known: Known, marks: set[str]) -> bool:
    return not marks.isdisjoint(known.line.modifiers)


def _units(line: Line) -> int:
    return 1 if line.units is None else line.units


def _exempt(policy: Policy) -> tuple[str, ...]:
    name = "assistants.exempt_codes"
    return policy.texts(name) if policy.knows(name) else ()
