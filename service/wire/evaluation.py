"""An evaluation out: component by component, with the code each reaches."""

from pydantic import BaseModel

from model.records.evaluation import Component, Evaluation
from service.wire.evidence import EvidenceOut, words_out


class ComponentOut(BaseModel):
    """One component of an evaluation; ``found`` is null where the note gives nothing."""

    name: str
    found: str | None
    evidence: list[EvidenceOut]
    supports: str | None
    needed: str | None
    is_short: bool


class EvaluationOut(BaseModel):
    """Why an evaluation is the code it is."""

    stated: str | None
    supported: str | None
    components: list[ComponentOut]


def evaluation_out(found: Evaluation, text: str) -> EvaluationOut:
    """An evaluation as a wire model."""
    rows = [_component(row, text) for row in found.components]
    return EvaluationOut(stated=found.stated, supported=found.supported, components=rows)


def _component(row: Component, text: str) -> ComponentOut:
    return ComponentOut(
        name=row.name,
        found=row.found,
        evidence=[words_out(span, text, says="component") for span in row.evidence],
        supports=row.supports,
        needed=row.needed,
        is_short=row.is_short,
    )
