"""Each timed service has minutes of its own where units hang on them."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Giver, Severity
from model.rules.documentation.elements import given_timed, has_timed_minutes
from model.rules.lines import joined
from model.rules.registry import rule


@rule(
    "minutes-per-code",
    title="Each timed service has minutes of its own where units hang on them",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part E"),
    reads=["timed_units.code_minutes_required"],
    elements=["minutes by service"],
    row="DR-052",
)
def minutes_per_code(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag timed services without minutes of their own beside others, or a total, that have them.

    Asked for where the payer counts each code by itself, or where therapist and assistant shared
    the visit; Medicare asks for no minutes by code otherwise.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part E; CPT, introduction, time.
    """
    services = given_timed(case)
    if case.facts is None or case.facts.unclaimed or not has_timed_minutes(case):
        return
    bare = {service.code for service in services if service.minutes is None}
    codes = {service.code for service in services}
    if not bare or len(codes) == 1 or _are_listed(case, bare):
        return
    givers = {service.giver for service in services}
    if givers >= {Giver.THERAPIST, Giver.ASSISTANT} or policy.flag(
        "timed_units.code_minutes_required"
    ):
        yield Flag(
            message=f"{joined(bare)}: minutes of their own not found",
            missing=("minutes by service",),
            query="How many one-to-one minutes did each of these services take on this date:"
            " please give, other, or unable to determine?",
        )


def _are_listed(case: Case, codes: set[str]) -> bool:
    """Whether the claim gives minutes to every one of ``codes``."""
    lines = (*case.stated, *case.supported)
    return codes <= {line.code for line in lines if line.minutes is not None}
