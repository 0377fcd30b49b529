"""Somebody takes an open chart over: the earlier holder is told before they decide again."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from service.audit.log import AuditLog
from service.reviews.takeovers import TAKEN, TOLD
from tests.support.running import ENCOUNTER, Service

PATH = "/api/v1/encounters/enc-1"
ACCEPT = {"kind": "accept", "keys": ["1"]}
ANY = {"if-match": "*"}


@pytest.fixture
def people(service: Service) -> dict[str, TestClient]:
    service.program.post("/api/v1/encounters", json=ENCOUNTER)
    found = {name: service.enter(name) for name in ("dana", "lee")}
    found["dana"].put(f"{PATH}/lease")
    return found


def _take(client: TestClient) -> dict[str, object]:
    answer: dict[str, object] = client.put(f"{PATH}/lease", params={"take_over": True}).json()
    return answer


def _decide(client: TestClient) -> tuple[int, str]:
    answer = client.post(f"{PATH}/decisions", json=ACCEPT, headers=ANY)
    return answer.status_code, answer.json().get("code", "")


def _acts(service: Service) -> list[tuple[str, str]]:
    with service.storage.database.reading() as session:
        found = AuditLog(session).of("encounters/enc-1", actions=(TAKEN, TOLD))
    return [(each.action, each.actor) for each in reversed(found)]


def test_a_lease_is_taken_from_whoever_has_it(
    service: Service, people: dict[str, TestClient]
) -> None:
    asked = people["lee"].put(f"{PATH}/lease").json()
    service.clock.forward(timedelta(minutes=6))

    taken = _take(people["lee"])

    assert (asked["is_mine"], asked["name"]) == (False, "dana")
    assert (taken["is_mine"], taken["name"]) == (True, "lee")
    assert _acts(service) == [(TAKEN, "account-lee")]


def test_the_earlier_holders_next_decision_is_refused(
    service: Service, people: dict[str, TestClient]
) -> None:
    _take(people["lee"])

    refused = _decide(people["dana"])

    assert refused == (409, "review.taken_over")
    assert _decide(people["lee"]) == (201, "")
    assert people["lee"].get(PATH).json()["review"]["version"] == 1


def test_it_is_refused_also_when_the_chart_is_free_again(
    service: Service, people: dict[str, TestClient]
) -> None:
    _take(people["lee"])
    people["lee"].delete(f"{PATH}/lease")

    first = _decide(people["dana"])
    people["dana"].put(f"{PATH}/lease")
    second = _decide(people["dana"])

    assert (first, second) == ((409, "review.taken_over"), (201, ""))
    assert _acts(service) == [(TAKEN, "account-lee"), (TOLD, "account-dana")]


def test_whoever_takes_it_back_has_been_told(
    service: Service, people: dict[str, TestClient]
) -> None:
    _take(people["lee"])

    _take(people["dana"])

    assert _decide(people["dana"]) == (201, "")
    assert _decide(people["lee"]) == (409, "review.taken_over")
    assert [act for act, _ in _acts(service)] == [TAKEN, TOLD, TAKEN]


def test_a_free_chart_and_ones_own_are_no_take_over(
    service: Service, people: dict[str, TestClient]
) -> None:
    _take(people["dana"])
    service.clock.forward(timedelta(minutes=30))

    taken = _take(people["lee"])

    assert taken["is_mine"]
    assert _acts(service) == []
    assert _decide(people["dana"]) == (409, "review.lease_held")


@pytest.mark.parametrize(("name", "status"), [("ruth", 200), ("ada", 403)])
def test_whoever_may_decide_may_take_over(
    service: Service, people: dict[str, TestClient], name: str, status: int
) -> None:
    answer = service.enter(name).put(f"{PATH}/lease", params={"take_over": True})

    assert answer.status_code == status


def test_an_auditor_takes_no_blind_review_over(
    service: Service, people: dict[str, TestClient]
) -> None:
    body = {"reviewer": service.accounts["lee"], "encounter_ids": ["enc-1"]}
    service.enter("ruth").post("/api/v1/second-reviews", json=body)
    people["lee"].put(f"{PATH}/lease", params={"track": "second"})

    path = f"{PATH}/lease"
    answer = service.enter("ruth").put(path, params={"track": "second", "take_over": True})

    assert (answer.status_code, answer.json()["code"]) == (403, "review.forbidden")
