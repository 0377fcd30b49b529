"""Judge a claim by the rules alone. Light: no spaCy, no models, no note needed."""

from datetime import date

from model.codes.releases import releases, stale
from model.policy import Policy
from model.policy_folder import fingerprint
from model.records import Case, Encounter, Line, StatedLine
from model.records.claim import ClaimDraft, Versions
from model.rules import check
from model.rules.missing import at_risk
from model.versions import POLICIES_VERSION, RULES_VERSION

ASSUMED_PAYER = "medicare_part_b"
"""Whose rules are read when nobody says who pays; the draft says that it was assumed."""
NO_MODEL = "off"


def check_claim(
    encounter: Encounter,
    lines: tuple[Line, ...],
    diagnoses: tuple[str, ...],
    *,
    as_of: date | None = None,
) -> ClaimDraft:
    """The findings on a claim that was coded already; its note, if there is one, is not read.

    Args:
        encounter: The visit the claim is for.
        lines: What is billed.
        diagnoses: Diagnosis codes, first-listed first.
        as_of: The day whose policy judges it; the date of service where None.

    Raises:
        UnknownPayer: No payer has that id.
    """
    day = as_of or day_of(encounter)
    policy = Policy.for_payer(encounter.payer or ASSUMED_PAYER, day)
    case = case_of(encounter, policy, stated=lines, stated_diagnoses=diagnoses)
    findings = check(case, policy)
    return ClaimDraft(
        id=encounter.id,
        note_kind=encounter.note_kind,
        discipline=encounter.discipline,
        date_of_service=case.date_of_service,
        payer=case.payer,
        stated=tuple(
            StatedLine(
                code=line.code, units=line.units, minutes=line.minutes, modifiers=line.modifiers
            )
            for line in lines
        ),
        stated_diagnoses=diagnoses,
        findings=findings,
        at_risk=at_risk(case, policy, findings),
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
        date_of_service=day_of(encounter),
        judged_on=_replayed(policy, encounter),
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
        policies="+".join(filter(None, (POLICIES_VERSION, fingerprint()))),
        stale=tuple((release.table, release.covers_to) for release in stale(policy.on, setting)),
        as_of=_replayed(policy, encounter),
    )


def _replayed(policy: Policy, encounter: Encounter) -> date | None:
    """The day policy is read at where that is not the date of service."""
    return policy.on if policy.on != day_of(encounter) else None


def day_of(encounter: Encounter) -> date:
    """The date of service; the last covered day where nobody says one."""
    return encounter.date_of_service or last_covered_day()


def last_covered_day() -> date:
    """The last day of the newest diagnosis codes we hold: "now" where no date is known."""
    return releases()["icd10cm"].covers_to


def first_covered_day() -> date:
    """The first day our procedure codes are sourced for; an earlier one cannot be judged."""
    return releases()["procedures"].covers_from


def assumed(encounter: Encounter) -> tuple[str, ...]:
    """Which fields of the encounter were taken for granted."""
    fields = (("payer", encounter.payer), ("date_of_service", encounter.date_of_service))
    return tuple(name for name, value in fields if value is None)
