"""Finds the words by which a query leads. Pure, and the same for whoever wrote it.

Source: our words for the joint practice brief of AHIMA and ACDIS on compliant queries, which asks
for clinical indicators from the record, no impact on payment, and options that include "other" and
"unable to determine".
"""

import re
from collections.abc import Iterator

from model.queries.draft import Draft
from model.queries.options import (
    has_negative,
    has_other,
    has_unable,
    is_about_the_record,
    is_polar,
    offers,
    says_yes,
)
from model.queries.wording import pattern, vocabulary
from model.records import Span
from model.records.query import Fault, Leading

WHY = {
    Leading.PAYMENT: "mentions payment, coverage or review of the claim",
    Leading.CODE: "names a code, a level or a unit to be justified",
    Leading.PRESUMES: "presumes the answer or dictates it",
    Leading.FISHES: "fishes for a finding by yes or no; ask openly",
    Leading.NEW_FACT: "brings in what the note does not say",
    Leading.OPTIONS: 'offers answers without both "other" and "unable to determine"',
}
"""What is wrong with a query, by how it leads; shown to people and stated in docs/queries.md."""
_NUMBER = re.compile(r"\b\d+(?:[.:/]\d+)*\b")


def lint(text: str, note_text: str | None) -> tuple[Fault, ...]:
    """Every fault of a query, in the order of its words; none where it may be sent.

    Args:
        text: The query as it would be sent.
        note_text: The note it is about. None where nobody has it: then nothing is said of facts
            it may bring in, and every quotation is taken to be the note's.
    """
    draft = Draft(text, note_text)
    found = [*_worded(draft), *_fishing(draft), *_closed_in(draft), *_brought_in(draft)]
    return tuple(sorted(found, key=lambda fault: (fault.span, fault.kind)))


def _worded(draft: Draft) -> Iterator[Fault]:
    """Phrases that lead wherever they stand."""
    for kind in (Leading.PAYMENT, Leading.CODE, Leading.PRESUMES):
        for match in pattern("leading", kind).finditer(draft.own):
            yield _fault(_trimmed(match), kind)
    for match in pattern("leading", "presupposes").finditer(draft.own):
        if not draft.is_in_note(match.group()):
            yield _fault(_trimmed(match), Leading.PRESUMES)


def _fishing(draft: Draft) -> Iterator[Fault]:
    """Questions of yes or no that leave no way out, or ask for a finding by "yes"."""
    is_free = has_unable(draft) and has_negative(draft)
    for sentence in filter(is_polar, draft.sentences):
        if not is_free or (says_yes(sentence) and not is_about_the_record(sentence)):
            yield _fault(sentence.part(0, len(sentence.text)), Leading.FISHES)


def _closed_in(draft: Draft) -> Iterator[Fault]:
    """Lists of answers that lack a way out."""
    if not (has_other(draft) and has_unable(draft)):
        for offer in offers(draft):
            yield _fault(offer.span, Leading.OPTIONS)


def _brought_in(draft: Draft) -> Iterator[Fault]:
    """Quotations, numbers and findings that the note does not hold."""
    if draft.note is None:
        return
    for span in draft.misquotes:
        yield _fault(span, Leading.NEW_FACT)
    offered = [offer.span for offer in offers(draft)] if has_unable(draft) else []
    for found in (_NUMBER, vocabulary("findings")):
        for match in found.finditer(draft.own):
            span = Span(*match.span())
            if not (draft.is_in_note(match.group()) or any(map(span.overlaps, offered))):
                yield _fault(span, Leading.NEW_FACT)


def _trimmed(match: re.Match[str]) -> Span:
    """Where the match stands, without the blanks and points before it."""
    words = match.group()
    start = match.start() + len(words) - len(words.lstrip(" .;:,!?-–"))
    return Span(start, max(start + 1, match.end()))


def _fault(span: Span, kind: Leading) -> Fault:
    return Fault(span=span, kind=kind, why=WHY[kind])
