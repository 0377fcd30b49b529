"""Whether therapists could furnish Medicare telehealth on the day."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import joined, only
from model.rules.modifiers.telehealth import READS, from_afar
from model.rules.registry import rule


@rule(
    "telehealth-not-eligible",
    title="Medicare telehealth is billed only on days therapists may furnish it",
    severity=Severity.BLOCKS,
    citation=Citation("cms_telehealth", "therapists as distant-site practitioners"),
    reads=[*READS, "telehealth.eligible", "payer.kx_threshold"],
    row="DR-140",
)
def telehealth_eligible(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag telehealth lines at original Medicare on a day therapists were not eligible.

    Source:
        Section 1834(m) of the Social Security Act and its extensions by date.
    """
    if not policy.applies_kx:  # the threshold is original Medicare's alone
        return
    remote = from_afar(case, policy)
    if remote and not policy.flag("telehealth.eligible"):
        yield Flag(
            message=f"{joined(known.code for known in remote)} as telehealth; therapists were not"
            f" eligible on {case.policy_day}",
            line=only(remote),
        )
