"""59 and X stand only where an edit asks for them."""

from collections.abc import Iterator
from dataclasses import replace

from model.policy import Confidence, Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.edits.code_pairs import READS, edited_pairs, settings_of
from model.rules.lines import has_kind, stated
from model.rules.registry import rule


@rule(
    "modifier-59-without-edit",
    title="59 or X stands only on a pair under an edit",
    severity=Severity.WARNS,
    citation=Citation("cms_ncci_modifier_59", "page 1"),
    reads=READS,
)
def unneeded(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag 59 or X on a line whose code is under no edit with another code of the claim.

    Judged only where the payer's edits are known for sure: plans keep edits of their own. Where
    nobody says the setting, an edit of either table is enough.

    Source:
        CMS, Proper Use of Modifiers 59 and X{EPSU}.
    """
    marked = [known for known in stated(case) if has_kind(known.line, "distinct", case)]
    if not marked or not _is_known(policy):
        return
    edited = {
        code
        for setting in settings_of(case)
        for found in edited_pairs(replace(case, setting=setting), policy)
        for code in (found.edit.column1, found.edit.column2)
    }
    for known in marked:
        if known.code not in edited:
            yield Flag(
                message=f"{known.code}: 59 or X, and no edit with another code of the claim",
                line=known.index,
            )


def _is_known(policy: Policy) -> bool:
    return policy.value("payer.edit_set").confidence is Confidence.VERIFIED
