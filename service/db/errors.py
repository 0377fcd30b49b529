"""What can go wrong with the database, told apart by what a person would do about it."""

from pathlib import Path

from model.errors import NoteproofError


class StorageError(NoteproofError):
    """The database cannot do its part."""

    code = "storage"


class StorageUnavailable(StorageError):
    """The database cannot be reached, or was busy for longer than we wait."""

    code = "storage.unavailable"

    def __init__(self) -> None:
        super().__init__("the database cannot be reached; nothing was written")


class StorageFull(StorageError):
    """The disk of the database has no room left."""

    code = "storage.full"

    def __init__(self) -> None:
        super().__init__("the disk of the database is full; nothing was written")


class StorageBehind(StorageError):
    """The tables are not those of this version; ``noteproof migrate`` brings them up."""

    code = "storage.behind"

    def __init__(self, found: str | None, needed: str) -> None:
        self.found, self.needed = found, needed
        super().__init__(f"the tables are at {found or 'nothing'}, this version needs {needed}")


class StorageUrlInvalid(StorageError):
    """The setting of the database is no URL we can open."""

    code = "storage.url"

    def __init__(self) -> None:
        super().__init__("the database is neither sqlite:///PATH nor postgresql://HOST/NAME")


class BackupInvalid(StorageError):
    """A file is no backup of ours, or damaged."""

    code = "storage.backup_invalid"

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class RestoreRefused(StorageError):
    """A backup would be written over encounters that are there."""

    code = "storage.restore_refused"

    def __init__(self, encounters: int) -> None:
        self.encounters = encounters
        super().__init__(f"the database holds {encounters} encounters; --replace drops them")
