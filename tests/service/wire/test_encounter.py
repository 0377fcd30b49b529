from decimal import Decimal
from typing import Any

import pytest

from model.errors import EncounterInvalid
from model.parse.pipeline import LONGEST_NOTE
from model.records import Discipline, Line
from service.wire import claim, encounter
from service.wire.fields import LONGEST_TEXT


def body(**fields: object) -> dict[str, Any]:
    return {"id": "enc-1", "text": "Gait training 15 min.", **fields}


def refused(given: object) -> str:
    with pytest.raises(EncounterInvalid) as error:
        encounter(given)
    return f"{error.value.field}: {error.value.reason}"


def test_id_and_text_are_enough() -> None:
    read = encounter({"id": "enc-1", "text": "Gait.\r\n"})

    assert (read.id, read.text, read.discipline, read.payer) == ("enc-1", "Gait.\r\n", None, None)


def test_dates_money_and_words_become_records() -> None:
    episode = {"plan_of_care": {"end": "2026-04-30"}, "allowed_amount_ytd_usd": "812.40"}
    attestation = {"kx": True, "by": "R. Doe", "on": "2026-03-02"}

    read = encounter(body(discipline="PT", episode=episode, attestations=[attestation]))

    assert read.discipline is Discipline.PT
    assert read.episode.allowed_amount_ytd_usd == Decimal("812.40")
    assert read.episode.plan_of_care is not None
    assert read.is_kx_attested


def test_null_is_unknown_like_absent() -> None:
    assert encounter(body(payer=None, clinician=None, episode=None)) == encounter(body())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": "x"}, "id: is missing"),
        ({"id": "enc-1"}, "text: is missing"),
        (body(id=""), "id: is empty"),
        (body(id=7), "id: must be text"),
        (body(id="a\x1b[2J"), "id: must be printable and not blank"),
        (body(text=""), "text: is empty"),
        (body(text=" \r\n\t"), "text: is empty"),
        (body(text=5), "text: must be text"),
        (body(text=None), "text: must be text"),
        (body(text="a\ud800b"), "text: holds characters that are not text"),
        (body(text="a\x00b"), "text: holds characters that are not text"),
        (body(date_of_service="2026-02-30"), "date_of_service: is no day of the calendar"),
        (body(date_of_service="03/02/2026"), "date_of_service: must be a date written YYYY-MM-DD"),
        (body(date_of_service=20260302), "date_of_service: must be a date written YYYY-MM-DD"),
        (body(discipline="CHIRO"), "discipline: must be one of OT, PT, SLP"),
        (body(discipline="pt"), "discipline: must be one of OT, PT, SLP"),
        (body(note_knd="daily"), "note_knd: is no field of ours; did you mean note_kind?"),
        (body(attestations=[{"kx": 1, "by": "A", "on": "2026-01-01"}]), "attestations.0.kx"),
        (body(episode={"treatment_day": -1}), "episode.treatment_day: must be 0 or more"),
        (body(episode={"allowed_amount_ytd_usd": 812.4}), "episode.allowed_amount_ytd_usd: must"),
        (body(episode=[]), "episode: must be an object"),
        (body(episode={"prior_notes": ["\udc00"]}), "episode.prior_notes.0: holds characters"),
        ([], "the body: must be an object"),
        ("text", "the body: must be an object"),
    ],
)
def test_what_is_wrong_is_named_by_field_and_reason(given: object, said: str) -> None:
    assert refused(given).startswith(said)


def test_an_unknown_payer_is_named_beside_those_we_hold() -> None:
    said = refused(body(payer="medicare"))

    assert said.startswith("payer: is no payer we hold")
    assert "medicare_part_b" in said


def test_every_fault_of_an_encounter_is_named_at_once() -> None:
    said = refused(body(discipline="XX", payer="zz"))

    assert "discipline: " in said
    assert "payer: " in said


def test_a_made_up_field_name_may_be_words_of_the_note_and_is_not_shown() -> None:
    assert "fell" not in refused(body(**{"patient fell at home": 1}))


def test_the_longest_note_is_the_same_at_the_door_and_in_the_parser() -> None:
    assert LONGEST_TEXT == LONGEST_NOTE
    assert encounter(body(text="a" * LONGEST_TEXT)).text is not None
    assert refused(body(text="a" * (LONGEST_TEXT + 1))) == (
        f"text: has {LONGEST_TEXT + 1} characters; the most read is {LONGEST_TEXT}"
    )


def test_a_claim_becomes_lines_and_diagnoses() -> None:
    line = {
        "code": "97530",
        "units": 2,
        "minutes": 23,
        "modifiers": ["GO"],
        "diagnoses": ["I69351"],
    }

    read = claim({"id": "c-1", "lines": [line], "diagnoses": ["I69351"]})

    assert read.lines == (
        Line(code="97530", units=2, minutes=23, modifiers=("GO",), diagnoses=("I69.351",)),
    )
    assert (read.diagnoses, read.encounter.text) == (("I69.351",), None)


@pytest.mark.parametrize("code", ["97532", "L3906"], ids=["deleted", "a device"])
def test_codes_that_a_rule_can_judge_are_no_fault_of_the_input(code: str) -> None:
    assert claim({"id": "c-1", "lines": [{"code": code}]}).lines[0].code == code


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"code": "97110", "minutes": -1}, "lines.0.minutes: must be 0 or more"),
        ({"code": "97110", "minutes": 1441}, "lines.0.minutes: must be 1440 or less"),
        ({"code": "97110", "minutes": 7.5}, "lines.0.minutes: must be a whole number"),
        ({"code": "97110", "units": True}, "lines.0.units: must be a whole number"),
        ({"code": "99999"}, "lines.0.code: 99999 is in no code table we hold"),
        ({"code": "pt fell"}, "lines.0.code: what was given as a code is in no code table"),
        ({"code": "97110", "diagnoses": ["ZZZ"]}, "lines.0.diagnoses.0: ZZZ is in no code table"),
        ({"code": "97110", "modifiers": ["gp"]}, "lines.0.modifiers.0: is not written as"),
        ({"code": "97110", "performed_by": "aide"}, "lines.0.performed_by: must be one of"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(line: dict[str, Any], said: str) -> None:
    with pytest.raises(EncounterInvalid) as error:
        claim({"id": "c-1", "lines": [line]})

    assert f"{error.value.field}: {error.value.reason}".startswith(said)


@pytest.mark.parametrize("lines", [[], None])
def test_a_claim_has_lines(lines: object) -> None:
    with pytest.raises(EncounterInvalid):
        claim({"id": "c-1", "lines": lines})
