"""A plan is certified by somebody who may."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.registry import rule
from model.rules.wording import matches


@rule(
    "certifier-not-eligible",
    title="A plan is certified by somebody who may",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.1.1"),
    reads=["plan_of_care.certifiers", "payer.kx_threshold"],
    basis="recalled",
    row="DR-015",
)
def certifier(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a certification whose words give the letters of a chiropractor or a dentist.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.1.1; recalled.
    """
    if case.facts is None or case.text is None or not policy.applies_kx:
        return
    told = "\n".join(span.of(case.text) for span in case.facts.elements.get("cert", ()))
    letters = {match["letters"] for match in matches(told, __file__, "certifier")}
    others = sorted(letters - set(policy.texts("plan_of_care.certifiers"))) if letters else []
    if others:
        yield Flag(
            message=f"plan certified by {others[0]}; not among those who may certify",
            evidence=case.facts.elements["cert"],
            query="Who certified the plan: please give name and credentials, nobody yet, other, or"
            " unable to determine?",
        )
