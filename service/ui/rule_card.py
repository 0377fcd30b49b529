"""A rule as a card: what it asks, on whose authority, what it flags and what it lets pass."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from service.rules.book import rule_called, rule_json
from service.ui.panel_views import RuleExampleView, RuleView

MOST_EXAMPLES = 6


def rule_view(rule_id: str, on: date) -> RuleView:
    """The card of a rule, with the values it reads on the date of service.

    Raises:
        UnknownRule: There is no such rule.
    """
    rule = rule_json(rule_called(rule_id))
    citation = rule["citation"]
    return RuleView(
        id=rule["id"],
        title=rule["title"],
        severity=str(rule["severity"]),
        does=rule["does"],
        authority=", ".join(citation[key] for key in ("title", "publisher") if key in citation),
        locator=citation["locator"],
        values=tuple(_values(rule["reads"], on)),
        examples=tuple(
            RuleExampleView(name=example["name"], flags=bool(example["flags"]))
            for example in rule["examples"][:MOST_EXAMPLES]
        ),
    )


def _values(
    reads: Mapping[str, Sequence[Mapping[str, Any]]], on: date
) -> Iterator[tuple[str, str]]:
    """What stood on the day; money is left out, as nobody codes by it."""
    for name, values in reads.items():
        held = [value for value in values if value["from"] <= on.isoformat()]
        if held and not isinstance(held[-1]["value"], dict | list) and "amount" not in name:
            shown = "not known" if held[-1]["value"] is None else str(held[-1]["value"])
            yield name, f"{shown}, from {held[-1]['from']}"
