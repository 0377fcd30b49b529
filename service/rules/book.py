"""One rule as others read it: authority, examples, and the policy values it reads by date."""

from collections.abc import Mapping
from typing import Any

from model.checklist import checklist
from model.errors import NoteproofError
from model.policy import Value, payer
from model.policy_files import history_of, works
from model.records import Citation
from model.rules import RULES, Rule
from model.rules.examples import examples_of

ISSUER = "cms"
_SHOWN_PAYER = "medicare_part_b"


class UnknownRule(NoteproofError):
    """A rule id is in no registry of ours."""

    code = "rule.unknown"

    def __init__(self, rule_id: str) -> None:
        self.rule_id = rule_id
        super().__init__("no rule has this id" if not _is_slug(rule_id) else f"no rule {rule_id}")


def rule_called(rule_id: str) -> Rule:
    """The rule of that id.

    Raises:
        UnknownRule: There is none.
    """
    if rule_id not in RULES:
        raise UnknownRule(rule_id)
    return RULES[rule_id]


def all_rules() -> list[dict[str, Any]]:
    """Every rule, by id."""
    return [rule_json(RULES[rule_id]) for rule_id in sorted(RULES)]


def rule_json(rule: Rule) -> dict[str, Any]:
    """The rule as CONTRACT.md has it, with what it reads."""
    return {
        "id": rule.id,
        "title": rule.title,
        "severity": rule.severity,
        "citation": citation_json(rule.citation),
        "basis": rule.basis,
        "does": (rule.check.__doc__ or "").strip().partition("\n")[0],
        "examples": examples_json(rule),
        "reads": {name: values_json(name) for name in rule.reads},
    }


def checklist_json() -> list[dict[str, Any]]:
    """What only a person can judge, with its authority."""
    return [
        {
            "id": item.id,
            "row": item.row,
            "item": item.item,
            "when": item.when,
            "basis": item.basis,
            "citation": citation_json(item.citation),
        }
        for item in checklist()
    ]


def citation_json(citation: Citation) -> dict[str, str]:
    """A citation with the title and the address of the work, where we hold them."""
    work: Mapping[str, str] = works().get(citation.work, {})
    known = {key: work[key] for key in ("title", "publisher", "href") if key in work}
    return {"work": citation.work, "locator": citation.locator, **known}


def examples_json(rule: Rule) -> list[dict[str, Any]]:
    """The rule's examples as they are written beside it."""
    try:
        found = examples_of(rule)
    except FileNotFoundError:
        return []
    return [_plain({"name": e.name, **e.written, "flags": list(e.flags)}) for e in found]


def values_json(name: str) -> list[dict[str, Any]]:
    """Every value of a parameter, oldest first; null is a value nobody has a source for."""
    return [
        {
            "from": value.start.isoformat(),
            "value": _plain(value.datum),
            "confidence": value.confidence,
            "citation": citation_json(value.source),
        }
        for value in _history(name)
    ]


def _history(name: str) -> tuple[Value, ...]:
    """A payer's own parameters are the same words in every payer's file; Medicare's are shown."""
    if name.startswith("payer."):
        return payer(_SHOWN_PAYER).parameters.get(name, ())
    return history_of(ISSUER, name)


def _plain(value: Any) -> Any:
    """YAML's values as JSON's."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, str | int | float | None) else str(value)


def _is_slug(text: str) -> bool:
    return len(text) <= 60 and text.replace("-", "").isalnum()
