"""Strapping tells what it immobilizes, compresses or limits."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("29200", "29240", "29260", "29280", "29520", "29530", "29540", "29550", "29581", "29584")


@rule(
    "29-strap-purpose",
    title="Strapping tells what it immobilizes, compresses or limits",
    severity=Severity.INFORMS,
    citation=Citation("cpt", "application of casts and strapping, in our words"),
    elements=["purpose of the strapping"],
    basis="recalled",
    row="DR-118",
)
def strapping(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag strapping or a compression wrap of which no purpose is told.

    Source:
        CPT, strapping immobilizes; tape that facilitates is part of other services; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="purpose of the strapping",
        query="What was the strapping or wrap for: to immobilize, to compress, to facilitate "
        "movement, other, or unable to determine?",
    )
