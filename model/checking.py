"""Judge a claim by the rules alone. Light: no spaCy, no models, no note needed."""

from datetime import date

from model.codes.releases import releases, stale
from model.policy import Policy
from model.records import Case, Encounter, Line, StatedLine
from model.records.claim import ClaimDraft, Versions
from model.rules import check
from model.versions import POLICIES_VERSION, RULES_VERSION

ASSUMED_PAYER = "medicare_part_b"
"""Whose rules are read when nobody says who pays; the draft says that it was assumed."""
NO_MODEL = "off"


def check_claim(
    encounter: Encounter, lines: tuple[Line, ...], diagnoses: tuple[str, ...]
) -> ClaimDraft:
    """The findings on a claim that was coded already; its note, if there is one, is not read.

    Raises:
        UnknownPayer: No payer has that id.
    """
    policy = Policy.for_payer(encounter.payer or ASSUMED_PAYER, day_of(encounter))
    case = case_of(encounter, policy, stated=lines, stated_diagnoses=diagnoses)
    return ClaimDraft(
        id=encounter.id,
        note_kind=encounter.note_kind,
        discipline=encounter.discipline,
        date_of_service=policy.on,
        payer=case.payer,
        stated=tuple(
            StatedLine(
                code=line.code, units=line.units, minutes=line.minutes, modifiers=line.modifiers
            )
            for line in lines
        ),
        stated_diagnoses=diagnoses,
        findings=check(case, policy),
        versions=versions_of(policy, encounter, NO_MODEL),
        inferred=assumed(encounter),
    )


def case_of(
    encounter: Encounter,
    policy: Policy,
    *,
    stated: tuple[Line, ...],
    stated_diagnoses: tuple[str, ...],
) -> Case:
    """What the rules look at, before anything is read from a note."""
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
        is_kx_attested=encounter.is_kx_attested,
        unit_rule=encounter.unit_rule,
        telehealth=encounter.telehealth,
    )


def versions_of(policy: Policy, encounter: Encounter, model: str) -> Versions:
    """What a draft was made with, and which tables were read past their last release."""
    setting = encounter.setting.value if encounter.setting else None
    return Versions(
        model=model,
        rules=RULES_VERSION,
        policies=POLICIES_VERSION,
        stale=tuple((release.table, release.covers_to) for release in stale(policy.on, setting)),
    )


def day_of(encounter: Encounter) -> date:
    """The date policy is read at; the last covered day where nobody says one."""
    return encounter.date_of_service or last_covered_day()


def last_covered_day() -> date:
    """The last day of the newest diagnosis codes we hold: "now" where no date is known."""
    return releases()["icd10cm"].covers_to


def assumed(encounter: Encounter) -> tuple[str, ...]:
    """Which fields of the encounter were taken for granted."""
    fields = (("payer", encounter.payer), ("date_of_service", encounter.date_of_service))
    return tuple(name for name, value in fields if value is None)
