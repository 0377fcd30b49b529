"""The yearly ledger of allowed charges, and the threshold from which lines need KX."""

from dataclasses import dataclass
from decimal import Decimal

from model.policy import Policy
from model.records import Case

READS = ("payer.kx_threshold", "kx_threshold.buckets", "kx_threshold.pt_slp", "kx_threshold.ot")
"""Parameters of the ledger."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the year stands, in USD of allowed charges, before this claim."""

    spent: Decimal
    threshold: int

    @property
    def is_reached(self) -> bool:
        """Whether any further line lies above the threshold."""
        return self.spent >= self.threshold


def standing(case: Case, policy: Policy) -> Standing | None:
    """The ledger of the discipline's bucket; None where the amount or the discipline is unknown.

    PT and SLP share one bucket, OT has its own.

    Raises:
        PolicyGap: The year's threshold has no source.

    Source:
        42 U.S.C. 1395l(g), as amended by the Bipartisan Budget Act of 2018, section 50202.
    """
    spent = case.episode.allowed_amount_ytd_usd
    if spent is None or case.discipline is None:
        return None
    bucket = policy.table("kx_threshold.buckets")[case.discipline.value]
    return Standing(spent, policy[f"kx_threshold.{bucket}"])
