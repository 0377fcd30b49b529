"""The components of an evaluation as a note documents them, each with its words and its level."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from model import strict_yaml
from model.policy import Policy
from model.records import Span
from model.records.evaluation import Component
from model.rules.evaluations.levels import levels
from model.rules.wording import matches

_COUNT = "count"
_AFTER = "_after"
_CONTEXT = ("presentation",)
"""Words too common to be a component unless others are counted beside them."""


@dataclass(frozen=True)
class _Kind:
    """How one component is named, found, and asked for in the policy's table."""

    name: str
    topic: str
    key: str


_KINDS = (
    _Kind("history and occupational profile", "history", "history"),
    _Kind("personal factors and comorbidities", "factors", "factors_fewest"),
    _Kind("elements examined", "elements", "elements_fewest"),
    _Kind("performance deficits", "deficits", "deficits_fewest"),
    _Kind("clinical presentation", "presentation", "presentation"),
    _Kind("modification of tasks or assistance", "modification", "modification"),
    _Kind("decision making", "decision", "decision"),
)


def components(
    text: str, code: str, policy: Policy, *, stated: str | None
) -> tuple[Component, ...]:
    """The components of the levelled evaluation ``code`` is one of; empty where it is none."""
    table = {name: need for name, need in levels(code, policy).items() if isinstance(need, dict)}
    found = [
        _component(kind, text, table, stated)
        for kind in _KINDS
        if any(kind.key in need for need in table.values())
    ]
    counted = any(c.found for c in found if not _is_context(c))
    return tuple(c if counted or not _is_context(c) else _silent(c) for c in found)


def lowest(found: tuple[Component, ...], codes: Sequence[str]) -> str | None:
    """The code, of ``codes`` from low to high, that the lowest component reaches, if any."""
    reached = [codes.index(component.supports) for component in found if component.supports]
    return codes[min(reached)] if reached else None


def _component(
    kind: _Kind, text: str, table: Mapping[str, Mapping[str, Any]], stated: str | None
) -> Component:
    needs = {code: need[kind.key] for code, need in table.items()}
    needed = needs.get(stated or "")
    said = next(_said(text, kind.topic), None)
    if said is None:
        return Component(name=kind.name, needed=_asked(needed))
    value, span = said
    reached = [code for code, need in needs.items() if _meets(value, need, tuple(needs.values()))]
    supports = reached[-1] if reached else next(iter(needs))
    order = list(needs)
    return Component(
        name=kind.name,
        found=str(value),
        evidence=(span,),
        supports=supports,
        needed=_asked(needed),
        is_short=stated in needs and order.index(supports) < order.index(stated),
    )


def _silent(component: Component) -> Component:
    return Component(name=component.name, needed=component.needed)


def _is_context(component: Component) -> bool:
    return any(k.name == component.name and k.topic in _CONTEXT for k in _KINDS)


def _meets(value: int | str, need: Any, ladder: tuple[Any, ...]) -> bool:
    if isinstance(value, int) and isinstance(need, int):
        return value >= need
    return value in ladder and ladder.index(value) >= ladder.index(need)


def _asked(needed: Any) -> str | None:
    """What a level asks of a component, in words."""
    if needed is None:
        return None
    return f"{needed} or more" if isinstance(needed, int) else str(needed)


def _said(text: str, topic: str) -> Iterator[tuple[int | str, Span]]:
    """What the note gives, first place first."""
    for match in matches(text, __file__, topic):
        group = match.lastgroup or ""
        span = Span(*match.span())
        if group.startswith(_COUNT):
            yield _number(match[group]), span
        else:
            yield group.removesuffix(_AFTER), span


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _numbers()[written.lower()]


@cache
def _numbers() -> dict[str, int]:
    numbers: dict[str, int] = strict_yaml.load(Path(__file__).with_name("numbers.yaml"))["words"]
    return numbers
