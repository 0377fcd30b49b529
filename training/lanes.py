"""How far a draft's certainty can be trusted: errors by coverage, and the green lane's bound."""

from collections.abc import Iterator, Mapping, Sequence

from scipy.stats import beta

from model.records.claim import Lane
from training.corpus import LabeledNote
from training.score import Draft, has_right_lines

_LEVEL = 0.95
_STEPS = (25, 50, 100, 150, 200, 300, 400, 500)


def upper_bound(errors: int, drafts: int, level: float = _LEVEL) -> float:
    """Clopper-Pearson: the error rate that is not exceeded, with confidence ``level``."""
    return 1.0 if errors >= drafts else float(beta.ppf(level, errors + 1, drafts - errors))


def coverage_table(
    notes: Sequence[LabeledNote], made: Mapping[str, Draft]
) -> Iterator[tuple[str, int, int, float]]:
    """Rows ``(what, drafts, wrong claims, bound)``: the green lane, then the surest drafts."""
    known = {note.id: note for note in notes}
    drafts = [draft for name, draft in made.items() if name in known and "sure" in draft]

    def row(what: str, chosen: Sequence[Draft]) -> tuple[str, int, int, float]:
        wrong = sum(not has_right_lines(known[draft["id"]], draft) for draft in chosen)
        return what, len(chosen), wrong, upper_bound(wrong, len(chosen))

    yield row("green lane", [draft for draft in drafts if draft["lane"] == Lane.GREEN.value])
    surest = sorted(drafts, key=lambda draft: (-draft["sure"], draft["id"]))
    for step in _STEPS:
        if step <= len(surest):
            yield row(f"the {step} surest of {len(drafts)}", surest[:step])
