"""A diagnosis is a code to bill on the date of service."""

from collections.abc import Iterator

from model.codes.diagnoses import Diagnosis, billable_under
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.diagnoses.claimed import find, stated
from model.rules.registry import rule

SHOWN = 8
"""Longest thing shown as a code, and most codes named instead."""


@rule(
    "invalid-diagnosis",
    title="Every diagnosis is a billable code on the date of service",
    severity=Severity.BLOCKS,
    citation=Citation("cdc_icd10cm", "tabular list"),
    row="DR-119",
    supersedes=[
        *("unspecified-diagnosis", "laterality-missing", "wrong-seventh-character"),
        *("symptom-coded-with-definitive-dx", "first-listed-status-code", "code-first"),
    ],
)
def valid_on_date(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a code that is unknown, a heading, incomplete, ended or not yet begun.

    Source:
        ICD-10-CM Official Guidelines, section I.B.2 (level of detail); tabular list by release.
    """
    for code in dict.fromkeys(stated(case)):
        found = find(code)
        if found is None and not _is_a_word(code, case):
            yield Flag(message=f"{code[:SHOWN]} is in no ICD-10-CM release we hold", diagnosis=code)
        elif found is not None and not found.is_in_force(case.policy_day):
            yield Flag(message=_why(found, case), diagnosis=code)


def _is_a_word(code: str, case: Case) -> bool:
    """Whether it was read in the note, where an abbreviation can look like a code (H2O)."""
    return case.text is not None and "." not in code and code in case.text


def _why(found: Diagnosis, case: Case) -> str:
    on = case.policy_day
    if found.billable and found.valid_from is not None and on < found.valid_from:
        return f"{found.code} begins on {found.valid_from}"
    if found.billable:
        return f"{found.code} ended on {found.valid_to}{_instead(found, case)}"
    if found.sevenths:
        return f"{found.code} needs a 7th character: {', '.join(found.sevenths)}"
    return f"{found.code} is a heading{_instead(found, case)}"


def _instead(found: Diagnosis, case: Case) -> str:
    codes = billable_under(found.code, case.policy_day)
    more = ", ..." if len(codes) > SHOWN else ""
    return f"; below it: {', '.join(codes[:SHOWN])}{more}" if codes else ""
