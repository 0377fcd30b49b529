"""The diagnosis gate's candidates, and what the corpus teaches of codes before a note is read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from model.checking import last_covered_day
from model.extract.conditions import Stated, conditions
from model.extract.encounter import complete
from model.extract.index import DiagnosisIndex
from model.extract.reading import Reading
from model.records import Discipline, ParsedNote
from model.suggest.diagnoses import CodedCondition, coded
from model.suggest.prior import NO_PRIOR, Prior
from model.suggest.weighing import FEATURES
from training.corpus import LabeledNote
from training.encounters import encounter_of
from training.tasks.gates import Rows

_RANK = FEATURES.index("rank")


@dataclass(frozen=True, slots=True)
class Described:
    """A note with the conditions a stranger's index finds in it."""

    note: LabeledNote
    stated: tuple[Stated, ...]
    on: date
    discipline: Discipline | None

    def candidates(self, prior: Prior) -> tuple[CodedCondition, ...]:
        """The codes its conditions point at."""
        return coded(self.stated, self.note.text, self.on, self.discipline, prior)


def described(
    notes: Sequence[LabeledNote],
    parsed: Sequence[ParsedNote],
    read: Mapping[str, Reading],
    indices: Mapping[str, DiagnosisIndex],
) -> list[Described]:
    """Every note with its conditions.

    ``indices`` gives for each style an index that does not know the style's own marks: they must
    not tell the gate how well a stranger's words are found.
    """
    found = []
    for note, own in zip(notes, parsed, strict=True):
        known = complete(encounter_of(note), own, fallback=last_covered_day()).encounter
        stated = conditions(own, read[note.id], indices[note.style])
        on = known.date_of_service or last_covered_day()
        found.append(Described(note, stated, on, known.discipline))
    return found


def rows(notes: Sequence[Described]) -> Rows:
    """Every candidate code of every note, right when the note is labelled with it.

    The prior a note's candidates are weighed by is that of the other styles: a note's own labels
    in it would teach the gate that what was never seen is never right.
    """
    tallies = [_Tally.of(note) for note in notes]
    whole = _Tally.total(tallies)
    priors = {}
    for style in {own.note.style for own in notes}:
        own = (t for n, t in zip(notes, tallies, strict=True) if n.note.style == style)
        priors[style] = whole.less(_Tally.total(own)).prior()
    features, right, owners = [], [], []
    for described_note in notes:
        note = described_note.note
        for item in described_note.candidates(priors[note.style]):
            features.append(item.features)
            right.append(item.code in note.diagnoses)
            owners.append(note.id)
    return Rows(np.asarray(features, np.float32), np.asarray(right, np.int64), tuple(owners))


def prior(notes: Iterable[Described]) -> Prior:
    """What all ``notes`` teach."""
    return _Tally.total(map(_Tally.of, notes)).prior()


@dataclass(frozen=True, slots=True)
class _Tally:
    """Counts of notes: labels by discipline and category, codes named, codes named and kept."""

    labelled: Counter[tuple[str, str]]
    named: Counter[str]
    kept: Counter[str]

    @classmethod
    def of(cls, own: Described) -> "_Tally":
        discipline = own.note.encounter.get("discipline") or "-"
        named = {item.code for item in own.candidates(NO_PRIOR) if item.features[_RANK] == 0}
        return cls(
            Counter((discipline, code[:3]) for code in own.note.diagnoses),
            Counter(named),
            Counter(named & set(own.note.diagnoses)),
        )

    @classmethod
    def total(cls, tallies: Iterable["_Tally"]) -> "_Tally":
        found = cls(Counter(), Counter(), Counter())
        for own in tallies:
            found.labelled.update(own.labelled)
            found.named.update(own.named)
            found.kept.update(own.kept)
        return found

    def less(self, other: "_Tally") -> "_Tally":
        return _Tally(
            self.labelled - other.labelled, self.named - other.named, self.kept - other.kept
        )

    def prior(self) -> Prior:
        totals: Counter[str] = Counter()
        for (discipline, _), number in self.labelled.items():
            totals[discipline] += number
        shares = {
            f"{discipline}:{category}": round(number / totals[discipline], 5)
            for (discipline, category), number in self.labelled.items()
        }
        return Prior(shares, dict(self.named), dict(self.kept))
