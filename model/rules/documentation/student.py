"""A student treats while the clinician is in the room."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Giver, Severity
from model.rules.documentation.signers import therapists
from model.rules.lines import joined, judged, only, service_of
from model.rules.registry import rule
from model.rules.wording import is_worded


@rule(
    "student-without-supervision",
    title="A student treats while the clinician is in the room",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 230, part B"),
    reads=["documentation.student_presence_required"],
    elements=["clinician's presence"],
    basis="recalled",
    row="DR-076",
)
def student(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a student's service on a cosigned note that tells of no clinician in the room.

    A note that names no therapist at all is another finding.

    Source:
        CMS Pub. 100-02, chapter 15, section 230, part B; recalled.
    """
    facts = case.facts
    if facts is None or facts.elements.get("clinician's presence"):
        return
    by_student = {service_of(s.code) for s in facts.performed() if s.giver is Giver.STUDENT}
    lines = [known for known in judged(case) if service_of(known.code) in by_student]
    if not lines or not therapists(case):
        return
    required = policy.flag("documentation.student_presence_required")
    if required and not is_worded(case, __file__, "presence"):
        yield Flag(
            message=f"{joined(known.code for known in lines)}: given by a student;"
            " clinician's presence not found",
            line=only(lines),
            missing=("clinician's presence",),
            query="Where was the clinician during the student's treatment: in the room and"
            " directing it, elsewhere, other, or unable to determine?",
        )
