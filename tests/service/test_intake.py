import io
from pathlib import Path

import pytest

from service.intake import Received, Refused, received


def read(source: Path | str, stdin: bytes = b"") -> list[Received | Refused]:
    return list(received([str(source)], io.BytesIO(stdin)))


def body(found: Received | Refused) -> object:
    assert isinstance(found, Received)
    return found.body


def reason(found: Received | Refused) -> str:
    assert isinstance(found, Refused)
    return found.reason


def test_a_text_file_is_one_note_called_by_its_stem_and_kept_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "visit.7.txt"
    path.write_bytes("\tGait 🧠\u00a015 min\r\nend\r".encode())

    assert [body(f) for f in read(path)] == [
        {"id": "visit.7", "text": "\tGait 🧠\u00a015 min\r\nend\r"}
    ]


def test_a_byte_order_mark_is_no_part_of_a_note(tmp_path: Path) -> None:
    path = tmp_path / "n.txt"
    path.write_bytes(b"\xef\xbb\xbfGait")

    assert body(read(path)[0]) == {"id": "n", "text": "Gait"}


def test_encounters_come_one_a_line_and_bad_lines_are_named_by_number(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a"}\r\n\n  \n{"id": \n{"id": "b"}')

    found = read(path)

    assert [f.where.rpartition(":")[2] for f in found] == ["1", "4", "5"]
    assert [body(found[0]), body(found[2])] == [{"id": "a"}, {"id": "b"}]
    assert "broken JSON" in reason(found[1])


def test_a_line_separator_inside_a_note_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    path.write_text('{"id": "a", "text": "x\u2028y\x85z"}\n', "utf-8")

    assert body(read(path)[0]) == {"id": "a", "text": "x\u2028y\x85z"}


@pytest.mark.parametrize("blank", [b"", b"\n \t\r\n", b"\xef\xbb\xbf"])
def test_standard_input_is_encounters_when_it_begins_with_a_brace(blank: bytes) -> None:
    found = read("-", blank + b'{"id": "a"}\n{"id": "b"}\n')

    assert [body(f) for f in found] == [{"id": "a"}, {"id": "b"}]


def test_standard_input_is_one_note_otherwise() -> None:
    assert [body(f) for f in read("-", b"\r\nGait\n15 min {x}\n")] == [
        {"id": "stdin", "text": "\r\nGait\n15 min {x}\n"}
    ]


def test_empty_standard_input_is_one_empty_note() -> None:
    assert [body(f) for f in read("-")] == [{"id": "stdin", "text": ""}]


@pytest.mark.parametrize(
    "raw", [b"\x89PNG\r\n\x1a\n\xff", "Gait".encode("utf-16"), "Caf\xe9".encode("latin-1")]
)
def test_what_is_not_utf8_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "n.txt"
    path.write_bytes(raw)

    assert reason(read(path)[0]) == "is not UTF-8 text"


def test_a_note_of_five_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "n.txt"
    path.write_bytes(b"a" * 5_000_000)

    assert "is too long" in reason(read(path)[0])


def test_missing_files_and_folders_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    good = tmp_path / "n.txt"
    good.write_text("Gait", "utf-8")

    found = list(received([str(tmp_path), str(tmp_path / "no.txt"), str(good)], io.BytesIO()))

    assert [reason(found[0]), reason(found[1])] == [
        "is a folder; name the files in it",
        "is not there",
    ]
    assert body(found[2]) == {"id": "n", "text": "Gait"}
