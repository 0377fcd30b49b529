"""An assistant works under the supervision the setting asks for on the date."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Setting, Severity
from model.rules.lines import judged
from model.rules.registry import rule
from model.rules.wording import found

_DIRECT = "direct"


@rule(
    "assistant-supervision",
    title="An assistant works under the supervision the setting asks for on the date",
    severity=Severity.WARNS,
    citation=Citation("cfr_42_410", "410.59(a)(3)(ii), 410.60(a)(3)(ii)"),
    reads=["assistants.private_practice_supervision", "payer.assistant_modifiers"],
    row="DR-074",
)
def assistant_supervision(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an assistant in private practice whose note says that no therapist was on site.

    Silence is no fault: only words that tell of general supervision are.

    Source:
        42 CFR 410.59 and 410.60; CY 2025 Physician Fee Schedule final rule, section II.H.
    """
    if case.setting is not Setting.PRIVATE_PRACTICE or case.text is None or not _is_assisted(case):
        return
    if not policy.needs_assistant_modifiers:
        return
    asked = policy.text("assistants.private_practice_supervision")
    off_site = found(case.text, __file__, "off_site") if asked == _DIRECT else ()
    if off_site:
        yield Flag(
            message="supervision on this date: direct; the note tells of none on site",
            evidence=off_site,
            query="Where was the supervising therapist during this visit: in the office suite,"
            " reachable by phone, other, or unable to determine?",
        )


def _is_assisted(case: Case) -> bool:
    """Whether an assistant furnished any line."""
    by_assistant = any(known.line.performed_by == "assistant" for known in judged(case))
    return by_assistant or bool(case.clinician.is_assistant and judged(case))
