"""``explain``: the rule book, one rule or all."""

import json
import sys
from difflib import get_close_matches
from typing import Annotated

import typer


def explain(
    rule: Annotated[str | None, typer.Argument(metavar="[RULE]", show_default=False)] = None,
    every: Annotated[bool, typer.Option("--all", help="List every rule.")] = False,
    items: Annotated[
        bool, typer.Option("--checklist", help="List what only a person can judge.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show a rule: what it asks, the paragraph it stands on, its values by date, its examples."""
    from service.printing import print_rule, print_rules, stdout
    from service.printing.rules import print_checklist
    from service.rules.book import all_rules, checklist_json, rule_called, rule_json

    if [rule is not None, every, items].count(True) != 1:
        raise typer.BadParameter("give the id of a rule, --all or --checklist")
    if items:
        shown_items = checklist_json()
        _print_json(shown_items) if as_json else print_checklist(stdout(), shown_items)
        return
    if rule is None:
        found = all_rules()
        _print_json(found) if as_json else print_rules(stdout(), found)
        return
    _refuse_unknown(rule)
    shown = rule_json(rule_called(rule))
    _print_json(shown) if as_json else print_rule(stdout(), shown)


def _refuse_unknown(rule_id: str) -> None:
    from model.rules import RULES

    if rule_id in RULES:
        return
    meant = get_close_matches(rule_id, RULES, n=3)
    hint = f"; did you mean {' or '.join(meant)}?" if meant else "; --all lists them"
    raise typer.BadParameter(f"no rule has this id{hint}")


def _print_json(found: object) -> None:
    sys.stdout.write(json.dumps(found, indent=2 if sys.stdout.isatty() else None) + "\n")
