from datetime import date

import pytest

from model.codes import modifier, place_of_service
from model.errors import CodeNotInForce, UnknownCode
from model.policy import Policy, payer_ids

ON = date(2026, 3, 2)


def test_discipline_modifiers_name_their_plan_of_care() -> None:
    captions = {code: modifier(code, ON).caption for code in ("GP", "GO", "GN")}

    assert "physical" in captions["GP"]
    assert "occupational" in captions["GO"]
    assert "speech" in captions["GN"]


def test_modifiers_hold_between_their_days() -> None:
    with pytest.raises(CodeNotInForce):
        modifier("CQ", date(2019, 12, 31))
    with pytest.raises(CodeNotInForce):
        modifier("CJ", date(2019, 1, 1))
    with pytest.raises(UnknownCode):
        modifier("ZZ", ON)


def test_place_of_service_10_began_in_2022() -> None:
    assert place_of_service("10", ON).kind == "telehealth"
    with pytest.raises(CodeNotInForce):
        place_of_service("10", date(2021, 12, 31))


def test_every_modifier_a_payer_orders_is_known() -> None:
    for payer_id in payer_ids():
        for code in Policy.for_payer(payer_id, ON).modifier_order:
            assert modifier(code, ON).kind != "foreign"
