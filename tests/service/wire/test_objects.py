import json

import pytest

from service.wire.objects import BrokenJson, as_line, decoded


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"id": "a"', "broken JSON at column 11"),
        (b'{"id": "a"\n', "broken JSON at column 11"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b'{"id": 1, "id": 2}', "one name twice"),
        (b'{"minutes": NaN}', "a number that JSON does not have"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"minutes": ' + b"9" * 5000 + b"}", "a number too long"),
    ],
)
def test_broken_json_is_refused_with_its_reason(raw: bytes, said: str) -> None:
    with pytest.raises(BrokenJson, match=said):
        decoded(raw)


def test_an_answer_is_one_line_whatever_it_holds() -> None:
    written = as_line({"text": "a\u2028b\x85c\nd 🧠"})

    assert written.splitlines() == [written.rstrip("\n")]
    assert json.loads(written)["text"] == "a\u2028b\x85c\nd 🧠"
