"""A treatment note gives its total treatment time."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import given_timed, has_timed_minutes
from model.rules.registry import rule
from model.rules.wording import found

_KINDS = (NoteKind.DAILY, NoteKind.PROGRESS)


@rule(
    "missing-total-minutes",
    title="A treatment note gives its total treatment time",
    severity=Severity.BLOCKS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part E"),
    reads=["timed_units.total_minutes_required"],
    row="DR-051",
)
def total_minutes(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a note with timed minutes and no total of timed and untimed minutes.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part E.
    """
    if case.facts is None or case.facts.treatment_total is not None or case.facts.unclaimed:
        return
    if case.note_kind not in _KINDS or not given_timed(case) or not has_timed_minutes(case):
        return
    if case.text is not None and _has_length(case.text):
        return
    if policy.flag("timed_units.total_minutes_required"):
        yield Flag(
            message="total treatment minutes not found",
            missing=("total treatment minutes",),
            query="What was the total treatment time on this date, timed and untimed services"
            " together: please give minutes, or unable to determine?",
        )


def _has_length(text: str) -> bool:
    """Whether words or a single clock range may tell how long the whole visit was."""
    return bool(found(text, __file__, "visit")) or len(found(text, __file__, "clock")) == 1
