"""Write the pages of docs/ that are made from code: errors, settings, rules, and the rule ids.

``python -m scripts.build_docs`` writes all of them, ``python -m scripts.build_docs rule-ids`` one.
tests/architecture/test_docs.py says when one is out of date.
"""

import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import SecretStr

from model.checklist import checklist
from model.errors import NoteproofError
from model.policy_files import works
from model.queries.linter import WHY
from model.rules import RULES, Rule
from model.rules.examples import Example, examples_of
from service.problems import STATUS
from service.rules.book import values_json
from service.settings import Settings
from training.labeled_queries import read_queries, score_queries

ROOT = Path(__file__).parents[1]
SHOWN = 6
"""Entries of a policy value shown in the rule book."""


def errors_page() -> str:
    """Every deliberate error, with the code clients may rely on."""
    rows = [f"| `{e.code}` | `{e.__name__}` | {_status(e)} | {_sentence(e)} |" for e in _errors()]
    return f"""# Errors

Made by `make docs`. A coding mistake is a finding; an error means the program could not do its
job. The code is stable: clients, logs and tests refer to it. Messages name ids, fields, offsets,
dates and policy names, and never quote a note.

| code | error | HTTP | means |
| --- | --- | --- | --- |
{chr(10).join(rows)}

Raise the leaf, catch the branch. `ValueError` stays for a record that a programmer built wrongly.
Policy files, payer files and artifacts are checked when they are loaded.
"""


def settings_page() -> str:
    """Every setting of the service."""
    prefix = Settings.model_config.get("env_prefix", "")
    rows = [
        f"| `{(prefix + name).upper()}` | {_shown(field.get_default(call_default_factory=True))} "
        f"| {field.description or ''} |"
        for name, field in Settings.model_fields.items()
    ]
    return f"""# Settings

Made by `make docs`. The service reads them once, when it starts, from variables of its
environment; a wrong value stops it there. Policy is no setting: it lives in `model/policies`, with
dates and sources.

| variable | default | means |
| --- | --- | --- |
{chr(10).join(rows)}
"""


def rules_page() -> str:
    """The rule book: every rule with its authority and its examples."""
    return "\n".join(
        [
            "# Rules\n",
            f"Made by `make docs`. {len(RULES)} rules; `noteproof explain ID` prints one.\n",
            *(_rule(RULES[rule_id]) for rule_id in sorted(RULES)),
        ]
    )


def queries_page() -> str:
    """How queries are made and judged, with the linter's measured numbers."""
    queries = read_queries()
    held_out = [query for query in queries if query.is_held_out]
    rows = [
        f"| {name} | {len(some)} | {score_queries(some).recall} | {score_queries(some).precision} |"
        for name, some in (
            ("development half", [query for query in queries if not query.is_held_out]),
            ("held-out half", held_out),
            ("held out, written before the linter", [q for q in held_out if not q.is_after]),
            ("held out, written after the linter", [q for q in held_out if q.is_after]),
        )
    ]
    kinds = [f"- **{kind}**: {why}." for kind, why in WHY.items()]
    return f"""# Queries

Made by `make docs`. A query asks the therapist what only the therapist knows. `compose` makes one
of a finding: it quotes the words of the note the finding rests on, then asks openly, or with
options among which are "other" and "unable to determine". It never mentions payment. `lint` judges
any draft, whoever wrote it, and returns the words by which it leads:

{chr(10).join(kinds)}

## Measured

`labeled_notes/queries.tsv` holds {len(queries)} queries written for this purpose by one author in
many voices, {sum(query.kind is not None for query in queries)} of which lead. The linter's words
were settled on the development half alone; no note is in both halves. The last row is the one to
believe: those queries were written when the linter was done, though by the same hand. Recall is
the share of leading queries in which a fault is found, precision the share of faulted queries that
do lead, each with its 95% Wilson interval. Queries of real clinics were not at hand.

| queries | of them | recall | precision |
| --- | --- | --- | --- |
{chr(10).join(rows)}

A query without a fault may still lead: the linter knows words, not intent. Whoever sends it reads
it first.
"""


def checklist_page() -> str:
    """What only a person can judge."""
    rows = [
        f"| {item.item} | {item.when} | [{works()[item.citation.work]['title']}]"
        f"({_link(works()[item.citation.work]['href'])}), {item.citation.locator}"
        f"{'' if item.basis == 'verified' else ' (recalled)'} |"
        for item in checklist()
    ]
    return f"""# Checklist

Made by `make docs`. What payers ask for and no rule can decide from a note, a claim or an episode:
{len(rows)} items for a person. `noteproof explain --checklist` lists them too.

| should be so | when | authority |
| --- | --- | --- |
{chr(10).join(rows)}
"""


def rule_ids() -> str:
    """The snapshot of rule ids: payers, clients and reports refer to them."""
    return "".join(f"{rule_id}\n" for rule_id in sorted(RULES))


PAGES: dict[str, tuple[Path, Callable[[], str]]] = {
    "errors": (ROOT / "docs/errors.md", errors_page),
    "settings": (ROOT / "docs/settings.md", settings_page),
    "rules": (ROOT / "docs/rules.md", rules_page),
    "checklist": (ROOT / "docs/checklist.md", checklist_page),
    "queries": (ROOT / "docs/queries.md", queries_page),
    "rule-ids": (ROOT / "tests/architecture/rule_ids.txt", rule_ids),
}


def main(names: list[str]) -> None:
    """Write the pages called ``names``, or all of them."""
    for name in names or PAGES:
        path, page = PAGES[name]
        path.write_text(page(), "utf-8")
        print(f"wrote {path.relative_to(ROOT)}")


def _errors() -> Iterator[type[NoteproofError]]:
    """Every error there is, once each module that may define one has been imported."""
    for path in (*sorted(ROOT.glob("model/**/*.py")), *sorted(ROOT.glob("service/**/*.py"))):
        if path.name == "errors.py" or "Error):\n" in path.read_text("utf-8"):
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    yield from _with_children(NoteproofError)


def _with_children(error: type[NoteproofError]) -> Iterator[type[NoteproofError]]:
    """``error`` and all below it by code, whoever was imported first; those of tests left out."""
    yield error
    ours = (e for e in error.__subclasses__() if e.__module__.startswith(("model.", "service.")))
    for child in sorted(ours, key=lambda e: e.code):
        yield from _with_children(child)


def _status(error: type[NoteproofError]) -> str:
    return next((str(STATUS[kind]) for kind in error.__mro__ if kind in STATUS), "500")


def _sentence(documented: object) -> str:
    return (inspect.getdoc(documented) or "").split("\n\n")[0].replace("\n", " ")


def _shown(default: object) -> str:
    """A default as a person sets it; paths as seen from the repository."""
    if isinstance(default, SecretStr):
        default = default.get_secret_value()
    words = str(default).removeprefix(f"{ROOT}/")
    return "none" if default is None else f"`{words}`" if words else "empty"


def _rule(rule: Rule) -> str:
    work = works()[rule.citation.work]
    examples = "\n".join(f"- {_example(example)}" for example in examples_of(rule))
    return (
        f"## {rule.id}\n\n{rule.title}. *{rule.severity.capitalize()}.*\n\n"
        f"{_sentence(rule.check)}\n\n"
        f"Authority: [{work['title']}]({_link(work['href'])}), {rule.citation.locator}"
        f"{'' if rule.basis == 'verified' else ' (recalled)'}.\n\n"
        f"{_values(rule)}{examples}\n"
    )


def _values(rule: Rule) -> str:
    """The policy values it reads, by the day each began."""
    rows = [
        f"- `{name}`: "
        + "; ".join(
            f"from {value['from']} {_datum(value['value'])}"
            f"{'' if value['confidence'] == 'verified' else ' (recalled)'}"
            for value in values_json(name)
        )
        for name in rule.reads
    ]
    return "Reads, by date:\n\n{}\n\nExamples:\n\n".format("\n".join(rows)) if rows else ""


def _datum(datum: object) -> str:
    """A policy value in a line; long tables stand in their own file."""
    if datum is None:
        return "not known"
    if isinstance(datum, bool):
        return "yes" if datum else "no"
    if isinstance(datum, dict | list) and len(datum) > SHOWN:
        return f"{len(datum)} entries"
    return f"`{datum}`"


def _example(example: Example) -> str:
    said = "; ".join(f"“{flag}”" for flag in example.flags) or "nothing to say"
    return f"{example.name}: {said}"


def _link(href: str) -> str:
    """A page of our own docs is a neighbour of the page written here."""
    return href.removeprefix("docs/")


if __name__ == "__main__":
    main(sys.argv[1:])
