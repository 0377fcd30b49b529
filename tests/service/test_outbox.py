from pathlib import Path

import pytest

from service.outbox import OutputRefused, whole


def test_a_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"

    with whole(path) as file:
        file.write("one\n")
        assert not path.exists()

    assert path.read_text("utf-8") == "one\n"
    assert [found.name for found in tmp_path.iterdir()] == ["out.jsonl"]


def test_nothing_is_left_when_writing_fails_and_what_was_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before", "utf-8")

    with pytest.raises(ZeroDivisionError), whole(path) as file:
        file.write(f"half {1 / 0}")

    assert path.read_text("utf-8") == "before"
    assert [found.name for found in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_folder_or_a_device_is_not_replaced(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/null"), tmp_path / "none" / "out.jsonl"):
        with pytest.raises(OutputRefused), whole(path):
            pass

    assert Path("/dev/null").is_char_device()


def test_drafts_can_be_read_by_their_owner_only(tmp_path: Path) -> None:
    with whole(tmp_path / "out.jsonl") as file:
        file.write("one\n")

    assert (tmp_path / "out.jsonl").stat().st_mode & 0o077 == 0


def test_half_a_file_is_kept_where_it_was_asked_for(tmp_path: Path) -> None:
    stage = tmp_path / "stage"
    stage.mkdir()

    with whole(tmp_path / "out.bin", staged_in=stage) as file:
        file.buffer.write(b"\xff")
        assert (list(tmp_path.iterdir()), len(list(stage.iterdir()))) == ([stage], 1)

    assert ((tmp_path / "out.bin").read_bytes(), list(stage.iterdir())) == (b"\xff", [])
