"""Score claim drafts against labelled notes: the open therapy coding exam.

Any system can sit it: predictions are drafts in the wire form of docs/schemas/draft.schema.json.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from training.corpus import LabeledNote

Draft = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its 95% Wilson interval."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """The share itself; 0 of nothing is 0."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson score interval at 95%."""
        if not self.of:
            return (0.0, 1.0)
        z, n, p = 1.959964, self.of, self.share
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return (max(0.0, middle - half), min(1.0, middle + half))

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.share:.3f} [{low:.3f}, {high:.3f}] of {self.of}"


@dataclass(slots=True)
class Score:
    """Counts of one run; every rate names what it is a share of."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, str, str]] = field(default_factory=list)

    def rate(self, hits: str, of: str) -> Rate:
        """The share of ``of`` that are ``hits``."""
        return Rate(self.counts[hits], self.counts[of])

    def f1(self, kind: str) -> float:
        """Harmonic mean of precision and recall of ``kind``."""
        right, wrong, missed = (self.counts[f"{kind}:{part}"] for part in ("tp", "fp", "fn"))
        return 2 * right / (2 * right + wrong + missed) if right else 0.0

    def summary(self) -> dict[str, str]:
        """Every published number."""
        c = self.counts
        return {
            "notes": str(c["notes"]),
            "procedure set F1": f"{self.f1('code'):.3f}",
            "procedure precision": str(Rate(c["code:tp"], c["code:tp"] + c["code:fp"])),
            "procedure recall": str(Rate(c["code:tp"], c["code:tp"] + c["code:fn"])),
            "procedure set exact": str(self.rate("codes exact", "notes")),
            "units exact (of right codes)": str(self.rate("units exact", "code:tp")),
            "line exact (code, units, modifiers; of all labelled lines)": str(
                self.rate("line exact", "gold lines")
            ),
            "claim lines exact": str(self.rate("lines exact", "notes")),
            "whole claim exact (lines and diagnoses)": str(self.rate("claim exact", "notes")),
            "first diagnosis top-1": str(self.rate("dx1", "dx notes")),
            "first diagnosis top-3": str(self.rate("dx3", "dx notes")),
            "diagnosis set F1": f"{self.f1('dx'):.3f}",
            "diagnosis set exact": str(self.rate("dx exact", "notes")),
            "findings F1": f"{self.f1('finding'):.3f}",
            "findings precision": str(Rate(c["finding:tp"], c["finding:tp"] + c["finding:fp"])),
            "findings recall": str(Rate(c["finding:tp"], c["finding:tp"] + c["finding:fn"])),
            "false findings a note": f"{c['finding:fp'] / max(c['notes'], 1):.3f}",
        }


def score(notes: Iterable[LabeledNote], drafts: Mapping[str, Draft]) -> Score:
    """Score every note; one without a draft counts as an empty claim."""
    result = Score()
    for note in notes:
        _note(result, note, drafts.get(note.id, {}))
    return result


def has_right_lines(note: LabeledNote, draft: Draft) -> bool:
    """Whether the draft's lines are the labelled ones: codes, units and modifiers."""
    return _lines(note) == _said(draft)


def _lines(note: LabeledNote) -> Counter[tuple[str, int | None, tuple[str, ...]]]:
    return Counter((line.code, line.units, tuple(sorted(line.modifiers))) for line in note.lines)


def _said(draft: Draft) -> Counter[tuple[str, int | None, tuple[str, ...]]]:
    return Counter(
        (line["code"], line["units"], tuple(sorted(line["modifiers"])))
        for line in draft.get("lines", ())
    )


def _note(result: Score, note: LabeledNote, draft: Draft) -> None:
    counts = result.counts
    counts["notes"] += 1
    gold, said = _lines(note), _said(draft)
    gold_codes, said_codes = {k[0] for k in gold}, {k[0] for k in said}
    _sets(result, "code", note.id, gold_codes, said_codes)
    counts["codes exact"] += gold_codes == said_codes
    counts["gold lines"] += sum(gold.values())
    counts["line exact"] += sum((gold & said).values())
    counts["units exact"] += sum(
        _units(gold, code) == _units(said, code) for code in gold_codes & said_codes
    )
    for code in gold_codes & said_codes:
        if _units(gold, code) != _units(said, code):
            result.errors.append(
                (note.id, "units", f"{code}: {_units(said, code)} for {_units(gold, code)}")
            )
    ranked = [d["code"] for d in draft.get("diagnoses", ())]
    _sets(result, "dx", note.id, set(note.diagnoses), set(ranked))
    if note.diagnoses:
        counts["dx notes"] += 1
        counts["dx1"] += note.diagnoses[0] in ranked[:1]
        counts["dx3"] += note.diagnoses[0] in ranked[:3]
    counts["dx exact"] += set(note.diagnoses) == set(ranked)
    counts["lines exact"] += gold == said
    counts["claim exact"] += gold == said and set(note.diagnoses) == set(ranked)
    _sets(result, "finding", note.id, set(note.findings), set(_raised(note, draft)))


def _raised(note: LabeledNote, draft: Draft) -> Iterator[str]:
    """The rules a draft raises; what only informs counts where the note is labelled with it."""
    for finding in draft.get("findings", ()):
        if finding["severity"] != "informs" or finding["rule"] in note.findings:
            yield finding["rule"]


def _sets(result: Score, kind: str, note_id: str, gold: set[str], said: set[str]) -> None:
    for name, part in (("tp", gold & said), ("fp", said - gold), ("fn", gold - said)):
        result.counts[f"{kind}:{name}"] += len(part)
        if name != "tp":
            result.errors += [
                (note_id, f"{kind} {'missed' if name == 'fn' else 'extra'}", item)
                for item in sorted(part)
            ]


def _units(lines: Mapping[tuple[str, int | None, tuple[str, ...]], int], code: str) -> int | None:
    """Units of ``code`` over all its lines; None when any is unknown."""
    own = [units for (line, units, _), times in lines.items() if line == code for _ in range(times)]
    return None if any(units is None for units in own) else sum(u for u in own if u is not None)


def taxonomy(result: Score, most: int = 15) -> Sequence[tuple[str, int]]:
    """The commonest errors, by kind and item."""
    return Counter(f"{kind}: {item}" for _, kind, item in result.errors).most_common(most)
