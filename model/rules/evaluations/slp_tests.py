"""A speech-language evaluation names its tests."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Discipline, Flag, NoteKind, Severity
from model.rules.documentation.elements import has
from model.rules.evaluations.domains import DOMAINS, codes_of
from model.rules.lines import judged, only
from model.rules.registry import rule
from model.rules.wording import is_worded

_ELEMENT = "name and score of each test"


@rule(
    "slp-evaluation-tests",
    title="A speech-language evaluation names its tests",
    severity=Severity.INFORMS,
    citation=Citation("asha", "documentation of speech-language evaluations"),
    reads=[DOMAINS],
    elements=["measure"],
    basis="recalled",
    row="DR-036",
)
def slp_tests(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about a speech-language evaluation that measures, and names no test or task.

    One without any measured value is another finding.

    Source:
        ASHA, documentation of evaluations; recalled.
    """
    if case.note_kind is not NoteKind.EVALUATION or case.discipline is not Discipline.SLP:
        return
    lines = [known for known in judged(case) if known.code in codes_of(policy).values()]
    if not lines or not has(case, "measure") or has(case, _ELEMENT):
        return
    if not is_worded(case, __file__, "named"):
        yield Flag(
            message="measured values found; no test or task named",
            line=only(lines),
            missing=(_ELEMENT,),
            query="Which tests or tasks were used, with which scores: please give, informal"
            " only, other, or unable to determine?",
        )
