"""Every form of the screen, sent as a browser without script sends it, does what it says."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from model.records import Encounter, Episode
from model.records.review import OverrideReason, Verdict
from service.app import create_app
from tests.support.sample_drafts import SampleCopilot, sample_text
from tests.support.site import PASSWORD, Site, stocked


class Coder:
    """Somebody with a browser, at one chart."""

    def __init__(self, client: TestClient, site: Site) -> None:
        self.client, self.site = client, site

    def page(self, name: str, query: str = "") -> str:
        """The chart ``name``, as it is shown."""
        return self.client.get(f"/charts/{name}{query}").text

    def send(self, name: str, verb: str, **fields: str | list[str]) -> str:
        """Send a form of the chart; the page that answers."""
        page = self.page(name)
        known = {
            field: re.findall(rf'name="{field}" value="([^"]+)"', page)[-1]
            for field in ("csrf", "tag")
        }
        return self.client.post(f"/charts/{name}/{verb}", data={**known, **fields}).text


@pytest.fixture
def coder(tmp_path: Path) -> Iterator[Coder]:
    with stocked(tmp_path) as site:
        app = create_app(site.settings, load=SampleCopilot, clock=site.clock)
        with TestClient(app, headers={"accept": "text/html"}) as client:
            client.post("/sign-in", data={"name": "dana", "password": PASSWORD})
            yield Coder(client, site)


def test_all_that_is_green_is_accepted_and_nothing_else(coder: Coder) -> None:
    coder.send("ot-hand", "accept-green")

    verdicts = [each.verdict for each in coder.site.chart("ot-hand").state.review.entries]
    assert verdicts == [Verdict.PROPOSED, Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.PROPOSED]


def test_a_line_takes_a_neighbours_code(coder: Coder) -> None:
    why = coder.page("ot-hand", "?panel=why&key=3")
    assert re.search(r'name="code" value="97112" data-choice="1"', why)

    page = coder.send("ot-hand", "alternative", key="3", code="97112")

    assert "proposed 97110" in page
    assert coder.site.chart("ot-hand").state.review.lines[2].code == "97112"


def test_an_edited_line_has_every_value_of_the_form(coder: Coder) -> None:
    coder.send(
        "ota-dressing",
        "change",
        key="1",
        code="97535",
        units="1",
        minutes="20",
        modifiers="go, co",
        performed_by="assistant",
        pointers="given",
        pointer=["G20.A1", "M62.81"],
    )

    line = coder.site.chart("ota-dressing").state.lines[0]
    assert (line.state.units, line.state.minutes, line.modifiers) == (1, 20, ("GO", "CO"))
    assert line.diagnoses == ("G20.A1", "M62.81")


def test_another_diagnosis_is_listed_first(coder: Coder) -> None:
    coder.send("ota-dressing", "first-diagnosis", key="d2")

    codes = [each.code for each in coder.site.chart("ota-dressing").state.review.diagnoses]
    assert codes == ["M62.81", "G20.A1"]


def test_a_diagnosis_is_added_with_its_words(coder: Coder) -> None:
    coder.send("ot-hand", "add", code="m25.531", words="pain 3/10")

    (added,) = coder.site.chart("ot-hand").state.review.diagnoses[1:]
    assert (added.code, added.verdict) == ("M25.531", Verdict.ADDED)


def test_a_finding_is_set_aside_under_a_name_and_a_reason(coder: Coder) -> None:
    page = coder.page("ot-hand")
    key = re.findall(r"panel=override&amp;finding=([^\"]+)", page)[0]
    assert "Set a finding aside" in coder.page("ot-hand", f"?panel=override&finding={key}")

    page = coder.send("ot-hand", "override", finding=key, reason="documented_elsewhere")

    (override,) = coder.site.chart("ot-hand").state.review.overrides
    assert override.reason is OverrideReason.DOCUMENTED_ELSEWHERE
    assert "Set aside: It is documented elsewhere in the record" in page


def test_a_neutral_query_is_sent_and_its_answer_recorded(coder: Coder) -> None:
    key = re.findall(r"panel=query&amp;finding=([^\"]+)", coder.page("ot-hand"))[0]
    form = coder.page("ot-hand", f"?panel=query&finding={key}")
    (question,) = re.findall(r'<textarea id="query-text"[^>]*>([^<]+)</textarea>', form)
    text = question.replace("&#39;", "'").replace("&#34;", '"')

    page = coder.send("ot-hand", "query", finding=key, text=text)
    assert "Not answered" in page
    page = coder.send("ot-hand", "answer", key="q1", text="Paraffin was before the stretching.")

    assert "Answered: Paraffin was before the stretching." in page


def test_a_chart_is_flagged_and_taken_up_again(coder: Coder) -> None:
    assert "Flagged to QA" in coder.send("ot-hand", "flag", text="Two readings of the minutes.")

    page = coder.send("ot-hand", "resume")

    assert "Flagged to QA" not in page.split("History")[0]
    assert coder.site.chart("ot-hand").state.review.flag is None


def test_a_parked_chart_lets_the_next_one_open(coder: Coder) -> None:
    page = coder.send("ot-hand", "park", text="the plan of care")

    parked = coder.site.chart("ot-hand")
    assert 'data-chart="/charts/ot-stroke-daily"' in page
    assert (parked.state.status, parked.lease) == ("parked", None)


def test_a_final_claim_is_opened_again_by_amending_it(coder: Coder) -> None:
    coder.send("ot-stroke-daily", "accept-green")
    coder.send("ot-stroke-daily", "finalize")
    assert "Amend the final claim" in coder.page("ot-stroke-daily", "?panel=amend")

    page = coder.send("ot-stroke-daily", "amend", text="The payer asks for 59.")

    assert "Being amended" in page


def test_the_last_chart_of_a_list_leads_back_to_the_worklist(coder: Coder) -> None:
    coder.client.get("/worklist?lane=green&discipline=SLP")
    coder.send("slp-aphasia", "accept-green")

    page = coder.send("slp-aphasia", "finalize")

    assert "<title>Worklist" in page


def test_a_chart_is_taken_from_the_worklist(coder: Coder) -> None:
    page = coder.client.get("/worklist").text
    csrf = re.findall(r'name="csrf" value="([^"]+)"', page)[0]

    coder.client.post("/worklist/take", data={"csrf": csrf, "chart": "pt-knee"})

    page = coder.client.get("/worklist?assigned=me").text
    assert re.findall(r'href="/charts/([^"]+)"', page) == ["pt-knee"]


def test_kx_is_put_on_a_line_by_a_person_and_only_then(coder: Coder) -> None:
    episode = Episode(allowed_amount_ytd_usd=Decimal("9000"))
    text = sample_text("ot-stroke-daily")
    coder.site.take_in(Encounter(id="again-ot-stroke-daily", text=text, episode=episode))
    name = "again-ot-stroke-daily"
    assert "Attest KX" in coder.page(name)
    card = coder.page(name, "?panel=attest")
    assert "I, dana, have read the record" in card

    coder.send(name, "attest", agrees="yes", key=["1", "2"])

    state = coder.site.chart(name).state
    assert [line.modifiers for line in state.lines] == [("GO", "KX")] * 2
    assert state.review.attestation is not None
    assert state.review.attestation.by == "dana"


def test_a_newer_reading_is_gone_on_with_when_a_person_says_so(coder: Coder) -> None:
    coder.send("ot-hand", "accept", key="2")
    coder.site.take_in(Encounter(id="ot-hand", text=f"{sample_text('ot-hand')}\nAddendum."))
    assert "The note was read again" in coder.page("ot-hand")

    coder.send("ot-hand", "adopt", reading="2")

    state = coder.site.chart("ot-hand").state
    assert (state.review.reading, state.lines[1].state.verdict) == (2, Verdict.ACCEPTED)
