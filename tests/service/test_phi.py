"""A marked note, decided on and asked for in every way: its words stay where they belong."""

import pytest

from service.db.tables import Table
from tests.support.phi import MARKED_NOTE, MARKS, leaks
from tests.support.running import Service

PATH = "/api/v1/encounters"
CHART = f"{PATH}/enc-1"


@pytest.fixture
def marked(service: Service) -> Service:
    """A service that keeps the marked note; what is logged of it fails the test by itself."""
    answer = service.program.post(PATH, json={"id": "enc-1", "text": MARKED_NOTE})
    assert answer.status_code == 200
    return service


def _words(mark: str) -> list[dict[str, object]]:
    """Decisions around a word of the note, most of them refused."""
    return [
        {"kind": "comment", "text": mark},
        {"kind": "query", "text": f"Please confirm that {mark} was billable."},
        {"kind": "reject", "key": mark, "reason": "other"},
        {"kind": "reject", "key": "9", "reason": "other", "note": mark},
        {"kind": "change", "key": "1", "code": mark},
        {"kind": "override", "rule": "x", "message": mark, "reason": "other", "note": mark},
        {"kind": mark},
        {mark: mark},
        {"kind": "park", "text": mark, "until": mark},
        {"kind": "attest_kx", "by": mark, "on": mark},
        {"kind": "amend", "text": mark},
    ]


@pytest.mark.parametrize("mark", MARKS)
def test_no_refusal_and_no_log_repeats_what_was_sent(marked: Service, mark: str) -> None:
    dana = marked.enter("dana")

    refused = [
        answer.text
        for act in _words(mark)
        for answer in [dana.post(f"{CHART}/decisions", json=act, headers={"if-match": "*"})]
        if answer.status_code >= 400
    ]

    assert len(refused) >= 8
    assert [text for text in refused if leaks(text)] == []


@pytest.mark.parametrize("mark", MARKS)
def test_no_question_that_is_refused_is_repeated(marked: Service, mark: str) -> None:
    asked = [
        marked.program.get(PATH, params={"cursor": mark}),
        marked.program.get(PATH, params={"status": mark}),
        marked.program.get("/api/v1/codes", params={"q": "x", "kind": mark}),
        marked.program.get(f"{PATH}/{mark}"),
        marked.program.get(f"/api/v1/claims/{mark}"),
        marked.program.post(PATH, json=[{"id": mark, "text": mark, f"{mark} is": mark}]),
    ]

    assert {answer.status_code for answer in asked} <= {400, 404, 422}
    assert [answer.text for answer in asked if leaks(answer.text)] == []


def test_lists_and_numbers_hold_nothing_of_the_note(marked: Service) -> None:
    dana = marked.enter("dana")
    comment = {"kind": "comment", "text": MARKS[0]}
    dana.post(f"{CHART}/decisions", json=comment, headers={"if-match": "*"})

    shown = [marked.program.get(path).text for path in (PATH, "/metrics", "/healthz", "/readyz")]

    assert [text for text in shown if leaks(text)] == []


def test_what_is_kept_tells_nothing_without_the_key(marked: Service) -> None:
    """Every column of every table, as the database holds it."""
    dana = marked.enter("dana")
    for act in ({"kind": "comment", "text": MARKS[0]}, {"kind": "flag", "text": MARKS[1]}):
        dana.post(f"{CHART}/decisions", json=act, headers={"if-match": "*"})

    held = []
    with marked.storage.database.reading() as session:
        for table in Table.metadata.sorted_tables:
            held += [repr(tuple(row)) for row in session.execute(table.select())]

    assert len(held) > 5
    assert [row for row in held if leaks(row)] == []
