"""A maintenance program shows why it takes a therapist."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import given, has, lacks
from model.rules.registry import rule


@rule(
    "maintenance-without-skilled-justification",
    title="A maintenance program shows why it takes a therapist",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.2, part D"),
    elements=["maintenance", "skilled", "necessity"],
    basis="recalled",
    row="DR-067",
)
def maintenance(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag maintenance on a note that shows neither skill nor necessity.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.2, part D; Jimmo v. Sebelius.
    """
    if given(case) and has(case, "maintenance") and lacks(case, "skilled", "necessity"):
        yield Flag(
            message="maintenance program; need for a therapist's skills not found",
            missing=("skilled input of the clinician",),
            instead=(("why therapy is still medically necessary",),),
            query="What, if anything, makes a therapist necessary to carry out the program:"
            " please describe, nothing, other, or unable to determine?",
        )
