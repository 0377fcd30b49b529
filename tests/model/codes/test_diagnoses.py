from datetime import date

import pytest

from model.codes import billable_under, children, diagnosis, is_billable, valid_on
from model.errors import CodeNotInForce, UnknownCode

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("code", "last_day", "successor"),
    [
        ("M54.5", date(2021, 9, 30), "M54.50"),
        ("G20", date(2023, 9, 30), "G20.A1"),
        ("M51.36", date(2024, 9, 30), "M51.360"),
        ("M51.37", date(2024, 9, 30), "M51.370"),
        ("G35", date(2025, 9, 30), "G35.A"),
        ("R10.2", date(2025, 9, 30), "R10.20"),
    ],
)
def test_code_ended_when_it_was_split(code: str, last_day: date, successor: str) -> None:
    next_day = date(last_day.year, 10, 1)

    assert is_billable(code, last_day)
    assert not is_billable(code, next_day)
    assert is_billable(successor, next_day)
    assert not is_billable(successor, last_day)
    with pytest.raises(CodeNotInForce) as caught:
        valid_on(code, next_day)
    assert successor in caught.value.replaced_by


@pytest.mark.parametrize("code", ["M19.90", "M25.50", "R26.9", "G81.90", "I69.351", "S13.4XXD"])
def test_valid_codes_are_valid(code: str) -> None:
    assert valid_on(code, ON).code == code


@pytest.mark.parametrize("code", ["M54", "S13.4", "S83.511", "M50-M54", "chapter 13"])
def test_heading_is_no_code_to_bill(code: str) -> None:
    assert diagnosis(code).title
    assert not is_billable(code, ON)


@pytest.mark.parametrize("code", ["M99.999", "S13.4XXQ", "S13.4D", "", "low back pain", "I69.351A"])
def test_unknown_code_is_refused(code: str) -> None:
    assert not is_billable(code, ON)
    with pytest.raises(UnknownCode):
        diagnosis(code)


def test_the_point_and_capitals_may_be_missing() -> None:
    assert diagnosis("i69351").code == "I69.351"


def test_chain_leads_up_to_the_chapter() -> None:
    chain = diagnosis("S83.511D").chain

    assert chain[:3] == ("S83.511D", "S83.511", "S83.51")
    assert chain[-3:] == ("S83", "S80-S89", "chapter 19")
    assert diagnosis("M54.51").category == "M54"


def test_7th_characters_have_their_meaning() -> None:
    assert diagnosis("S13.4").sevenths["D"] == "subsequent encounter"
    assert diagnosis("S13.4XXD").title == (
        "Sprain of ligaments of cervical spine, subsequent encounter"
    )
    assert set(diagnosis("S52.501").sevenths) >= {"A", "D", "G", "K", "P", "S"}


def test_instructions_are_inherited_except_inclusion_terms() -> None:
    found = diagnosis("M54.51")

    assert ("M54", "psychogenic dorsalgia (F45.41)") in [
        (note.at, note.text) for note in found.instructions("excludes1")
    ]
    assert {note.at for note in found.instructions("inclusion_term")} <= {"M54.51"}
    assert diagnosis("I69.391").instructions("use_additional")


def test_children_and_billable_codes_of_a_stem() -> None:
    assert children("M54.5") == ("M54.50", "M54.51", "M54.59")
    assert children("S13.4") == ("S13.4XXA", "S13.4XXD", "S13.4XXS")
    assert billable_under("M54.5", date(2021, 9, 30)) == ("M54.5",)
    assert billable_under("M54.5", ON) == ("M54.50", "M54.51", "M54.59")
    assert len(billable_under("S83.511", ON)) == 3


def test_retired_code_gone_from_the_tabular_is_still_known() -> None:
    assert is_billable("H81.41", date(2019, 9, 30))
    assert not is_billable("H81.41", date(2019, 10, 1))
