"""A manifestation follows the condition it comes from."""

import re
from collections.abc import Iterator
from functools import lru_cache

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.diagnoses.claimed import begins, find, stated
from model.rules.registry import rule

_CODE = re.compile(
    r"\b([A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)(?:\.-? ?with final characters -(\w+))?"
)
_CONDITIONAL = re.compile(r"if (?:applicable|known|present|any)", re.IGNORECASE)


@rule(
    "code-first",
    title="A diagnosis that follows another stands after it",
    severity=Severity.WARNS,
    citation=Citation("icd10cm_guidelines", "section I.A.13"),
    row="DR-119",
)
def code_first(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a code listed before the one its "code first" note names, or first without any.

    "If applicable" and "if known" leave a code free to stand without the other.

    Source:
        ICD-10-CM Official Guidelines, section I.A.13 (etiology and manifestation).
    """
    codes = stated(case)
    for place, code in enumerate(codes):
        for named, is_conditional in _instructions(code):
            later = [other for other in codes[place + 1 :] if _is_named(other, named)]
            if later:
                yield Flag(message=f"{code} stands before {later[0]}", diagnosis=code)
            elif place == 0 and not is_conditional:
                yield Flag(
                    message=f"{code} stands first; the condition it comes from is coded first",
                    diagnosis=code,
                )
            else:
                continue
            break


@lru_cache(maxsize=4096)
def _instructions(code: str) -> tuple[tuple[tuple[tuple[str, str], ...], bool], ...]:
    """Each "code first" note of ``code``: the codes it names, and whether it is conditional.

    A code is named by how it begins and ends ("I69. with final characters -91").
    """
    found = find(code)
    if found is None:
        return ()
    return tuple(
        (tuple(_CODE.findall(note.text)), bool(_CONDITIONAL.search(note.text)))
        for note in found.instructions("code_first")
    )


def _is_named(code: str, named: tuple[tuple[str, str], ...]) -> bool:
    return any(begins(code, [start]) and code.endswith(end) for start, end in named)
