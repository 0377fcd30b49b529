"""A code that is in no table we hold."""

from collections.abc import Iterator

from model.codes.procedures import find
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.registry import rule

SHOWN = 8
"""Longest thing shown as a code: what stands in its place may be anything."""


@rule(
    "unknown-code",
    title="Every code stated is a procedure code we hold",
    severity=Severity.WARNS,
    citation=Citation("cpt", "codes of therapy"),
)
def unknown_code(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a stated code of no table; devices and supplies (HCPCS letters) are not judged.

    Source:
        CPT and HCPCS level II, as ``policies/codes/procedures.csv`` lists those of therapy.
    """
    for index, line in enumerate(case.stated):
        if find(line.code) is None and not _is_device(line.code):
            yield Flag(message=f"{line.code[:SHOWN]} is in no therapy code table", line=index)


def _is_device(code: str) -> bool:
    """Whether ``code`` is a HCPCS level II code outside the G and S procedures."""
    return len(code) == 5 and code[0].isalpha() and code[0] not in "GS" and code[1:].isdigit()
