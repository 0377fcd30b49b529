import json

from model.checklist import checklist
from model.rules import RULES
from tests.support.command import noteproof


def test_every_rule_is_listed_as_the_contract_says() -> None:
    run = noteproof("explain", "--all", "--json")

    found = json.loads(run.stdout)
    assert [rule["id"] for rule in found] == sorted(RULES)
    for rule in found:
        assert {"id", "title", "severity", "citation", "examples"} <= rule.keys()
        assert {"work", "locator"} <= rule["citation"].keys()


def test_a_rule_shows_its_citation_and_its_values_by_date() -> None:
    said = " ".join(noteproof("explain", "minutes-do-not-support-units").stdout.decode().split())

    assert "Medicare Claims Processing Manual (Pub. 100-04), chapter 5, section 20.2" in said
    assert "timed_units.minutes_per_unit from 2000-04-01 15" in said


def test_a_misspelt_rule_is_wrong_usage_with_a_hint() -> None:
    run = noteproof("explain", "deleted-codes")

    assert run.returncode == 2
    assert b"deleted-code" in run.stderr


def test_the_checklist_lists_what_only_a_person_can_judge() -> None:
    found = json.loads(noteproof("explain", "--checklist", "--json").stdout)
    said = " ".join(noteproof("explain", "--checklist").stdout.decode().split())

    assert [item["row"] for item in found] == [item.row for item in checklist()]
    assert all({"id", "item", "when", "citation", "basis"} <= item.keys() for item in found)
    assert all(item["item"] in said for item in found)


def test_a_rule_or_all_but_not_both() -> None:
    assert noteproof("explain", "--checklist", "--all").returncode == 2
    assert noteproof("explain").returncode == 2
    assert noteproof("explain", "deleted-code", "--all").returncode == 2
