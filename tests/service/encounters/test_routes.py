from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from service.db.tables import ReadingRow
from tests.support.drafts import NOTE
from tests.support.running import ENCOUNTER, EVERYTHING, Service

PATH = "/api/v1/encounters"
KEY = {"idempotency-key": "visit-1"}


def _send(service: Service, *ids: str) -> None:
    for each in ids:
        service.program.post(PATH, json={"id": each, "text": NOTE})
        service.clock.forward(timedelta(minutes=1))


def _ids(service: Service, query: str = "") -> list[str]:
    page = service.program.get(f"{PATH}?{query}").json()
    return [each["id"] for each in page["encounters"]]


def _readings(service: Service) -> int:
    with service.storage.database.reading() as session:
        return session.scalar(select(func.count()).select_from(ReadingRow)) or 0


def test_a_request_sent_twice_with_its_key_is_done_once(service: Service) -> None:
    first = service.program.post(PATH, json=ENCOUNTER, headers=KEY)

    again = service.program.post(PATH, json=ENCOUNTER, headers=KEY)

    assert again.json() == first.json()
    assert (first.headers.get("idempotent-replayed"), again.headers["idempotent-replayed"]) == (
        None,
        "true",
    )


def test_a_replayed_answer_is_that_of_the_first_request(service: Service) -> None:
    """A newer note was sent in between: the key still answers what it answered."""
    first = service.program.post(PATH, json=[ENCOUNTER], headers=KEY)
    service.program.post(PATH, json={**ENCOUNTER, "text": f"{NOTE} Addendum."})

    again = service.program.post(PATH, json=[ENCOUNTER], headers=KEY)

    assert (again.json(), _readings(service)) == (first.json(), 2)


def test_a_key_sent_with_another_body_is_refused(service: Service) -> None:
    service.program.post(PATH, json=ENCOUNTER, headers=KEY)

    answer = service.program.post(PATH, json={**ENCOUNTER, "id": "enc-2"}, headers=KEY)

    assert (answer.status_code, answer.json()["code"]) == (409, "request.key_reused")
    assert _ids(service) == ["enc-1"]


def test_keys_of_different_callers_are_different_keys(service: Service) -> None:
    service.program.post(PATH, json=ENCOUNTER, headers=KEY)

    answer = service.enter("dana").post(PATH, json={**ENCOUNTER, "id": "enc-2"}, headers=KEY)

    assert answer.status_code == 200


def test_a_list_is_kept_as_a_whole_or_not_at_all(service: Service) -> None:
    answer = service.program.post(PATH, json=[ENCOUNTER, {"id": "enc-2", "text": " "}])

    assert (answer.status_code, _ids(service)) == (422, [])


def test_a_list_is_paged_in_the_order_of_the_work(service: Service) -> None:
    _send(service, "c", "a", "b")
    first = service.program.get(f"{PATH}?limit=2").json()

    second = service.program.get(f"{PATH}?limit=2&cursor={first['next']}").json()

    assert [each["id"] for each in first["encounters"]] == ["c", "a"]
    assert ([each["id"] for each in second["encounters"]], second["next"]) == (["b"], None)


@pytest.mark.parametrize("cursor", ["x", "bnVsbA==", "WzEsIDIsIDNd", "é"])
def test_a_cursor_of_nobody_is_refused(service: Service, cursor: str) -> None:
    answer = service.program.get(PATH, params={"cursor": cursor})

    assert (answer.status_code, answer.json()["code"]) == (400, "request.cursor")


def test_lists_are_filtered(service: Service) -> None:
    _send(service, "old", "mine", "done", "new")
    dana = service.enter("dana")
    dana.put(f"{PATH}/mine/assignee", json={"assignee": service.accounts["dana"]})
    for act in (EVERYTHING, {"kind": "finalize"}):
        dana.post(f"{PATH}/done/decisions", json=act, headers={"if-match": "*"})
    service.clock.forward(timedelta(minutes=58))

    found = {
        "status": _ids(service, "status=finalized"),
        "statuses": _ids(service, "status=finalized&status=waiting&limit=9"),
        "assignee": _ids(service, f"assignee={service.accounts['dana']}"),
        "nobody": _ids(service, "assignee=nobody"),
        "age": _ids(service, "min_age_hours=1"),
        "lane": _ids(service, "lane=green"),
        "payer": _ids(service, "payer=medicare_part_b&discipline=OT&note_kind=daily"),
        "due": _ids(service, "due_by=2026-03-04"),
        "due later": _ids(service, "due_by=2026-03-05"),
    }

    assert found == {
        "status": ["done"],
        "statuses": ["old", "mine", "done", "new"],
        "assignee": ["mine"],
        "nobody": ["old", "done", "new"],
        "age": ["old", "mine", "done"],
        "lane": [],
        "payer": ["old", "mine", "done", "new"],
        "due": [],
        "due later": ["old", "mine", "done", "new"],
    }


@pytest.mark.parametrize("query", ["limit=0", "status=x", "lane=x", "due_by=x", "min_age_hours=-1"])
def test_a_filter_we_do_not_have_is_refused(service: Service, query: str) -> None:
    answer = service.program.get(f"{PATH}?{query}")

    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


def test_a_chart_shows_where_it_stands_in_the_list(service: Service) -> None:
    _send(service, "a")
    dana = service.enter("dana")
    dana.put(f"{PATH}/a/lease")
    decision = {"kind": "park", "text": "waits for the order", "until": "2026-03-20"}
    dana.post(f"{PATH}/a/decisions", json=decision, headers={"if-match": "*"})

    [row] = service.program.get(PATH).json()["encounters"]

    told = {name: row[name] for name in ("status", "due_on", "leased_by", "version", "lines")}
    assert told == {
        "status": "parked",
        "due_on": "2026-03-20",
        "leased_by": "dana",
        "version": 1,
        "lines": 2,
    }


def test_going_on_passes_over_what_somebody_else_has_open(service: Service) -> None:
    _send(service, "a", "b", "c")
    dana, lee = service.enter("dana"), service.enter("lee")
    lee.put(f"{PATH}/b/lease")

    following = [dana.get(f"{PATH}/{each}/next").json()["encounter_id"] for each in ("a", "c")]
    before = dana.get(f"{PATH}/b/next?back=true").json()["encounter_id"]

    assert (following, before) == (["c", None], "a")
    assert lee.get(f"{PATH}/a/next").json()["encounter_id"] == "b"


def test_an_id_with_a_slash_is_an_id_like_any_other(service: Service) -> None:
    _send(service, "2026/7")
    dana = service.enter("dana")

    decided = dana.post(
        f"{PATH}/2026%2F7/decisions", json=EVERYTHING, headers={"if-match": '"1.0"'}
    )

    assert decided.status_code == 201
    assert dana.get(f"{PATH}/2026%2F7").json()["id"] == "2026/7"


def test_filters_are_saved_by_person(service: Service) -> None:
    dana, lee = service.enter("dana"), service.enter("lee")
    path = "/api/v1/worklist/filters"
    dana.put(f"{path}/Green lane", json={"query": "lane=green"})
    dana.put(f"{path}/Green lane", json={"query": "lane=green&status=waiting"})
    dana.put(f"{path}/Old", json={"query": "min_age_hours=48"})

    dana.delete(f"{path}/Old")

    assert dana.get(path).json() == [{"name": "Green lane", "query": "lane=green&status=waiting"}]
    assert lee.get(path).json() == []


def test_nobody_is_given_work_who_is_nobody(service: Service) -> None:
    _send(service, "a")

    answer = service.enter("dana").put(f"{PATH}/a/assignee", json={"assignee": "x"})

    assert (answer.status_code, answer.json()["code"]) == (422, "review.refused")


def test_what_waits_too_long_is_told_to_come_back(service: Service) -> None:
    """The model's queue is full: nothing is kept of a request that is refused."""
    worker = service.worker
    worker.waiting = 64

    answer = service.program.post(PATH, json=ENCOUNTER)
    worker.waiting = 0

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert _ids(service) == []


def test_metrics_count_by_route_and_name_no_encounter(service: Service) -> None:
    _send(service, "77-31-905")
    service.program.get(f"{PATH}/77-31-905")
    service.program.get("/api/v1/nothing/77-31-905")

    text: Any = service.program.get("/metrics").text

    assert 'route="/api/v1/encounters/{encounter_id:path}"' in text
    assert 'noteproof_encounters{status="waiting"} 1.0' in text
    assert "77-31-905" not in text
