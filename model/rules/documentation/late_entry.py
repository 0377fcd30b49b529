"""A late entry or addendum carries its own date."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity, Span
from model.rules.registry import rule
from model.rules.wording import found, matches


@rule(
    "late-entry-undated",
    title="A late entry or addendum carries its own date",
    severity=Severity.INFORMS,
    citation=Citation("cms_program_integrity_manual", "chapter 3, section 3.3.2.5"),
    elements=["date of the entry"],
    basis="recalled",
    row="DR-061",
)
def late_entry(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about a late entry or addendum without a date in its line or the next.

    Source:
        CMS Pub. 100-08, chapter 3, section 3.3.2.5; recalled.
    """
    if case.facts is None or case.text is None or case.facts.elements.get("date of the entry"):
        return
    for entry in found(case.text, __file__, "entry"):
        if next(matches(_lines_at(case.text, entry), __file__, "dated"), None) is None:
            yield Flag(
                message="late entry or addendum; its date not found",
                evidence=(entry,),
                missing=("date of the entry",),
                query="On which date was this entry written: please give, or unable to determine?",
            )


def _lines_at(text: str, entry: Span) -> str:
    """The line of ``entry`` and the one after it."""
    before, after = text[: entry.start], text[entry.start :]
    return before.rpartition("\n")[2] + "\n".join(after.split("\n", 2)[:2])
