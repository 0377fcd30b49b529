"""A progress report or recertification is a therapist's."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity, SignerRole
from model.rules.documentation.elements import has
from model.rules.documentation.signers import therapists
from model.rules.registry import rule

_KINDS = (NoteKind.PROGRESS, NoteKind.RECERTIFICATION)


@rule(
    "progress-report-by-assistant",
    title="A progress report or recertification is a therapist's",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part D"),
    elements=["cosign"],
    row="DR-042",
    supersedes=["assistant-not-cosigned"],
)
def report_author(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a progress report or recertification that only an assistant signs.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part D: assistants' notes supplement it.
    """
    if case.facts is None or case.note_kind not in _KINDS or has(case, "cosign"):
        return
    roles = {signed.role for signed in case.facts.signatures}
    if therapists(case) or SignerRole.PHYSICIAN in roles:
        return
    if SignerRole.ASSISTANT in roles:
        yield Flag(
            message=f"{case.note_kind} note signed by an assistant; therapist not found",
            missing=("signature or name of the therapist",),
            query="Who assessed progress and wrote this report: please give name and credentials,"
            " other, or unable to determine?",
        )
