"""A re-evaluation answers something new."""

from collections.abc import Iterator

from model.codes.procedures import Family
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import has
from model.rules.lines import joined, judged, only
from model.rules.registry import rule
from model.rules.wording import found

_NEW = "the new finding or change that prompted the re-evaluation"


@rule(
    "reeval-not-justified",
    title="A re-evaluation follows a new finding or a significant change",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part C"),
    basis="recalled",
    row="DR-037",
)
def reevaluation(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a re-evaluation whose note says that nothing changed, and names nothing new.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part C.
    """
    if case.text is None or has(case, _NEW):
        return
    lines = [known for known in judged(case) if known.procedure.family is Family.REEVALUATION]
    if not lines or found(case.text, __file__, "something_new"):
        return
    said = found(case.text, __file__, "nothing_new")
    if said:
        yield Flag(
            message=f"{joined(known.code for known in lines)}: no change recorded, no new finding"
            " found",
            line=only(lines),
            evidence=said,
            missing=(_NEW,),
            query="What prompted this re-evaluation: a new finding or change (please describe it),"
            " a scheduled recheck, other, or unable to determine?",
        )
