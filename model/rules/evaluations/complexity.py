"""The level of an evaluation is that of its lowest component."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.records.evaluation import Component
from model.rules.documentation.elements import has
from model.rules.evaluations.components import components
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
            short = _short(known.code, case, policy)
            if short and all(has(case, component.name) for component in short):
                continue
            yield Flag(
                message=f"{known.code} stated; the components found reach {reached[-1]}"
                f"{_named(short)}",
                line=known.index,
                evidence=tuple(span for component in short for span in component.evidence),
                missing=tuple(component.name for component in short),
                query="Which history, findings and clinical presentation were considered in this"
                " evaluation: as recorded, further ones (please add), other, or unable to"
                " determine?",
            )


def _short(code: str, case: Case, policy: Policy) -> tuple[Component, ...]:
    """The components below what ``code`` asks; without a note, or where none was read, none."""
    found = components(case.text or "", code, policy, stated=code)
    return tuple(component for component in found if component.is_short)


def _named(short: tuple[Component, ...]) -> str:
    rows = [f"{row.name}: {row.found} found, {row.needed} asked" for row in short]
    return f" ({'; '.join(rows)})" if rows else ""
