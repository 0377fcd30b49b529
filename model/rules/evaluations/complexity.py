"""The level of an evaluation is that of its lowest component."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.evaluations.levels import PARAMETERS, levels
from model.rules.lines import stated
from model.rules.registry import rule


@rule(
    "eval-complexity-unsupported",
    title="The stated level of an evaluation is one its components reach",
    severity=Severity.WARNS,
    citation=Citation("cpt", "evaluation components, in our words"),
    reads=PARAMETERS,
    elements=["history", "deficit"],
    basis="recalled",
    row=["DR-026", "DR-027", "DR-028", "DR-029", "DR-030", "DR-031", "DR-032"],
)
def complexity(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a stated evaluation level above the one whose components the note documents.

    Time is typical only and decides nothing.

    Source:
        CPT, physical and occupational therapy evaluations.
    """
    supported = {line.code for line in case.supported}
    for known in stated(case) if supported else ():
        table = tuple(levels(known.code, policy))
        reached = [code for code in table if code in supported]
        if reached and table.index(known.code) > table.index(reached[-1]):
            yield Flag(
                message=f"{known.code} stated; the components found reach {reached[-1]}",
                line=known.index,
                missing=_needs(known.code, policy),
                query="Which history, findings and clinical presentation were considered in this"
                " evaluation: as recorded, further ones (please add), other, or unable to"
                " determine?",
            )


def _needs(code: str, policy: Policy) -> tuple[str, ...]:
    """What the level asks for, component by component."""
    components = levels(code, policy)[code]
    if not isinstance(components, dict):
        return ()
    return tuple(
        f"{name.replace('_', ' ')}: {wanted}"
        for name, wanted in components.items()
        if wanted is not None
    )
