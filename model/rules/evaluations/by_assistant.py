"""Evaluating takes a therapist."""

from collections.abc import Iterator

from model.codes.procedures import Family
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import Known, joined, judged, only
from model.rules.registry import rule

_EVALUATIONS = (Family.EVALUATION, Family.REEVALUATION)
_ASSISTANT = "assistant"


@rule(
    "assistant-evaluation",
    title="Evaluations and re-evaluations are furnished by a therapist",
    severity=Severity.BLOCKS,
    citation=Citation("cms_benefit_manual", "chapter 15, sections 230.1 and 230.2"),
    row="DR-073",
    supersedes=["cq-co-mismatch"],
)
def by_assistant(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an evaluation that an assistant performed, as the line, the note or the EHR has it.

    Source:
        CMS Pub. 100-02, chapter 15, sections 220.3, 230.1 and 230.2.
    """
    evaluations = [
        known
        for known in judged(case)
        if known.procedure.family in _EVALUATIONS and _performer(known, case) == _ASSISTANT
    ]
    if evaluations:
        yield Flag(
            message=f"{joined(known.code for known in evaluations)} performed by an assistant",
            line=only(evaluations),
            query="Who performed the evaluation: the therapist, an assistant, both (which parts),"
            " other, or unable to determine?",
        )


def _performer(known: Known, case: Case) -> str | None:
    said = [known.line.performed_by]
    said += [line.performed_by for line in case.supported if line.code == known.code]
    if case.facts is None and case.clinician.is_assistant:
        said.append(_ASSISTANT)
    return next((who for who in said if who is not None), None)
