"""What only a person can judge: asked for by a payer, decided by no rule."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from model import strict_yaml
from model.policy import Confidence
from model.records import Citation

_FILE = files("model") / "policies" / "checklist.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One thing to look at before a claim goes out.

    Attributes:
        row: Row of facts/documentation_rules.csv it stands for.
        item: What should be so, in our words.
        when: To which notes, payers or situations it applies.
        basis: Whether it was read in the source or is an expert's recollection.
    """

    id: str
    row: str
    item: str
    when: str
    citation: Citation
    basis: Confidence


@cache
def checklist() -> tuple[ChecklistItem, ...]:
    """Every item, by row.

    Raises:
        PolicyFileError: The file is written wrongly.
    """
    found = (
        ChecklistItem(
            id=item_id,
            row=entry["row"],
            item=entry["item"],
            when=entry["when"],
            citation=Citation(**entry["source"]),
            basis=Confidence(entry["confidence"]),
        )
        for item_id, entry in strict_yaml.load(_FILE).items()
    )
    return tuple(sorted(found, key=lambda item: item.row))
