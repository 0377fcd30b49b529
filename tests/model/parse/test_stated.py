import pytest

from model.parse.durations import durations
from model.parse.pipeline import parse
from model.parse.stated import stated_diagnoses, stated_lines
from tests.support.marked import marked

Line = tuple[str, int | None, int | None, tuple[str, ...]]


def read(text: str) -> list[Line]:
    return [(s.code, s.units, s.minutes, s.modifiers) for s in stated_lines(text, durations(text))]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("97110 x2 GP", ("97110", 2, None, ("GP",))),
        ("97110 (2)", ("97110", 2, None, ())),
        ("97110 GO 30 min 2 units", ("97110", 2, 30, ("GO",))),
        ("2 units 97530", ("97530", 2, None, ())),
        ("G0283 1 unit GP", ("G0283", 1, None, ("GP",))),
        ("97530-GO-CO x1", ("97530", 1, None, ("GO", "CO"))),
        ("97140-2, MT", ("97140", 2, None, ())),
        ("97110 GP KX 3 | ICD", ("97110", 3, None, ("GP", "KX"))),
        ("97130 GN x3 23 min", ("97130", 3, 23, ("GN",))),
        ("97110 GP 8 min", ("97110", None, 8, ("GP",))),
        ("97110x2 GP", ("97110", 2, None, ("GP",))),
        ("97110 x2.", ("97110", 2, None, ())),
        ("97530 GP two units, 24 min", ("97530", 2, 24, ("GP",))),
        ("97542 / 24 / 2 GP", ("97542", 2, None, ("GP",))),
        ("97167 OT eval high   1", ("97167", 1, None, ())),
        ("97116----GAIT----19----1----GP", ("97116", 1, None, ("GP",))),
        ("97110 blocks, MP held at 45, x1", ("97110", 1, None, ())),
        ("CPT 97140", ("97140", None, None, ())),
    ],
)
def test_a_billed_line_is_read_with_units_minutes_and_modifiers(text: str, line: Line) -> None:
    assert read(text) == [line]


@pytest.mark.parametrize(
    "text",
    [
        "pn 2\nTE 2 / MT 1\nP. Ng DPT",
        "Units: TE x2, MT x1",
        "billed 2 te 1 mt\r\n",
    ],
)
def test_short_names_with_counts_are_charges(text: str) -> None:
    assert [s[:2] for s in read(text)] == [("97110", 2), ("97140", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "TE 2",
        "TE 23 / MT 15",
        "TE 2 sets, MT 1 min to the calf",
        "97110 x1\nTE 2 / MT 1",
        "gait 1 rail, TE 2 lb",
    ],
)
def test_short_names_beside_other_words_minutes_or_codes_are_no_charges(text: str) -> None:
    assert {s[0] for s in read(text)} <= {"97110"}
    assert all(s[1] != 2 for s in read(text))


def test_each_code_of_a_row_keeps_its_own_units() -> None:
    assert [s[:2] for s in read("CPT 97140 x 1, 97110 x 2")] == [("97140", 1), ("97110", 2)]


def test_a_code_named_twice_is_one_line_and_the_one_with_units_wins() -> None:
    assert read("97110 ther ex\n97110 GP 2 units") == [("97110", 2, None, ("GP",))]


def test_an_assistants_part_of_a_code_is_a_line_of_its_own() -> None:
    assert [s[3] for s in read("97110 GP CQ x1\n97110 GP x1")] == [("GP", "CQ"), ("GP",)]


def test_columns_give_a_row_its_units_and_minutes() -> None:
    (line,) = parse("| Code | Min | Units |\n| 97110 | 30 | 2 |").stated_lines

    assert (line.units, line.minutes) == (2, 30)


@pytest.mark.parametrize(
    "text",
    ["[ ] 97110", "97110 not billed", "$97110", "OR 97210-1234", "97110.5", "997110", "#97110"],
)
def test_unticked_unbilled_and_lookalike_numbers_are_no_lines(text: str) -> None:
    assert read(text) == []


def test_the_line_points_at_its_words() -> None:
    text, expected = marked("😀 billed ⟦97110 x2 GP⟧\r\nmore")

    (line,) = stated_lines(text, ())

    assert line.span == expected[0]


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("Dx: ⟦I69.354⟧, ⟦M54.50⟧", ["I69.354", "M54.50"]),
        ("dx: ⟦I10⟧", ["I10"]),
        ("⟦M54.50⟧ and M54.50", ["M54.50"]),
        ("C5 radiculopathy", []),
        ("T12 fx, L4-L5 disc", []),
    ],
)
def test_written_diagnoses_are_codes_and_vertebrae_are_not(note: str, codes: list[str]) -> None:
    text, expected = marked(note)

    found = stated_diagnoses(text)

    assert [d.code for d in found] == codes
    assert [d.span for d in found] == expected
