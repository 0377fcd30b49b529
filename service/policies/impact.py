"""What another policy would change: exactly the claims whose findings differ, and why."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from model.reads import Reads
from model.records import Finding
from service.policies.sides import Side, judged, looked_up, process_of
from service.wire.encounter import GivenClaim


class Effect(StrEnum):
    """What becomes of a finding from A to B."""

    APPEARS = "appears"
    DISAPPEARS = "disappears"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A parameter or a row of a table that says one thing under A and another under B."""

    table: str
    row: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One finding that only one side has, or that says something else.

    Attributes:
        before: The finding under A; None where it appears.
        after: The finding under B; None where it disappears.
        causes: What the rule looked up and found different; of the whole claim's rules where its
            own saw nothing different (another rule replaces it, or a value is missing).
    """

    before: Finding | None
    after: Finding | None
    causes: tuple[Cause, ...] = ()

    @property
    def finding(self) -> Finding:
        """The finding as it stands now, or as it last stood."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a difference has a finding")
        return found

    @property
    def effect(self) -> Effect:
        """What becomes of it."""
        if self.before is None:
            return Effect.APPEARS
        return Effect.DISAPPEARS if self.after is None else Effect.CHANGES


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedClaim:
    """A claim whose findings differ."""

    claim: GivenClaim
    differences: tuple[Difference, ...]


def changed_claims(
    a: Side, b: Side, claims: Sequence[GivenClaim], *, without: Collection[str] = ()
) -> tuple[ChangedClaim, ...]:
    """The claims whose findings differ from A to B, in the order given.

    Args:
        a: The policy before.
        b: The policy after.
        claims: What is judged by both.
        without: Ids of rules whose findings are not compared.
    """
    with process_of(a) as before, process_of(b) as after:
        halves = before.submit(judged, a, claims), after.submit(judged, b, claims)
        judgements = zip(claims, *(half.result() for half in halves), strict=True)
        found = [
            (claim, differences)
            for claim, was, now in judgements
            if (differences := _differences(_kept(was, without), _kept(now, without)))
        ]
        concerned = [claim for claim, _ in found]
        reads = before.submit(looked_up, a, concerned), after.submit(looked_up, b, concerned)
        looked = zip(found, *(half.result() for half in reads), strict=True)
        return tuple(
            ChangedClaim(claim=claim, differences=tuple(_explained(differences, was, now)))
            for (claim, differences), was, now in looked
        )


def _kept(findings: Sequence[Finding], without: Collection[str]) -> list[Finding]:
    return [finding for finding in findings if finding.rule_id not in without]


def _differences(was: Sequence[Finding], now: Sequence[Finding]) -> list[Difference]:
    """Findings of one side alone, paired where rule, line and diagnosis are the same."""
    gone, new = _beyond(was, now), _beyond(now, was)
    places = sorted({_place(finding) for finding in (*gone, *new)})
    return [
        Difference(before=before, after=after)
        for place in places
        for before, after in zip_longest(
            [finding for finding in gone if _place(finding) == place],
            [finding for finding in new if _place(finding) == place],
        )
    ]


def _beyond(some: Sequence[Finding], others: Sequence[Finding]) -> list[Finding]:
    """The findings of ``some`` that ``others`` does not have, as often as it does not."""
    left = Counter(map(_said, others))
    found = []
    for finding in some:
        if left[_said(finding)]:
            left[_said(finding)] -= 1
        else:
            found.append(finding)
    return found


def _said(finding: Finding) -> tuple[str, ...]:
    return (*_place(finding), finding.severity.value, finding.flag.message)


def _place(finding: Finding) -> tuple[str, str, str]:
    line = "" if finding.flag.line is None else f"{finding.flag.line:03}"
    return finding.rule_id, line, finding.flag.diagnosis or ""


def _explained(
    differences: Sequence[Difference], was: Mapping[str, Reads], now: Mapping[str, Reads]
) -> Iterator[Difference]:
    every = {cause for rule in was.keys() & now.keys() for cause in _causes(was[rule], now[rule])}
    for difference in differences:
        rule = difference.finding.rule_id
        own = _causes(was.get(rule, {}), now.get(rule, {}))
        found = tuple(own or sorted(every, key=_order))
        yield Difference(before=difference.before, after=difference.after, causes=found)


def _causes(was: Reads, now: Reads) -> list[Cause]:
    """What both sides looked up and found different; else what only one of them came to ask."""
    both = [key for key in sorted(was.keys() & now.keys()) if was[key] != now[key]]
    return [
        Cause(
            table=key[0],
            row=key[1],
            before=was.get(key, "not looked up"),
            after=now.get(key, "not looked up"),
        )
        for key in both or sorted(was.keys() ^ now.keys())
    ]


def _order(cause: Cause) -> tuple[str, str]:
    return cause.table, cause.row
