"""Services Medicare does not take from a therapist stand on a claim only with a notice modifier."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import has_kind, joined, only, stated
from model.rules.registry import rule


@rule(
    "dry-needling-not-covered",
    title="Dry needling at original Medicare says that it is excluded",
    severity=Severity.WARNS,
    citation=Citation("cms_ncd", "section 30.3.3"),
    reads=["payer.kx_threshold", "coverage.not_from_therapists"],
    basis="recalled",
    row="DR-116",
)
def dry_needling(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag dry needling without GA, GX, GY or GZ, at the one payer whose rule that is.

    Source:
        CMS Pub. 100-03, section 30.3.3.
    """
    if not policy.applies_kx:  # the threshold is original Medicare's alone
        return
    codes = policy.texts("coverage.not_from_therapists")
    bare = [
        known
        for known in stated(case)
        if known.code in codes and not has_kind(known.line, "liability", case)
    ]
    if bare:
        yield Flag(
            message=f"{joined(known.code for known in bare)} without GA, GX, GY or GZ",
            line=only(bare),
        )
