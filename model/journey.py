"""The journey, composed: an encounter in, a proven claim draft out. Read this first.

    text ─ parse ─▶ ParsedNote ─ read ─▶ Reading ─ link, gate ─▶ Facts ─ suggest ─▶ lines, diagnoses
                                                                  └──── check ───▶ findings
"""

from dataclasses import replace
from datetime import date

from model.codes.releases import releases, stale
from model.extract.conditions import conditions
from model.extract.encounter import complete
from model.extract.facts import facts
from model.extract.models import Models
from model.extract.reading import Reading
from model.extract.services import Candidate, candidates, link
from model.parse.pipeline import parse
from model.policy import Policy
from model.records import Case, Encounter, Facts, Line, ParsedNote, StatedLine
from model.records.claim import (
    ClaimDraft,
    SuggestedDiagnosis,
    SuggestedLine,
    Versions,
)
from model.rules import check
from model.suggest.claim import SupportedClaim, supported_claim
from model.suggest.diagnoses import coded
from model.suggest.lanes import lane_of
from model.versions import POLICIES_VERSION, RULES_VERSION

ASSUMED_PAYER = "medicare_part_b"
"""Whose rules are read when nobody says who pays; the draft says that it was assumed."""


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
        policy = Policy.for_payer(known.payer or ASSUMED_PAYER, _day(known))
        if self._models is None:
            return _drafted(known, policy, note, None, (), None, inferred, "off")
        reading = self._models.reader.read(note, known)
        assignment, *_ = link(note, reading, known.discipline)
        found = facts(note, reading, assignment, self._kept(note, reading, known), known)
        diagnoses = self._diagnoses(note, reading, known)
        supported = supported_claim(found, note, known, policy, diagnoses)
        version = self._models.version
        return _drafted(known, policy, note, found, diagnoses, supported, inferred, version)

    def _kept(
        self, note: ParsedNote, reading: Reading, encounter: Encounter
    ) -> list[tuple[Candidate, float]]:
        """Candidates the line gate keeps, with their confidence."""
        assert self._models is not None
        assignment, *_ = link(note, reading, encounter.discipline)
        found = candidates(note, reading, assignment, encounter)
        chances = self._models.lines.probabilities([c.features for c in found])
        return [
            (candidate, float(chance[0]))
            for candidate, chance in zip(found, chances, strict=True)
            if chance[0] >= self._models.line_threshold
        ]

    def _diagnoses(
        self, note: ParsedNote, reading: Reading, encounter: Encounter
    ) -> tuple[SuggestedDiagnosis, ...]:
        assert self._models is not None
        stated = conditions(note, reading, self._models.index)
        found = coded(stated, note.text, _day(encounter), encounter.discipline, self._models.prior)
        return self._models.ranked(found)


def check_claim(
    encounter: Encounter,
    lines: tuple[Line, ...],
    diagnoses: tuple[str, ...],
    models: Models | None = None,
) -> ClaimDraft:
    """Judge a claim that was coded already; its note, if there is one, is read for context.

    Raises:
        NoteError: There is a text and it cannot be read.
        UnknownPayer: No payer has that id.
    """
    if encounter.text is not None:
        read = Copilot(models).draft(encounter)
        encounter = replace(
            encounter,
            discipline=encounter.discipline or read.discipline,
            note_kind=encounter.note_kind or read.note_kind,
            date_of_service=encounter.date_of_service or read.date_of_service,
        )
    policy = Policy.for_payer(encounter.payer or ASSUMED_PAYER, _day(encounter))
    case = _case(encounter, policy, None, None, lines, diagnoses, ())
    stated = tuple(
        StatedLine(code=line.code, units=line.units, minutes=line.minutes, modifiers=line.modifiers)
        for line in lines
    )
    return _draft(encounter, policy, case, None, (), None, ("payer",) if encounter.payer is None else (), "off", stated)


def _known(encounter: Encounter, note: ParsedNote) -> tuple[Encounter, tuple[str, ...]]:
    """The encounter with what the note says of it, and which fields were inferred."""
    completed = complete(encounter, note, fallback=last_covered_day())
    inferred = completed.inferred + (("payer",) if encounter.payer is None else ())
    return completed.encounter, inferred


def _day(encounter: Encounter) -> date:
    """The date policy is read at; the last covered day where nobody says one."""
    return encounter.date_of_service or last_covered_day()


def last_covered_day() -> date:
    """The last day every table we hold covers; read as "now" when no date of service is known."""
    return max(release.covers_to for release in releases().values())


def _drafted(
    encounter: Encounter,
    policy: Policy,
    note: ParsedNote,
    found: Facts | None,
    diagnoses: tuple[SuggestedDiagnosis, ...],
    supported: SupportedClaim | None,
    inferred: tuple[str, ...],
    version: str,
) -> ClaimDraft:
    stated = tuple(
        Line(
            code=line.code,
            units=line.units,
            minutes=line.minutes,
            modifiers=line.modifiers,
            evidence=(line.span,) if line.span else (),
        )
        for line in note.stated_lines
    )
    codes = tuple(diagnosis.code for diagnosis in note.stated_diagnoses)
    case = _case(encounter, policy, found, supported, stated, codes, diagnoses, note)
    return _draft(encounter, policy, case, supported, diagnoses, found, inferred, version, note.stated_lines)


def _case(
    encounter: Encounter,
    policy: Policy,
    found: Facts | None,
    supported: SupportedClaim | None,
    stated: tuple[Line, ...],
    stated_diagnoses: tuple[str, ...],
    diagnoses: tuple[SuggestedDiagnosis, ...],
    note: ParsedNote | None = None,
) -> Case:
    """What the rules look at."""
    lines = supported.lines if supported else ()
    return Case(
        date_of_service=policy.on,
        payer=encounter.payer or ASSUMED_PAYER,
        discipline=encounter.discipline,
        note_kind=encounter.note_kind,
        setting=encounter.setting,
        clinician=encounter.clinician,
        episode=encounter.episode,
        stated=stated,
        stated_diagnoses=stated_diagnoses,
        supported=tuple(_as_line(line) for line in lines),
        supported_diagnoses=tuple(diagnosis.code for diagnosis in diagnoses),
        facts=found,
        text=note.text if note else None,
        is_kx_attested=encounter.is_kx_attested,
        unit_rule=encounter.unit_rule,
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


def _draft(
    encounter: Encounter,
    policy: Policy,
    case: Case,
    supported: SupportedClaim | None,
    diagnoses: tuple[SuggestedDiagnosis, ...],
    found: Facts | None,
    inferred: tuple[str, ...],
    version: str,
    stated: tuple[StatedLine, ...],
) -> ClaimDraft:
    setting = encounter.setting.value if encounter.setting else None
    findings = check(case, policy)
    lines = supported.lines if supported else ()
    return ClaimDraft(
        id=encounter.id,
        note_kind=encounter.note_kind,
        discipline=encounter.discipline,
        date_of_service=policy.on,
        payer=case.payer,
        lines=lines,
        stated=stated,
        stated_diagnoses=case.stated_diagnoses,
        diagnoses=diagnoses,
        abstentions=supported.abstentions if supported else (),
        findings=findings,
        certificate=supported.certificate if supported else None,
        total_timed_minutes=_timed_minutes(found, supported),
        total_treatment_minutes=found.treatment_total.minutes if found and found.treatment_total else None,
        lane=lane_of(lines, diagnoses, findings),
        versions=Versions(
            model=version,
            rules=RULES_VERSION,
            policies=POLICIES_VERSION,
            stale=tuple((release.table, release.covers_to) for release in stale(policy.on, setting)),
        ),
        inferred=inferred,
    )


def _timed_minutes(found: Facts | None, supported: SupportedClaim | None) -> int | None:
    if found is not None and found.timed_total is not None:
        return found.timed_total.minutes
    return supported.certificate.timed_minutes if supported and supported.certificate else None
