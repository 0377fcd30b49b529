"""A clinical fellow's note names the supervising pathologist."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import has
from model.rules.documentation.signers import therapists
from model.rules.registry import rule


@rule(
    "clinical-fellow-not-cosigned",
    title="A clinical fellow's note names the supervising pathologist",
    severity=Severity.INFORMS,
    citation=Citation("asha", "clinical fellows and Medicare"),
    reads=["documentation.clinical_fellow_credentials"],
    elements=["cosign"],
    basis="recalled",
    row="DR-077",
)
def clinical_fellow(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about a clinical fellow's note on which no other therapist is named.

    Source:
        ASHA, clinical fellows and Medicare; recalled: licence rules differ by state.
    """
    if case.facts is None or not case.facts.signatures or has(case, "cosign"):
        return
    if case.episode.supervising_therapist is not None:
        return
    letters = policy.texts("documentation.clinical_fellow_credentials")
    named = therapists(case)
    fellows = [s for s in named if s.credential in letters and s.is_signature]
    if fellows and all(signed.credential in letters for signed in named):
        yield Flag(
            message=f"signed by a clinical fellow ({fellows[0].credential});"
            " supervising pathologist not found",
            evidence=tuple(signed.span for signed in fellows),
            missing=("signature or name of the supervising pathologist",),
            query="Who supervised the clinical fellow on this date: please give name and"
            " credentials, none, other, or unable to determine?",
        )
