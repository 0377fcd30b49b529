"""How many units of each code assistants furnished."""

from collections.abc import Iterable

from model.codes.procedures import find
from model.policy import Policy
from model.records import Case, Line
from model.records.units import TimedMinutes
from model.rules.lines import Known, stated
from model.units import MinutesBeyondDay, units
from model.units.timing import timings, unit_policy

_ASSISTANT = "assistant"
_MARKS = {"CQ", "CO"}


def units_of_assistants(case: Case, policy: Policy) -> dict[str, int]:
    """Units that carry CQ or CO, by code; codes without any are left out.

    Source:
        CMS Pub. 100-04, chapter 5, section 20.1 (de minimis, and therapist's minutes alone).
    """
    if case.supported:
        return _added(line for line in case.supported if _MARKS & set(line.modifiers))
    lines = stated(case)
    if not any(known.line.performed_by for known in lines):
        if case.clinician.is_assistant and case.facts is None:
            return _added(known.line for known in lines)
        return {}
    counted = _by_minutes(lines, case, policy)
    return (
        counted
        if counted is not None
        else _added(known.line for known in lines if known.line.performed_by == _ASSISTANT)
    )


def _by_minutes(lines: Iterable[Known], case: Case, policy: Policy) -> dict[str, int] | None:
    """Counted from minutes and performers; None where a line does not give both."""
    given: list[TimedMinutes] = []
    for known in lines:
        minutes, by = known.line.minutes, known.line.performed_by
        if minutes is None or by not in ("therapist", _ASSISTANT):
            return None
        given.append(
            TimedMinutes(code=known.code, assistant=minutes)
            if by == _ASSISTANT
            else TimedMinutes(code=known.code, therapist=minutes)
        )
    numbers = unit_policy(policy, rule=case.unit_rule)
    table = timings({entry.code for entry in given}, numbers.rule)
    try:
        certificate = units(given, table, policy=numbers)
    except MinutesBeyondDay:
        return None
    found: dict[str, int] = {}
    for line in certificate.lines:
        if line.assistant_modifier:
            found[line.code] = found.get(line.code, 0) + line.units
    return found


def _added(lines: Iterable[Line]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        if find(line.code) is not None:
            found[line.code] = found.get(line.code, 0) + (line.units or 1)
    return found
