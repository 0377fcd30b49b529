"""An evaluation states the rehabilitation potential."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule
from model.rules.wording import is_worded

_KINDS = (NoteKind.EVALUATION,)


@rule(
    "rehab-potential-missing",
    title="An evaluation states the rehabilitation potential",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part C"),
    elements=["potential"],
    basis="recalled",
    row="DR-025",
)
def rehab_potential(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an evaluation without a statement of rehabilitation potential.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part C.
    """
    if case.note_kind not in _KINDS or not lacks(case, "potential"):
        return
    if not is_worded(case, __file__, "outlook"):
        yield Flag(
            message="rehabilitation potential not found",
            missing=("rehabilitation potential",),
            query="What is the expected rehabilitation potential: please state, not determined,"
            " or unable to determine?",
        )
