"""Particles are repositioned for positional vertigo."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.diagnoses.claimed import begins, stated
from model.rules.registry import rule

_MANEUVER = "95992"


@rule(
    "repositioning-without-bppv",
    title="Repositioning stands with a diagnosis of positional vertigo",
    severity=Severity.INFORMS,
    citation=Citation("expert_recall", "facts/icd10.md, plausibility hints"),
    reads=["diagnoses.repositioning"],
    basis="recalled",
    row="DR-117",
)
def repositioning(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about 95992 on a claim whose diagnoses name no positional vertigo.

    Source:
        CPT 95992, in our words; coverage articles of contractors.
    """
    codes = stated(case)
    lines = [index for index, line in enumerate(case.stated) if line.code == _MANEUVER]
    if not lines or not codes:
        return
    wanted = policy.texts("diagnoses.repositioning")
    if not any(begins(code, wanted) for code in codes):
        yield Flag(message=f"{_MANEUVER} without {', '.join(wanted)}-", line=lines[0])
