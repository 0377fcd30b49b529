"""What labels must say where the edit tables keep two codes of a note apart."""

from collections.abc import Iterator
from itertools import combinations

from model.checking import ASSUMED_PAYER, check_claim, day_of
from model.codes.edits import Edit, pair
from model.policy import Policy
from model.records import Encounter, Line
from model.rules.edits.code_pairs import NO_EDITS
from training.corpus import GoldLine, LabeledNote

_DISTINCT = "59"
_OF_EDITS = frozenset({"needs-59-or-x", "edit-not-separable"})


def edit_faults(note: LabeledNote, encounter: Encounter) -> Iterator[str]:
    """Where the 59s, or the findings about edits, differ from what the tables say of the labels."""
    policy = Policy.for_payer(encounter.payer or ASSUMED_PAYER, day_of(encounter))
    if policy.edit_set == NO_EDITS:
        return
    edits = list(_edits(note, encounter))
    for edit in edits:
        if edit.modifier_allowed and not _is_distinct(note, edit) and _shows_both_times(note, edit):
            yield f"{edit.column2} has minutes of its own beside {edit.column1} and carries no 59"
    lifted = {edit.column2 for edit in edits if edit.modifier_allowed}
    for line in note.lines:
        if _DISTINCT in line.modifiers and line.code not in lifted:
            yield f"{line.code} carries 59, and no edit puts it in column 2"
    yield from _findings(note, encounter)


def _edits(note: LabeledNote, encounter: Encounter) -> Iterator[Edit]:
    setting = encounter.setting.value if encounter.setting else None
    for a, b in combinations(dict.fromkeys(line.code for line in note.lines), 2):
        edit = pair(a, b, day_of(encounter), setting)
        if edit is not None:
            yield edit


def _is_distinct(note: LabeledNote, edit: Edit) -> bool:
    return any(
        _DISTINCT in line.modifiers
        for line in note.lines
        if line.code in (edit.column1, edit.column2)
    )


def _shows_both_times(note: LabeledNote, edit: Edit) -> bool:
    timed = {line.code for line in note.lines if line.minutes}
    return {edit.column1, edit.column2} <= timed


def _findings(note: LabeledNote, encounter: Encounter) -> Iterator[str]:
    stated = tuple(_line(line) for line in note.stated)
    found = {finding.rule_id for finding in check_claim(encounter, stated, ()).findings}
    labelled = set(note.findings) & _OF_EDITS
    for rule_id in sorted((found & _OF_EDITS) ^ labelled):
        yield f"{rule_id} is {'not ' if rule_id in labelled else ''}what the stated claim earns"


def _line(line: GoldLine) -> Line:
    return Line(code=line.code, units=line.units, minutes=line.minutes, modifiers=line.modifiers)
