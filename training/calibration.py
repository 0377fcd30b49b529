"""Whether a confidence means what it says, over all lines and in each slice of the notes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from model.records.claim import Lane
from training.corpus import LabeledNote
from training.lanes import upper_bound
from training.score import Draft, has_right_lines

_BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
_SHORT, _LONG = 90, 220
"""Words up to which a note is short, and from which it is long."""


def reliability(
    notes: Sequence[LabeledNote], made: Mapping[str, Draft]
) -> Iterator[tuple[str, int, float, float]]:
    """Rows ``(bin, lines, mean confidence, share whose code is right)``, and the last over all.

    The last row's two shares are the expected calibration error and the share of right codes.
    """
    known = {note.id: {line.code for line in note.lines} for note in notes}
    pairs = [
        (float(line["confidence"]), line["code"] in known[name])
        for name, draft in made.items()
        if name in known
        for line in draft.get("lines", ())
    ]
    error = 0.0
    for low, high in pairwise(_BINS):
        own = [pair for pair in pairs if low <= pair[0] < high]
        if own:
            mean = sum(said for said, _ in own) / len(own)
            right = sum(is_right for _, is_right in own) / len(own)
            error += abs(mean - right) * len(own) / len(pairs)
            yield f"{low:g} to {min(high, 1):g}", len(own), mean, right
    share = sum(is_right for _, is_right in pairs) / max(len(pairs), 1)
    yield "all: expected calibration error, right", len(pairs), error, share


def by_slice(
    notes: Sequence[LabeledNote], made: Mapping[str, Draft]
) -> Iterator[tuple[str, int, float, int, int, float]]:
    """Rows ``(slice, notes, right claims' share, green drafts, wrong among them, their bound)``."""
    groups: dict[str, list[LabeledNote]] = defaultdict(list)
    for note in notes:
        for name in _slices(note):
            groups[name].append(note)
    for name, own in sorted(groups.items()):
        drafts = {note.id: made.get(note.id, {}) for note in own}
        right = sum(has_right_lines(note, drafts[note.id]) for note in own)
        green = [note for note in own if drafts[note.id].get("lane") == Lane.GREEN.value]
        wrong = sum(not has_right_lines(note, drafts[note.id]) for note in green)
        bound = upper_bound(wrong, len(green))
        yield name, len(own), right / len(own), len(green), wrong, bound


def _slices(note: LabeledNote) -> Iterator[str]:
    encounter = note.encounter
    yield f"discipline: {encounter.get('discipline') or 'not told'}"
    yield f"kind: {encounter.get('note_kind') or 'not told'}"
    yield f"payer: {encounter.get('payer') or 'not told'}"
    words = len(note.text.split())
    length = "short" if words < _SHORT else "long" if words > _LONG else "medium"
    yield f"length: {length}"
