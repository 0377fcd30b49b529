from datetime import date, timedelta

import pytest

from model.records.review import Park
from service.encounters.due import due_of
from tests.support.reviews import BEGUN, History
from tests.support.storage import settings_for

SERVED = date(2026, 2, 20)


@pytest.mark.parametrize(
    ("counted_from", "expected"),
    [("date_of_service", SERVED + timedelta(days=5)), ("received", date(2026, 3, 8))],
)
def test_days_are_counted_from_what_was_set(counted_from: str, expected: date) -> None:
    url = "sqlite:///unused.db"
    due = due_of(settings_for(url, due_after_days=5, due_from=counted_from))

    assert due.on(SERVED, BEGUN, History().shown()) == expected


def test_a_parked_chart_is_due_on_the_day_it_waits_for() -> None:
    history = History()
    history.decide(Park(text="the order comes", until=date(2026, 4, 1)))
    due = due_of(settings_for("sqlite:///unused.db"))

    assert due.on(SERVED, BEGUN, history.shown()) == date(2026, 4, 1)
