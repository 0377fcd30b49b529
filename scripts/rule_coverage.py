"""Write docs/coverage.md: how often each rule fires on the labelled notes, read perfectly.

``python -m scripts.rule_coverage`` (about a minute). A rule that never fires there is proven by its
examples alone; two rules that always fire together about the same thing may be one rule.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from model.policy import Policy, payer, payer_ids
from model.records import Finding, Severity
from model.rules import RULES, check
from tests.support.gold_cases import gold_case
from training.corpus import read_corpus

PAGE = Path(__file__).parents[1] / "docs" / "coverage.md"
FEWEST_TOGETHER = 5
SHARE_TOGETHER = 0.9


def main() -> None:
    """Count, and write the page."""
    notes, fired, together = 0, Counter[str](), Counter[tuple[str, str]]()
    for note in read_corpus():
        notes += 1
        case = gold_case(note)
        found = check(case, Policy.for_payer(case.payer, case.date_of_service))
        fired.update({finding.rule_id for finding in found})
        together.update(_pairs(found))
    PAGE.write_text(page(notes, fired, together), "utf-8")
    print(f"wrote docs/{PAGE.name}")


def page(notes: int, fired: Counter[str], together: Counter[tuple[str, str]]) -> str:
    """The page from the counts."""
    silent = sorted(set(RULES) - set(fired))
    rows = [f"| `{rule_id}` | {count} |" for rule_id, count in sorted(fired.items(), key=_most)]
    return f"""# Rule coverage

Made by `python -m scripts.rule_coverage` from {notes} labelled notes, read as their labels
say. Each of the {len(RULES)} rules has examples of both outcomes, which tests run; this page
says which rules the notes reach too. Labels hold no stated diagnosis and no prior note, so that
rules about these are silent here by construction.

## Never fired on a note: {len(silent)} of {len(RULES)}

{_listed(silent)}

## Fire together

Pairs of rules that block or warn about the same line, diagnosis or note, of which one seldom fires
without the other (in {SHARE_TOGETHER:.0%} of at least {FEWEST_TOGETHER} notes): candidates for one
finding instead of two.

{_bullets(_inseparable(fired, together))}

## Conflicts

A rule replaces another's finding where `supersedes` says so. Two that replace each other would
silence both:

{_bullets(_circular())}

## Switched off

{_bullets(_off())}

## Fired

| rule | notes |
| --- | --- |
{chr(10).join(rows)}
"""


def _pairs(found: tuple[Finding, ...]) -> set[tuple[str, str]]:
    about: dict[tuple[int | None, str | None], set[str]] = defaultdict(set)
    for finding in found:
        if finding.severity is Severity.INFORMS:
            continue
        about[finding.flag.line, finding.flag.diagnosis].add(finding.rule_id)
    return {pair for rules in about.values() for pair in combinations(sorted(rules), 2)}


def _inseparable(fired: Counter[str], together: Counter[tuple[str, str]]) -> Iterator[str]:
    for (one, other), count in sorted(together.items()):
        rarer = min(fired[one], fired[other])
        if rarer >= FEWEST_TOGETHER and count >= SHARE_TOGETHER * rarer:
            yield f"`{one}` ({fired[one]}) and `{other}` ({fired[other]}): {count} notes"


def _circular() -> Iterator[str]:
    for one, other in combinations(sorted(RULES), 2):
        if other in RULES[one].supersedes and one in RULES[other].supersedes:
            yield f"`{one}` and `{other}`"


def _off() -> Iterator[str]:
    for payer_id in payer_ids():
        off = sorted(rule_id for rule_id, level in payer(payer_id).rules.items() if level is None)
        yield f"`{payer_id}`: {_listed(off)}"


def _most(row: tuple[str, int]) -> tuple[int, str]:
    return -row[1], row[0]


def _listed(rule_ids: list[str]) -> str:
    return ", ".join(f"`{rule_id}`" for rule_id in rule_ids) or "none"


def _bullets(lines: Iterator[str]) -> str:
    return "\n".join(f"- {line}" for line in lines) or "- none"


if __name__ == "__main__":
    main()
