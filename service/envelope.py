"""Seal what may hold words of a note, so that the database alone tells nothing.

Each owner (an encounter, a webhook, a stored answer) has a random data key that seals its records
with AES-256-GCM. The data key is kept wrapped by the service's key. A sealed record is bound to
its owner and its place: moved elsewhere, it does not open. Rotation wraps data keys again and
touches no record; removing a data key removes every word its owner had, in append-only tables too.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.db.tables import DataKeyRow
from service.keyring import KEY_BYTES, Keyring, SealError

_FORM = b"\x01"  # form byte, id of the data key, nonce, ciphertext with its tag
_ID_BYTES = 16
_NONCE_BYTES = 12


class SealBroken(SealError):
    """A sealed record was changed, or stands in a place it was not made for."""

    code = "seal.broken"

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(f"{place} does not open: it was changed or moved")


class SealForgotten(SealError):
    """The words of a record were removed for good when its time was over."""

    code = "seal.forgotten"

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(f"the words of {place} were removed when their time was over")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where a sealed value stands.

    Attributes:
        owner: Whose words they are, such as ``encounters/enc-1``; forgotten together.
        place: Table, key and column, such as ``readings/enc-1/3/sealed``.
    """

    owner: str
    place: str


def encounter_owner(encounter_id: str) -> str:
    """The owner of every word of an encounter."""
    return f"encounters/{encounter_id}"


def encounter_cell(table: str, encounter_id: str, *key: object) -> Cell:
    """The sealed column of a row of ``table`` that belongs to an encounter."""
    place = json.dumps([table, encounter_id, *map(str, key)])
    return Cell(owner=encounter_owner(encounter_id), place=place)


class Seals:
    """Seals and opens within one database session; new data keys are committed with it."""

    def __init__(self, session: Session, keyring: Keyring) -> None:
        self._session = session
        self._keyring = keyring
        self._opened: dict[UUID, bytes] = {}
        self._owned: dict[str, UUID] = {}

    def seal(self, plain: bytes, cell: Cell) -> bytes:
        """Ciphertext of ``plain`` that opens at ``cell`` only."""
        data_key_id = self._data_key_of(cell.owner)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        cipher = AESGCM(self._opened[data_key_id])
        return _FORM + data_key_id.bytes + nonce + cipher.encrypt(nonce, plain, _bound(cell))

    def open(self, sealed: bytes, cell: Cell) -> bytes:
        """What was sealed at ``cell``.

        Raises:
            SealBroken: It was changed, or sealed elsewhere.
            SealForgotten: Its data key was removed.
            KeyMissing: Its data key is wrapped by a key that was not given.
        """
        if sealed[:1] != _FORM or len(sealed) < 1 + _ID_BYTES + _NONCE_BYTES:
            raise SealBroken(cell.place)
        data_key_id, rest = UUID(bytes=sealed[1 : 1 + _ID_BYTES]), sealed[1 + _ID_BYTES :]
        key = self._opened.get(data_key_id) or self._unwrap(data_key_id, cell)
        try:
            return AESGCM(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], _bound(cell))
        except InvalidTag:
            raise SealBroken(cell.place) from None

    def seal_json(self, value: Any, cell: Cell) -> bytes:
        """``seal`` of a JSON value."""
        return self.seal(json.dumps(value, ensure_ascii=False).encode(), cell)

    def open_json(self, sealed: bytes, cell: Cell) -> Any:
        """The JSON value sealed at ``cell``; raises as ``open`` does."""
        return json.loads(self.open(sealed, cell))

    def forget(self, owner: str) -> None:
        """Remove the data key of ``owner``: nothing it sealed opens again."""
        self._opened.pop(self._owned.pop(owner, uuid4()), None)
        self._session.execute(delete(DataKeyRow).where(DataKeyRow.owner == owner))

    def _data_key_of(self, owner: str) -> UUID:
        if owner not in self._owned:
            row = self._session.scalar(_of(owner)) or self._made(owner)
            self._opened[row.id] = unwrapped(row, self._keyring)
            self._owned[owner] = row.id
        return self._owned[owner]

    def _made(self, owner: str) -> DataKeyRow:
        row = DataKeyRow(id=uuid4(), owner=owner)
        wrap(row, secrets.token_bytes(KEY_BYTES), self._keyring)
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:  # made by another session in this very moment
            return self._session.scalars(_of(owner)).one()
        return row

    def _unwrap(self, data_key_id: UUID, cell: Cell) -> bytes:
        row = self._session.get(DataKeyRow, data_key_id)
        if row is None:
            raise SealForgotten(cell.place)
        self._opened[row.id] = unwrapped(row, self._keyring)
        return self._opened[row.id]


def wrap(row: DataKeyRow, data_key: bytes, keyring: Keyring) -> None:
    """Put ``data_key`` into ``row``, wrapped by the key in use."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    row.wrapped_by = keyring.current_id
    cipher = AESGCM(keyring.key(row.wrapped_by))
    row.wrapped = nonce + cipher.encrypt(nonce, data_key, _wrapping(row))


def unwrapped(row: DataKeyRow, keyring: Keyring) -> bytes:
    """The data key in ``row``.

    Raises:
        KeyMissing: The key that wrapped it was not given.
        SealBroken: The row was changed.
    """
    cipher = AESGCM(keyring.key(row.wrapped_by))
    nonce, wrapped = row.wrapped[:_NONCE_BYTES], row.wrapped[_NONCE_BYTES:]
    try:
        return cipher.decrypt(nonce, wrapped, _wrapping(row))
    except (InvalidTag, ValueError):
        raise SealBroken(f"the data key of {row.owner}") from None


def _of(owner: str) -> Select[DataKeyRow]:
    return select(DataKeyRow).where(DataKeyRow.owner == owner)


def _bound(cell: Cell) -> bytes:
    return json.dumps([cell.owner, cell.place]).encode()


def _wrapping(row: DataKeyRow) -> bytes:
    return json.dumps([str(row.id), row.owner, row.wrapped_by]).encode()
