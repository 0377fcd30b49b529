"""A second evaluation within an episode says what is new."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.evaluations.levels import PARAMETERS
from model.rules.lines import joined, judged, only
from model.rules.registry import rule

_FIRST_DAY = 1


@rule(
    "evaluation-repeated",
    title="An evaluation opens an episode; later ones follow a new condition",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part C"),
    reads=PARAMETERS,
    basis="recalled",
    row="DR-034",
)
def repeated(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about a PT or OT evaluation on a later treatment day of the episode.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part C.
    """
    day = case.episode.treatment_day
    if day is None or day <= _FIRST_DAY:
        return
    lines = [known for known in judged(case) if _is_levelled(known.code, policy)]
    if lines:
        yield Flag(
            message=f"{joined(known.code for known in lines)} on treatment day {day} of"
            " the episode",
            line=only(lines),
            query="What is new or different since the last evaluation: a new condition, a new"
            " setting, a gap in care, other, or unable to determine?",
        )


def _is_levelled(code: str, policy: Policy) -> bool:
    return any(code in policy.table(name) for name in PARAMETERS)
