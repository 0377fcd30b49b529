"""What an aide gave is no line of a claim."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Giver, Severity
from model.rules.lines import joined, judged, only, service_of
from model.rules.registry import rule


@rule(
    "aide-service",
    title="What an aide gave is no line of a claim",
    severity=Severity.BLOCKS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 230"),
    row="DR-075",
)
def aide(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a billed service that the note says an aide alone gave.

    Source:
        CMS Pub. 100-02, chapter 15, section 230: aides furnish no skilled service.
    """
    services = case.facts.performed() if case.facts else ()
    by_aide = {service_of(s.code) for s in services if s.giver is Giver.AIDE}
    by_others = {service_of(s.code) for s in services if s.giver is not Giver.AIDE}
    lines = [known for known in judged(case) if service_of(known.code) in by_aide - by_others]
    if lines:
        yield Flag(
            message=f"{joined(known.code for known in lines)}: given by an aide",
            line=only(lines),
            query="Who furnished this service on this date: therapist, assistant, aide, several"
            " (please give minutes of each), other, or unable to determine?",
        )
