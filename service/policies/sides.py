"""One policy under which claims are judged: tables of a folder, and the day they are read at.

Each side works in a process of its own, as a process reads its tables once.
"""

import multiprocessing
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from model.checking import ASSUMED_PAYER, case_of, check_claim, day_of
from model.errors import NoteproofError, PolicyGap
from model.policy import Policy
from model.policy_folder import MANIFEST, VARIABLE
from model.reads import Reads, listening
from model.records import Finding
from model.rules import RULES
from service.wire.encounter import GivenClaim

PACKAGED = "packaged"
"""The tables that ship, whatever a user imported."""


class UnknownSide(ValueError):
    """What was named is neither a day nor a folder of imported tables."""


class SideFailed(Exception):
    """A side's tables cannot be read; says which and why, and can travel between processes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A policy to judge by.

    Attributes:
        name: As the user gave it.
        as_of: The day policy is read at; None for each claim's date of service.
        folder: The user's folder; "" for the packaged tables; None for the one in use.
    """

    name: str
    as_of: date | None = None
    folder: str | None = None


def side(written: str) -> Side:
    """The side a day, a folder of imported tables, or ``packaged`` names.

    Raises:
        UnknownSide: It is none of these.
    """
    if written == PACKAGED:
        return Side(name=written, folder="")
    try:
        return Side(name=written, as_of=date.fromisoformat(written))
    except ValueError:
        if not (Path(written) / MANIFEST).is_file():
            raise UnknownSide(written) from None
    return Side(name=written, folder=str(Path(written).absolute()))


def judged(by: Side, claims: Sequence[GivenClaim]) -> list[tuple[Finding, ...]]:
    """The findings on each claim; runs in the side's own process.

    Raises:
        SideFailed: Its tables cannot be read.
    """
    try:
        return [
            check_claim(claim.encounter, claim.lines, claim.diagnoses, as_of=by.as_of).findings
            for claim in claims
        ]
    except NoteproofError as error:
        raise SideFailed(f"{by.name}: {error.code}: {error}") from None


def looked_up(by: Side, claims: Sequence[GivenClaim]) -> list[Mapping[str, Reads]]:
    """What each rule looked up while it judged each claim; runs in the side's own process."""
    return [_looked_up(by, claim) for claim in claims]


def process_of(by: Side) -> ProcessPoolExecutor:
    """The process in which a side judges: a fresh one that has read no table yet."""
    return ProcessPoolExecutor(
        max_workers=1,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_use,
        initargs=(by.folder,),
    )


def _use(folder: str | None) -> None:
    if folder is not None:
        os.environ[VARIABLE] = folder


def _looked_up(by: Side, claim: GivenClaim) -> Mapping[str, Reads]:
    encounter = claim.encounter
    policy = Policy.for_payer(encounter.payer or ASSUMED_PAYER, by.as_of or day_of(encounter))
    case = case_of(encounter, policy, stated=claim.lines, stated_diagnoses=claim.diagnoses)
    found: dict[str, Reads] = {}
    for rule in RULES.values():
        if policy.severity(rule.id, rule.severity) is None:
            continue
        with listening() as reads:
            try:  # the check alone: what decides the severity is no cause of what it found
                list(rule.check(case, policy))
            except PolicyGap as gap:
                reads["parameters", gap.name.partition(".")[2]] = "no sourced value"
        found[rule.id] = dict(reads)
    return found
