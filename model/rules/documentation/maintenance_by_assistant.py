"""A maintenance program is carried out by whom the date allows."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import has
from model.rules.lines import judged
from model.rules.registry import rule


@rule(
    "maintenance-by-assistant",
    title="A maintenance program is carried out by whom the date allows",
    severity=Severity.WARNS,
    citation=Citation("cms_pfs_2021", "maintenance therapy by assistants"),
    reads=["assistants.may_treat_maintenance"],
    basis="recalled",
    row="DR-068",
)
def maintenance_by_assistant(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag skilled maintenance given by an assistant on a day when only therapists could.

    Source:
        CY 2021 Physician Fee Schedule final rule; recalled.
    """
    if not has(case, "maintenance"):
        return
    assisted = [known for known in judged(case) if known.line.performed_by == "assistant"]
    if assisted and not policy.flag("assistants.may_treat_maintenance"):
        yield Flag(
            message="maintenance program given by an assistant on a day when a therapist gives it",
            query="What was the aim of this visit: to keep function, to improve it, other, or"
            " unable to determine?",
        )
