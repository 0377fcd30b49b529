import json

import pytest

from service.wire import draft_json
from tests.support.drafts import NOTE, a_draft


def test_evidence_is_the_words_of_the_note_in_code_points() -> None:
    sent = json.loads(json.dumps(draft_json(a_draft(), NOTE)))

    everything = [
        e for part in ("lines", "stated", "diagnoses") for i in sent[part] for e in i["evidence"]
    ]

    assert len(everything) == 6
    assert [e for e in everything if NOTE[e["start"] : e["end"]] != e["text"]] == []


def test_stale_tables_are_named_with_their_last_day() -> None:
    stale = draft_json(a_draft(), NOTE)["versions"]["stale"]

    assert stale == [{"table": "mue", "last_date": "2024-09-30"}]


def test_a_certificate_keeps_every_number_of_the_record() -> None:
    draft = a_draft()
    assert draft.certificate is not None

    assert draft_json(draft, NOTE)["certificate"] == draft.certificate.to_json()


@pytest.mark.parametrize("part", ["lines", "findings", "stated", "abstentions"])
def test_nothing_of_a_draft_is_left_out(part: str) -> None:
    assert len(draft_json(a_draft(), NOTE)[part]) == len(getattr(a_draft(), part))
