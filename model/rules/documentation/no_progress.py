"""A report of no progress says why care goes on."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import has
from model.rules.registry import rule
from model.rules.wording import found, is_worded

_KINDS = (NoteKind.PROGRESS, NoteKind.RECERTIFICATION)


@rule(
    "no-progress-unexplained",
    title="A report of no progress says why care goes on",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, sections 220.2 and 220.3, part D"),
    elements=["explanation", "maintenance"],
    row="DR-044",
)
def no_progress(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about a report that tells of no progress and of no cause, setback or new approach.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.2; section 220.3, part D.
    """
    if case.facts is None or case.text is None or case.note_kind not in _KINDS:
        return
    flat = found(case.text, __file__, "no_progress")
    if flat and not has(case, "explanation", "maintenance"):
        if is_worded(case, __file__, "explained"):
            return
        yield Flag(
            message="no progress reported; its explanation not found",
            evidence=flat,
            missing=("explanation of the lack of progress",),
            query="What, if anything, limited progress in this period, and what changes: please"
            " describe, nothing, other, or unable to determine?",
        )
