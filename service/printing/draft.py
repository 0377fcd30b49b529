"""One claim draft, the way a coder reads: the note, the claim, why, and what to ask."""

from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from model.records.claim import ClaimDraft
from service.printing.certificate import in_words
from service.printing.claim import (
    claim_table,
    diagnosis_table,
    differences,
    stated_table,
    unbilled,
)
from service.printing.console import shows_colour
from service.printing.findings import findings
from service.printing.missing import evaluation_table, would_clear
from service.printing.note import legend, marked, marks
from service.wire.certificate import certificate_out

_NO_MODEL = "off"


def print_draft(console: Console, draft: ClaimDraft, text: str | None) -> None:
    """Print ``draft`` and the note it was made from."""
    for part in _parts(draft, text, in_colour=shows_colour(console)):
        console.print(part)
    console.print()


def _parts(draft: ClaimDraft, text: str | None, *, in_colour: bool) -> Iterator[RenderableType]:
    yield Rule(Text(draft.id, "bold"), align="left", style="dim")
    yield _heading(draft)
    if text is not None:
        found = marks(draft)
        yield _indented(marked(text, found, in_colour=in_colour))
        yield legend(found, in_colour=in_colour)
        yield _claim(draft)
    if draft.diagnoses:
        yield diagnosis_table(draft)
    if draft.certificate and draft.certificate.ledger:
        yield _list("Units", in_words(certificate_out(draft.certificate)))
    yield _list("Not billed", unbilled(draft))
    if draft.stated:
        yield _list("The note itself bills" if text else "The claim given", [stated_table(draft)])
    yield _list("The two differ", differences(draft))
    yield from findings(draft, text or "")
    yield _list("Would clear it, where it is so", would_clear(draft))
    yield _list("The evaluation, by component", evaluation_table(draft))
    yield _list("Not decided", _abstentions(draft))


def _claim(draft: ClaimDraft) -> RenderableType:
    if draft.lines:
        return claim_table(draft)
    if draft.versions.model == _NO_MODEL:
        return Text("No model was loaded: the rules alone judged what the note states.", "quiet")
    return Text("No line: the note supports nothing that can be billed.", "bold")


def _heading(draft: ClaimDraft) -> RenderableType:
    """What kind of visit it is; what nobody sent is said to be read or assumed."""
    known = (
        draft.discipline or "discipline unknown",
        f"{draft.note_kind} note" if draft.note_kind else "kind of note unknown",
        draft.date_of_service.isoformat(),
        draft.payer,
        f"lane {draft.lane}",
    )
    remarks = [Text(" · ".join(known))]
    if draft.inferred:
        said = ", ".join(draft.inferred).replace("_", " ")
        remarks.append(Text(f"not sent, so read from the note or assumed: {said}", "quiet"))
    if draft.versions.stale:
        tables = ", ".join(f"{table} {day}" for table, day in draft.versions.stale)
        remarks.append(Text(f"tables used past their last day: {tables}", "quiet"))
    return Group(*remarks, Text())


def _abstentions(draft: ClaimDraft) -> Iterator[str]:
    for found in draft.abstentions:
        subject = f"{found.about} of {found.code}" if found.code else found.about
        yield f"{subject}: {found.reason}"


def _list(heading: str, entries: Iterable[RenderableType]) -> RenderableType:
    """``entries`` under ``heading``; nothing at all where there are none."""
    shown = [_indented(entry) for entry in entries if entry != ""]
    return Group(Text(heading, "bold"), *shown) if shown else Group()


def _indented(part: RenderableType) -> RenderableType:
    return Padding(part, (0, 0, 0, 2), expand=False)
