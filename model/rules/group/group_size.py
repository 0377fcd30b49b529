"""A group note says that there was a group, and how many were in it."""

from collections.abc import Iterator

from model.codes.procedures import Family
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import joined, judged, only
from model.rules.registry import rule


@rule(
    "group-size-missing",
    title="A group code stands on a note that says how many were treated together",
    severity=Severity.INFORMS,
    citation=Citation("noridian", "group therapy"),
    elements=["group"],
    basis="recalled",
    row="DR-080",
)
def group_size(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a group code on a note in which nothing tells of a group.

    Source:
        CMS Pub. 100-02, chapter 15, section 230, part A.
    """
    if case.facts is None or case.facts.elements.get("group"):
        return
    groups = [known for known in judged(case) if known.procedure.family is Family.GROUP]
    if groups:
        yield Flag(
            message=f"{joined(known.code for known in groups)}: number of patients treated"
            " together not found",
            line=only(groups),
            missing=("number of patients in the group",),
            query="How many patients were treated together in this session?",
        )
