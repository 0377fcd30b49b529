"""Which lines were furnished from afar."""

from model.policy import Policy
from model.records import Case
from model.rules.lines import Known, stated

READS = ("telehealth.modifiers",)


def from_afar(case: Case, policy: Policy) -> tuple[Known, ...]:
    """The stated lines that say telehealth, by a modifier or because the whole visit was one."""
    words = policy.texts("telehealth.modifiers")
    return tuple(
        known
        for known in stated(case)
        if case.telehealth or any(modifier in words for modifier in known.line.modifiers)
    )
