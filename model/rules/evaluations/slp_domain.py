"""A speech-language evaluation is coded by the domain that was evaluated."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import has
from model.rules.evaluations.domains import DOMAINS, codes_of, spoken_of
from model.rules.lines import Known, joined, stated
from model.rules.registry import rule

_INCLUDES = "evaluations.slp_includes"
_ALONE = "evaluations.slp_language_alone"
_QUERY = (
    "Which domains were formally assessed, and by which tests: please give, other, or unable to"
    " determine?"
)


@rule(
    "slp-evaluation-domain",
    title="A speech-language evaluation is coded by the domain evaluated",
    severity=Severity.WARNS,
    citation=Citation("cpt", "evaluations of speech, language, voice and fluency, in our words"),
    reads=[DOMAINS, _INCLUDES, _ALONE],
    basis="recalled",
    row="DR-035",
)
def slp_domain(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an evaluation of whose domain the note says nothing while it speaks of another.

    Speech sounds with language needs both; with language alone it carries the reduced modifier.

    Source:
        CPT, evaluations of speech, language, voice and fluency; ASHA, coding of them.
    """
    if case.text is None or case.facts is None:
        return
    lines = [known for known in stated(case) if known.code in codes_of(policy).values()]
    spoken = set(spoken_of(case.text, policy)) if lines else set()
    for known in lines:
        lacking = [name for name in _domains(known, policy) if name not in spoken]
        absent = [name for name in lacking if not has(case, f"evaluation of {name}")]
        if absent and spoken:
            yield Flag(
                message=f"{known.code} stated; not spoken of: {joined(absent)}; spoken of:"
                f" {joined(spoken)}",
                line=known.index,
                missing=tuple(f"evaluation of {name}" for name in absent),
                query=_QUERY,
            )


def _domains(known: Known, policy: Policy) -> tuple[str, ...]:
    """The domains the line claims: its own, and that of a code it includes, unless reduced."""
    included = {part for part, whole in policy.table(_INCLUDES).items() if whole == known.code}
    if policy.text(_ALONE) in known.line.modifiers:
        included = set()
    claimed = {known.code, *included}
    return tuple(name for name, code in codes_of(policy).items() if code in claimed)
