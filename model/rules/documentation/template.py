"""No field of a template is left open."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule
from model.rules.wording import found

# Every placeholder holds one of these; looking for them first spares most notes the patterns.
_MARKS = ("___", "***", "[", "{{")


@rule(
    "template-left-in",
    title="No field of a template is left open",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "contractor guidance on template notes"),
    basis="recalled",
    row="DR-060",
)
def template(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag placeholders that nobody filled in; lines for a signature or a date are none.

    Source:
        Medicare contractors' guidance on template notes; recalled.
    """
    if case.text is None or not lacks(case, "what the fields ask for"):
        return
    if not any(mark in case.text for mark in _MARKS):
        return
    left = found(case.text, __file__, "placeholder")
    if left:
        yield Flag(
            message=f"template fields left open: {len(left)}",
            evidence=left,
            missing=("what the fields ask for",),
            query="What belongs in the open fields: please give, nothing, or unable to determine?",
        )
