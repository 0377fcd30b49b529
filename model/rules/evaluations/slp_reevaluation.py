"""Speech-language pathology has no re-evaluation code."""

from collections.abc import Iterator

from model.codes.procedures import Family
from model.policy import Policy
from model.records import Case, Citation, Discipline, Flag, Severity
from model.rules.lines import stated
from model.rules.registry import rule

_CODES = "evaluations.reevaluations"


@rule(
    "slp-reevaluation-code",
    title="A speech-language claim carries no re-evaluation code",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part C"),
    reads=[_CODES],
    row="DR-039",
    supersedes=["wrong-therapy-modifier", "missing-therapy-modifier"],
)
def slp_reevaluation(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a re-evaluation code on a speech-language claim: an evaluation code stands for it.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part C.
    """
    if case.discipline is not Discipline.SLP:
        return
    own = policy.table(_CODES).get(case.discipline.value)
    for known in stated(case):
        if known.procedure.family is Family.REEVALUATION and known.code != own:
            yield Flag(
                message=f"{known.code} on a speech-language claim; an evaluation code stands for"
                " re-evaluating",
                line=known.index,
            )
