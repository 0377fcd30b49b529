"""The journey, composed: an encounter in, a proven claim draft out. Read this first.

text ─ parse ─▶ ParsedNote ─ read ─▶ Reading ─ link, gate ─▶ Facts ─ suggest ─▶ lines, diagnoses
                                                              └──── check ───▶ findings
"""

from dataclasses import dataclass, replace
from math import inf

from model.checking import (
    ASSUMED_PAYER,
    NO_MODEL,
    assumed,
    case_of,
    day_of,
    first_covered_day,
    last_covered_day,
    versions_of,
)
from model.extract.candidates import candidates
from model.extract.conditions import conditions
from model.extract.encounter import complete, discipline_of_services
from model.extract.facts import facts
from model.extract.line_features import Candidate
from model.extract.reading import Reading
from model.extract.services import Kept, dealt_again, link
from model.extract.writer import is_told_therapists
from model.models import Models
from model.parse.pipeline import parse
from model.policy import Policy
from model.records import Discipline, Encounter, Facts, Line, ParsedNote, StatedLine
from model.records.claim import ClaimDraft, SuggestedDiagnosis, SuggestedLine
from model.rules import check
from model.rules.evaluations.table import evaluation_of
from model.rules.missing import at_risk
from model.suggest.claim import (
    ANOTHERS_NOTE,
    NOTHING_SUPPORTED,
    SupportedClaim,
    supported_claim,
)
from model.suggest.diagnoses import coded
from model.suggest.lanes import certainty, lane_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What was read from one note; nothing, when reading is off."""

    discipline: Discipline | None = None
    facts: Facts | None = None
    diagnoses: tuple[SuggestedDiagnosis, ...] = ()
    supported: SupportedClaim = NOTHING_SUPPORTED
    sure: float = 0.0


class Copilot:
    """Reads notes with one set of models; holds nothing else, so one serves all."""

    def __init__(self, models: Models | None) -> None:
        """Args: models: None turns reading off: the rules alone judge what the note states."""
        self._models = models

    def draft(self, encounter: Encounter) -> ClaimDraft:
        """The claim ``encounter``'s note supports, the one it states, and what is missing.

        Raises:
            NoteError: The text cannot be read.
            UnknownPayer: No payer has that id.
        """
        note = parse(encounter.text or "", note_id=encounter.id)
        known, inferred = _known(encounter, note)
        policy = Policy.for_payer(known.payer or ASSUMED_PAYER, day_of(known))
        read = _Read()
        if self._models is not None:
            read = _read(self._models, note, known, policy, is_told=is_told_therapists(encounter))
        if read.supported is ANOTHERS_NOTE:
            # The therapy it speaks of is not its writer's.
            known = replace(known, discipline=None)
            inferred = tuple(name for name in inferred if name != "discipline")
        if known.discipline is None and read.discipline is not None:
            known = replace(known, discipline=read.discipline)
            inferred = (*inferred, "discipline")
        version = self._models.version if self._models else NO_MODEL
        return _drafted(known, policy, note, read, inferred, version)


def _read(
    models: Models, note: ParsedNote, encounter: Encounter, policy: Policy, *, is_told: bool
) -> _Read:
    """What the note supports; ``is_told`` where the EHR says that it is a therapist's."""
    reading = models.reader.read(note, encounter)
    if not is_told and not models.is_therapists(note, reading):
        own = _diagnoses(models, note, reading, encounter)
        return _Read(diagnoses=own, supported=ANOTHERS_NOTE)
    scores = models.linker.scores(note, reading, encounter.discipline)
    found = candidates(note, reading, scores, link(note, scores)[0], encounter)
    # It is known now who must share the minutes.
    (assignment, *others), kept = dealt_again(
        note, reading, scores, _kept(models, found), encounter
    )
    if encounter.discipline is None:
        by_services = discipline_of_services(candidate.family for candidate, _ in kept)
        encounter = replace(encounter, discipline=by_services)
    known = facts(note, reading, scores, assignment, kept, encounter)
    diagnoses = _diagnoses(models, note, reading, encounter)
    supported = supported_claim(known, note, encounter, policy, diagnoses)
    margin = min((assignment.score - other.score for other in others), default=inf)
    return _Read(
        discipline=encounter.discipline,
        facts=known,
        diagnoses=diagnoses,
        supported=supported,
        sure=certainty(supported.lines, margin),
    )


def _kept(models: Models, found: tuple[Candidate, ...]) -> list[Kept]:
    """Candidates the line gate keeps, with their confidence."""
    chances = models.lines.probabilities(
        [(*own.features, *models.line_prior.rates(own.family)) for own in found]
    )
    return [
        (candidate, float(chance[0]))
        for candidate, chance in zip(found, chances, strict=True)
        if chance[0] >= models.line_threshold
    ]


def _diagnoses(
    models: Models, note: ParsedNote, reading: Reading, encounter: Encounter
) -> tuple[SuggestedDiagnosis, ...]:
    stated = conditions(note, reading, models.index)
    found = coded(stated, note.text, day_of(encounter), encounter.discipline, models.prior)
    return models.ranked(found)


def _known(encounter: Encounter, note: ParsedNote) -> tuple[Encounter, tuple[str, ...]]:
    """The encounter with what the note says of it, and which fields were inferred or assumed."""
    completed = complete(encounter, note, fallback=last_covered_day(), earliest=first_covered_day())
    return completed.encounter, tuple(dict.fromkeys((*completed.inferred, *assumed(encounter))))


def _drafted(
    encounter: Encounter,
    policy: Policy,
    note: ParsedNote,
    read: _Read,
    inferred: tuple[str, ...],
    version: str,
) -> ClaimDraft:
    """The draft of what was read, judged by the rules."""
    supported, diagnoses, found = read.supported, read.diagnoses, read.facts
    codes = tuple(diagnosis.code for diagnosis in note.stated_diagnoses)
    case = replace(
        case_of(
            encounter, policy, stated=tuple(map(_stated, note.stated_lines)), stated_diagnoses=codes
        ),
        supported=tuple(map(_as_line, supported.lines)),
        supported_diagnoses=tuple(diagnosis.code for diagnosis in diagnoses),
        facts=found,
        text=note.text,
    )
    findings = check(case, policy)
    total = found.treatment_total if found else None
    return ClaimDraft(
        id=encounter.id,
        note_kind=encounter.note_kind,
        discipline=encounter.discipline,
        date_of_service=policy.on,
        payer=case.payer,
        lines=supported.lines,
        stated=note.stated_lines,
        stated_diagnoses=codes,
        diagnoses=diagnoses,
        abstentions=supported.abstentions,
        findings=findings,
        at_risk=at_risk(case, policy, findings),
        evaluation=evaluation_of(case, policy),
        certificate=supported.certificate,
        total_timed_minutes=_timed_minutes(read),
        total_treatment_minutes=total.minutes if total else None,
        lane=lane_of(supported.lines, diagnoses, findings, read.sure),
        sure=round(read.sure, 4),
        versions=versions_of(policy, encounter, version),
        inferred=inferred,
        facts=found,
    )


def _stated(line: StatedLine) -> Line:
    return Line(
        code=line.code,
        units=line.units,
        minutes=line.minutes,
        modifiers=line.modifiers,
        evidence=(line.span,) if line.span else (),
    )


def _as_line(line: SuggestedLine) -> Line:
    return Line(
        code=line.code,
        units=line.units,
        minutes=line.minutes,
        modifiers=line.modifiers,
        performed_by=line.performed_by,
        diagnoses=line.diagnoses,
        evidence=tuple(evidence.span for evidence in line.evidence),
    )


def _timed_minutes(read: _Read) -> int | None:
    if read.facts is not None and read.facts.timed_total is not None:
        return read.facts.timed_total.minutes
    certificate = read.supported.certificate
    return certificate.timed_minutes if certificate else None
