"""A splint that is supplied as an orthosis is not also applied."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import joined, only, stated
from model.rules.registry import rule


@rule(
    "casting-with-orthosis",
    title="Applying a splint is not billed beside the orthosis supplied",
    severity=Severity.WARNS,
    citation=Citation("cpt", "application of casts and strapping"),
    reads=["orthoses.splint_codes"],
    basis="recalled",
    row="DR-139",
)
def splint_and_orthosis(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag the application of a splint beside an orthosis code (L), whose fitting includes it.

    Source:
        CPT, application of casts and strapping; HCPCS L codes include fitting.
    """
    orthoses = [line.code for line in case.stated if _is_orthosis(line.code)]
    if not orthoses:
        return
    splints = policy.texts("orthoses.splint_codes")
    applied = [known for known in stated(case) if known.code in splints]
    if applied:
        yield Flag(
            message=f"{joined(known.code for known in applied)} beside {joined(orthoses)}, whose"
            " supply includes fitting",
            line=only(applied),
        )


def _is_orthosis(code: str) -> bool:
    return len(code) == 5 and code[0] == "L" and code[1:].isdigit()
