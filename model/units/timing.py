"""The unit engine's inputs, bound from the procedure table and the payer's policy."""

from collections.abc import Iterable

from model.codes.procedures import Procedure, add_on_of, find
from model.errors import UnknownCode
from model.policy import Policy
from model.records.units import Timing, UnitPolicy, UnitRule


def unit_policy(policy: Policy, *, rule: str | None = None) -> UnitPolicy:
    """The numbers by which ``policy`` turns minutes into units.

    Args:
        policy: The payer's policy on the date of service.
        rule: A unit rule that overrides the payer's, when the encounter names one.

    Raises:
        PolicyGap: A number has no source for that day.
    """
    return UnitPolicy(
        rule=UnitRule(rule or policy.unit_rule),
        minutes_per_unit=policy["timed_units.minutes_per_unit"],
        last_unit_minutes=policy["timed_units.last_unit_minutes"],
        # Before assistants' modifiers began there is no such number, and nobody reads it.
        de_minimis_percent=_known(policy, "assistants.de_minimis_percent"),
        therapist_midpoint_applies=policy.knows("assistants.midpoint_rule")
        and policy.flag("assistants.midpoint_rule"),
    )


def _known(policy: Policy, name: str) -> int:
    return policy[name] if policy.knows(name) else 0


def timings(codes: Iterable[str], rule: UnitRule) -> dict[str, Timing]:
    """How each of ``codes`` is timed, with the base and the add-on of its chain.

    Raises:
        UnknownCode: A code is in no table we hold.
    """
    found: dict[str, Timing] = {}
    for code in codes:
        procedure = _procedure(code)
        base = _procedure(procedure.add_on_of) if procedure.add_on_of else procedure
        found[base.code] = _timing(base, rule)
        if procedure is not base:
            found[code] = _add_on(procedure, rule)
    return found


def _procedure(code: str) -> Procedure:
    procedure = find(code)
    if procedure is None:
        raise UnknownCode(code)
    return procedure


def _fewest(procedure: Procedure, rule: UnitRule) -> int:
    fewest = (
        procedure.fewest_minutes_cms
        if rule is UnitRule.CMS_8_MINUTE
        else procedure.fewest_minutes_midpoint
    )
    return fewest or 0


def _timing(base: Procedure, rule: UnitRule) -> Timing:
    add_on = add_on_of(base.code)
    return Timing(
        code=base.code,
        is_timed=base.timed,
        pooled=base.pooled,
        base_minutes=base.base_minutes or 0,
        fewest_base=_fewest(base, rule) if base.timed else 0,
        add_on_code=add_on.code if add_on else None,
        add_on_minutes=add_on.base_minutes if add_on else None,
        fewest_add_on=_fewest(add_on, rule) if add_on else None,
        # A limit of a lone timed code is the MUE's business, not arithmetic.
        daily_limit=(base.daily_limit or 1) if add_on or not base.timed else None,
    )


def _add_on(procedure: Procedure, rule: UnitRule) -> Timing:
    return Timing(
        code=procedure.code,
        is_timed=True,
        pooled=procedure.pooled,
        base_minutes=procedure.base_minutes or 0,
        fewest_base=_fewest(procedure, rule),
        base_code=procedure.add_on_of,
    )
