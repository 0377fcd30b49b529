"""Care given to a group is a group code, not one-to-one codes."""

from collections.abc import Iterator

from model.codes.procedures import Family, find
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import joined, only, service_of, stated, supported_services
from model.rules.registry import rule


@rule(
    "group-billed-as-individual",
    title="Group treatment is billed as group treatment",
    severity=Severity.BLOCKS,
    citation=Citation("cms_claims_manual", "chapter 5, section 20.2, part B"),
    elements=["group"],
    row="DR-081",
    supersedes=[
        "stated-code-contradicts-note",
        "planned-not-performed-billed",
        "minutes-do-not-support-units",
        "minutes-earn-more-units",
        "untimed-billed-by-minutes",
    ],
)
def group_as_individual(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag one-to-one codes stated where the note describes a group and none of them.

    Source:
        CMS Pub. 100-02, chapter 15, section 230, part A; NCCI Policy Manual, chapter 11.
    """
    supported = supported_services(case)
    groups = {code for code in supported if _is_group(code)}
    if not groups or any(_is_group(line.code) for line in case.stated):
        return
    single = [
        known
        for known in stated(case)
        if known.procedure.one_on_one and service_of(known.code) not in supported
    ]
    if single:
        codes = joined(known.code for known in single)
        yield Flag(
            message=f"{codes} stated; the note describes group treatment ({joined(groups)})",
            line=only(single),
            query="Was this treatment given one-to-one, in a group (how many patients), partly"
            " each (at what times), other, or are you unable to determine?",
        )


def _is_group(code: str) -> bool:
    procedure = find(code)
    return procedure is not None and procedure.family is Family.GROUP
