"""What would make the claim defensible, and why an evaluation is its code, for a person."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from model.records.claim import ClaimDraft
from model.records.evaluation import Component
from model.records.missing import AtRisk
from service.printing.tables import table

_MOST_SHOWN = 3


def would_clear(draft: ClaimDraft) -> Iterator[RenderableType]:
    """One line a part at risk: the smallest sets of elements, if they are so."""
    for part in draft.at_risk:
        sets = [" + ".join(elements) for elements in part.sets[:_MOST_SHOWN]]
        more = len(part.sets) - len(sets)
        ways = " or ".join(sets) + (f" (or {more} more)" if more else "")
        yield Text(f"{_part(part, draft)}: ", "bold").append(ways, "")


def evaluation_table(draft: ClaimDraft) -> Iterator[RenderableType]:
    """The components of the evaluation, those below the stated code marked."""
    found = draft.evaluation
    if found is None:
        return
    codes = f"stated {found.stated or 'none'}; supported {found.supported or 'none'}"
    yield Text(codes)
    headings = ("component", "found", "reaches", "stated code asks")
    yield table(headings, [_row(component) for component in found.components])


def _row(component: Component) -> tuple[str | Text, ...]:
    found = component.found or "not found"
    return (
        component.name,
        Text(f"{found} (short)", "warns") if component.is_short else found,
        component.supports or "",
        component.needed or "",
    )


def _part(part: AtRisk, draft: ClaimDraft) -> str:
    lines = draft.stated or draft.lines
    if part.line is not None and part.line < len(lines):
        return f"line {part.line + 1}, {lines[part.line].code}"
    return part.diagnosis or "the claim"
