"""Facts to the supported claim: lines with units, modifiers, pointers and evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from model.extract.lexicon import family_of
from model.policy import Policy
from model.records import Encounter, Facts, ParsedNote, Span
from model.records.claim import Abstention, Evidence, SuggestedDiagnosis, SuggestedLine
from model.records.facts import Giver, Service
from model.records.units import Certificate
from model.suggest.modifiers import Marked, modifiers
from model.suggest.procedures import code_for
from model.suggest.units import CountedLine, count

_MOST_POINTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportedClaim:
    """What the note supports."""

    lines: tuple[SuggestedLine, ...]
    certificate: Certificate | None
    abstentions: tuple[Abstention, ...]


NOTHING_SUPPORTED = SupportedClaim(lines=(), certificate=None, abstentions=())
ANOTHERS_NOTE = SupportedClaim(
    lines=(),
    certificate=None,
    abstentions=(
        Abstention("line", "reads as another profession's note, which supports no therapy line"),
    ),
)
"""What a note supports that no therapist wrote."""


def supported_claim(
    facts: Facts,
    note: ParsedNote,
    encounter: Encounter,
    policy: Policy,
    diagnoses: Sequence[SuggestedDiagnosis],
) -> SupportedClaim:
    """The claim ``facts`` support under ``policy``.

    Raises:
        MinutesBeyondDay: The note's minutes add up to more than a day.
        PolicyGap: A number of the unit rule has no source for the date of service.
    """
    services, refused = _billable(facts, note, policy.on, policy)
    if not services:
        return SupportedClaim(lines=(), certificate=None, abstentions=tuple(refused))
    counted, certificate = count(services, policy, rule=encounter.unit_rule)
    abstentions = [*refused, *_unknown_units(counted, facts)]
    pointers = tuple(d.code for d in diagnoses[:_MOST_POINTERS])
    marked = [
        Marked(
            code=line.code, performed_by=line.performed_by, is_separate=_is_separate(line, services)
        )
        for line in counted
    ]
    lines = tuple(
        _line(line, own, marked, services, encounter, policy, pointers)
        for line, own in zip(counted, marked, strict=True)
    )
    return SupportedClaim(lines=lines, certificate=certificate, abstentions=tuple(abstentions))


def _billable(
    facts: Facts, note: ParsedNote, on: date, policy: Policy
) -> tuple[list[Service], list[Abstention]]:
    """Performed services under their billing codes; what cannot be billed is named."""
    kept: list[Service] = []
    refused: list[Abstention] = []
    for service in facts.performed():
        words = " ".join(span.of(note.text) for span in service.evidence)
        code = code_for(service.code, note, words, on, policy)
        if service.giver is Giver.AIDE:
            refused.append(Abstention("line", "given by an aide, whose time is not billed", code))
        elif code in policy.bundled_codes:
            refused.append(
                Abstention("line", "bundled by this payer into the other services", code)
            )
        else:
            kept.append(replace(service, code=code))
    return kept, refused


def _unknown_units(counted: Sequence[CountedLine], facts: Facts) -> Iterator[Abstention]:
    for line in counted:
        if line.units is None:
            loose = ", ".join(f"{d.minutes} minutes" for d in facts.unclaimed)
            reason = "no minutes stated for it" + (f"; unclaimed: {loose}" if loose else "")
            yield Abstention("units", reason, line.code)


def _is_separate(line: CountedLine, services: Sequence[Service]) -> bool:
    """Whether the line has minutes of its own at a place no other line's minutes stand."""
    own = _spans(line.service, services)
    others = {span for s in services if s.code != line.service for span in s.minutes_evidence}
    return bool(own) and not own & others


def _spans(code: str, services: Sequence[Service]) -> set[Span]:
    return {span for s in services if s.code == code for span in s.minutes_evidence}


def _line(
    line: CountedLine,
    own: Marked,
    marked: Sequence[Marked],
    services: Sequence[Service],
    encounter: Encounter,
    policy: Policy,
    pointers: tuple[str, ...],
) -> SuggestedLine:
    givers = {"assistant": Giver.ASSISTANT}
    of_code = [s for s in services if s.code == line.service]
    best = [
        s for s in of_code if s.giver is givers.get(line.performed_by, Giver.THERAPIST)
    ] or of_code
    evidence = [
        *(Evidence(span, "service") for s in best for span in s.evidence),
        *(Evidence(span, "minutes") for s in of_code for span in s.minutes_evidence),
    ]
    return SuggestedLine(
        code=line.code,
        units=line.units,
        minutes=line.minutes,
        modifiers=modifiers(own, [m for m in marked if m is not own], encounter, policy),
        performed_by=line.performed_by,
        diagnoses=pointers,
        evidence=tuple(dict.fromkeys(evidence)),
        confidence=max(s.confidence for s in of_code),
    )


def families(lines: Sequence[SuggestedLine]) -> set[str]:
    """The families of a claim's lines."""
    return {family_of(line.code) for line in lines}
