"""The stated codes that an edit in force keeps apart."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from model.codes.edits import Edit, pair
from model.policy import Policy
from model.records import Case
from model.rules.lines import Known, has_kind, only, stated

READS = ("payer.edit_set",)
NO_EDITS = "none"
"""The edit set of a payer whose edits we do not hold."""


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


def edited_pairs(case: Case, policy: Policy) -> Iterator[Edited]:
    """Every pair of stated codes under an edit in force, by code.

    Professional claims read the practitioner table, institutional ones the outpatient-hospital
    table; an unknown setting is professional.

    Source:
        NCCI Policy Manual, chapter 1, section A.
    """
    if len(case.stated) < 2 or policy.edit_set == NO_EDITS:
        return
    lines: dict[str, tuple[Known, ...]] = {}
    for known in stated(case):
        lines[known.code] = (*lines.get(known.code, ()), known)
    for a, b in combinations(sorted(lines), 2):
        edit = pair(a, b, case.policy_day, case.setting)
        if edit is not None:
            yield Edited(edit, lines[edit.column1], lines[edit.column2])
