"""Drafts as rows: the columns hold all that JSON holds."""

import json
from typing import Any

import pyarrow as pa
import pytest
from pydantic import BaseModel

from model.journey import Copilot
from model.records import Encounter
from service.auditing import columns
from service.auditing.columns import draft_schema
from service.wire import draft_json
from tests.support.drafts import NOTE, a_draft
from tests.support.sample_drafts import sample_text


def _judged(sample: str) -> dict[str, Any]:
    """A sample note judged by the rules: findings, parts at risk, an evaluation."""
    text = sample_text(sample)
    return draft_json(Copilot(None).draft(Encounter(id=sample, text=text)), text)


def test_a_draft_comes_back_from_its_row_as_it_went_in() -> None:
    drafts = [draft_json(a_draft(), NOTE), _judged("pt-eval"), _judged("ot-stroke-daily")]
    filled = {name for draft in drafts for name, value in draft.items() if value}

    table = pa.Table.from_pylist(drafts, schema=draft_schema())

    assert {"certificate", "evaluation", "findings", "at_risk", "lines"} <= filled
    assert table.to_pylist() == json.loads(json.dumps(drafts))


class _Amounts(BaseModel):
    by_code: dict[str, int]


class _Mixed(BaseModel):
    value: int | str


@pytest.mark.parametrize("model", [_Amounts, _Mixed])
def test_a_field_no_column_can_hold_is_told_when_the_columns_are_made(
    model: type[BaseModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "DraftOut", model)

    with pytest.raises(TypeError, match="no column can hold"):
        draft_schema()
