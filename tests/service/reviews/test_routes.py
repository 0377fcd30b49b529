from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.wire import draft_json
from tests.support.drafts import NOTE, a_draft
from tests.support.running import ENCOUNTER, EVERYTHING, Service

PATH = "/api/v1/encounters"
CHART = f"{PATH}/enc-1"
DECISIONS = f"{CHART}/decisions"
PAST_THE_END = {"start": 0, "end": 9999}


@pytest.fixture
def dana(service: Service) -> TestClient:
    """A coder, with one encounter to review."""
    assert service.program.post(PATH, json=ENCOUNTER).status_code == 200
    return service.enter("dana")


def _decide(client: TestClient, *acts: dict[str, Any], tag: str = "*") -> Any:
    for act in acts:
        answer = client.post(DECISIONS, json=act, headers={"if-match": tag})
    return answer


def test_an_encounter_is_kept_with_its_draft(service: Service) -> None:
    sent = service.program.post(PATH, json=ENCOUNTER)

    kept = service.program.get(CHART)

    assert sent.json() == draft_json(a_draft(), NOTE)
    assert {name: kept.json()[name] for name in sent.json()} == sent.json()
    assert kept.json()["review"]["status"] == "waiting"
    assert kept.headers["etag"] == '"1.0"'


def test_a_decision_is_answered_with_the_review_after_it(dana: TestClient) -> None:
    answer = _decide(dana, {"kind": "accept", "keys": ["1"]}, tag='"1.0"')

    review = answer.json()
    assert (answer.status_code, answer.headers["etag"], review["status"]) == (
        201,
        '"1.1"',
        "in_review",
    )
    assert [line["status"] for line in review["lines"]] == ["accepted", "proposed"]


def test_all_green_accepts_what_asks_for_no_care(dana: TestClient) -> None:
    answer = _decide(dana, {"kind": "accept", "all_green": True})

    assert [line["status"] for line in answer.json()["lines"]] == ["accepted", "proposed"]


def test_a_decision_on_an_older_state_is_refused_and_says_where_the_review_stands(
    dana: TestClient,
) -> None:
    _decide(dana, {"kind": "accept", "keys": ["1"]}, tag='"1.0"')

    answer = _decide(dana, {"kind": "accept", "keys": ["2"]}, tag='"1.0"')

    assert (answer.status_code, answer.json()["code"], answer.headers["etag"]) == (
        409,
        "review.stale",
        '"1.1"',
    )
    assert len(dana.get(DECISIONS).json()) == 1


def test_a_decision_says_what_it_was_made_on(dana: TestClient) -> None:
    answer = dana.post(DECISIONS, json={"kind": "undo"})

    assert (answer.status_code, answer.json()["code"]) == (428, "review.tag_needed")


@pytest.mark.parametrize(
    ("act", "status", "code"),
    [
        ({"kind": "accept", "keys": ["9"]}, 422, "review.refused"),
        ({"kind": "accept"}, 422, "review.refused"),
        ({"kind": "nothing"}, 422, "request.invalid"),
        ({"kind": "change", "key": "1", "code": "00000"}, 422, "request.invalid"),
        ({"kind": "change", "key": "d1", "code": "97110"}, 422, "review.refused"),
        ({"kind": "add_line", "code": "97035", "units": 1}, 422, "request.invalid"),
        (
            {"kind": "add_line", "code": "97035", "units": 1, "evidence": PAST_THE_END},
            422,
            "review.refused",
        ),
        (
            {"kind": "add_diagnosis", "code": "M25.511", "evidence": {"start": 9, "end": 3}},
            422,
            "review.refused",
        ),
        ({"kind": "query", "text": "Please confirm that 3 units of 97530 were billable."}, 422,
         "review.query_leads"),
        ({"kind": "override", "rule": "no-such", "reason": "other", "note": "x"}, 422,
         "review.refused"),
        ({"kind": "finalize"}, 409, "review.unfinished"),
        ({"kind": "amend", "text": "late entry"}, 422, "review.refused"),
        ({"kind": "undo"}, 422, "review.refused"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_stand_is_a_problem_and_no_decision(
    dana: TestClient, act: dict[str, Any], status: int, code: str
) -> None:
    answer = _decide(dana, act)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert dana.get(DECISIONS).json() == []


def test_a_claim_is_finalized_undone_and_finalized_again(dana: TestClient) -> None:
    done = _decide(dana, EVERYTHING, {"kind": "finalize"}).json()

    closed = _decide(dana, {"kind": "accept", "keys": ["1"]})
    undone = _decide(dana, {"kind": "undo"}).json()
    again = _decide(dana, {"kind": "change", "key": "1", "units": 1}, {"kind": "finalize"}).json()

    assert (done["status"], done["claim"], done["open_points"]) == ("finalized", 1, [])
    assert (closed.status_code, closed.json()["code"]) == (409, "review.final")
    assert (undone["status"], undone["claim"], undone["undoable"]) == ("amending", 1, 1)
    assert (again["status"], again["claim"], again["version"]) == ("finalized", 2, 5)


def test_the_history_says_who_decided_what_and_whether_it_holds(
    service: Service, dana: TestClient
) -> None:
    _decide(dana, {"kind": "comment", "text": "see page 2"}, {"kind": "undo"})

    history = dana.get(DECISIONS).json()

    assert [(d["number"], d["kind"], d["holds"]) for d in history] == [
        (1, "comment", False),
        (2, "undo", False),
    ]
    assert {d["made_by"] for d in history} == {service.accounts["dana"]}
    assert history[0]["act"] == {"text": "see page 2"}


def test_a_recheck_shows_what_a_decision_would_do_and_writes_nothing(dana: TestClient) -> None:
    act = {"kind": "change", "key": "1", "units": 4}

    answer = dana.post(f"{CHART}/recheck", json=act).json()

    billed = {found["rule"] for line in answer["lines"] for found in line["findings"]}
    assert "minutes-do-not-support-units" in billed | {f["rule"] for f in answer["findings"]}
    assert dana.get(DECISIONS).json() == []


def test_a_changed_note_is_a_new_reading_that_keeps_decisions(
    service: Service, dana: TestClient
) -> None:
    _decide(dana, {"kind": "accept", "keys": ["1"]})

    service.program.post(PATH, json={**ENCOUNTER, "text": f"{NOTE}Addendum: none."})

    review = dana.get(CHART).json()["review"]
    assert (review["is_stale"], review["reading"], review["newest_reading"]) == (True, 1, 2)
    assert _decide(dana, EVERYTHING, {"kind": "finalize"}).status_code == 409
    adopted = _decide(dana, {"kind": "adopt", "reading": 2}).json()
    assert (adopted["is_stale"], adopted["tag"]) == (False, "2.3")
    assert [line["status"] for line in adopted["lines"]] == ["accepted", "accepted"]


def test_the_same_note_sent_again_changes_nothing(service: Service, dana: TestClient) -> None:
    service.program.post(PATH, json=ENCOUNTER)

    assert dana.get(CHART).headers["etag"] == '"1.0"'


def test_two_reviewers_do_not_hold_one_chart(service: Service, dana: TestClient) -> None:
    lee = service.enter("lee")
    mine = dana.put(f"{CHART}/lease").json()

    theirs = lee.put(f"{CHART}/lease").json()
    refused = _decide(lee, {"kind": "accept", "keys": ["1"]})

    assert (mine["is_mine"], theirs["is_mine"], theirs["name"]) == (True, False, "dana")
    assert (refused.status_code, refused.json()["code"]) == (409, "review.lease_held")


def test_a_lease_ends_by_itself_or_when_it_is_let_go(service: Service, dana: TestClient) -> None:
    lee = service.enter("lee")
    dana.put(f"{CHART}/lease")

    service.clock.forward(timedelta(minutes=11))
    taken_over = lee.put(f"{CHART}/lease").json()
    lee.delete(f"{CHART}/lease")
    free_again = dana.put(f"{CHART}/lease").json()

    assert (taken_over["is_mine"], free_again["is_mine"]) == (True, True)


def test_an_unknown_encounter_is_not_found(dana: TestClient) -> None:
    found = [
        dana.get(f"{PATH}/nobody"),
        dana.get(f"{PATH}/nobody/decisions"),
        dana.put(f"{PATH}/nobody/lease"),
        dana.post(f"{PATH}/nobody/decisions", json={"kind": "undo"}, headers={"if-match": "*"}),
    ]

    assert {(each.status_code, each.json()["code"]) for each in found} == {
        (404, "encounter.unknown")
    }


def test_programs_read_reviews_and_decide_nothing(service: Service, dana: TestClient) -> None:
    read = service.program.get(DECISIONS)
    decided = _decide(service.program, {"kind": "undo"})

    assert (read.status_code, decided.status_code) == (200, 401)
