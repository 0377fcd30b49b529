"""The smallest sets of missing elements that would make a part of the claim defensible.

A set is sought among the elements the findings themselves name: with it none of them is left, and
with none of its proper subsets. An element may bring a finding to light (a goal, once there, is
asked for its measure); such a finding joins the search.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

from model.policy import Policy
from model.records import Case, Finding, Severity
from model.records.missing import AtRisk
from model.rules.registry import RULES, check
from model.rules.supplies import Part, supplied

Elements = frozenset[str]
_GRAVE = (Severity.BLOCKS, Severity.WARNS)
_NOTHING: Elements = frozenset()
SHOWN = 12
"""More ways than these are no longer read; the smallest are kept."""


@dataclass(frozen=True)
class _Question:
    """Which elements clear some rules of one part."""

    case: Case
    policy: Policy
    part: Part

    def is_said(self, rule_id: str, elements: Elements) -> bool:
        """Whether the rule has something to say of the part once ``elements`` are there."""
        case = self.with_elements(elements)
        found = RULES[rule_id].findings(case, self.policy)
        return any(_part(finding) == self.part for finding in found)

    def with_elements(self, elements: Elements) -> Case:
        """The case as if it had them."""
        return supplied(self.case, tuple(sorted(elements)), self.part)

    def lit_by(self, elements: Elements, known: Iterable[str]) -> Iterator[Finding]:
        """Further findings about the part that elements could clear, once ``elements`` are there.

        Without a note there are none: to supply one would make every silence a fault.
        """
        if self.case.facts is not None:
            for finding in check(self.with_elements(elements), self.policy):
                if finding.rule_id not in known and _is_asked(finding, self.part):
                    yield finding


def at_risk(case: Case, policy: Policy, findings: Iterable[Finding]) -> tuple[AtRisk, ...]:
    """Each part of ``case`` that findings put at risk and documentation could clear.

    Args:
        case: What was judged.
        policy: What it was judged by.
        findings: What ``check`` said of it.

    Findings that inform put nothing at risk. What no documentation clears, such as a code that
    ended, is left to its own finding.
    """
    parts: dict[Part, dict[str, set[str]]] = {}
    for finding in findings:
        part = _part(finding)
        if _is_asked(finding, part):
            _add(finding, parts.setdefault(part, {}))
    questions = ((_Question(case, policy, part), parts[part]) for part in sorted(parts, key=_place))
    found = (_answered(question, named) for question, named in questions)
    return tuple(each for each in found if each is not None)


def smallest_sets(case: Case, policy: Policy, finding: Finding) -> tuple[Elements, ...]:
    """The sets of the elements ``finding`` names that clear it, none of them within another."""
    question = _Question(case, policy, _part(finding))
    return _minimal(question, [finding.rule_id], sorted(_named(finding)))


def _answered(question: _Question, named: dict[str, set[str]]) -> AtRisk | None:
    """The part with its sets; None where its findings cannot all be cleared.

    Args:
        question: The part.
        named: The rules that speak of it, each with the elements it names.
    """
    sets = _smallest(question, named)
    if not sets:
        return None
    lit = [finding for each in sets for finding in question.lit_by(each, named)]
    if lit:
        for finding in lit:
            _add(finding, named)
        return _answered(question, named)
    return AtRisk(
        line=question.part.line,
        diagnosis=question.part.diagnosis,
        rules=tuple(sorted(named)),
        sets=tuple(tuple(sorted(elements)) for elements in sets),
    )


def _smallest(question: _Question, named: Mapping[str, set[str]]) -> tuple[Elements, ...]:
    """The smallest sets that clear every rule of ``named``, group by group."""
    everything = frozenset(chain.from_iterable(named.values()))
    touched = {
        rule_id: {e for e in everything if _touches(question, rule_id, e, everything)}
        for rule_id in named
    }
    groups = [
        _minimal(question, rules, sorted(elements)) for rules, elements in _connected(touched)
    ]
    unions = (_NOTHING.union(*choice) for choice in product(*groups))
    return tuple(sorted(unions, key=lambda each: (len(each), sorted(each))))[:SHOWN]


def _touches(question: _Question, rule_id: str, element: str, everything: Elements) -> bool:
    """Whether ``element`` can change what the rule says, alone or as the last of all."""
    one = frozenset({element})
    around = (_NOTHING, everything - one)
    return any(
        question.is_said(rule_id, rest) != question.is_said(rule_id, rest | one) for rest in around
    )


def _connected(touched: Mapping[str, set[str]]) -> list[tuple[list[str], set[str]]]:
    """The rules in groups that share no element, so that each can be answered by itself."""
    groups: list[tuple[list[str], set[str]]] = []
    for rule_id, elements in sorted(touched.items()):
        joined = [group for group in groups if group[1] & elements]
        rest = [group for group in groups if not group[1] & elements]
        rules = [rule_id, *chain.from_iterable(rules for rules, _ in joined)]
        groups = [*rest, (rules, elements.union(*(own for _, own in joined)))]
    return groups


def _minimal(
    question: _Question, rules: Sequence[str], elements: Sequence[str]
) -> tuple[Elements, ...]:
    """Every set of ``elements`` that clears ``rules`` and holds no smaller one that does."""
    found: list[Elements] = []
    for size in range(len(elements) + 1):
        for each in map(frozenset, combinations(elements, size)):
            if not any(smaller <= each for smaller in found) and not any(
                question.is_said(rule_id, each) for rule_id in rules
            ):
                found.append(each)
    return tuple(found)


def _named(finding: Finding) -> set[str]:
    """Every element ``finding`` asks for, in any of its sets."""
    return {*finding.flag.missing, *chain.from_iterable(finding.flag.instead)}


def _add(finding: Finding, named: dict[str, set[str]]) -> None:
    named.setdefault(finding.rule_id, set()).update(_named(finding))


def _part(finding: Finding) -> Part:
    return Part(finding.flag.line, finding.flag.diagnosis)


def _is_asked(finding: Finding, part: Part) -> bool:
    """Whether the finding puts ``part`` at risk and names what would clear it."""
    return finding.severity in _GRAVE and bool(finding.flag.missing) and _part(finding) == part


def _place(part: Part) -> tuple[int, str]:
    return -1 if part.line is None else part.line, part.diagnosis or ""
