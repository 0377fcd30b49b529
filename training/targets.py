"""What the readers are to say about each segment and duration, taken from the marks."""

from collections.abc import Iterator
from pathlib import Path

from model.extract.lexicon import FAMILY, family_of
from model.extract.reading import DURATION_LABELS, FAMILIES, SEGMENT_LABELS
from model.records import ParsedNote, Span
from training.corpus import ASSERTIONS, GIVERS, ROOT, LabeledNote
from training.marks import Mark

# A segment carries a mark when it holds at least this much of it, or the mark that of it.
_SHARE = 0.5


def segment_labels(note: LabeledNote, parsed: ParsedNote) -> list[set[str]]:
    """The labels of every segment of ``parsed``, in order."""
    labels: list[set[str]] = []
    for segment in parsed.segments:
        inside = (mark for mark in note.marks if _carries(segment.span, mark.span))
        labels.append({label for mark in inside for label in labels_of(mark.label)})
    return labels


def labels_of(label: tuple[str, ...]) -> Iterator[str]:
    """The reader's labels that one mark stands for."""
    match label:
        case ("min", *_):
            return
        case ("dx", _, *state):
            yield _state_label(state)
        case ("el", name, *more):
            yield f"el:{name}"
            if more:
                yield "el:measurable"
        case (code, *rest):
            family = family_of(code)
            if family not in FAMILIES:
                return
            yield f"fam:{family}"
            assertions = [word for word in rest if word in ASSERTIONS]
            yield from (f"as:{word}" for word in assertions)
            yield from (f"by:{word}" for word in rest if word in GIVERS)
            if not assertions:
                yield f"do:{family}"


def _state_label(state: list[str]) -> str:
    if state == ["negated"]:
        return "dx:other"
    told = state[0] if state else "affirmed"
    return f"dx:{told}" if told in ("uncertain", "history", "other") else "dx:affirmed"


def duration_labels(note: LabeledNote, parsed: ParsedNote) -> list[str | None]:
    """The label of every duration of ``parsed``; None where the note is silent about it."""
    minutes = [mark for mark in note.marks if mark.label[0] == "min"]
    return [_duration_label(duration.span, minutes) for duration in parsed.durations]


def _duration_label(span: Span, marks: list[Mark]) -> str | None:
    over = [mark for mark in marks if mark.span.overlaps(span)]
    if not over:
        return None
    best = min(over, key=lambda mark: abs(len(mark.span) - len(span)))
    what = best.label[1]
    return what if what in {"timed", "total", "none"} else FAMILY.get(what, what)


def _carries(segment: Span, mark: Span) -> bool:
    shared = min(segment.end, mark.end) - max(segment.start, mark.start)
    return shared > 0 and (shared >= _SHARE * len(mark) or shared >= _SHARE * len(segment))


def bank(root: Path = ROOT) -> Iterator[tuple[str, str, set[str]]]:
    """The segment bank: heading, text and labels of each single segment."""
    for path in sorted((root / "segments").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            heading, labels, text = line.split("\t")
            marks = (label.split() for label in labels.split(";") if label.strip() not in {"-", ""})
            yield heading, text, {name for mark in marks for name in labels_of(tuple(mark))}


def phrases(root: Path = ROOT) -> Iterator[str]:
    """The phrase bank: each way to say a diagnosis, without its code."""
    for path in sorted((root / "phrases").glob("*.tsv")):
        yield from (line.split("\t")[1] for line in path.read_text("utf-8").splitlines())


__all__ = [
    "DURATION_LABELS",
    "FAMILIES",
    "SEGMENT_LABELS",
    "bank",
    "duration_labels",
    "labels_of",
    "phrases",
    "segment_labels",
]
