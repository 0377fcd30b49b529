"""What reading, rules and start-up cost on this machine, beside what a user would pick instead."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

import spacy
from sklearn.feature_extraction.text import TfidfVectorizer

from model.checking import check_claim
from model.extract.linear import LinearReader
from model.journey import Copilot
from model.models import ARTIFACTS, load_models
from model.parse.pipeline import parse
from model.records import Discipline, Encounter, Line
from model.sessions import open_artifact
from training.corpus import LabeledNote, read_corpus
from training.encoder.base import base_folder
from training.encounters import encounter_of

_WORDS = (430, 600)
_ROUNDS = 3
_REMEMBERED = 1024

Item = TypeVar("Item")


def run() -> Iterator[str]:
    """One line a measurement; times are of one thread, in milliseconds."""
    yield f"cold start to the first draft: {_cold_start():.2f} s (a fresh interpreter, no torch)"
    copilot = Copilot(load_models())
    notes = list(read_corpus())
    long = [encounter_of(note) for note in _about_515_words(notes)]
    every = [encounter_of(note) for note in notes[:200]]
    copilot.draft(long[0])
    words = f"{_WORDS[0]}-{_WORDS[1]} words"
    yield f"draft, {len(long)} notes of {words}: {_times(copilot.draft, long)}"
    yield f"draft, 200 corpus notes: {_times(copilot.draft, every)}"
    yield from _repeating(every)
    yield f"rules alone, one claim of three lines: {_times(_rules, [None] * 200)}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"resident memory, training libraries included: {peak:.0f} MB"
    yield from _alternatives(notes, [encounter.text or "" for encounter in long])


def _about_515_words(notes: Sequence[LabeledNote]) -> list[LabeledNote]:
    """The corpus's notes of about 515 words; joined pairs of shorter ones where it has too few."""
    fitting = [n for n in notes if _WORDS[0] <= len(n.text.split()) <= _WORDS[1]]
    return fitting or list(notes[:20])


def _times(work: Callable[[Item], object], items: Sequence[Item]) -> str:
    spent = sorted(took for _ in range(_ROUNDS) for took in _spent(work, items))
    p95, p99 = spent[int(0.95 * len(spent))], spent[int(0.99 * len(spent))]
    return f"p50 {statistics.median(spent):.2f} p95 {p95:.2f} p99 {p99:.2f} ms"


def _spent(work: Callable[[Item], object], items: Sequence[Item]) -> Iterator[float]:
    for item in items:
        start = time.perf_counter()
        work(item)
        yield 1000 * (time.perf_counter() - start)


def _repeating(encounters: Sequence[Encounter]) -> Iterator[str]:
    """A clinic's stream: of each note, four follow that are typed anew to one fifth."""
    stream = [later for own in encounters[:60] for later in _carried_forward(own, encounters)]
    for remembered in (0, _REMEMBERED):
        copilot = Copilot(load_models(remembered=remembered))
        copilot.draft(stream[0])
        spent = list(_spent(copilot.draft, stream))
        mean = sum(spent) / len(spent)
        yield (
            f"draft, {len(stream)} notes carried forward, {remembered} segments remembered: "
            f"mean {mean:.2f} ms"
        )


def _carried_forward(first: Encounter, others: Sequence[Encounter]) -> Iterator[Encounter]:
    """``first`` and four notes after it, in which one line of five is another patient's."""
    yield first
    lines = (first.text or "").splitlines()
    fresh = [line for own in others for line in (own.text or "").splitlines()]
    for visit in range(1, 5):
        changed = [
            fresh[(7 * visit + 31 * place) % len(fresh)] if place % 5 == visit else line
            for place, line in enumerate(lines)
        ]
        yield replace(first, id=f"{first.id}-{visit}", text="\n".join(changed))


def _rules(_: object) -> object:
    encounter = Encounter(
        id="bench",
        discipline=Discipline.PT,
        payer="medicare_part_b",
        date_of_service=date(2026, 3, 2),
    )
    lines = (
        Line(code="97110", units=2, minutes=30, modifiers=("GP",)),
        Line(code="97140", units=1, minutes=15, modifiers=("GP",)),
        Line(code="97530", units=1, minutes=8, modifiers=("GP",)),
    )
    return check_claim(encounter, lines, ("M54.50",))


def _cold_start() -> float:
    # Where torch is installed spaCy's thinc imports it, for seconds; users have no torch.
    program = (
        "import sys; sys.modules['torch'] = None;"
        "from model.journey import Copilot; from model.models import load_models;"
        "from model.records import Encounter;"
        "Copilot(load_models()).draft(Encounter(id='a', text='Gait training 15 min. A. Roe, PT'))"
    )
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - our own interpreter
    return time.perf_counter() - start


def _torch() -> Callable[[str], object]:
    """The base model as most people would run it, on one thread."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(base_folder())
    network = AutoModel.from_pretrained(base_folder()).eval()

    def encode(text: str) -> object:
        lines = [line for line in text.splitlines() if line.strip()]
        with torch.no_grad():
            return network(**tokenizer(lines, padding=True, truncation=True, return_tensors="pt"))

    return encode


def _alternatives(notes: Sequence[LabeledNote], texts: Sequence[str]) -> Iterator[str]:
    ruler = spacy.blank("en")
    ruler.add_pipe("sentencizer")
    ruler.add_pipe("entity_ruler").add_patterns(  # type: ignore[attr-defined]
        [{"label": "97110", "pattern": "exercise"}, {"label": "97140", "pattern": "manual"}]
    )
    yield f"spaCy blank + sentencizer + entity ruler: {_times(ruler, texts)}"
    plain = LinearReader(open_artifact(ARTIFACTS / "linear-reader"))
    nobody = Encounter(id="bench")
    linear = _times(lambda text: plain.read(parse(text), nobody), texts)
    yield f"TF-IDF + one logistic regression a label (our plain reader, with parsing): {linear}"
    yield f"transformers + torch fp32 MiniLM, six layers, one pass: {_times(_torch(), texts)}"
    words = TfidfVectorizer().fit([note.text for note in notes])
    transformed = _times(lambda text: words.transform([text]), texts)
    yield f"scikit-learn TF-IDF transform alone: {transformed}"
