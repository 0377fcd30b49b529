"""Pages as a program sees them: who may have them, what they carry, what they say when refused."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from model.records import Encounter
from service.app import create_app
from service.people.accounts import Accounts
from service.people.records import Role
from service.reviews.deps import desk_of
from service.reviews.double import assign_second
from tests.support.phi import MARKED_NOTE, leaks
from tests.support.sample_drafts import SampleCopilot
from tests.support.site import PASSWORD, Site, stocked

HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with stocked(Path(tmp_path_factory.mktemp("pages"))) as site:
        yield site


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    app = create_app(site.settings, load=SampleCopilot, clock=site.clock)
    with TestClient(app, headers=HTML) as client:
        client.post("/sign-in", data={"name": "dana", "password": PASSWORD})
        yield client


def token(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found.group(1)


@pytest.mark.parametrize("path", ["/worklist", "/charts/ot-hand", "/keys"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_comes_back(site: Site, path: str) -> None:
    app = create_app(site.settings, load=SampleCopilot, clock=site.clock)

    with TestClient(app, headers=HTML, follow_redirects=False) as client:
        answer = client.get(path)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next={path.replace('/', '%2F')}"


def test_an_unknown_chart_is_a_page_that_says_so(client: TestClient) -> None:
    answer = client.get("/charts/nobody")

    assert answer.status_code == 404
    assert "There is no such page" in answer.text


def test_a_program_gets_a_problem_where_a_browser_gets_a_page(client: TestClient) -> None:
    answer = client.get("/charts/nobody", headers={"accept": "*/*"})

    assert answer.json()["code"] == "encounter.unknown"


def test_a_form_without_its_token_changes_nothing(client: TestClient, site: Site) -> None:
    answer = client.post("/charts/ot-hand/accept", data={"key": "1"})

    assert answer.status_code == 403
    assert site.chart("ot-hand").state.version == 0


@pytest.mark.parametrize(
    ("verb", "fields", "words"),
    [
        ("nonsense", {}, "is no decision of ours"),
        ("accept", {"key": "99"}, "names no line or diagnosis"),
        ("reject", {"key": "1", "reason": "because"}, "must be one of those offered"),
        ("reject", {"key": "1", "reason": "other"}, "must say what the other reason is"),
        ("units", {"key": "1", "units": "-2"}, "must be a whole number"),
        ("change", {"key": "1", "code": "XXXXX"}, "is no procedure code we hold"),
        ("change", {"key": "1", "modifiers": "KX"}, "KX needs a named person"),
        ("add", {"code": "97110", "words": "never written"}, "must stand in the note exactly once"),
        ("attest", {"key": "1"}, "an attestation is made by a person"),
        ("comment", {"text": " "}, "is needed"),
        ("override", {"finding": "x", "reason": "other"}, "stands on the chart no longer"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_chart(
    client: TestClient, site: Site, verb: str, fields: dict[str, str], words: str
) -> None:
    csrf = token(client.get("/charts/pt-eval").text)

    answer = client.post(f"/charts/pt-eval/{verb}", data={"csrf": csrf, **fields})

    assert answer.status_code == 422
    assert words.replace("'", "&#39;") in answer.text
    assert site.chart("pt-eval").state.version == 0


def test_the_text_of_a_note_is_escaped(client: TestClient, site: Site) -> None:
    text = '<script>alert(1)</script> & <b>Dressing</b> "23" min'
    site.take_in(Encounter(id="<i>markup</i>", text=text))

    page = client.get("/charts/%3Ci%3Emarkup%3C%2Fi%3E").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;Dressing&lt;/b&gt;" in page
    assert "<i>markup" not in page


def test_no_header_carries_words_of_a_note(client: TestClient, site: Site) -> None:
    site.take_in(Encounter(id="marked", text=MARKED_NOTE))
    page = client.get("/charts/marked")
    fields = {"csrf": token(page.text), "text": MARKED_NOTE[:200]}

    answer = client.post("/charts/marked/comment", data=fields, headers={"x-fragment": "answer"})

    assert answer.status_code == 200
    assert leaks(f"{answer.headers} {answer.url}") == []


def test_filters_are_kept_used_and_forgotten(client: TestClient) -> None:
    csrf = token(client.get("/worklist").text)
    client.post("/worklist/keep", data={"csrf": csrf, "name": "Green OT", "query": "lane=green"})

    page = client.get("/worklist?lane=green").text

    assert '<a href="/worklist?lane=green" aria-current="page">Green OT</a>' in page
    assert "ot-hand" not in page
    client.post("/worklist/forget", data={"csrf": csrf, "name": "Green OT"})
    assert "Green OT" not in client.get("/worklist").text


def test_next_follows_the_list_it_was_opened_from(client: TestClient) -> None:
    client.get("/worklist?lane=green")

    page = client.get("/charts/ot-stroke-daily").text

    assert 'data-next="/charts/slp-aphasia"' in page


def test_a_prefetched_chart_is_not_taken(client: TestClient, site: Site) -> None:
    client.get("/charts/slp-aphasia", headers={"x-prefetch": "1", "x-fragment": "main"})

    assert site.chart("slp-aphasia").lease is None


def test_scripts_are_asked_for_again_after_an_upgrade(client: TestClient) -> None:
    answer = client.get("/static/review.js")

    assert answer.headers["cache-control"] == "no-cache"
    assert "javascript" in answer.headers["content-type"]


def test_a_blind_second_coder_sees_nothing_of_the_first_review(
    client: TestClient, site: Site
) -> None:
    with site.storage.database.writing() as session:
        accounts = Accounts(session)
        dana, lee = accounts.named("dana"), accounts.named("lee")
        assert dana is not None
        assert lee is not None
        desk = desk_of(session, site.storage.keyring, site.clock(), site.settings)
        assign_second(desk, "slp-swallow-fragments", reviewer=dana.id, by=lee.id)

    pages = [
        client.get("/charts/slp-swallow-fragments"),
        client.get(
            "/charts/slp-swallow-fragments?panel=why&key=1", headers={"x-fragment": "panel"}
        ),
        client.get("/charts/slp-swallow-fragments", headers={"x-prefetch": "1"}),
    ]

    assert [page.status_code for page in pages] == [403] * 3
    assert "History" not in pages[0].text


def test_an_auditor_reads_a_chart_and_decides_nothing(site: Site) -> None:
    with site.storage.database.writing() as session:
        Accounts(session).add("vera", PASSWORD, {Role.AUDITOR}, site.clock())
    app = create_app(site.settings, load=SampleCopilot, clock=site.clock)

    with TestClient(app, headers=HTML) as client:
        client.post("/sign-in", data={"name": "vera", "password": PASSWORD})
        page = client.get("/charts/pt-knee").text
        refused = client.post("/charts/pt-knee/accept", data={"csrf": token(page), "key": "1"})

    assert "Patellar glides" in page
    assert "/charts/pt-knee/accept" not in page
    assert refused.status_code == 403
    assert site.chart("pt-knee").lease is None
