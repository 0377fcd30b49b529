"""A goal differs from where the patient stands."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import has
from model.rules.registry import rule
from model.rules.wording import found


@rule(
    "goal-equals-baseline",
    title="A goal differs from where the patient stands",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.1.2, part B"),
    elements=["maintenance"],
    row="DR-024",
)
def goal_baseline(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a goal whose target is the value the note gives as present, outside maintenance.

    Source:
        CMS Pub. 100-02, chapter 15, sections 220.1.2, part B, and 220.2, part D.
    """
    if case.text is None or not has(case, "goal"):
        return
    if has(case, "maintenance", "target beyond the present value"):
        return
    same = found(case.text, __file__, "same")
    if same and not found(case.text, __file__, "kept"):
        yield Flag(
            message=f"goals whose target equals the present value: {len(same)}",
            evidence=same,
            missing=("target beyond the present value",),
            query="What are the present value and the target of this goal: please give both, to be"
            " maintained, other, or unable to determine?",
        )
