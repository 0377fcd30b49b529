"""The documentation elements a finding may ask for, and a case as it were with one of them.

An element is supplied in the way that serves the claim best: minutes as the units need them, a
side whichever it is. Nothing supplied here is ever shown as a fact; it only tells whether the
element, if it is so, would clear a finding.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from model.codes import icd10cm
from model.codes.diagnoses import Diagnosis
from model.codes.procedures import find
from model.records import (
    Assertion,
    Case,
    Duration,
    DurationKind,
    Facts,
    Giver,
    Line,
    Service,
    Span,
)
from model.rules.diagnoses.claimed import find as find_diagnosis
from model.rules.diagnoses.claimed import leaves_side_open


@dataclass(frozen=True)
class Part:
    """A line, a diagnosis, or the claim as a whole."""

    line: int | None = None
    diagnosis: str | None = None


Supply = Callable[[Case, Part], Case]

_SOMEWHERE = Span(0, 1)
"""Where a supplied element stands; no rule's verdict depends on it."""
_SOME_TREATMENT = "97530"
"""Stands for active treatment of any kind."""
_UNSPECIFIED = "unspecified"
_LONGEST_STEM = len("S52.501")
"""What follows it is the 7th character."""

_NAMES = {
    "certification covering this date": "cert",
    "change toward the goals": "progress",
    "consent of the patient or representative": "consent",
    "consent to telehealth": "consent",
    "explanation of the lack of progress": "explanation",
    "frequency and duration": "freq",
    "functional goal": "goal",
    "functional limitation": "deficit",
    "indication and settings of the modality": "modality",
    "measurable goal": "measurable",
    "medical history": "history",
    "measured value": "measure",
    "number of patients in the group": "group",
    "plan of care": "plan",
    "prior level of function": "plof",
    "rehabilitation potential": "potential",
    "response to treatment": "response",
    "signature or name of the supervising pathologist": "cosign",
    "signature or name of the supervising therapist": "cosign",
    "signature or name of the therapist": "cosign",
    "signature with credentials": "sign",
    "skilled input of the clinician": "skilled",
    "why therapy is still medically necessary": "necessity",
}
"""Elements whose name in GUIDELINES.md is shorter than what a person is shown."""


def supplied(case: Case, elements: tuple[str, ...], part: Part) -> Case:
    """``case`` as if it had ``elements``, those of a line or diagnosis at ``part``."""
    for element in elements:
        case = _OTHERWISE.get(element, _written(element))(case, part)
    return case


def _written(element: str) -> Supply:
    """An element that is words of the note."""

    def supply(case: Case, part: Part) -> Case:
        facts = case.facts or Facts()
        name = _NAMES.get(element, element)
        return replace(case, facts=replace(facts, elements={**facts.elements, name: (_SOMEWHERE,)}))

    return supply


def _reported(case: Case, part: Part) -> Case:
    """A progress report up to this day."""
    day = case.episode.treatment_day
    return replace(case, episode=replace(case.episode, last_progress_report_day=day))


def _minutes(case: Case, part: Part) -> Case:
    """Minutes beside every timed service without them."""
    facts = case.facts or Facts()
    services = tuple(_timed(service, case) for service in facts.services)
    return replace(case, facts=replace(facts, services=services))


def _timed(service: Service, case: Case) -> Service:
    procedure = find(service.code)
    if service.minutes is not None or procedure is None or procedure.base_minutes is None:
        return service
    units = sum(line.units or 0 for line in case.stated if line.code == service.code)
    return replace(service, minutes=procedure.base_minutes * max(1, units))


def _total(case: Case, part: Part) -> Case:
    facts = case.facts or Facts()
    minutes = sum(service.minutes or 0 for service in facts.performed())
    total = Duration(span=_SOMEWHERE, minutes=minutes, kind=DurationKind.TREATMENT_TOTAL)
    return replace(case, facts=replace(facts, treatment_total=total))


def _agreeing(case: Case, part: Part) -> Case:
    facts = case.facts or Facts()
    return replace(case, facts=replace(facts, inconsistencies=()))


def _active(case: Case, part: Part) -> Case:
    facts = case.facts or Facts()
    service = Service(
        code=_SOME_TREATMENT,
        assertion=Assertion.PERFORMED,
        giver=Giver.THERAPIST,
        evidence=(_SOMEWHERE,),
        confidence=1.0,
    )
    services = (*facts.services, _timed(service, case))
    return replace(case, facts=replace(facts, services=services))


def _apart(case: Case, part: Part) -> Case:
    """Separate times, which the modifier says on the claim."""
    return _marked(case, part, "59")


def _attested(case: Case, part: Part) -> Case:
    """An attestation, after which the line carries what was attested."""
    return replace(_marked(case, part, "KX"), is_kx_attested=True)


def _marked(case: Case, part: Part, modifier: str) -> Case:
    lines = tuple(
        _with(line, modifier) if part.line in (None, place) else line
        for place, line in enumerate(case.stated)
    )
    return replace(case, stated=lines)


def _with(line: Line, modifier: str) -> Line:
    return replace(line, modifiers=tuple(dict.fromkeys((*line.modifiers, modifier))))


def _specified(case: Case, part: Part) -> Case:
    """The diagnosis as a code of the same condition that leaves nothing open."""
    code = part.diagnosis
    exact = _exact(code) if code is not None else None
    if code is None or exact is None:
        return case

    def renamed(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(exact if other == code else other for other in codes)

    return replace(
        case,
        stated_diagnoses=renamed(case.stated_diagnoses),
        supported_diagnoses=renamed(case.supported_diagnoses),
        stated=tuple(replace(line, diagnoses=renamed(line.diagnoses)) for line in case.stated),
    )


def _exact(code: str) -> str | None:
    """The nearest code of the category of ``code`` whose title leaves nothing unspecified.

    An injury keeps its 7th character.
    """
    found = find_diagnosis(code)
    for above in found.chain[1:-2] if found else ():  # the last two are its block and its chapter
        for near in _below(above):
            other = find_diagnosis(near)
            if (
                other
                and near[_LONGEST_STEM:] == code[_LONGEST_STEM:]
                and _leaves_nothing_open(other)
            ):
                return near
    return None


def _leaves_nothing_open(found: Diagnosis) -> bool:
    is_exact = found.billable and _UNSPECIFIED not in found.title.lower()
    return is_exact and not leaves_side_open(found.code)


def _below(stem: str) -> tuple[str, ...]:
    """The codes at and below ``stem``, in the order of the tabular list."""
    children = icd10cm.children(stem)
    return tuple(code for child in children for code in _below(child)) if children else (stem,)


_OTHERWISE: Mapping[str, Supply] = {
    "active treatment": _active,
    "attestation of KX by a named person": _attested,
    "minutes by service": _minutes,
    "minutes that agree": _agreeing,
    "progress report": _reported,
    "separate times of the two services": _apart,
    "side": _specified,
    "site, side or kind of the condition": _specified,
    "timed minutes": _minutes,
    "total treatment minutes": _total,
}
"""Elements that are more than words of the note."""
