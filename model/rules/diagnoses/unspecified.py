"""An unspecified code where more is known."""

import re
from collections.abc import Iterator

from model.codes.diagnoses import Diagnosis
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.diagnoses.claimed import find, stated
from model.rules.registry import rule

_UNSPECIFIED = "unspecified"
_TELLING = re.compile(r"[a-z]{6,}")
_SILENT = {_UNSPECIFIED, "primary", "secondary", "unilateral", "bilateral", "affecting"}


@rule(
    "unspecified-diagnosis",
    title="No unspecified diagnosis is stated where the note knows more",
    severity=Severity.WARNS,
    citation=Citation("icd10cm_guidelines", "section I.B.18"),
    reads=["diagnoses.ask_when_alone"],
    basis="recalled",
    row="DR-120",
    supersedes=["laterality-missing"],
)
def unspecified(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an unspecified code where the note supports a more exact one of the same condition.

    Without a note, only codes that leave open what any examination answers are asked about.

    Source:
        ICD-10-CM Official Guidelines, section I.B.18.
    """
    for code in dict.fromkeys(stated(case)):
        exact = _more_exact(code, case)
        if exact is not None:
            yield _asked(code, f"{code} stated; the note supports {exact}")
        elif case.facts is None and code in policy.texts("diagnoses.ask_when_alone"):
            yield _asked(code, f"{code} leaves the site or kind unspecified")


def _asked(code: str, message: str) -> Flag:
    return Flag(
        message=message,
        diagnosis=code,
        missing=("site, side or kind of the condition",),
        query="Which site, side and kind of the condition was treated: as recorded (please name"
        " them), other, or unable to determine?",
    )


def _more_exact(code: str, case: Case) -> str | None:
    mine = find(code)
    if mine is None or not _openness(mine):
        return None
    for other in case.supported_diagnoses:
        theirs = find(other)
        if theirs is not None and _openness(theirs) < _openness(mine) and _is_same(mine, theirs):
            return other
    return None


def _openness(found: Diagnosis) -> int:
    """How many things the title leaves unspecified."""
    return found.title.lower().count(_UNSPECIFIED)


def _is_same(one: Diagnosis, other: Diagnosis) -> bool:
    """Whether two codes are of one category, or of one block and named alike."""
    if one.category == other.category:
        return True
    return not set(one.chain).isdisjoint(other.chain[:-1]) and not _words(one).isdisjoint(
        _words(other)
    )


def _words(found: Diagnosis) -> set[str]:
    return set(_TELLING.findall(found.title.lower())) - _SILENT
