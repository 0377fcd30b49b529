"""What the corpus must agree with: its splits, its marks, code and edit tables, the unit engine."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from model.checking import ASSUMED_PAYER, day_of
from model.codes.diagnoses import is_billable
from model.codes.procedures import Procedure, find
from model.policy import Policy
from model.records import Encounter
from model.records.units import Certificate, TimedMinutes
from model.rules.registry import RULES
from model.suggest.timing import timings, unit_policy
from model.units import units
from training.corpus import ASSERTIONS, ROOT, GoldLine, LabeledNote, faults_of, read_note
from training.edit_check import edit_faults
from training.encounters import encounter_of
from training.splits import read_splits, split_faults

_ASSISTANT = frozenset({"CQ", "CO"})

Earned = Mapping[tuple[str, bool], int]
"""Units above 0 by code and whether the line carries an assistant's modifier."""


def corpus_faults(root: Path = ROOT) -> Iterator[str]:
    """Every note below ``root`` that cannot be read, contradicts itself or breaks the splits."""
    notes = []
    for path in sorted(root.glob("*/*.note")):
        faults = faults_of(path)
        yield from faults
        if not faults:
            notes.append(read_note(path))
    for note in notes:
        yield from label_faults(note)
    yield from split_faults(read_splits(root / "splits.csv"), notes)


def label_faults(note: LabeledNote) -> Iterator[str]:
    """Where the labels of ``note`` contradict its marks, the tables or the arithmetic of units."""
    encounter = encounter_of(note)
    for fault in (
        *_codes(note, encounter),
        *_marks(note),
        *(f"{finding} is no rule" for finding in note.findings if finding not in RULES),
        *_units(note, encounter),
        *edit_faults(note, encounter),
    ):
        yield f"{note.id}: {fault}"


def _codes(note: LabeledNote, encounter: Encounter) -> Iterator[str]:
    day = day_of(encounter)
    for line in note.lines:
        procedure = find(line.code)
        if procedure is None or not procedure.is_in_force(day):
            yield f"{line.code} is not in force on {day}"
    for code in note.diagnoses:
        if not is_billable(code, day):
            yield f"{code} is not billable on {day}"


def _marks(note: LabeledNote) -> Iterator[str]:
    """Lines and diagnoses nobody marked in the text."""
    performed = {m.label[0] for m in note.marks if not ASSERTIONS & set(m.label[1:])}
    supported = {m.label[1] for m in note.marks if m.label[0] == "dx" and len(m.label) == 2}
    for code in dict.fromkeys(_base(line.code) for line in note.lines):
        if code not in performed:
            yield f"line {code} has no mark"
    for code in note.diagnoses:
        if code not in supported:
            yield f"diagnosis {code} has no mark"


def _base(code: str) -> str:
    """The code whose marks also support ``code``: the base of an add-on."""
    procedure = find(code)
    return (procedure.add_on_of if procedure else None) or code


def _units(note: LabeledNote, encounter: Encounter) -> Iterator[str]:
    """Units that are not known where the minutes are, or that the minutes do not earn."""
    timed = [line for line in note.lines if _is_timed(find(line.code))]
    for line in note.lines:
        if line not in timed and line.units != 1:
            yield f"{line.code}: an untimed service is one unit"
    for line in timed:
        if (line.minutes is None) != (line.units is None):
            yield f"{line.code}: minutes and units are known together or not at all"
    known = [line for line in timed if line.minutes is not None and line.units is not None]
    if known:
        yield from _arithmetic(known, encounter)


def _arithmetic(lines: list[GoldLine], encounter: Encounter) -> Iterator[str]:
    """Units that the lines' minutes do not earn by the payer's rule.

    Where remainders tie, any of the tied codes may have the unit.
    """
    policy = Policy.for_payer(encounter.payer or ASSUMED_PAYER, day_of(encounter))
    numbers = unit_policy(policy, rule=encounter.unit_rule)
    table = timings({line.code for line in lines}, numbers.rule)
    certificate = units(map(_minutes, lines), table, policy=numbers)
    labelled, earned = _labelled(lines), _earned(certificate)
    if labelled != earned and not _by_tie(labelled, earned, certificate):
        yield f"units {_shown(labelled)}; its minutes earn {_shown(earned)}"


def _is_timed(procedure: Procedure | None) -> bool:
    return procedure is not None and procedure.timed


def _minutes(line: GoldLine) -> TimedMinutes:
    giver = _is_assistants(line)
    return TimedMinutes.by("assistant" if giver else "therapist", line.code, line.minutes or 0)


def _is_assistants(line: GoldLine) -> bool:
    return bool(_ASSISTANT & set(line.modifiers))


def _labelled(lines: list[GoldLine]) -> Earned:
    counts: Counter[tuple[str, bool]] = Counter()
    for line in lines:
        counts[line.code, _is_assistants(line)] += line.units or 0
    return +counts


def _earned(certificate: Certificate) -> Earned:
    counts: Counter[tuple[str, bool]] = Counter()
    for line in certificate.lines:
        counts[line.code, line.assistant_modifier] += line.units
    return +counts


def _by_tie(labelled: Earned, earned: Earned, certificate: Certificate) -> bool:
    """Whether the two differ only in which of the tied codes has the unit."""
    tied = {code for tie in certificate.ties for code in tie.codes}
    differing = {
        code
        for code, by in {*labelled, *earned}
        if labelled.get((code, by)) != earned.get((code, by))
    }
    return differing <= tied and sum(labelled.values()) == sum(earned.values())


def _shown(counts: Earned) -> str:
    return " ".join(
        f"{code}{'*' if by else ''}:{count}" for (code, by), count in sorted(counts.items())
    )
