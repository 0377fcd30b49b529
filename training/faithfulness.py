"""Whether a line stands on the words it shows: take the words away and draft the note again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from model.errors import NoteproofError
from model.journey import Copilot
from model.parse.pipeline import parse
from model.records import Encounter, Span
from model.records.claim import ClaimDraft, SuggestedLine
from training.corpus import LabeledNote
from training.encounters import encounter_of


@dataclass(slots=True)
class Fall:
    """What became of lines when words were taken from their notes.

    Attributes:
        lines: Lines tried.
        gone: No longer proposed.
        less_sure: Gone, or proposed with less confidence.
        confidence: Sum of the confidences that were lost.
    """

    lines: int = 0
    gone: int = 0
    less_sure: int = 0
    confidence: float = 0.0

    def add(self, before: float, after: float | None) -> None:
        """Count one line: its confidence before, and after; None when it is gone."""
        self.lines += 1
        self.gone += after is None
        self.less_sure += after is None or after < before
        self.confidence += before - (after or 0.0)


def falls(copilot: Copilot, notes: Iterable[LabeledNote]) -> tuple[Fall, Fall]:
    """The fall of every line without its evidence, and without as many words that are not."""
    without, control = Fall(), Fall()
    for note in notes:
        encounter = encounter_of(note)
        draft = copilot.draft(encounter)
        for line in draft.lines:
            evidence = [item.span for item in line.evidence]
            others = _others(note.text, evidence)
            if not others:
                continue
            for fall, spans in ((without, evidence), (control, others)):
                after = _redrafted(copilot, encounter, note.text, spans)
                fall.add(line.confidence, _confidence(after, line))
    return without, control


def table(copilot: Copilot, notes: Iterable[LabeledNote]) -> Iterator[str]:
    """The two falls as Markdown."""
    yield "Each line's evidence is deleted from its note and the note drafted again; beside it, as"
    yield "many characters of segments that are no evidence of the line."
    yield ""
    yield "| deleted | lines | no longer proposed | gone or less sure | mean loss of confidence |"
    yield "| --- | --- | --- | --- | --- |"
    for name, fall in zip(("the evidence", "other words"), falls(copilot, notes), strict=True):
        of = max(fall.lines, 1)
        yield (
            f"| {name} | {fall.lines} | {fall.gone / of:.2f} | {fall.less_sure / of:.2f} "
            f"| {fall.confidence / of:.2f} |"
        )


def _others(text: str, evidence: Sequence[Span]) -> list[Span]:
    """Segments that hold no evidence, from the last, until they are as long as the evidence."""
    wanted = sum(map(len, evidence))
    found: list[Span] = []
    for segment in reversed(parse(text).segments):
        if sum(map(len, found)) >= wanted:
            break
        if not any(segment.span.overlaps(span) for span in evidence):
            found.append(segment.span)
    return found


def _redrafted(
    copilot: Copilot, encounter: Encounter, text: str, spans: Sequence[Span]
) -> ClaimDraft | None:
    """The draft of the note without ``spans``; None where nothing is left to read."""
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + text[span.end :]
    try:
        return copilot.draft(replace(encounter, text=text))
    except NoteproofError:
        return None


def _confidence(draft: ClaimDraft | None, line: SuggestedLine) -> float | None:
    lines = draft.lines if draft else ()
    return max((own.confidence for own in lines if own.code == line.code), default=None)
