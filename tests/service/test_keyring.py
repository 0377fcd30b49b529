import stat
from pathlib import Path

import pytest

from service.keyring import (
    FileKeyring,
    KeyInvalid,
    KeyMissing,
    key_id,
    make_file,
    new_key,
    read_key,
    write_file,
    written,
)


def test_a_key_is_read_as_it_was_written() -> None:
    key = new_key()

    assert read_key(f" {written(key)}\n", "here") == key


@pytest.mark.parametrize("text", ["", "secret", "ä" * 44, written(b"x" * 31), written(b"x" * 33)])
def test_what_is_no_key_is_refused_by_place_and_never_repeated(text: str) -> None:
    with pytest.raises(KeyInvalid) as raised:
        read_key(text, "NOTEPROOF_KEY")

    assert "NOTEPROOF_KEY" in str(raised.value)
    assert not text or text not in str(raised.value)


def test_a_key_file_is_its_owners_alone_and_is_never_made_over_another(tmp_path: Path) -> None:
    path = tmp_path / "notes.key"

    make_file(path)
    first = path.read_text("ascii")
    make_file(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text("ascii") == first
    assert list(tmp_path.iterdir()) == [path]


def test_the_last_line_of_a_key_file_is_in_use_and_the_others_still_open(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    write_file(tmp_path / "notes.key", old, new)

    keyring = FileKeyring(tmp_path / "notes.key")

    assert keyring.current_id == key_id(new)
    assert keyring.key(key_id(old)) == old


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_key_file_that_is_away_or_empty_is_said_to_be_missing(
    tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "notes.key"
    if content is not None:
        path.write_text(content, "ascii")

    with pytest.raises(KeyMissing):
        FileKeyring(path)


def test_a_damaged_line_of_a_key_file_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "notes.key"
    path.write_text(f"{written(new_key())}\nrubbish\n", "ascii")

    with pytest.raises(KeyInvalid, match="line 2"):
        FileKeyring(path)


def test_a_key_file_that_was_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "notes.key"
    make_file(path)
    keyring = FileKeyring(path)

    new = new_key()
    write_file(path, new)

    assert keyring.ids == {key_id(new)}
