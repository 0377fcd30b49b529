import pytest

from service.ui.forms import Form
from service.ui.worklist import chosen, listed_by, wanted_by


@pytest.mark.parametrize(
    ("written", "number"), [("3", 3), ("", None), ("-1", None), ("٣", None), ("1" * 7, None)]
)
def test_a_number_is_plain_digits_or_nothing(written: str, number: int | None) -> None:
    assert Form([("units", written)]).number("units") == number


def test_the_last_of_two_values_counts_and_all_can_be_had() -> None:
    form = Form([("key", " 1 "), ("key", "2"), ("key", " ")])

    assert (form.one("key"), form.every("key"), form.one("other")) == ("", ("1", "2"), "")


def test_only_filters_and_values_we_know_narrow_the_list() -> None:
    query = {"lane": "green", "payer": "nobody", "status": "x' OR 1", "page": "2"}

    assert chosen(query) == {"lane": "green"}


def test_without_a_status_whatever_is_not_final_is_asked_for() -> None:
    assert "finalized" not in wanted_by({}, "me-1").status
    assert wanted_by({"status": "finalized"}, "me-1").status == ("finalized",)


def test_mine_are_those_of_whoever_asks() -> None:
    assert wanted_by({"assigned": "me"}, "id-1").assigned_to == "id-1"


@pytest.mark.parametrize("kept", ["lane=green&x=1", "lane=green&lane=green", "&" * 600, "%00=%ff"])
def test_a_cookie_of_anybodys_making_breaks_nothing(kept: str) -> None:
    assert set(listed_by(kept)) <= {"lane"}
