"""One modifier says that a service was separate, never two."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.modifiers.together import together
from model.rules.registry import rule


@rule(
    "59-with-x-together",
    title="A line carries 59 or one of XE, XS, XP, XU, not two of them",
    severity=Severity.BLOCKS,
    citation=Citation("cms_ncci_modifier_59", "page 1"),
    reads=["modifiers.distinct"],
)
def distinct_once(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag 59 beside an X modifier, or two X modifiers, on one line.

    Source:
        CMS, Proper Use of Modifiers 59 and X{EPSU}.
    """
    yield from together(case, policy.texts("modifiers.distinct"))
