"""Modalities stand beside active treatment."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import MODALITIES, treatments
from model.rules.lines import joined
from model.rules.registry import rule


@rule(
    "modality-without-active-treatment",
    title="Modalities stand beside active treatment",
    severity=Severity.WARNS,
    citation=Citation("payer_profile", "local coverage of modalities"),
    basis="recalled",
    row=["DR-083", "DR-084"],
)
def modality_alone(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a treatment note whose services are modalities only.

    Source:
        Local coverage determinations L33631 and L35036; recalled.
    """
    services = treatments(case)
    if services and all(procedure.family in MODALITIES for procedure in services):
        yield Flag(
            message=f"{joined(p.code for p in services)}: active treatment on this date not found",
            missing=("active treatment",),
            query="Which services besides the modalities were given on this date: please give,"
            " none, or unable to determine?",
        )
