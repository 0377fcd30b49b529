"""An evaluation carries a plan."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Assertion, Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule

_KINDS = (NoteKind.EVALUATION,)


@rule(
    "no-plan-of-care",
    title="An evaluation carries a plan",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.1.2"),
    elements=["plan", "freq"],
    row="DR-001",
)
def plan_present(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an evaluation with no plan, frequency or duration, and no service planned.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.1.2.
    """
    if case.note_kind in _KINDS and lacks(case, "plan", "freq") and not _plans_services(case):
        yield Flag(
            message="plan, frequency and duration not found",
            missing=("plan of care",),
            instead=(("frequency and duration",),),
            query="Was a plan of care established for this episode: yes (please give it and its"
            " date), no, other, or unable to determine?",
        )


def _plans_services(case: Case) -> bool:
    services = case.facts.services if case.facts else ()
    return any(service.assertion is Assertion.PLANNED for service in services)
