"""Two claims are settled with plain forms, by somebody who coded neither."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from service.app import create_app
from service.reviews.records import Track
from tests.support.sample_drafts import SampleCopilot
from tests.support.site import PASSWORD, Site, stocked
from tests.support.twice import CHART, REMARK, coded_twice

CHOICES = {"line-97018-0": "second", "units-97110-0": "first", "modifiers-97140-0": "first"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with stocked(tmp_path) as site:
        coded_twice(site)
        yield site


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    app = create_app(site.settings, load=SampleCopilot, clock=site.clock)
    with TestClient(app, headers={"accept": "text/html"}, follow_redirects=False) as client:
        yield client


def _as(client: TestClient, name: str) -> None:
    client.post("/sign-in", data={"name": name, "password": PASSWORD})


def _settle(client: TestClient, **fields: str) -> Response:
    page = client.get(f"/compare/{CHART}").text
    known = {
        field: re.findall(rf'name="{field}" value="([^"]+)"', page)[-1]
        for field in ("csrf", "tag", "of")
    }
    return client.post(f"/compare/{CHART}", data={**known, **fields})


def test_the_page_marks_what_differs_with_words_and_names_nobody(client: TestClient) -> None:
    _as(client, "ruth")

    page = client.get(f"/compare/{CHART}").text

    shown = page[page.index('id="claims"') :]
    assert page.count("data-differs") == 3
    for words in ("differs: units", "differs: modifiers", "differs: only one has it", "the same"):
        assert words in shown
    assert [each for each in ("dana", "lee", REMARK) if each in shown] == []


def test_all_is_kept_or_nothing(client: TestClient, site: Site) -> None:
    _as(client, "ruth")
    units = CHOICES | {"units-97110-0": ""}

    answers = [
        _settle(client, **units, reason="as it is"),
        _settle(client, **CHOICES, reason=""),
        _settle(client, **CHOICES, reason="as it is", of="2-1"),
        _settle(client, **CHOICES, reason="as it is"),
    ]

    assert [answer.status_code for answer in answers] == [409] * 4
    assert "is needed for each difference; 1 left" in answers[0].text
    assert "Make it final all the same" in answers[-1].text
    assert 'value="first" required checked' in answers[-1].text
    assert site.chart(CHART, Track.ADJUDICATION).state.version == 0

    done = _settle(client, **CHOICES, reason="as it is", passes="yes")

    assert (done.status_code, done.headers["location"]) == (303, f"/double?settled={CHART}")
    review = site.chart(CHART, Track.ADJUDICATION).state.review
    assert [line.code for line in review.claim_lines()] == ["97140", "97110"]
    assert "is settled" in client.get(done.headers["location"]).text


@pytest.mark.parametrize("name", ["dana", "lee"])
def test_whoever_coded_it_does_not_see_the_other(client: TestClient, name: str) -> None:
    _as(client, name)

    assert client.get(f"/compare/{CHART}").status_code == 403


def test_somebody_else_who_settles_it_is_seen_and_may_be_taken_over(
    client: TestClient, site: Site
) -> None:
    with site.desk() as desk:
        ada = site.id_of("ada")
        desk.leases.take(CHART, Track.ADJUDICATION, ada, site.clock())
    _as(client, "ruth")
    page = client.get(f"/compare/{CHART}").text
    token = re.findall(r'name="csrf" value="([^"]+)"', page)[-1]

    client.post(f"/compare/{CHART}/take-over", data={"csrf": token})

    assert "ada is settling this one" in page
    assert "Settle and make final" not in page
    assert "Settle and make final" in client.get(f"/compare/{CHART}").text


def test_a_sample_is_given_out_by_an_auditor_alone(client: TestClient, site: Site) -> None:
    _as(client, "ruth")
    page = client.get("/double").text
    token = re.findall(r'name="csrf" value="([^"]+)"', page)[-1]
    form = {"csrf": token, "reviewer": site.id_of("lee"), "count": "2", "seed": "may"}

    wrong = [
        client.post("/double/draw", data={**form, **changed}).status_code
        for changed in ({"count": "0"}, {"count": "x"}, {"seed": ""}, {"reviewer": "nobody"})
    ]
    done = client.post("/double/draw", data=form)

    assert wrong == [422] * 4
    assert (done.status_code, done.headers["location"]) == (303, "/double?drawn=2")
    _as(client, "lee")
    assert client.get("/double").text.count("Code it") == 2
    assert "Draw" not in client.get("/double").text
