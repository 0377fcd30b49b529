"""labeled_notes/ as typed records. A note that does not compile is refused by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from training.marks import Mark, MarkError, strip_marks

ROOT = Path(__file__).parents[1] / "labeled_notes"
ASSERTIONS = frozenset({"planned", "home", "historical", "negated", "other"})
GIVERS = frozenset({"assistant", "student", "aide"})
DIAGNOSIS_STATES = frozenset({"uncertain", "history", "other", "negated"})
ELEMENTS = (
    "skilled", "response", "goal", "measure", "plof", "freq", "plan", "progress", "sign",
    "cosign", "consent", "caregiver", "group", "cotreat", "modality", "necessity", "history",
    "deficit", "education", "maintenance", "potential", "cert", "subjective",
)  # fmt: skip


class CorpusError(ValueError):
    """A labelled note that cannot be used. Names the file and the fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldLine:
    """One line a note is labelled with; minutes and units are None where none can be said."""

    code: str
    minutes: int | None
    units: int | None
    modifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabeledNote:
    """A note, what the EHR would send with it, its marks, and the claim it supports.

    Attributes:
        is_therapists: Whether a therapist, or an assistant or student of one, wrote it.
    """

    id: str
    style: str
    author: str
    path: Path
    encounter: dict[str, Any]
    text: str
    marks: tuple[Mark, ...]
    lines: tuple[GoldLine, ...]
    stated: tuple[GoldLine, ...]
    diagnoses: tuple[str, ...]
    findings: tuple[str, ...]
    is_therapists: bool = True


def read_note(path: Path) -> LabeledNote:
    """The labelled note in ``path``.

    Raises:
        CorpusError: The head is not YAML of the documented form, or a mark is broken.
    """
    try:
        before, head, body = path.read_text("utf-8").split("---\n", 2)
        fields = yaml.safe_load(head)
        text, marks = strip_marks(body)
    except (ValueError, yaml.YAMLError) as error:
        raise CorpusError(f"{path.name}: {error}") from error
    faults = [f"text before the head: {before!r}"] if before.strip() else []
    faults += list(_head_faults(fields, path)) + [
        f"unknown label {' '.join(mark.label)}" for mark in marks if not _is_label(mark.label)
    ]
    if faults:
        raise CorpusError(f"{path.name}: {'; '.join(faults)}")
    return LabeledNote(
        id=fields["id"],
        style=fields["style"],
        author=str(fields["author"]),
        path=path,
        encounter=dict(fields["encounter"]),
        text=text,
        marks=marks,
        lines=tuple(gold_line(line) for line in fields["lines"] or ()),
        stated=tuple(gold_line(line) for line in fields.get("stated") or ()),
        diagnoses=tuple(fields["diagnoses"] or ()),
        findings=tuple(fields.get("findings") or ()),
        is_therapists=bool(fields.get("is_therapists", True)),
    )


def read_corpus(root: Path = ROOT) -> Iterator[LabeledNote]:
    """Every labelled note below ``root``, by path."""
    for path in sorted(root.glob("*/*.note")):
        yield read_note(path)


def _head_faults(fields: Any, path: Path) -> Iterator[str]:
    if not isinstance(fields, dict):
        yield "the head is not a mapping"
        return
    for key in ("id", "style", "author", "encounter", "lines", "diagnoses"):
        if key not in fields:
            yield f"the head lacks {key}"
    if fields.get("id") != path.stem:
        yield f"id differs from the file name {path.stem}"
    for line in [*(fields.get("lines") or ()), *(fields.get("stated") or ())]:
        try:
            gold_line(line)
        except (ValueError, AttributeError) as error:
            yield f"line {line!r}: {error}"


def gold_line(written: str) -> GoldLine:
    """The line written as ``code minutes units modifiers``; ``-`` where there is none.

    Raises:
        ValueError: A part is missing, or a count is no number.
    """
    code, minutes, units, *modifiers = written.split()
    return GoldLine(
        code=code,
        minutes=_count(minutes),
        units=_count(units),
        modifiers=tuple(m for m in modifiers if m != "-"),
    )


def _count(written: str) -> int | None:
    return None if written == "-" else int(written)


def _is_label(label: tuple[str, ...]) -> bool:
    match label:
        case ("min", "timed" | "total" | "none"):
            return True
        case ("min", code, *rest):
            return _is_code(code) and set(rest) <= GIVERS
        case ("dx", code, *rest):
            return code[0].isalpha() and set(rest) <= DIAGNOSIS_STATES
        case ("el", "goal", "measurable"):
            return True
        case ("el", name):
            return name in ELEMENTS
        case (code, *rest):
            return _is_code(code) and set(rest) <= ASSERTIONS | GIVERS
    return False


def _is_code(code: str) -> bool:
    return len(code) == 5 and code[1:4].isdigit()


def faults_of(path: Path) -> list[str]:
    """Why ``path`` cannot be used; empty when it can."""
    try:
        read_note(path)
    except (CorpusError, MarkError) as error:
        return [str(error)]
    return []
