"""The published schemas, the wire models they are made from, and CONTRACT.md's own examples.

The examples are those of CONTRACT.md word for word, but for ``[...]``, which is no JSON: an empty
list stands there.
"""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from service.wire import draft_json, encounter
from service.wire.draft import DraftOut
from service.wire.schemas import MODELS, written
from tests.support.drafts import NOTE, a_draft
from tests.support.tree import ROOT

DATA = Path(__file__).parent / "data"
SCHEMAS = ROOT / "docs" / "schemas"


def _published(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))


def _example(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text("utf-8"))


def _holds(name: str, value: object) -> bool:
    validator = jsonschema_rs.validator_for(_published(name), validate_formats=True)
    return validator.is_valid(value)


@pytest.mark.parametrize("name", sorted(MODELS))
def test_published_schemas_are_those_of_the_wire_models(name: str) -> None:
    """Run ``python -m service schemas docs/schemas`` after changing a wire model."""
    assert (SCHEMAS / f"{name}.schema.json").read_text("utf-8") == written(name)


@pytest.mark.parametrize("name", ["encounter", "draft"])
def test_the_examples_of_the_contract_hold(name: str) -> None:
    assert _holds(name, _example(name))


def test_the_wire_reads_the_encounter_of_the_contract() -> None:
    read = encounter(_example("encounter"))

    assert (read.id, read.discipline, str(read.episode.allowed_amount_ytd_usd)) == (
        "enc-1",
        "OT",
        "812.40",
    )


def test_the_wire_reads_the_draft_of_the_contract() -> None:
    assert DraftOut.model_validate(_example("draft")).lines[0].units == 2


def test_every_field_of_the_contracts_draft_is_in_ours() -> None:
    ours, theirs = draft_json(a_draft(), NOTE), _example("draft")

    assert theirs.keys() - ours.keys() == set()
    assert theirs["lines"][0].keys() - ours["lines"][0].keys() == set()
    assert theirs["findings"][0].keys() - ours["findings"][0].keys() == set()
    assert theirs["certificate"].keys() - ours["certificate"].keys() == set()


def test_what_we_answer_holds_against_the_published_schema() -> None:
    assert _holds("draft", draft_json(a_draft(), NOTE))


@pytest.mark.parametrize(
    "wrong",
    [{"id": "a"}, {"id": "a", "text": "x", "discipline": "XX"}, {"id": "a", "text": "x", "no": 1}],
)
def test_the_published_schema_refuses_what_the_wire_refuses(wrong: object) -> None:
    assert not _holds("encounter", wrong)
