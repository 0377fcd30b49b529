"""A code that is not in force on the date of service, or that the payer does not take."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import Known, joined, stated
from model.rules.registry import rule


@rule(
    "deleted-code",
    title="Every code is in force on the date of service and taken by the payer",
    severity=Severity.BLOCKS,
    citation=Citation("cms_oce", "code validity"),
    reads=["payer.replaced_codes"],
    row=["DR-087", "DR-103", "DR-106"],
    supersedes=[
        *("stated-code-contradicts-note", "planned-not-performed-billed", "bundled-code"),
        *("units-exceed-mue", "needs-59-or-x", "edit-not-separable", "add-on-without-base"),
        *("untimed-billed-by-minutes", "missing-therapy-modifier"),
    ],
)
def deleted_code(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a code that ended, has not begun, or is replaced at this payer; name what stands instead.

    Source:
        CPT and HCPCS code years; CMS relative value file, status I (97014: G0283 at Medicare).
    """
    replaced = policy.replaced_codes
    for known in stated(case):
        if not known.procedure.is_in_force(case.date_of_service):
            yield Flag(message=_not_in_force(known, case), line=known.index)
        elif known.code in replaced:
            instead = replaced[known.code]
            yield Flag(
                message=f"{known.code} is not taken by this payer; {instead} stands instead",
                line=known.index,
            )


def _not_in_force(known: Known, case: Case) -> str:
    procedure = known.procedure
    if case.date_of_service < procedure.valid_from:
        return f"{known.code} begins on {procedure.valid_from}"
    instead = joined(procedure.replaced_by)
    return f"{known.code} ended on {procedure.valid_to}" + (
        f"; replaced by {instead}" if instead else ""
    )
