from datetime import date

import pytest
from starlette.testclient import TestClient

from model.codes.diagnoses import diagnosis
from model.records import Discipline
from service.app import create_app
from service.codes.diagnoses import DiagnosisSearch, diagnosis_search
from service.codes.records import CodeKind
from service.codes.search import search_codes
from tests.support.drafts import FixedCopilot

ON = date(2026, 3, 2)


def _codes(query: str, kind: CodeKind | None = None, on: date = ON) -> list[str]:
    return [found.code for found in search_codes(query, on, kind=kind)]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("pain left shoulder", "M25.512"),
        ("L shoulder pain", "M25.512"),
        ("frozen shoulder", "M75.00"),
        ("M54.5", "M54.50"),
        ("m545", "M54.50"),
        ("S52.501D", "S52.501D"),
        ("S52501D", "S52.501D"),
        ("S12.8XXD", "S12.8XXD"),
        ("hemiplegia following cerebral infarction left non-dominant", "I69.354"),
        ("dysphagia, oral phase", "R13.11"),
    ],
)
def test_a_diagnosis_is_found_by_its_words_or_its_beginning(query: str, code: str) -> None:
    assert code in _codes(query, CodeKind.DIAGNOSIS)[:3]


@pytest.mark.parametrize(
    ("query", "code"),
    [("ther ex", "97110"), ("gait", "97116"), ("9711", "97110"), ("g0283", "G0283")],
)
def test_a_procedure_is_found_by_its_caption_or_its_beginning(query: str, code: str) -> None:
    assert code in _codes(query, CodeKind.PROCEDURE)[:3]


@pytest.mark.parametrize(
    ("query", "ended", "last_day"),
    [("97532", "97532", date(2017, 12, 31)), ("M54.5", "M54.5", date(2021, 9, 30))],
)
def test_only_codes_in_force_on_the_day_are_found(query: str, ended: str, last_day: date) -> None:
    assert ended in _codes(query, on=last_day)
    assert ended not in _codes(query)


def test_headings_are_not_found_and_7th_characters_are() -> None:
    found = _codes("S52.501", CodeKind.DIAGNOSIS)

    assert {"S52.501A", "S52.501D", "S52.501S"} <= set(found)
    assert [code for code in found if not diagnosis(code).is_in_force(ON)] == []


def test_where_no_code_has_every_word_the_nearest_are_found() -> None:
    assert any(code.startswith("I69") for code in _codes("CVA hemiplegia left", CodeKind.DIAGNOSIS))


def test_a_discipline_sees_its_own_procedures_first() -> None:
    found = search_codes(
        "evaluation", ON, kind=CodeKind.PROCEDURE, discipline=Discipline.SLP, most=50
    )

    own = ["SLP" in each.disciplines for each in found]
    assert own[0]
    assert own == sorted(own, reverse=True)


@pytest.mark.parametrize(
    "query", ['"', "' OR 1", "*", "a" * 100, "NEAR(", "é", "🧠", "()", "-", "^"]
)
def test_whatever_is_typed_is_words_and_never_a_command(query: str) -> None:
    assert isinstance(_codes(query), list)


def test_a_found_diagnosis_brings_the_notes_of_the_tabular() -> None:
    [found] = [each for each in search_codes("I69.354", ON) if each.code == "I69.354"]

    assert {kind for kind, _ in found.notes} <= {
        "excludes1", "code_first", "use_additional", "code_also",
    }  # fmt: skip
    assert found.notes


def test_the_index_holds_every_code_that_can_be_billed() -> None:
    """A sample of each chapter's first codes is found by its own title."""
    search: DiagnosisSearch = diagnosis_search()
    asked = ["A00.0", "C50.011", "E11.9", "F80.1", "G35.A", "H81.10", "I10", "M17.11", "R26.2",
             "S83.511D", "Z47.1"]  # fmt: skip

    lost = [
        code
        for code in asked
        if code not in {each.code for each in search.find(diagnosis(code).title, ON, most=100)}
    ]

    assert lost == []


def test_the_api_answers_codes_in_force_on_the_day() -> None:
    with TestClient(create_app(load=FixedCopilot)) as client:
        found = client.get("/api/v1/codes", params={"q": "97110", "on": "2026-03-02"}).json()
        gone = client.get("/api/v1/codes", params={"q": "97532", "kind": "procedure"}).json()
        refused = client.get("/api/v1/codes", params={"q": ""})

    assert (found[0]["code"], found[0]["kind"], found[0]["detail"]) == (
        "97110",
        "procedure",
        "timed",
    )
    assert (gone, refused.status_code) == ([], 422)
