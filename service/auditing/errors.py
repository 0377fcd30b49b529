"""Why a batch audit cannot begin or go on. None of it is about one encounter: those are refused."""

from collections.abc import Sequence
from pathlib import Path

from model.errors import NoteproofError


class AuditError(NoteproofError):
    """A batch audit cannot begin or go on."""

    code = "audit"


class AuditBusy(AuditError):
    """Another process is working on the same parts."""

    code = "audit.busy"

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is in use by another audit that is still running")


class AuditLeftover(AuditError):
    """Parts are there of an audit of something else, or made in another way."""

    code = "audit.leftover"

    def __init__(self, folder: Path, others: Sequence[str]) -> None:
        """Args: others: what differs, such as ``input``."""
        what = " and ".join(f"another {name}" for name in others)
        super().__init__(f"{folder} was begun with {what}; --restart throws its parts away")


class AuditSourceInvalid(AuditError):
    """The set to be audited cannot be read as a whole, or changed while it was read."""

    code = "audit.source_invalid"

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")


class AuditStopped(AuditError):
    """No part can be worked on; what was done before is kept."""

    code = "audit.stopped"

    def __init__(self, reason: str) -> None:
        """Args: reason: the only argument, so that the error can come back from a worker."""
        super().__init__(reason)


class ParquetMissing(AuditError):
    """Parquet was asked for where the library that reads and writes it is not installed."""

    code = "audit.parquet_missing"

    def __init__(self) -> None:
        super().__init__("Parquet needs the extra of that name: pip install 'noteproof[parquet]'")
