from typing import Any

import pytest

from model.errors import CodeNotInForce, EncounterInvalid, PolicyGap
from model.units import MinutesBeyondDay
from service.unit_days import answer, last_day_covered
from service.wire.units import UnitDayOut, unit_day


def day(*lines: str, **fields: Any) -> UnitDayOut:
    """Lines as ``code:minutes:performer``."""
    return answer(
        unit_day({"id": "d", **fields, "lines": [_line(*line.split(":")) for line in lines]})
    )


def _line(code: str, minutes: str = "", by: str = "therapist") -> dict[str, Any]:
    given = {"minutes": int(minutes)} if minutes else {}
    return {"code": code, "performed_by": by, **given}


def shown(found: UnitDayOut) -> list[tuple[str, int, int | None, str]]:
    return [(x.code, x.units, x.minutes, " ".join(x.modifiers)) for x in found.lines]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["97112:24", "97110:23"], [("97112", 2), ("97110", 1)]),
        (["97110:33", "97140:7"], [("97110", 2), ("97140", 1)]),
        (
            ["97110:18", "97140:13", "97116:10", "97035:8"],
            [("97110", 1), ("97140", 1), ("97116", 1)],
        ),
    ],
)
def test_published_examples_of_cms_in_the_order_given(
    lines: list[str], expected: list[tuple[str, int]]
) -> None:
    assert [(x.code, x.units) for x in day(*lines, on="2026-03-02").lines] == expected


def test_an_assistants_units_stand_on_their_own_line() -> None:
    found = day("97110:23:assistant", "97110:13", "97140:30", discipline="PT", on="2026-03-02")

    assert shown(found) == [
        ("97110", 1, 21, "GP"),
        ("97110", 1, 15, "GP CQ"),
        ("97140", 2, 30, "GP"),
    ]


@pytest.mark.parametrize(
    ("discipline", "modifiers"), [("PT", "GP CQ"), ("OT", "GO CO"), ("SLP", "GN")]
)
def test_modifiers_follow_the_discipline(discipline: str, modifiers: str) -> None:
    found = day("97129:15:assistant", discipline=discipline, on="2026-03-02")

    assert [x.modifiers for x in found.lines] == [modifiers.split()]


def test_before_2020_there_is_no_modifier_and_no_split() -> None:
    found = day("97110:23:assistant", "97110:13", discipline="PT", on="2019-12-31")

    assert shown(found) == [("97110", 2, 36, "GP")]


def test_a_chain_gives_its_base_first() -> None:
    found = day("97129:40", discipline="OT", on="2026-03-02")

    assert [(x.code, x.units) for x in found.lines] == [("97129", 1), ("97130", 2)]


def test_an_untimed_service_needs_no_minutes_and_adds_none() -> None:
    found = day("97165", "97530:7", discipline="OT", on="2026-03-02")

    assert shown(found) == [("97165", 1, None, "GO")]
    assert (found.units, found.total_units) == (0, 1)
    assert [(x.code, x.minutes) for x in found.unbilled] == [("97530", 7)]


def test_the_midpoint_rule_never_pools() -> None:
    eights = ["97110:8", "97112:8", "97140:8"]

    assert (day(*eights, rule="ama_midpoint").units, day(*eights, rule="cms_8_minute").units) == (
        3,
        2,
    )


def test_what_was_assumed_is_said() -> None:
    found = day("97110:15")

    assert (found.on, found.assumed) == (last_day_covered(), ["on", "payer", "rule"])


def test_a_day_past_the_tables_is_answered_and_says_so() -> None:
    found = day("97110:15", on="2031-01-01")

    assert (found.units, [x.table for x in found.stale]) == (1, ["procedures"])


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(EncounterInvalid, match=r"lines\.0\.minutes"):
        day("97110", on="2026-03-02")
    with pytest.raises(CodeNotInForce):
        day("97532:15", on="2026-03-02")
    with pytest.raises(MinutesBeyondDay):
        day("97110:1000", "97112:500", on="2026-03-02")
    with pytest.raises(PolicyGap):
        day("97110:15", on="1999-01-01")
