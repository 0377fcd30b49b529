"""A therapy line without GP, GO or GN is returned by the payers that ask for one."""

from collections.abc import Iterator

from model.codes.procedures import Therapy
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import Known, joined, only, stated, writes_modifiers
from model.rules.registry import rule


@rule(
    "missing-therapy-modifier",
    title="Every therapy line carries GP, GO or GN where the payer asks for it",
    severity=Severity.INFORMS,
    citation=Citation("cms_cr_10176", "Transmittal 3814"),
    reads=["payer.discipline_modifier", "modifiers.discipline"],
    row="DR-114",
)
def plan_modifier_missing(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag therapy lines without the modifier of a plan of care.

    A note whose list of charges carries no modifiers at all is not judged. A code that is therapy
    only under a therapy plan is judged where the discipline is known.

    Source:
        CMS Change Request 10176, Transmittal 3814; Pub. 100-04, chapter 5, section 20.1.
    """
    if not (case.stated and writes_modifiers(case) and policy.needs_discipline_modifier):
        return
    modifiers = set(policy.table("modifiers.discipline").values())
    bare = [
        known
        for known in stated(case)
        if _is_therapy(known, case) and modifiers.isdisjoint(known.line.modifiers)
    ]
    if bare:
        plan = case.discipline and policy.table("modifiers.discipline")[case.discipline.value]
        yield Flag(
            message=f"{joined(known.code for known in bare)} without {plan or 'GP, GO or GN'}",
            line=only(bare),
        )


def _is_therapy(known: Known, case: Case) -> bool:
    therapy = known.procedure.therapy
    under_a_plan = therapy is Therapy.SOMETIMES and case.discipline is not None
    return therapy is Therapy.ALWAYS or under_a_plan
