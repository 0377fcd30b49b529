"""A modality has its reason or settings."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import MODALITIES, given, lacks
from model.rules.lines import joined
from model.rules.registry import rule
from model.rules.wording import is_worded


@rule(
    "modality-detail",
    title="A modality has its reason or settings",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of modalities"),
    elements=["modality"],
    basis="recalled",
    row=["DR-083", "DR-090"],
)
def modality_detail(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a modality for which neither reason nor settings are recorded.

    Source:
        Local coverage determinations L33631 and L35036; recalled.
    """
    codes = {procedure.code for procedure in given(case) if procedure.family in MODALITIES}
    if codes and lacks(case, "modality") and not is_worded(case, __file__, "settings"):
        yield Flag(
            message=f"{joined(codes)}: indication and settings not found",
            missing=("indication and settings of the modality",),
            query="For what indication, on which area and with which settings was the modality"
            " given: please give, or unable to determine?",
        )
