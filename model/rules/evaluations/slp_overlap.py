"""Evaluating speech sounds with language includes evaluating speech sounds."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import stated
from model.rules.registry import rule

_INCLUDES = "evaluations.slp_includes"


@rule(
    "slp-evaluation-overlap",
    title="A speech-language evaluation does not stand beside one that includes it",
    severity=Severity.BLOCKS,
    citation=Citation("cms_ncci_manual", "chapter 11, speech-language pathology"),
    reads=[_INCLUDES],
    row="DR-035",
    supersedes=["edit-not-separable", "needs-59-or-x"],
)
def slp_overlap(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an evaluation whose domain is part of another one stated (92522 with 92523).

    Source:
        CPT, speech-language evaluations; NCCI edit of indicator 0.
    """
    included = policy.table(_INCLUDES)
    codes = {line.code for line in case.stated}
    for known in stated(case):
        whole = included.get(known.code)
        if whole in codes:
            yield Flag(
                message=f"{known.code} beside {whole}, which includes it",
                line=known.index,
                query="Which domains were formally assessed: fluency, speech sounds, language,"
                " voice, other, or unable to determine?",
            )
