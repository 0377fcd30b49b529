import pytest
from sqlalchemy import select, update

from service.db.engine import Database
from service.db.tables import DataKeyRow
from service.envelope import Cell, SealBroken, SealForgotten, Seals, encounter_cell
from service.keyring import KeyMissing, Keyring
from tests.support.phi import MARKED_NOTE, leaks
from tests.support.storage import a_keyring

HERE = encounter_cell("readings", "enc-1", 1)
NEIGHBOURS = [
    encounter_cell("readings", "enc-1", 2),
    encounter_cell("decisions", "enc-1", 1),
    encounter_cell("readings", "enc-2", 1),
    Cell(owner="encounters/enc-2", place=HERE.place),
]


def _sealed(database: Database, keyring: Keyring, value: object = MARKED_NOTE) -> bytes:
    with database.writing() as session:
        return Seals(session, keyring).seal_json(value, HERE)


def test_what_was_sealed_opens_in_a_later_session(database: Database, keyring: Keyring) -> None:
    sealed = _sealed(database, keyring)

    with database.reading() as session:
        assert Seals(session, keyring).open_json(sealed, HERE) == MARKED_NOTE


def test_ciphertext_holds_no_word_and_differs_each_time(
    database: Database, keyring: Keyring
) -> None:
    first, second = _sealed(database, keyring), _sealed(database, keyring)

    assert first != second
    assert leaks(first.decode("latin-1")) == []


@pytest.mark.parametrize("cell", NEIGHBOURS)
def test_a_record_moved_to_another_place_does_not_open(
    database: Database, keyring: Keyring, cell: Cell
) -> None:
    sealed = _sealed(database, keyring)

    with pytest.raises(SealBroken), database.reading() as session:
        Seals(session, keyring).open(sealed, cell)


@pytest.mark.parametrize("at", [0, 20, 40, -1])
def test_a_record_with_one_changed_byte_does_not_open(
    database: Database, keyring: Keyring, at: int
) -> None:
    sealed = bytearray(_sealed(database, keyring))
    sealed[at] ^= 1

    with pytest.raises(SealBroken) as raised, database.reading() as session:
        Seals(session, keyring).open(bytes(sealed), HERE)
    assert leaks(str(raised.value)) == []


@pytest.mark.parametrize("cut", [b"", b"\x01", b"\x01" * 20])
def test_what_is_no_record_does_not_open(database: Database, keyring: Keyring, cut: bytes) -> None:
    with pytest.raises(SealBroken), database.reading() as session:
        Seals(session, keyring).open(cut, HERE)


def test_another_key_opens_nothing_and_is_named(database: Database, keyring: Keyring) -> None:
    sealed = _sealed(database, keyring)

    with pytest.raises(KeyMissing) as raised, database.reading() as session:
        Seals(session, a_keyring()).open(sealed, HERE)
    assert raised.value.key_id == keyring.current_id


def test_a_data_key_exchanged_for_another_is_noticed(database: Database, keyring: Keyring) -> None:
    sealed = _sealed(database, keyring)
    with database.writing() as session:
        Seals(session, keyring).seal(b"", Cell(owner="encounters/enc-2", place="x"))
        rows = {row.owner: row for row in session.scalars(select(DataKeyRow))}
        foreign = rows["encounters/enc-2"].wrapped
        session.execute(update(DataKeyRow).values(wrapped=foreign))

    with pytest.raises(SealBroken), database.reading() as session:
        Seals(session, keyring).open(sealed, HERE)


def test_a_forgotten_owner_is_gone_and_may_begin_anew(database: Database, keyring: Keyring) -> None:
    sealed = _sealed(database, keyring)

    with database.writing() as session:
        seals = Seals(session, keyring)
        seals.forget(HERE.owner)
        again = seals.seal_json("new words", HERE)

    with database.reading() as session:
        assert Seals(session, keyring).open_json(again, HERE) == "new words"
        with pytest.raises(SealForgotten):
            Seals(session, keyring).open(sealed, HERE)


def test_one_owner_has_one_data_key_however_many_sessions_seal(
    database: Database, keyring: Keyring
) -> None:
    for _ in range(3):
        _sealed(database, keyring)

    with database.reading() as session:
        assert len(session.scalars(select(DataKeyRow)).all()) == 1
