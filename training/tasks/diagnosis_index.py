"""The diagnosis index: every way we know to say a code, as weighted grams.

Sources: the phrase bank and the notes' marks (ours), our own index of lay terms, and the titles and
inclusion terms of the public ICD-10-CM tabular.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.resources import files
from itertools import pairwise
from math import log

import numpy as np
import numpy.typing as npt

from model.codes.diagnoses import billable_under, diagnosis, every
from model.codes.laterality import Side, other_sides
from model.extract.index import BUCKETS, LONGEST_SAYING, Arrays, bucket, fingerprint
from model.extract.phrases import grams, terms
from training.corpus import ROOT, LabeledNote
from training.tasks.saying import Saying
from training.tasks.telling import telling

# How much a source's wording is believed.
WEIGHTS = {"bank": 1.0, "note": 1.0, "index": 0.97, "inclusion": 0.86, "title": 0.9}
_RARELY = 0.15
"""What a saying loses that nearly always means another condition."""
_OURS = ("bank", "note", "index")
_SEVENTH_SKIPPED = frozenset("ABCEFGHJKMNPQRS")


def sayings(notes: Sequence[LabeledNote], on: date) -> list[Saying]:
    """Every saying we know, for codes valid ``on`` that day."""
    return [*telling([*_bank(), *_marks(notes), *_index(on)], notes), *_tabular(on)]


def _bank() -> Iterator[Saying]:
    for path in sorted((ROOT / "phrases").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            code, phrase, _ = line.split("\t")
            yield Saying(phrase, code, "bank")


def _marks(notes: Iterable[LabeledNote]) -> Iterator[Saying]:
    for note in notes:
        for mark in note.marks:
            if mark.label[0] == "dx" and len(mark.label) == 2 and len(mark.span) < 90:
                yield Saying(mark.span.of(note.text), mark.label[1], "note")


def _index(on: date) -> Iterator[Saying]:
    path = files("model") / "policies" / "codes" / "diagnosis_index.csv"
    with path.open("r", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code = plainest(row["code_stem"], on)
            if code is not None:
                yield Saying(row["term"], code, "index")


def plainest(stem: str, on: date) -> str | None:
    """The billable code under ``stem`` that assumes least: side unspecified, 7th character D."""
    codes = billable_under(stem, on)
    if not codes:
        return None

    def assumed(code: str) -> tuple[int, str]:
        title = diagnosis(code).title.lower()
        sided = any(word in title for word in ("right", "left", "bilateral"))
        seventh = code[-1] if len(code) == 8 else ""
        return (2 * sided + (seventh not in ("", "D")) * 4 - ("unspecified" in title), code)

    return min(codes, key=assumed)


def _tabular(on: date) -> Iterator[Saying]:
    """Titles and inclusion terms; one stands for all sides and 7th characters."""
    seen: set[tuple[str, str]] = set()
    for found in every(on):
        if len(found.code) == 8 and found.code[-1] in _SEVENTH_SKIPPED:
            continue
        words = _unsided(found.title)
        key = (words, found.code[:3])
        if key in seen:
            continue
        seen.add(key)
        yield Saying(words, found.code, "title")
        for note in found.instructions("inclusion"):
            yield Saying(note.text, found.code, "inclusion")


def _unsided(title: str) -> str:
    lowered = title.lower()
    for cut in (", subsequent encounter", ", initial encounter"):
        lowered = lowered.split(cut)[0]
    words = [
        w
        for w in lowered.replace(",", " ").split()
        if w not in {"right", "left", "bilateral", "unspecified", "side"}
    ]
    return " ".join(words)


def build(all_sayings: list[Saying]) -> Arrays:
    """The index as arrays: for each gram bucket, the sayings that hold it and its weight.

    Sayings stand by code.
    """
    all_sayings = sorted(all_sayings, key=lambda saying: saying.code)
    rows = [Counter(bucket(gram) for gram in grams(saying.words)) for saying in all_sayings]
    frequency: Counter[int] = Counter(b for row in rows for b in row)
    total = len(rows)
    inverse = np.zeros(BUCKETS, np.float32)
    for b, n in frequency.items():
        inverse[b] = log((1 + total) / (1 + n)) + 1
    postings: list[list[tuple[int, float]]] = [[] for _ in range(BUCKETS)]
    for number, row in enumerate(rows):
        weights = {b: (1 + log(n)) * float(inverse[b]) for b, n in row.items()}
        norm = sum(w * w for w in weights.values()) ** 0.5 or 1.0
        for b, weight in weights.items():
            postings[b].append((number, weight / norm))
    counts = np.asarray([len(p) for p in postings])
    codes = sorted({saying.code for saying in all_sayings})
    place = {code: i for i, code in enumerate(codes)}
    return {
        "starts": np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        "row_steps": row_steps([n for p in postings for n, _ in p]),
        "weights": np.rint(255 * np.asarray([w for p in postings for _, w in p])).astype(np.uint8),
        "inverse": inverse,
        "codes": np.asarray(codes),
        "code_of": np.asarray([place[s.code] for s in all_sayings], np.int32),
        "belief": np.asarray(_beliefs(all_sayings), np.float32),
        "known": np.unique(np.fromiter(_known(all_sayings), np.uint64)),
    }


def _beliefs(all_sayings: Sequence[Saying]) -> list[float]:
    """How much each saying is believed: as its source is, less where others mean another condition.

    "Type 2 diabetes" stands for E11.9 twenty times and for the ulcer that comes of it once.
    """
    meant: dict[tuple[str, ...], Counter[str]] = {}
    keys = [(tuple(terms(saying.words)), concept(saying.code)) for saying in all_sayings]
    for words, condition in keys:
        meant.setdefault(words, Counter())[condition] += 1
    return [
        WEIGHTS[saying.source]
        * (1 - _RARELY * (1 - meant[words][condition] / max(meant[words].values())))
        for saying, (words, condition) in zip(all_sayings, keys, strict=True)
    ]


def row_steps(rows: Sequence[int]) -> npt.NDArray[np.uint16]:
    """``rows`` as steps from one to the next, modulo 65,536: they compress to a third.

    Raises:
        OverflowError: A row does not fit into 16 bits.
    """
    if rows and max(rows) > np.iinfo(np.uint16).max:
        raise OverflowError(f"{max(rows)} sayings do not fit an index of 16 bits")
    return np.asarray([(b - a) % (1 << 16) for a, b in pairwise((0, *rows))], np.uint16)


def _known(all_sayings: Iterable[Saying]) -> Iterator[int]:
    """Fingerprints of the sayings that may be looked for word by word."""
    for saying in all_sayings:
        own = terms(saying.words)
        least = 1 if saying.source in _OURS else 2
        if least <= len(own) <= LONGEST_SAYING:
            yield fingerprint(own)


def concept(code: str) -> str:
    """One name for a condition whatever its side: the smallest code among its sides."""
    sided = other_sides(code)
    return min([*sided.values(), code]) if sided else code


__all__ = ["Side", "build", "concept", "plainest", "sayings"]
