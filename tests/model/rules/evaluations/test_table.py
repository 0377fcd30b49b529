"""The evaluation component by component."""

from dataclasses import replace
from datetime import date

import pytest

from model.policy import Policy
from model.records import Case, Facts, Line, Span
from model.records.evaluation import Component
from model.rules.evaluations.table import evaluation_of

ON = date(2026, 3, 2)
POLICY = Policy.for_payer("medicare_part_b", ON)


def case(text: str, stated: str | None, *, supported: str | None = None, **elements: bool) -> Case:
    return Case(
        date_of_service=ON,
        payer="medicare_part_b",
        text=text,
        facts=Facts(elements={name: (Span(0, 1),) for name in elements}),
        stated=(Line(code=stated, units=1),) if stated else (),
        supported=(Line(code=supported, units=1),) if supported else (),
    )


def rows(given: Case) -> dict[str, Component]:
    found = evaluation_of(given, POLICY)
    assert found is not None
    return {component.name: component for component in found.components}


@pytest.mark.parametrize(
    ("count", "supports"), [("0", "97161"), ("1", "97162"), ("2", "97162"), ("3", "97163")]
)
def test_factors_reach_the_level_whose_fewest_they_meet(count: str, supports: str) -> None:
    row = rows(case(f"{count} comorbidities", "97163"))["personal factors and comorbidities"]

    assert (row.found, row.supports, row.needed) == (count, supports, "3 or more")
    assert row.is_short is (supports != "97163")


@pytest.mark.parametrize(
    ("count", "supports"),
    [("2", "97165"), ("3", "97166"), ("four", "97166"), ("five", "97167"), ("7", "97167")],
)
def test_deficits_reach_the_level_whose_fewest_they_meet(count: str, supports: str) -> None:
    row = rows(case(f"{count} performance deficits", "97167"))["performance deficits"]

    assert row.supports == supports
    assert [span.of(f"{count} performance deficits") for span in row.evidence] == [
        f"{count} performance deficits"
    ]


@pytest.mark.parametrize(
    ("words", "name", "found", "supports"),
    [
        ("brief history", "history and occupational profile", "brief", "97165"),
        (
            "Occupational profile extensive",
            "history and occupational profile",
            "extensive",
            "97167",
        ),
        ("moderate complexity decision making", "decision making", "moderate", "97166"),
        ("decision making: high", "decision making", "high", "97167"),
        ("no modification of tasks", "modification of tasks or assistance", "none", "97165"),
        (
            "min to mod assistance with tasks",
            "modification of tasks or assistance",
            "moderate",
            "97166",
        ),
    ],
)
def test_words_for_a_component_reach_their_level(
    words: str, name: str, found: str, supports: str
) -> None:
    row = rows(case(words, "97167"))[name]

    assert (row.found, row.supports) == (found, supports)


def test_the_lowest_component_decides() -> None:
    found = evaluation_of(
        case("3 comorbidities, 4 elements, evolving presentation", "97163"), POLICY
    )

    assert found is not None
    assert (found.stated, found.supported) == ("97163", "97162")
    assert [component.name for component in found.short] == ["clinical presentation"]


def test_what_the_note_does_not_say_is_never_short() -> None:
    found = evaluation_of(case("Evaluation.", "97163", supported="97161"), POLICY)

    assert found is not None
    assert {component.found for component in found.components} == {None}
    assert (found.short, found.supported) == ((), "97161")


def test_a_stable_vital_sign_alone_is_no_presentation() -> None:
    assert rows(case("Vitals stable.", "97161"))["clinical presentation"].found is None


def test_without_a_stated_code_nothing_is_needed() -> None:
    found = evaluation_of(case("2 comorbidities", None, supported="97162"), POLICY)

    assert found is not None
    assert (found.stated, found.supported) == (None, "97162")
    assert {component.needed for component in found.components} == {None}


@pytest.mark.parametrize("beside", ["97110", "99999"])
def test_the_evaluation_is_found_behind_other_lines(beside: str) -> None:
    given = case("3 comorbidities", "97163")
    lines = (Line(code=beside, units=1), *given.stated)

    found = evaluation_of(replace(given, stated=lines), POLICY)

    assert found is not None
    assert found.stated == "97163"


def test_each_domain_says_whether_it_was_spoken_of_and_is_billed() -> None:
    table = rows(case("SSI-4 given; voice hoarse.", "92523", supported="92521"))

    assert {
        name: (row.found, row.supports, row.needed, row.is_short) for name, row in table.items()
    } == {
        "evaluation of fluency": ("spoken of", "92521", None, False),
        "evaluation of speech sounds": (None, None, None, False),
        "evaluation of language": (None, None, "evaluated", True),
        "evaluation of voice": ("spoken of", "92524", None, False),
    }


def test_a_billed_domain_that_is_spoken_of_is_not_short() -> None:
    row = rows(case("Language sample taken.", "92523"))["evaluation of language"]

    assert (row.found, row.supports, row.needed, row.is_short) == (
        *("spoken of", "92523", "evaluated"),
        False,
    )


def test_a_note_that_speaks_of_no_domain_is_short_of_none() -> None:
    assert not any(row.is_short for row in rows(case("Evaluation.", "92523")).values())


def test_domains_of_speech_and_language_stand_with_their_words() -> None:
    text = "SSI-4 given; voice hoarse."
    table = rows(case(text, "92523", supported="92521"))

    assert table["evaluation of fluency"].supports == "92521"
    assert [span.of(text) for span in table["evaluation of voice"].evidence] == ["voice", "hoarse"]
    assert table["evaluation of language"].is_short
    assert table["evaluation of speech sounds"].needed is None


@pytest.mark.parametrize(
    ("text", "found", "is_short"),
    [
        ("Fell at home last week.", "recorded", False),
        ("Routine re-evaluation, no change.", "none recorded", True),
        ("Re-evaluation.", None, False),
    ],
)
def test_a_reevaluation_shows_what_is_new(text: str, found: str | None, is_short: bool) -> None:
    row = rows(case(text, "97164"))["new finding or change"]

    assert (row.found, row.is_short, row.needed) == (found, is_short, "recorded")


def test_a_reevaluation_shows_what_was_renewed() -> None:
    table = rows(case("Re-evaluation.", "97168", measure=True, freq=True))

    assert table["measures taken again"].supports == "97168"
    assert table["goals or plan revised"].found == "recorded"


@pytest.mark.parametrize(
    "given",
    [
        case("Exercise.", "97110"),
        Case(date_of_service=ON, payer="medicare_part_b", stated=(Line(code="97163"),)),
        case("Swallow seen.", "92610"),
    ],
)
def test_where_there_is_no_evaluation_of_components_there_is_no_table(given: Case) -> None:
    assert evaluation_of(given, POLICY) is None


def test_before_there_were_levels_there_is_no_table() -> None:
    given = case("3 comorbidities", "97163")

    assert evaluation_of(given, Policy.for_payer("medicare_part_b", date(2012, 3, 2))) is None


def test_something_new_outweighs_words_that_nothing_changed() -> None:
    text = "Fell at home last week. Otherwise no change."
    row = rows(case(text, "97164"))["new finding or change"]

    assert (row.found, row.supports, row.is_short) == ("recorded", "97164", False)
    assert [span.of(text) for span in row.evidence] == ["Fell"]


def test_words_that_nothing_changed_are_the_evidence_that_nothing_is_new() -> None:
    text = "Re-evaluation. No change."
    row = rows(case(text, "97164"))["new finding or change"]

    assert (row.found, row.supports, row.is_short) == ("none recorded", None, True)
    assert [span.of(text) for span in row.evidence] == ["No change"]


def test_a_supported_reevaluation_needs_nothing_and_is_never_short() -> None:
    table = rows(case("Re-evaluation. No change.", None, supported="97164"))

    assert {(row.needed, row.supports, row.is_short) for row in table.values()} == {
        (None, None, False)
    }


def test_a_note_nobody_read_is_explained_by_its_words_alone() -> None:
    given = replace(case("Fell at home.", "97164"), facts=None)
    table = rows(given)

    assert table["new finding or change"].found == "recorded"
    assert table["measures taken again"].found is None
