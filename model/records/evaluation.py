"""The level of an evaluation, component by component."""

from dataclasses import dataclass

from model.records.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One component of an evaluation code, as the note documents it.

    Attributes:
        name: The component, in words ("performance deficits").
        found: What the note gives: a count or a word; None where it gives nothing.
        evidence: The words that give it; empty where nothing does.
        supports: The highest code this component alone reaches; None where it is not found.
        needed: What the stated code asks of it; None where no code is stated or it asks nothing.
        is_short: Whether what was found is below what the stated code asks. Never where nothing
            was found: silence is unknown, and an unknown is no fault.
    """

    name: str
    found: str | None = None
    evidence: tuple[Span, ...] = ()
    supports: str | None = None
    needed: str | None = None
    is_short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Why an evaluation is the code it is.

    Attributes:
        stated: The code the claim states; None where it states none of the family.
        supported: The code the components reach: that of the lowest one found; None where none is.
        components: Each component, in the order of the code's definition.
    """

    stated: str | None
    supported: str | None
    components: tuple[Component, ...]

    @property
    def short(self) -> tuple[Component, ...]:
        """The components that fall short of the stated code."""
        return tuple(component for component in self.components if component.is_short)
