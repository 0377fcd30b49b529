"""A table read past its last release is used as last loaded, and that is said aloud."""

from collections.abc import Iterator

from model.codes.releases import Release, stale
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.edits.code_pairs import NO_EDITS
from model.rules.registry import rule

_DIAGNOSES = "icd10cm"
_PAIRS = ("ncci_practitioner", "ncci_outpatient")
_EDITS = (*_PAIRS, "mue_practitioner", "mue_outpatient")


@rule(
    "stale-tables",
    title="The tables a claim was judged by reach its date of service",
    severity=Severity.INFORMS,
    citation=Citation("noteproof", "tables past their last release"),
    reads=["payer.edit_set"],
)
def stale_tables(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform, once, which tables were used as last loaded, and how far each one reaches.

    Only tables that had something to judge are named; those of both kinds of claims where nobody
    says the setting.

    Source:
        ``policies/releases.yaml``.
    """
    past = [
        release
        for release in stale(case.policy_day, case.setting)
        if _judges(release, case, policy)
    ]
    if past:
        tables = "; ".join(f"{release.title}, to {release.covers_to}" for release in past)
        yield Flag(message=f"used as last loaded: {tables}")


def _judges(release: Release, case: Case, policy: Policy) -> bool:
    if release.table == _DIAGNOSES:
        return bool(case.stated_diagnoses or case.supported_diagnoses)
    lines = max(len(case.stated), len(case.supported))
    if release.table in _EDITS and policy.edit_set == NO_EDITS:
        return False
    return lines > (release.table in _PAIRS)
