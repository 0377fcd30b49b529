"""Imports and impacts as JSON, and as lines for a person."""

from collections.abc import Iterator
from typing import Any

from model.importing import Change, Plan, Verb
from model.records import Finding
from service.policies.impact import ChangedClaim, Difference
from service.wire.encounter import GivenClaim

SHOWN = 20
"""Changes listed unless all are asked for."""
_QUIET = (Verb.DATED, Verb.ABSENT)


def plan_json(plan: Plan, *, shown: int | None) -> dict[str, Any]:
    """What taking a file would change."""
    listed = _listed(plan, shown)
    published = plan.published
    period = published.period
    return {
        "kind": published.kind.value,
        "read": published.member,
        "table": published.table,
        "release": published.release,
        "covers": [str(period[0]), str(period[1])] if period else None,
        "is_complete": plan.is_complete,
        "rows_read": published.rows_read,
        "rows_kept": plan.rows_kept,
        "rows_left_out": plan.rows_left_out,
        "counts": {verb.value: count for verb, count in plan.counts.items()},
        "changes": [_change_json(change) for change in listed],
        "changes_not_listed": len(plan.changes) - len(listed),
    }


def plan_lines(plan: Plan, *, shown: int | None) -> Iterator[str]:
    """The same for a person."""
    published = plan.published
    yield f"{published.member}"
    yield f"  {published.kind.value.replace('_', ' ')}, release {published.release}"
    yield (
        f"  {published.rows_read} rows read, {plan.rows_kept} kept,"
        f" {plan.rows_left_out} left out (no therapy claim meets them)"
    )
    counts = ", ".join(f"{count} {verb.value}" for verb, count in plan.counts.items())
    yield f"  {published.table}: {counts or 'nothing changes'}"
    listed = _listed(plan, shown)
    for change in listed:
        yield f"    {change.verb.value:9} {_change_words(change)}"
    if more := len(plan.changes) - len(listed):
        yield f"    ... and {more} more (--all lists them)"
    if plan.parts and not plan.is_complete:
        yield "  part of the release only: the table reaches its end once the other files are in"


def impact_json(changed: ChangedClaim) -> dict[str, Any]:
    """One claim whose findings differ."""
    day = changed.claim.encounter.date_of_service
    return {
        "id": changed.claim.encounter.id,
        "date_of_service": str(day) if day else None,
        "differences": [_difference_json(found, changed.claim) for found in changed.differences],
    }


def impact_lines(changed: ChangedClaim) -> Iterator[str]:
    """The same for a person."""
    day = changed.claim.encounter.date_of_service
    yield f"{changed.claim.encounter.id} ({day or 'no date of service'})"
    for found in changed.differences:
        finding = found.finding
        yield f"  {found.effect.value}: {finding.rule_id} ({finding.severity.value})"
        yield f"    {finding.flag.message}"
        for cause in found.causes:
            yield f"    because {cause.table}, {cause.row}: {cause.before} -> {cause.after}"


def _listed(plan: Plan, shown: int | None) -> list[Change]:
    """The changes to show: what judges claims otherwise comes before what is only known better."""
    ordered = sorted(plan.changes, key=lambda change: (change.verb in _QUIET, change.row))
    return ordered if shown is None else ordered[:shown]


def _change_json(change: Change) -> dict[str, str]:
    return {
        "row": change.row,
        "change": change.verb.value,
        "before": change.before,
        "after": change.after,
    }


def _change_words(change: Change) -> str:
    if change.before and change.after:
        return f"{change.row}: {change.before} -> {change.after}"
    return f"{change.row}: {change.before or change.after}"


def _difference_json(found: Difference, claim: GivenClaim) -> dict[str, Any]:
    finding = found.finding
    return {
        "effect": found.effect.value,
        "rule": finding.rule_id,
        "line": finding.flag.line,
        "code": _code(finding, claim),
        "diagnosis": finding.flag.diagnosis,
        "before": _finding_json(found.before),
        "after": _finding_json(found.after),
        "causes": [
            {"table": c.table, "row": c.row, "before": c.before, "after": c.after}
            for c in found.causes
        ],
    }


def _code(finding: Finding, claim: GivenClaim) -> str | None:
    line = finding.flag.line
    return claim.lines[line].code if line is not None and line < len(claim.lines) else None


def _finding_json(finding: Finding | None) -> dict[str, str] | None:
    if finding is None:
        return None
    return {"severity": finding.severity.value, "message": finding.flag.message}


def refused_side(name: str) -> str:
    """Why what was named is no policy to judge by."""
    return f"{name} is neither a day (YYYY-MM-DD), nor packaged, nor a folder of imported tables"
