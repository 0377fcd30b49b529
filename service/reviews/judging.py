"""The rules and the unit count, asked again about the claim as a review has it now.

The claim under review takes the place of the stated claim: it is what would be billed. The facts of
the reading stand beside it, so what the note lacks is found on it too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from model.checking import case_of
from model.codes import find
from model.policy import Policy
from model.records import Encounter, Finding, Line, Severity
from model.records.review import EncounterReading, Override
from model.records.units import Certificate, TimedMinutes
from model.rules import check
from model.suggest.timing import timings, unit_policy
from model.units import units
from service.reviews.state import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveFinding:
    """A finding on the claim as it stands.

    Attributes:
        key: The line or diagnosis it is about; None for the claim as a whole.
        override: The decision that set it aside; None while it counts.
    """

    finding: Finding
    key: str | None
    override: Override | None

    @property
    def blocks(self) -> bool:
        """Whether it keeps the claim from becoming final."""
        return self.finding.severity is Severity.BLOCKS and self.override is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What rules and units say of one claim."""

    findings: tuple[LiveFinding, ...]
    certificate: Certificate | None
    policy: Policy


def judge(reading: EncounterReading, review: Review) -> Judged:
    """Findings and certificate of the standing lines of ``review``.

    Raises:
        MinutesBeyondDay: The minutes of the lines add up to more than a day.
        PolicyGap: A number of the unit rule has no source for the date of service.
    """
    encounter = known(reading, review)
    policy = Policy.for_payer(reading.draft.payer, reading.draft.date_of_service)
    lines = claim_lines(review, policy)
    case = replace(
        case_of(encounter, policy, stated=lines, stated_diagnoses=review.claim_diagnoses()),
        supported=_supported(reading) if lines else (),
        supported_diagnoses=tuple(found.code for found in reading.draft.diagnoses),
        facts=reading.draft.facts,
        text=encounter.text,
    )
    found = tuple(_placed(finding, review) for finding in check(case, policy))
    certificate = certified(lines, policy, rule=encounter.unit_rule)
    return Judged(findings=found, certificate=certificate, policy=policy)


def known(reading: EncounterReading, review: Review) -> Encounter:
    """The encounter with what was inferred for its draft, and the attestation of its review."""
    draft, encounter = reading.draft, reading.encounter
    return replace(
        encounter,
        discipline=draft.discipline,
        note_kind=draft.note_kind,
        date_of_service=draft.date_of_service,
        payer=draft.payer,
        attestations=(review.attestation,) if review.attestation else encounter.attestations,
    )


def claim_lines(review: Review, policy: Policy) -> tuple[Line, ...]:
    """The standing lines, with their modifiers in the payer's order."""
    return tuple(
        replace(line, modifiers=in_order(line.modifiers, policy)) for line in review.claim_lines()
    )


def in_order(modifiers: Iterable[str], policy: Policy) -> tuple[str, ...]:
    """``modifiers`` as the payer writes them; those it does not list come last."""
    order = policy.modifier_order
    place = {modifier: number for number, modifier in enumerate(order)}
    return tuple(sorted(modifiers, key=lambda each: (place.get(each, len(order)), each)))


def certified(lines: Sequence[Line], policy: Policy, *, rule: str | None) -> Certificate | None:
    """The certificate of the minutes on ``lines``; None where no timed line has any.

    Raises:
        MinutesBeyondDay: They add up to more than a day.
        PolicyGap: A number of the unit rule has no source for the date of service.
    """
    numbers = unit_policy(policy, rule=rule)
    timed = [line for line in lines if line.minutes is not None and _is_timed(line.code)]
    if not timed:
        return None
    minutes = [_minutes(line, policy) for line in timed]
    return units(minutes, timings((line.code for line in timed), numbers.rule), policy=numbers)


def _minutes(line: Line, policy: Policy) -> TimedMinutes:
    """Who gave the minutes matters only where the payer has modifiers for it."""
    splits = policy.needs_assistant_modifiers and line.performed_by == "assistant"
    return TimedMinutes.by("assistant" if splits else "therapist", line.code, line.minutes or 0)


def _is_timed(code: str) -> bool:
    procedure = find(code)
    return procedure is not None and procedure.timed


def _supported(reading: EncounterReading) -> tuple[Line, ...]:
    return tuple(
        Line(
            code=line.code,
            units=line.units,
            minutes=line.minutes,
            modifiers=line.modifiers,
            performed_by=line.performed_by,
            diagnoses=line.diagnoses,
            evidence=tuple(evidence.span for evidence in line.evidence),
        )
        for line in reading.draft.lines
    )


def _placed(finding: Finding, review: Review) -> LiveFinding:
    key = _key_of(finding, review)
    matching = [
        override
        for override in review.overrides
        if (override.rule_id, override.key, override.message)
        == (finding.rule_id, key, finding.flag.message)
    ]
    return LiveFinding(finding=finding, key=key, override=matching[-1] if matching else None)


def _key_of(finding: Finding, review: Review) -> str | None:
    flag, lines = finding.flag, review.standing_lines
    if flag.line is not None and flag.line < len(lines):
        return lines[flag.line].key
    about = (each.key for each in review.standing_diagnoses if each.code == flag.diagnosis)
    return next(about, None)
