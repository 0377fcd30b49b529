"""A rule for a person: what it asks, where that stands, what it says of its examples."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from service.printing.tables import table


def print_rules(console: Console, rules: Sequence[Mapping[str, Any]]) -> None:
    """One line a rule."""
    rows = [(rule["id"], Text(rule["severity"], rule["severity"]), rule["title"]) for rule in rules]
    console.print(table(("rule", "severity", "asks that"), rows))


def print_checklist(console: Console, items: Sequence[Mapping[str, Any]]) -> None:
    """One item a paragraph: what should be so, when, and on what authority."""
    for item in items:
        console.print(Text(item["item"], "bold"))
        source = item["citation"]
        said = "" if item["basis"] == "verified" else " (recalled)"
        passage = f"{source.get('title', source['work'])}, {source['locator']}{said}"
        words = Text(f"when: {item['when']}. {passage}", "quiet")
        console.print(Padding(words, (0, 0, 0, 2), expand=False))


def print_rule(console: Console, rule: Mapping[str, Any]) -> None:
    """The rule, its citation, the values it reads by date, and its examples."""
    console.print(Text(rule["id"], "bold").append(f"  {rule['severity']}", rule["severity"]))
    console.print(rule["title"])
    console.print(Text(rule["does"], "quiet"))
    _citation(console, rule["citation"])
    if rule["basis"] != "verified":
        console.print("Recalled, not yet read in the source: it never blocks a claim.")
    for name, values in rule["reads"].items():
        _values(console, name, values)
    if rule["examples"]:
        console.print(Text("\nExamples", "bold"))
    for example in rule["examples"]:
        _example(console, example)


def _citation(console: Console, citation: Mapping[str, str]) -> None:
    console.print(f"{citation.get('title', citation['work'])}, {citation['locator']}")
    if "href" in citation:
        console.print(Text(citation["href"], "quiet"), soft_wrap=True)


def _values(console: Console, name: str, values: Sequence[Mapping[str, Any]]) -> None:
    console.print(Text(f"\n{name}", "bold"))
    for value in values:
        shown = "not known" if value["value"] is None else _words(value["value"])
        said = "" if value["confidence"] == "verified" else " (recalled)"
        line = Text(f"from {value['from']}  {shown}{said}  ")
        source = value["citation"]
        line.append(f"{source.get('title', source['work'])}, {source['locator']}", "quiet")
        console.print(Padding(line, (0, 0, 0, 2), expand=False))


def _example(console: Console, example: Mapping[str, Any]) -> None:
    console.print(Padding(Text(f"• {example['name']}"), (0, 0, 0, 2), expand=False))
    case = [f"{key}: {_words(value)}" for key, value in example["case"].items()]
    console.print(Padding(Text("; ".join(case), "quiet"), (0, 0, 0, 4), expand=False))
    for flag in example["flags"] or ["nothing to say"]:
        console.print(Padding(f"→ {flag}", (0, 0, 0, 4), expand=False))


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_words(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return ", ".join(map(_words, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
