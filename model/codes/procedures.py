"""CPT and HCPCS codes therapists meet, in our own words, with the days they hold for."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from model.errors import CodeNotInForce, UnknownCode
from model.policy_folder import table_path
from model.reads import note_read


class Family(StrEnum):
    """What kind of service a code stands for."""

    ATTENDED_MODALITY = "attended_modality"
    BIOFEEDBACK = "biofeedback"
    CAREGIVER = "caregiver"
    CASTING = "casting"
    COGNITIVE = "cognitive"
    DRY_NEEDLING = "dry_needling"
    EVALUATION = "evaluation"
    GROUP = "group"
    HOME_HEALTH = "home_health"
    ORTHOTIC = "orthotic"
    OTHER = "other"
    REEVALUATION = "reevaluation"
    RTM = "rtm"
    SPEECH = "speech"
    SUPERVISED_MODALITY = "supervised_modality"
    SWALLOWING = "swallowing"
    TELEHEALTH = "telehealth"
    TEST = "test"
    THERAPEUTIC = "therapeutic"
    WOUND = "wound"


class Therapy(StrEnum):
    """Whether CMS counts a code as therapy: always, under a therapy plan, or never."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One procedure code.

    Attributes:
        caption: Our own words; CPT descriptors are licensed and not shipped.
        disciplines: Which of PT, OT and SLP usually furnish it.
        timed: Whether units follow minutes.
        pooled: Whether it is a 15-minute code whose minutes enter the Medicare day total.
        base_minutes: Minutes one unit stands for; None when untimed.
        add_on_of: Base code it may only follow.
        fewest_minutes_cms: Fewest minutes that earn its first unit when it stands alone (for an
            add-on: beyond the base code's full minutes, or the add-on's own clock).
        fewest_minutes_midpoint: The same under the AMA midpoint rule.
        daily_limit: Most units a patient can have in a day by what the code means; None if open.
        one_on_one: Whether the clinician gives one patient direct contact.
        medicare_status: payable, bundled, invalid, noncovered, restricted, carrier_priced,
            excluded, deleted or unverified (CMS relative value file, 2024).
        unit_limit: Practitioner MUE of the packaged table; ``model.codes.edits.unit_limit`` reads
            by date and setting.
        sources: Works in ``policies/sources.yaml``.
        verified: Whether status and existence were read in a CMS file; dates before 2019 are
            recalled all the same.
    """

    code: str
    caption: str
    disciplines: tuple[str, ...]
    timed: bool
    pooled: bool
    base_minutes: int | None
    add_on_of: str | None
    fewest_minutes_cms: int | None
    fewest_minutes_midpoint: int | None
    daily_limit: int | None
    family: Family
    therapy: Therapy
    one_on_one: bool
    valid_from: date
    valid_to: date | None
    replaced_by: tuple[str, ...]
    medicare_status: str
    unit_limit: int | None
    sources: tuple[str, ...]
    verified: bool
    note: str

    def is_in_force(self, on: date) -> bool:
        """Whether the code may stand on a claim for the date of service."""
        holds = self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
        note_read("procedures", self.code, "in force" if holds else "not in force")
        return holds


def procedure(code: str, on: date) -> Procedure:
    """The procedure ``code`` stands for on the date of service.

    Raises:
        UnknownCode: It is in no table we hold.
        CodeNotInForce: It ended before that day, or begins after it.
    """
    found = find(code, on)
    if found is None:
        raise UnknownCode(code)
    if not found.is_in_force(on):
        raise CodeNotInForce(
            code,
            on,
            valid_from=found.valid_from,
            valid_to=found.valid_to,
            replaced_by=found.replaced_by,
        )
    return found


def find(code: str, on: date | None = None) -> Procedure | None:
    """The procedure ``code`` stands for, in force or not; None where no table has it.

    What an imported list changed from a day on (its therapy disposition, its Medicare status) is
    read at ``on``; with no day, as the tables shipped.
    """
    found = _table().get(code)
    if found is None or on is None:
        return found
    for change in _changes().get(code, ()):
        if change.start <= on:
            found = change.after
    note_read("therapy_dispositions", code, found.therapy)
    return found


def known() -> tuple[str, ...]:
    """Every code we have a caption for, whatever its dates."""
    return tuple(_table())


def add_on_of(code: str) -> Procedure | None:
    """The timed add-on that continues ``code``, or None."""
    return _add_ons().get(code)


@cache
def _add_ons() -> dict[str, Procedure]:
    return {p.add_on_of: p for p in _table().values() if p.add_on_of and p.timed}


def procedures(on: date) -> tuple[Procedure, ...]:
    """Every procedure in force on the date of service, by code."""
    return tuple(found for code in _table() if (found := find(code, on)) and found.is_in_force(on))


@dataclass(frozen=True, slots=True)
class _Change:
    """A procedure as it stands from one day on."""

    start: date
    after: Procedure


@cache
def _table() -> dict[str, Procedure]:
    """Every procedure as shipped, with the first and last days that imports know better."""
    path = files("model") / "policies" / "codes" / "procedures.csv"
    with path.open("r", encoding="utf-8") as file:
        found = {row["code"]: _procedure(row) for row in csv.DictReader(file)}
    for code, field, value, _ in _imported():
        if field in ("valid_from", "valid_to"):
            day = date.fromisoformat(value) if value else None
            # A first day is never taken away, so None can only be a last one.
            found[code] = replace(found[code], **{field: day})  # type: ignore[arg-type]
    return found


@cache
def _changes() -> dict[str, tuple[_Change, ...]]:
    """What imports changed from a day on, by code, oldest first."""
    found: dict[str, tuple[_Change, ...]] = {}
    for code, field, value, start in sorted(_imported(), key=lambda row: row[3]):
        if start:
            before = found[code][-1].after if code in found else _table()[code]
            said = Therapy(value) if field == "therapy" else value
            after = replace(before, **{field: said})  # type: ignore[arg-type]
            found[code] = (*found.get(code, ()), _Change(date.fromisoformat(start), after))
    return found


def _imported() -> Iterator[list[str]]:
    """Rows of the user's changes: code, field, value, first day (none for the days themselves)."""
    path = table_path("procedures")
    if path is None:
        return
    with path.open("r", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


def _procedure(row: dict[str, str]) -> Procedure:
    return Procedure(
        code=row["code"],
        caption=row["caption"],
        disciplines=_split(row["disciplines"]),
        timed=row["timed"] == "yes",
        pooled=row["pooled"] == "yes",
        base_minutes=_number(row["base_minutes"]),
        add_on_of=row["add_on_of"] or None,
        fewest_minutes_cms=_number(row["fewest_minutes_cms"]),
        fewest_minutes_midpoint=_number(row["fewest_minutes_midpoint"]),
        daily_limit=_number(row["daily_limit"]),
        family=Family(row["family"]),
        therapy=Therapy(row["therapy"]),
        one_on_one=row["one_on_one"] == "yes",
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        replaced_by=_split(row["replaced_by"]),
        medicare_status=row["medicare_status"],
        unit_limit=_number(row["mue_practitioner"]),
        sources=_split(row["source"]),
        verified=row["confidence"] == "verified",
        note=row["note"],
    )


def _number(written: str) -> int | None:
    return int(written) if written else None


def _split(written: str) -> tuple[str, ...]:
    return tuple(written.split(";")) if written else ()
