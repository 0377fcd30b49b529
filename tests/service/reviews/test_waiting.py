"""Whoever may code a chart a second time, or settle it, finds it waiting; nobody else does."""

from collections.abc import Mapping

import pytest
from starlette.testclient import TestClient

from service.reviews.deps import desk_of
from service.reviews.waiting import to_code_second, to_settle
from service.settings import Settings
from tests.support.drafts import NOTE
from tests.support.running import EVERYTHING, Service

PATH = "/api/v1/encounters"
ANY = {"if-match": "*"}
FINAL = {"kind": "finalize"}


@pytest.fixture
def people(service: Service) -> dict[str, TestClient]:
    for each in ("a", "b"):
        service.program.post(PATH, json={"id": each, "text": NOTE})
    found = {name: service.enter(name) for name in ("dana", "lee", "ruth")}
    body = {"reviewer": service.accounts["lee"], "encounter_ids": ["b", "a"]}
    found["ruth"].post("/api/v1/second-reviews", json=body)
    return found


def _code(client: TestClient, track: str, *acts: Mapping[str, object]) -> None:
    for act in acts:
        answer = client.post(f"{PATH}/a/decisions?track={track}", json=act, headers=ANY)
        assert answer.status_code == 201, answer.text


def _waiting(service: Service) -> dict[str, tuple[list[str], list[str]]]:
    """What each person is to code a second time, and what they may settle."""
    with service.storage.database.reading() as session:
        desk = desk_of(session, service.storage.keyring, service.clock(), Settings())
        return {
            name: (
                [each.encounter_id for each in to_code_second(desk, account)],
                [each.encounter_id for each in to_settle(desk, account)],
            )
            for name, account in service.accounts.items()
            if name != "ada"
        }


def test_it_waits_for_the_second_coder_alone(
    service: Service, people: dict[str, TestClient]
) -> None:
    assert _waiting(service) == {"dana": ([], []), "lee": (["a", "b"], []), "ruth": ([], [])}


def test_it_waits_for_a_third_once_both_claims_are_final(
    service: Service, people: dict[str, TestClient]
) -> None:
    _code(people["lee"], "second", EVERYTHING, FINAL)
    one = _waiting(service)
    _code(people["dana"], "first", EVERYTHING, FINAL)
    both = _waiting(service)

    assert one == {"dana": ([], []), "lee": (["b"], []), "ruth": ([], [])}
    assert both == {"dana": ([], []), "lee": (["b"], []), "ruth": ([], ["a"])}


@pytest.mark.parametrize("back", [{"kind": "undo"}, {"kind": "amend", "text": "minutes"}])
def test_a_claim_that_is_open_again_is_not_settled(
    service: Service, people: dict[str, TestClient], back: dict[str, object]
) -> None:
    _code(people["dana"], "first", EVERYTHING, FINAL)
    _code(people["lee"], "second", EVERYTHING, FINAL, back)

    assert _waiting(service) == {"dana": ([], []), "lee": (["a", "b"], []), "ruth": ([], [])}


def test_what_is_settled_waits_for_nobody(service: Service, people: dict[str, TestClient]) -> None:
    _code(people["dana"], "first", EVERYTHING, FINAL)
    _code(people["lee"], "second", EVERYTHING, FINAL)
    _code(people["ruth"], "adjudication", EVERYTHING, FINAL)

    assert _waiting(service) == {"dana": ([], []), "lee": (["b"], []), "ruth": ([], [])}


def test_the_list_does_not_tell_a_blind_coder_what_became_of_the_first_review(
    service: Service, people: dict[str, TestClient]
) -> None:
    _code(people["dana"], "first", EVERYTHING, FINAL)

    listed = {
        name: [each["id"] for each in people[name].get(PATH).json()["encounters"]]
        for name in ("dana", "lee")
    }
    following = people["lee"].get(f"{PATH}/zzz/next").json()
    claims = {
        name: len(people[name].get("/api/v1/claims").json()["claims"]) for name in ("dana", "lee")
    }
    one = people["lee"].get("/api/v1/claims/a")

    assert listed == {"dana": ["a", "b"], "lee": []}
    assert following == {"encounter_id": None}
    assert claims == {"dana": 1, "lee": 0}
    assert (one.status_code, one.json()["code"]) == (403, "review.forbidden")
