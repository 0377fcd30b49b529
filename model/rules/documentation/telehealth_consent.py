"""A telehealth visit records the patient's consent."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import has
from model.rules.lines import judged
from model.rules.registry import rule
from model.rules.wording import is_worded


@rule(
    "telehealth-consent-missing",
    title="A telehealth visit records the patient's consent",
    severity=Severity.INFORMS,
    citation=Citation("cms_telehealth", "documentation of consent"),
    elements=["consent"],
    basis="recalled",
    row="DR-140",
)
def telehealth_consent(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about a visit given from afar on whose note nothing tells of consent.

    Source:
        Professional pages on telehealth documentation; recalled.
    """
    if case.facts is None or case.telehealth is None or has(case, "consent") or not judged(case):
        return
    if not is_worded(case, __file__, "consent"):
        yield Flag(
            message="telehealth visit; consent not found",
            missing=("consent to telehealth",),
            query="Was consent to a telehealth visit given: yes (by whom and when), no, other, or"
            " unable to determine?",
        )
