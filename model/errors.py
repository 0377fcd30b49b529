"""Every error raised on purpose. A coding mistake is a Finding, not an error.

Raise the leaf, catch the branch. ``docs/errors.md`` lists every code.
"""

import re
from datetime import date

_CODE_LIKE = re.compile(r"[A-Za-z0-9.]{1,8}")


class NoteproofError(Exception):
    """Base class. ``code`` is stable: clients, logs and docs/errors.md refer to it.

    Messages may name ids, offsets, dates and policy names. They never quote note text.
    """

    code = "noteproof"


class EncounterError(NoteproofError):
    """An encounter cannot be read as it was given."""

    code = "encounter"


class EncounterInvalid(EncounterError):
    """One field of an encounter is missing, malformed or contradicts another."""

    code = "encounter.invalid"

    def __init__(self, encounter_id: str, field: str, reason: str) -> None:
        self.id, self.field, self.reason = encounter_id, field, reason
        super().__init__(f"encounter {encounter_id}: {field}: {reason}")


class NoteError(NoteproofError):
    """The text of a note cannot be read."""

    code = "note"


class NoteEmpty(NoteError):
    """A note has no text to read."""

    code = "note.empty"

    def __init__(self, note_id: str) -> None:
        self.note_id = note_id
        super().__init__(f"note {note_id} is empty")


class NoteTooLong(NoteError):
    """A note is longer than any real one; reading it would only serve a mistake."""

    code = "note.too_long"

    def __init__(self, note_id: str, length: int, longest: int) -> None:
        self.note_id, self.length, self.longest = note_id, length, longest
        super().__init__(f"note {note_id} has {length} characters; the most read is {longest}")


class NoteUnreadable(NoteError):
    """A note holds bytes that are no text: NUL characters or lone surrogates."""

    code = "note.unreadable"

    def __init__(self, note_id: str) -> None:
        self.note_id = note_id
        super().__init__(f"note {note_id} holds characters that are not text")


class SpanOutside(NoteError):
    """A label or a suggestion points past the end of the text."""

    code = "note.span_outside"

    def __init__(self, note_id: str, start: int, end: int, length: int) -> None:
        self.note_id, self.start, self.end, self.length = note_id, start, end, length
        super().__init__(f"note {note_id}: span {start}-{end} lies outside its {length} characters")


class PolicyError(NoteproofError):
    """Policy cannot be read."""

    code = "policy"


class PolicyGap(PolicyError):
    """A policy value was read for a date of service that no source we hold covers."""

    code = "policy.gap"

    def __init__(self, name: str, on: date) -> None:
        self.name, self.on = name, on
        super().__init__(f"{name} has no sourced value on {on}")


class PolicyFileError(PolicyError):
    """A policy file is written wrongly; found when it is loaded."""

    code = "policy.file"

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        self.file, self.line, self.reason = file, line, reason
        where = file if line is None else f"{file}, line {line}"
        super().__init__(f"{where}: {reason}")


class ImportRefused(PolicyError):
    """A published table was handed in damaged, or as one we do not read; nothing was taken of it.

    Attributes:
        line: Counted from 1, as a text editor or a spreadsheet does; None for the file as a whole.
        column: Counted from 1: the field of a table, the character of a fixed-width line.
    """

    code = "policy.import_refused"

    def __init__(
        self, file: str, reason: str, *, line: int | None = None, column: int | None = None
    ) -> None:
        self.file, self.reason, self.line, self.column = file, reason, line, column
        place = ("line", line), ("column", column)
        where = [file, *(f"{word} {number}" for word, number in place if number is not None)]
        super().__init__(f"{', '.join(where)}: {reason}")


class UnknownPayer(PolicyError):
    """A payer id has no file under ``model/policies/payers``."""

    code = "policy.unknown_payer"

    def __init__(self, payer_id: str) -> None:
        self.payer_id = payer_id
        super().__init__(f"no payer is called {payer_id}")


class CodeError(NoteproofError):
    """A procedure, diagnosis or modifier code cannot be used."""

    code = "code"


class UnknownCode(CodeError):
    """A code is in no table we hold."""

    code = "code.unknown"

    def __init__(self, value: str) -> None:
        self.value = value
        super().__init__(f"{_shown(value)} is in no code table we hold")


class CodeNotInForce(CodeError):
    """A code exists, but not on the date of service.

    Attributes:
        valid_from: First day it was in force, as far as our tables go back.
        valid_to: Last day it was in force; None when it has not ended.
        replaced_by: Codes that took its place, if any.
    """

    code = "code.not_in_force"

    def __init__(
        self,
        value: str,
        on: date,
        *,
        valid_from: date | None = None,
        valid_to: date | None = None,
        replaced_by: tuple[str, ...] = (),
    ) -> None:
        self.value, self.on = value, on
        self.valid_from, self.valid_to, self.replaced_by = valid_from, valid_to, replaced_by
        super().__init__(f"{_shown(value)} is not in force on {on}")


class ArtifactError(NoteproofError):
    """Released weights cannot be used."""

    code = "artifact"


class ArtifactMissing(ArtifactError):
    """An artifact's folder or one of its files is not there."""

    code = "artifact.missing"

    def __init__(self, artifact_id: str) -> None:
        self.artifact_id = artifact_id
        super().__init__(f"artifact {artifact_id} is missing")


class ArtifactMismatch(ArtifactError):
    """An artifact's bytes are not the ones its manifest was written for."""

    code = "artifact.mismatch"

    def __init__(self, artifact_id: str) -> None:
        self.artifact_id = artifact_id
        super().__init__(f"artifact {artifact_id}: checksum differs from its manifest")


class ReviewError(NoteproofError):
    """A review decision cannot be recorded."""

    code = "review"


class ReviewStale(ReviewError):
    """A decision was made on an older reading of the note, or on a review that went on since.

    Attributes:
        current: Where the review stands now: its reading and its version.
    """

    code = "review.stale"

    def __init__(self, note_id: str, current: str) -> None:
        self.note_id, self.current = note_id, current
        super().__init__(f"note {note_id}: the review went on since; it stands at {current}")


class ReviewForbidden(ReviewError):
    """A reviewer may not decide on this note."""

    code = "review.forbidden"

    def __init__(self, note_id: str, reviewer_id: str) -> None:
        self.note_id, self.reviewer_id = note_id, reviewer_id
        super().__init__(f"reviewer {reviewer_id} may not decide on note {note_id}")


def _shown(value: str) -> str:
    """``value`` if it looks like a code: what was typed there may be text of a note."""
    return value if _CODE_LIKE.fullmatch(value) else "what was given as a code"
