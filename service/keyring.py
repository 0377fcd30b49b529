"""The keys that wrap data keys: from the environment, or from a file beside the database.

A key is 32 random bytes in URL-safe base64. A key file holds one key a line, the newest last; it is
made on the first start, readable by its owner only.
"""

import base64
import binascii
import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from model.errors import NoteproofError
from service.outbox import whole

KEY_BYTES = 32


class SealError(NoteproofError):
    """What is sealed cannot be opened, or nothing can be sealed."""

    code = "seal"


class KeyInvalid(SealError):
    """A key is not 32 bytes in URL-safe base64."""

    code = "seal.key_invalid"

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(f"{where}: a key is {KEY_BYTES} bytes in URL-safe base64")


class KeyMissing(SealError):
    """Records are sealed with a key that was not given: the wrong one, or its file is gone."""

    code = "seal.key_missing"

    def __init__(self, key_id: str | None = None) -> None:
        self.key_id = key_id
        which = f"key {key_id} is" if key_id else "no key is"
        super().__init__(f"{which} among those of NOTEPROOF_KEY and of the key file")


class Keyring:
    """The key in use and those before it, each known by an id that tells nothing of the key."""

    def __init__(self, current: bytes, *previous: bytes) -> None:
        if {len(key) for key in (current, *previous)} != {KEY_BYTES}:
            raise KeyInvalid("the keyring")
        self._keys = {key_id(key): key for key in (*previous, current)}

    @property
    def current_id(self) -> str:
        """The id of the key that wraps what is sealed from now on."""
        return list(self._known())[-1]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all keys."""
        return frozenset(self._known())

    def key(self, wanted: str) -> bytes:
        """The key called ``wanted``.

        Raises:
            KeyMissing: It was not given.
        """
        known = self._known()
        if wanted not in known:
            raise KeyMissing(wanted)
        return known[wanted]

    def _known(self) -> dict[str, bytes]:
        """Every key by its id, the one in use last."""
        return self._keys


class FileKeyring(Keyring):
    """The keys of a file, read again once the file was changed: a rotation needs no restart."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at = 0
        self._keys = {}
        self._known()

    def _known(self) -> dict[str, bytes]:
        written_at = _written_at(self._path)
        if written_at != self._read_at:
            self._keys = {key_id(key): key for key in read_keys(self._path)}
            self._read_at = written_at
        return self._keys


def key_id(key: bytes) -> str:
    """A name for ``key``: the start of a hash of it."""
    return hashlib.sha256(b"noteproof key id\0" + key).hexdigest()[:16]


def new_key() -> bytes:
    """A random key."""
    return secrets.token_bytes(KEY_BYTES)


def written(key: bytes) -> str:
    """``key`` as it stands in the environment or in a file."""
    return base64.urlsafe_b64encode(key).decode("ascii")


def read_key(text: str, where: str) -> bytes:
    """The key that ``text`` writes down.

    Raises:
        KeyInvalid: It is none; the message names ``where`` and not the text.
    """
    try:
        key = base64.urlsafe_b64decode(text.strip().encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        raise KeyInvalid(where) from None
    if len(key) != KEY_BYTES:
        raise KeyInvalid(where)
    return key


def read_keys(path: Path) -> list[bytes]:
    """The keys of the file ``path``; its last line is the one in use.

    Raises:
        KeyInvalid: A line is no key.
        KeyMissing: The file is not there or has no line.
    """
    try:
        lines = path.read_text("ascii").split()
    except (OSError, UnicodeDecodeError):
        raise KeyMissing from None
    if not lines:
        raise KeyMissing
    return [read_key(line, f"{path}, line {n}") for n, line in enumerate(lines, 1)]


def make_file(path: Path) -> None:
    """Write a new key to ``path``, for its owner only. A file that is there already is kept."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    hidden = Path(name)
    try:
        with open(handle, "w", encoding="ascii") as file:  # noqa: PTH123  (a handle)
            file.write(f"{written(new_key())}\n")
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(hidden)  # unlike a rename, never over a key another process just made
    except FileExistsError:
        return
    finally:
        hidden.unlink()


def write_file(path: Path, *keys: bytes) -> None:
    """Replace the keys of ``path``, the one in use last; whole or not at all."""
    with whole(path) as file:
        file.writelines(f"{written(key)}\n" for key in keys)


def _written_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        raise KeyMissing from None
