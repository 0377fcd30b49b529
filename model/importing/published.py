"""What a published file says, and what taking it would change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from model.policy_folder import Period


class Kind(StrEnum):
    """Files we read."""

    PAIRS = "ncci_pairs"
    UNIT_LIMITS = "ncci_unit_limits"
    ICD10CM_TABULAR = "icd10cm_tabular"
    ICD10CM_ORDER = "icd10cm_order"
    RELATIVE_VALUES = "relative_values"
    THERAPY_LIST = "therapy_code_list"
    HCPCS = "hcpcs"
    DESCRIPTORS = "cpt_descriptors"


class Verb(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    ENDED = "ended"
    """It was in force without an end, and now has one."""
    CHANGED = "changed"
    DATED = "dated"
    """Only its first day, known roughly before, is now exact."""
    WITHDRAWN = "withdrawn"
    """It was held, and the file no longer lists it in any state."""
    ABSENT = "absent"
    """The file does not list it; what is held is kept."""
    UNKNOWN = "unknown"
    """The file lists a code of which we have no caption and no timing; it is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a person says of a file where it does not say so itself.

    Attributes:
        release: ``2026Q3``, ``2027``, or its first day.
        table: Which of two tables of the same layout it is.
    """

    release: str | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A file read whole and found undamaged.

    Attributes:
        member: The file, or the file within a zip, that was read.
        table: The table it belongs to.
        period: First and last day the release was published for; None where it has none.
        rows: What it says, field by field as its kind has them.
        rows_read: Rows of the file, those we have no use for included.
        reach: First and last code it lists, where a release comes in several files.
        tree: The ICD-10-CM tabular list as bytes of XML, where the file is one.
    """

    kind: Kind
    member: str
    table: str
    release: str
    period: Period | None
    rows: Sequence[tuple[str, ...]]
    rows_read: int
    reach: tuple[str, str] | None = None
    tree: bytes | None = None


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One row that taking a file would change."""

    row: str
    verb: Verb
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A table as it would be, and how that differs from the one in use.

    Attributes:
        rows_kept: Rows of the file that concern therapy.
        rows_held: Rows in use that the file speaks for, against which losses are weighed.
        content: The new table, byte for byte.
        suffix: What kind of file the table is: ``.csv``, ``.sqlite``, ``.tsv``.
        is_complete: Whether all parts of the release are in, so that the table reaches its end.
        parts: See ``ImportedTable``.
    """

    published: Published
    rows_kept: int
    rows_held: int
    changes: tuple[Change, ...]
    content: bytes
    suffix: str = ".csv"
    is_complete: bool = True
    parts: tuple[tuple[str, str, str], ...] = ()

    @property
    def rows_left_out(self) -> int:
        """Rows of the file that no therapy claim can meet."""
        return self.published.rows_read - self.rows_kept

    @property
    def rows_lost(self) -> int:
        """Rows held that would no longer be in force."""
        return sum(change.verb in (Verb.ENDED, Verb.WITHDRAWN) for change in self.changes)

    @property
    def counts(self) -> dict[Verb, int]:
        """How many rows each verb concerns, those of none left out."""
        found = [change.verb for change in self.changes]
        return {verb: found.count(verb) for verb in Verb if verb in found}


def differences(
    before: Mapping[str, str], after: Mapping[str, str], *, gone: Verb
) -> Iterable[Change]:
    """Rows that came, went or say something else; ``gone`` is what to call those that went."""
    for row in sorted(before.keys() | after.keys()):
        if row not in before:
            yield Change(row, Verb.ADDED, "", after[row])
        elif row not in after:
            yield Change(row, gone, before[row], "")
        elif before[row] != after[row]:
            yield Change(row, Verb.CHANGED, before[row], after[row])
