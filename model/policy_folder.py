"""Where a code or edit table is read: a user's folder of imported tables, else those that ship.

The folder is named by ``NOTEPROOF_POLICIES``. Its manifest says which files hold which table; a
table it does not name is read as packaged. The installed package is never written to.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from model.errors import PolicyFileError

VARIABLE = "NOTEPROOF_POLICIES"
MANIFEST = "imports.json"
FORMAT = 1
"""Layout of the manifest; another number was written by another version of us."""
PACKAGED = {
    "icd10cm": "codes/icd10cm.sqlite",
    "mue_outpatient": "edits/mue_outpatient.csv",
    "mue_practitioner": "edits/mue_practitioner.csv",
    "ncci_outpatient": "edits/ncci_outpatient.csv",
    "ncci_practitioner": "edits/ncci_practitioner.csv",
}
"""Tables that ship and can be imported, by name."""

Period = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTable:
    """One table of a user's folder.

    Attributes:
        file: Relative to the folder; its name carries the first digits of its checksum.
        periods: First and last day of every release imported, oldest first; none where the table
            has no release of its own.
        locator: Which release of which file, for the citation.
        parts: Where a release comes in several files, first and last code of those imported, with
            the last day each reaches.
    """

    table: str
    file: str
    sha256: str
    periods: tuple[Period, ...] = ()
    locator: str = ""
    parts: tuple[tuple[str, str, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """One file that was imported, for whoever asks later where a table came from."""

    source: str
    sha256: str
    kind: str
    table: str
    release: str
    imported_on: date
    rows_read: int
    rows_kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a folder holds: its tables by name, and every import, oldest first."""

    tables: Mapping[str, ImportedTable]
    imports: tuple[ImportRecord, ...] = ()


def folder() -> Path | None:
    """The user's folder, whether or not it is there yet; None where none is named."""
    named = os.environ.get(VARIABLE, "").strip()
    return Path(named) if named else None


@cache
def imported() -> Mapping[str, ImportedTable]:
    """The tables of the user's folder, read once in a process.

    Raises:
        PolicyFileError: The folder is named and not there, or its manifest cannot be read.
    """
    named = folder()
    if named is None:
        return MappingProxyType({})
    if not named.is_dir():
        raise PolicyFileError(VARIABLE, None, "names a folder that is not there")
    return manifest(named).tables


def fingerprint() -> str:
    """Eight digits that stand for the imported tables; empty where none is in use.

    Part of a draft's versions: the same input under the same versions gives the same bytes.
    """
    if not imported():
        return ""
    sums = "".join(f"{name} {table.sha256}\n" for name, table in sorted(imported().items()))
    return hashlib.sha256(sums.encode("utf-8")).hexdigest()[:8]


def manifest(place: Path) -> Manifest:
    """The manifest of the folder at ``place``; empty where nothing was imported yet.

    Raises:
        PolicyFileError: It cannot be read.
    """
    path = place / MANIFEST
    if not path.is_file():
        return Manifest(tables=MappingProxyType({}))
    try:
        written = json.loads(path.read_text("utf-8"))
        if written["format"] != FORMAT:
            raise ValueError(f"format {written['format']} is not ours")
        tables = {name: _table(name, entry) for name, entry in written["tables"].items()}
        imports = tuple(_record(entry) for entry in written["imports"])
    except (KeyError, TypeError, ValueError) as error:
        raise PolicyFileError(MANIFEST, None, f"not understood: {error}") from error
    return Manifest(tables=MappingProxyType(tables), imports=imports)


def manifest_json(held: Manifest) -> str:
    """``held`` as it is written into a folder."""
    written = {
        "format": FORMAT,
        "tables": {
            name: {
                "file": table.file,
                "sha256": table.sha256,
                "locator": table.locator,
                "periods": [[str(first), str(last)] for first, last in table.periods],
                "parts": [[low, high, str(to)] for low, high, to in table.parts],
            }
            for name, table in sorted(held.tables.items())
        },
        "imports": [
            {field: _plain(getattr(entry, field)) for field in ImportRecord.__dataclass_fields__}
            for entry in held.imports
        ],
    }
    return json.dumps(written, indent=1) + "\n"


def table_path(table: str) -> Traversable | None:
    """The file ``table`` is read from; None for one that neither ships nor was imported.

    Raises:
        PolicyFileError: The manifest names a file that is missing or was changed by hand.
    """
    found = imported().get(table)
    if found is None:
        packaged = PACKAGED.get(table)
        return files("model") / "policies" / packaged if packaged else None
    path = (folder() or Path()) / found.file
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PolicyFileError(found.file, None, "is named in the manifest and missing") from error
    if hashlib.sha256(content).hexdigest() != found.sha256:
        raise PolicyFileError(found.file, None, "differs from the checksum in the manifest")
    return path


def _table(name: str, entry: Mapping[str, Any]) -> ImportedTable:
    return ImportedTable(
        table=name,
        file=entry["file"],
        sha256=entry["sha256"],
        locator=entry["locator"],
        periods=tuple((_day(first), _day(last)) for first, last in entry["periods"]),
        parts=tuple((low, high, _day(to)) for low, high, to in entry["parts"]),
    )


def _record(entry: Mapping[str, Any]) -> ImportRecord:
    return ImportRecord(**{**entry, "imported_on": _day(entry["imported_on"])})


def _day(written: str) -> date:
    return date.fromisoformat(written)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, date) else value
