"""A code that is not in force on the date of service, or that the payer does not take."""

from collections.abc import Collection, Iterator

from model.codes.procedures import find
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
    """Flag a code that ended, has not begun, or is replaced at this payer.

    What stands instead is named where it is in force on the day and the payer takes it.

    Source:
        CPT and HCPCS code years; CMS relative value file, status I (97014: G0283 at Medicare).
    """
    replaced = policy.replaced_codes
    for known in stated(case):
        if not known.procedure.is_in_force(case.policy_day):
            yield Flag(message=_not_in_force(known, case, replaced), line=known.index)
        elif known.code in replaced:
            instead = replaced[known.code]
            yield Flag(
                message=f"{known.code} is not taken by this payer; {instead} stands instead",
                line=known.index,
            )


def _not_in_force(known: Known, case: Case, refused: Collection[str]) -> str:
    procedure = known.procedure
    on = case.policy_day
    if on < procedure.valid_from:
        return f"{known.code} begins on {procedure.valid_from}"
    instead = joined(
        code
        for code in procedure.replaced_by
        if code not in refused and (found := find(code)) is not None and found.is_in_force(on)
    )
    return f"{known.code} ended on {procedure.valid_to}" + (
        f"; replaced by {instead}" if instead else ""
    )
