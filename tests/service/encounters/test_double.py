"""Two reviewers who do not see each other's decisions, and a third who settles the difference."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support.drafts import NOTE
from tests.support.running import EVERYTHING, Service

PATH = "/api/v1/encounters"
SECOND = "/api/v1/second-reviews"
ANY = {"if-match": "*"}


@pytest.fixture
def people(service: Service) -> dict[str, TestClient]:
    for each in ("a", "b", "c"):
        service.program.post(PATH, json={"id": each, "text": NOTE})
    return {name: service.enter(name) for name in ("dana", "lee", "ruth")}


def _code(client: TestClient, track: str, *acts: dict[str, Any]) -> Any:
    for act in (*acts, EVERYTHING, {"kind": "finalize"}):
        path = f"{PATH}/a/decisions?track={track}"
        answer = client.post(path, json=act, headers=ANY)
    return answer


def test_a_blind_review_is_settled_by_a_third(
    service: Service, people: dict[str, TestClient]
) -> None:
    people["ruth"].post(SECOND, json={"reviewer": service.accounts["lee"], "encounter_ids": ["a"]})
    _code(people["dana"], "first", {"kind": "change", "key": "1", "units": 1})

    hidden = [people["lee"].get(f"{PATH}/a"), people["lee"].get(f"{PATH}/a/decisions")]
    seen = people["lee"].get(f"{PATH}/a?track=second").json()["review"]
    too_early = people["ruth"].get(f"{PATH}/a/differences")
    _code(people["lee"], "second")
    differences = people["ruth"].get(f"{PATH}/a/differences").json()
    settled = _code(people["ruth"], "adjudication")

    assert {(each.status_code, each.json()["code"]) for each in hidden} == {
        (403, "review.forbidden")
    }
    assert (seen["version"], seen["lines"][0]["units"]) == (0, 2)
    assert too_early.status_code == 422
    assert differences == [{"about": "units", "code": "97530", "first": "1", "second": "2"}]
    assert settled.json()["is_final"]
    assert people["lee"].get(f"{PATH}/a").status_code == 200
    assert service.program.get("/api/v1/claims/a").json()["lines"][0]["units"] == 2


def test_nobody_settles_what_they_coded(service: Service, people: dict[str, TestClient]) -> None:
    people["ruth"].post(SECOND, json={"reviewer": service.accounts["lee"], "encounter_ids": ["a"]})
    _code(people["dana"], "first")
    _code(people["lee"], "second")

    refused = [_code(people[name], "adjudication") for name in ("dana", "lee")]

    assert [answer.status_code for answer in refused] == [403, 403]


def test_whoever_decided_before_is_no_second_reviewer(
    service: Service, people: dict[str, TestClient]
) -> None:
    _code(people["dana"], "first")

    answer = people["ruth"].post(
        SECOND, json={"reviewer": service.accounts["dana"], "encounter_ids": ["a"]}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "review.refused")


def test_a_sample_is_drawn_by_its_seed_and_never_twice(
    service: Service, people: dict[str, TestClient]
) -> None:
    body = {"reviewer": service.accounts["lee"], "seed": "march", "count": 2}
    first = people["ruth"].post(SECOND, json=body).json()

    second = people["ruth"].post(SECOND, json=body).json()

    drawn = [each["encounter_id"] for each in (*first, *second)]
    assert (len(first), sorted(drawn)) == (2, ["a", "b", "c"])
    assert [each["encounter_id"] for each in people["lee"].get(SECOND).json()] == sorted(drawn)


def test_a_coder_draws_no_sample(service: Service, people: dict[str, TestClient]) -> None:
    answer = people["dana"].post(SECOND, json={"reviewer": "x", "encounter_ids": ["a"]})

    assert answer.status_code == 403
