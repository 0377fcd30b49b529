"""KX attests something: it does not stand where there is nothing to attest."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import joined, only, stated
from model.rules.modifiers.threshold import READS, standing
from model.rules.registry import rule

_KX = "KX"
_MARGIN = "kx_threshold.visit_margin"


@rule(
    "kx-without-justification",
    title="KX stands above the threshold, on a record that shows why care is still needed",
    severity=Severity.WARNS,
    citation=Citation("cms_claims_manual", "chapter 5, section 10.3"),
    reads=[*READS, _MARGIN],
    elements=["necessity"],
    row="DR-122",
)
def kx_unjustified(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag KX at a payer without a threshold, below it, or on a note that shows no necessity.

    The charges of this claim are no input here, so KX just below the threshold, where this visit
    may cross it, is not judged.

    Source:
        CMS Pub. 100-04, chapter 5, sections 10.3 and 10.3.2.
    """
    carrying = [known for known in stated(case) if _KX in known.line.modifiers]
    if not carrying:
        return
    codes, line = joined(known.code for known in carrying), only(carrying)
    out_of_place = _out_of_place(case, policy)
    if out_of_place is not None:
        yield Flag(message=f"KX on {codes}: {out_of_place}", line=line)
    elif case.facts is not None and not case.facts.elements.get("necessity"):
        yield Flag(
            message=f"KX on {codes}: why therapy is still necessary was not found",
            line=line,
            missing=("why therapy is still medically necessary",),
            query="Which findings of this date, if any, show why a therapist's skills are still"
            " needed: as recorded, further findings (please add), none, other, or unable to"
            " determine?",
        )


def _out_of_place(case: Case, policy: Policy) -> str | None:
    """Why there is nothing to attest, whatever the note says."""
    if not policy.applies_kx:
        return "the payer has no threshold"
    year = standing(case, policy)
    if year is not None and year.spent + policy[_MARGIN] < year.threshold:
        return f"allowed this year {year.spent} USD, threshold {year.threshold} USD"
    return None
