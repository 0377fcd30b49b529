"""Above the yearly threshold a line is paid only with KX, which a named person attests."""

from collections.abc import Iterator

from model.codes.procedures import Therapy
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import Known, has_kind, joined, judged, only
from model.rules.modifiers.threshold import READS, standing
from model.rules.registry import rule

_KX = "KX"


@rule(
    "kx-needed",
    title="Above the yearly threshold, therapy lines carry KX",
    severity=Severity.BLOCKS,
    citation=Citation("bba_2018", "section 50202"),
    reads=READS,
    row="DR-122",
)
def kx_needed(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag therapy lines without KX once the year's allowed charges reach the threshold.

    Where a note states no lines, those it supports are judged, unless KX has been attested. A line
    with a notice modifier (GA, GY, GZ) says something else and is left alone.

    Source:
        42 U.S.C. 1395l(g); CMS, Therapy Services, KX modifier thresholds.
    """
    if not policy.applies_kx or (case.is_kx_attested and case.supported):
        return
    bare = [known for known in judged(case) if _is_bare(known, case)]
    year = standing(case, policy) if bare else None
    if year is not None and year.is_reached:
        yield Flag(
            message=f"{joined(known.code for known in bare)} without KX; allowed this year"
            f" {year.spent} USD, threshold {year.threshold} USD",
            line=only(bare),
            missing=("attestation of KX by a named person",),
            query="Which findings of this date, if any, show why a therapist's skills are still"
            " needed: as recorded, further findings (please add), none, other, or unable to"
            " determine?",
        )


def _is_bare(known: Known, case: Case) -> bool:
    is_therapy = known.procedure.therapy is not Therapy.NEVER
    answered = _KX in known.line.modifiers or has_kind(known.line, "liability", case)
    return is_therapy and not answered
