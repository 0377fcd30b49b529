"""The stated codes that an edit in force keeps apart."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from model.codes.edits import Edit, pair
from model.policy import Policy
from model.records import Case, Setting
from model.rules.lines import Known, has_kind, only, stated

READS = ("payer.edit_set",)
NO_EDITS = "none"
"""The edit set of a payer whose edits we do not hold."""
_EITHER = (Setting.PRIVATE_PRACTICE, Setting.HOSPITAL_OUTPATIENT)
"""A setting of professional claims, and one of institutional claims."""


class Edited(NamedTuple):
    """Two stated codes under an edit, with the lines of each column."""

    edit: Edit
    column1: tuple[Known, ...]
    column2: tuple[Known, ...]

    @property
    def line(self) -> int | None:
        """The line the edit denies; None where several have its code."""
        return only(self.column2)

    def is_marked(self, case: Case) -> bool:
        """Whether either line says that it was separate (59 or X)."""
        lines = (*self.column1, *self.column2)
        return any(has_kind(known.line, "distinct", case) for known in lines)


def settings_of(case: Case) -> tuple[Setting, ...]:
    """The setting of ``case``; where nobody says it, one for each kind of claim it may be."""
    return _EITHER if case.setting is None else (case.setting,)


def edit_of(a: str, b: str, case: Case) -> Edit | None:
    """The edit between two codes on the day of ``case``, or None.

    Professional claims read the practitioner table, institutional ones the outpatient-hospital
    table. Where nobody says the setting, an edit is one that both hold; where only one of them
    lets a modifier lift it, that one: an unknown is never a fault.

    Source:
        NCCI Policy Manual, chapter 1, section A.
    """
    found = [pair(a, b, case.policy_day, setting) for setting in settings_of(case)]
    held = [edit for edit in found if edit is not None]
    if len(held) < len(found):
        return None
    return max(held, key=lambda edit: edit.modifier_allowed)


def edited_pairs(case: Case, policy: Policy) -> Iterator[Edited]:
    """Every pair of stated codes under an edit in force, by code; see ``edit_of``.

    Source:
        NCCI Policy Manual, chapter 1, section A.
    """
    if len(case.stated) < 2 or policy.edit_set == NO_EDITS:
        return
    lines: dict[str, tuple[Known, ...]] = {}
    for known in stated(case):
        lines[known.code] = (*lines.get(known.code, ()), known)
    for a, b in combinations(sorted(lines), 2):
        edit = edit_of(a, b, case)
        if edit is not None:
            yield Edited(edit, lines[edit.column1], lines[edit.column2])
