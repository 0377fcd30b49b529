"""A reading as a review nobody has decided anything on yet."""

from model.records.claim import SuggestedDiagnosis, SuggestedLine
from model.records.review import EncounterReading, Verdict
from service.reviews.state import DiagnosisState, LineState, Review


def opened(reading: EncounterReading) -> Review:
    """The review of ``reading`` before its first decision: all proposed, nothing accepted."""
    draft = reading.draft
    diagnoses = tuple(_diagnosis(found) for found in draft.diagnoses)
    keys = {each.code: each.key for each in reversed(diagnoses)}
    attested = [each for each in reading.encounter.attestations if each.kx]
    return Review(
        reading=reading.number,
        lines=tuple(_line(line, place, keys) for place, line in enumerate(draft.lines, start=1)),
        diagnoses=diagnoses,
        attestation=attested[0] if attested else None,
    )


def _line(line: SuggestedLine, place: int, keys: dict[str, str]) -> LineState:
    return LineState(
        key=str(place),
        verdict=Verdict.PROPOSED,
        proposal=line,
        code=line.code,
        units=line.units,
        minutes=line.minutes,
        modifiers=line.modifiers,
        performed_by=line.performed_by,
        points_at=tuple(keys[code] for code in line.diagnoses if code in keys),
        evidence=line.evidence,
    )


def _diagnosis(found: SuggestedDiagnosis) -> DiagnosisState:
    return DiagnosisState(
        key=f"d{found.rank}",
        verdict=Verdict.PROPOSED,
        proposal=found,
        code=found.code,
        evidence=found.evidence,
    )
