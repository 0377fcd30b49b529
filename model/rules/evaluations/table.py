"""The evaluation of a case, component by component: a screen shows it, a rule names the short ones.

Source: CPT, physical and occupational therapy evaluations, evaluations of speech, language, voice
and fluency (in our words); CMS Pub. 100-02, chapter 15, section 220.3, part C (re-evaluations).
"""

from collections.abc import Iterator

from model.codes.procedures import Family, find
from model.policy import Policy
from model.records import Case, Span
from model.records.evaluation import Component, Evaluation
from model.rules.evaluations import reevaluation
from model.rules.evaluations.components import components, lowest
from model.rules.evaluations.domains import DOMAINS, codes_of, spoken_of
from model.rules.evaluations.levels import PARAMETERS, levels
from model.rules.wording import found

_KINDS = (Family.EVALUATION, Family.REEVALUATION)
_PARTS = {
    "measures taken again": ("measure", "progress"),
    "goals or plan revised": ("plan", "freq", "goal"),
}
"""What a re-evaluation renews, by the elements that show it."""


def evaluation_of(case: Case, policy: Policy) -> Evaluation | None:
    """Why the evaluation of ``case`` is the code it is.

    None where the case has no note, none of its lines is an evaluation, or no policy of the day
    says what one needs. The stated line is explained before the supported one.
    """
    if case.text is None or not all(map(policy.knows, (*PARAMETERS, DOMAINS))):
        return None
    stated = _evaluation(line.code for line in case.stated)
    supported = _evaluation(line.code for line in case.supported)
    code = stated or supported
    if code is None:
        return None
    if levels(code, policy):
        return _levelled(case.text, code, policy, stated, supported)
    if code in codes_of(policy).values():
        return _by_domain(case.text, policy, stated, supported)
    if _is_reevaluation(code):
        return Evaluation(
            stated=stated, supported=supported, components=tuple(_renewed(case, case.text, stated))
        )
    return None


def _evaluation(codes: Iterator[str]) -> str | None:
    known = ((code, find(code)) for code in codes)
    return next(
        (code for code, procedure in known if procedure and procedure.family in _KINDS), None
    )


def _is_reevaluation(code: str) -> bool:
    procedure = find(code)
    return procedure is not None and procedure.family is Family.REEVALUATION


def _levelled(
    text: str, code: str, policy: Policy, stated: str | None, supported: str | None
) -> Evaluation:
    rows = components(text, code, policy, stated=stated)
    reached = lowest(rows, tuple(levels(code, policy)))
    return Evaluation(stated=stated, supported=reached or supported, components=rows)


def _by_domain(text: str, policy: Policy, stated: str | None, supported: str | None) -> Evaluation:
    spoken, codes = spoken_of(text, policy), codes_of(policy)
    rows = tuple(
        Component(
            name=f"evaluation of {domain}",
            found="spoken of" if domain in spoken else None,
            evidence=spoken.get(domain, ()),
            supports=code if domain in spoken else None,
            needed="evaluated" if code == stated else None,
            is_short=code == stated and bool(spoken) and domain not in spoken,
        )
        for domain, code in codes.items()
    )
    return Evaluation(stated=stated, supported=supported, components=rows)


def _renewed(case: Case, text: str, stated: str | None) -> Iterator[Component]:
    """What a re-evaluation asks for: something new, measures again, goals or plan revised."""
    new = found(text, reevaluation.__file__, "something_new")
    nothing = found(text, reevaluation.__file__, "nothing_new")
    yield _row("new finding or change", new, stated, none_said=() if new else nothing)
    for name, elements in _PARTS.items():
        places = case.facts.elements if case.facts else {}
        yield _row(name, tuple(span for e in elements for span in places.get(e, ())), stated)


def _row(
    name: str, places: tuple[Span, ...], stated: str | None, *, none_said: tuple[Span, ...] = ()
) -> Component:
    said = "recorded" if places else "none recorded" if none_said else None
    return Component(
        name=name,
        found=said,
        evidence=places or none_said,
        supports=stated if places else None,
        needed="recorded" if stated else None,
        is_short=stated is not None and bool(none_said),
    )
