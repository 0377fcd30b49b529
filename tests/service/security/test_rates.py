from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.security.errors import RequestsTooMany
from service.security.rates import Rate
from service.settings import Settings
from tests.support.drafts import FixedCopilot

A_MINUTE = timedelta(minutes=1)


class Seconds:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def rate(seconds: Seconds) -> Rate:
    return Rate(3, A_MINUTE, seconds=seconds)


def _taken(rate: Rate, who: str, times: int) -> int:
    done = 0
    for _ in range(times):
        try:
            rate.take(who)
        except RequestsTooMany:
            continue
        done += 1
    return done


def test_as_many_as_allowed_and_no_more(rate: Rate) -> None:
    assert _taken(rate, "a", 5) == 3


def test_each_is_counted_alone(rate: Rate) -> None:
    _taken(rate, "a", 5)

    assert _taken(rate, "b", 5) == 3


@pytest.mark.parametrize(("wait", "more"), [(19.9, 0), (20.1, 1), (40.1, 2), (60, 3), (6_000, 3)])
def test_what_is_not_used_is_saved_up_but_never_beyond_the_most(
    rate: Rate, seconds: Seconds, wait: float, more: int
) -> None:
    _taken(rate, "a", 3)

    seconds.now += wait

    assert _taken(rate, "a", 5) == more


def test_the_wait_that_is_named_is_enough(rate: Rate, seconds: Seconds) -> None:
    _taken(rate, "a", 3)
    with pytest.raises(RequestsTooMany) as raised:
        rate.take("a")

    seconds.now += raised.value.wait.total_seconds()

    assert _taken(rate, "a", 5) == 1


def test_who_is_forgiven_starts_anew(rate: Rate) -> None:
    _taken(rate, "a", 3)
    rate.reset("a")

    assert _taken(rate, "a", 5) == 3


def test_many_strangers_do_not_fill_memory(rate: Rate, seconds: Seconds) -> None:
    for n in range(25_000):
        rate.take(str(n))
        seconds.now += 0.001

    assert len(rate._paid_until) <= 10_000


def test_an_address_that_asks_too_often_is_told_when_to_come_back() -> None:
    client = TestClient(create_app(Settings(requests_per_minute=2), load=FixedCopilot))

    answers = [client.get("/api/v1/rules/deleted-code") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["code"] == "request.too_many"
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 30
    assert client.get("/healthz").status_code == 200
