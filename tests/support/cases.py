"""Cases of every kind for property tests: notes of all sorts, claims, episodes."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from model.policy import Policy, payer_ids
from model.records import (
    Assertion,
    Case,
    Clinician,
    Discipline,
    Duration,
    DurationKind,
    Episode,
    Facts,
    Finding,
    Giver,
    Line,
    NoteKind,
    PlanOfCare,
    Service,
    Setting,
    Signature,
    SignerRole,
    Span,
)

TEXT = "The folder is blue. The sky is grey."
"""Words in which no rule finds anything."""
HERE = Span(0, 4)
ELEMENTS = (
    *("skilled", "response", "goal", "measurable", "measure", "plof", "freq", "plan", "progress"),
    *("sign", "cosign", "consent", "group", "cotreat", "modality", "necessity", "maintenance"),
    *("potential", "cert"),
)
CODES = (
    *("97110", "97112", "97116", "97140", "97530", "97535", "97035", "97150", "97161", "97163"),
    *("97164", "97165", "97550", "92507", "92526", "G0283"),
)
DIAGNOSES = ("M25.561", "M25.569", "I69.351", "S72.001D", "R26.9", "M54.59")
DAYS = st.dates(date(2024, 1, 1), date(2026, 9, 30))


@dataclass(frozen=True)
class Judged:
    """A case and the policy of its payer on its day."""

    case: Case
    policy: Policy


def judged(case: Case) -> Judged:
    """``case`` with its own policy."""
    return Judged(case, Policy.for_payer(case.payer, case.date_of_service))


LINES = st.builds(
    Line,
    code=st.sampled_from(CODES),
    units=st.none() | st.integers(1, 4),
    minutes=st.none() | st.integers(1, 60),
    modifiers=st.lists(
        st.sampled_from(("GP", "GO", "GN", "KX", "59", "CQ")), max_size=2, unique=True
    ).map(tuple),
    performed_by=st.sampled_from((None, "therapist", "assistant")),
)
SERVICES = st.builds(
    Service,
    code=st.sampled_from(CODES),
    assertion=st.sampled_from((Assertion.PERFORMED, Assertion.PERFORMED, Assertion.PLANNED)),
    giver=st.sampled_from(Giver),
    evidence=st.just((HERE,)),
    minutes=st.none() | st.integers(1, 60),
    confidence=st.just(1.0),
)
SIGNATURES = st.builds(
    Signature,
    span=st.just(HERE),
    credential=st.just("PT"),
    role=st.sampled_from(SignerRole),
    discipline=st.none(),
    is_signature=st.booleans(),
    is_cosignature=st.booleans(),
)


def _total(kind: DurationKind) -> st.SearchStrategy[Duration | None]:
    return st.none() | st.builds(
        Duration, span=st.just(HERE), minutes=st.integers(1, 90), kind=st.just(kind)
    )


FACTS = st.builds(
    Facts,
    services=st.lists(SERVICES, max_size=4).map(tuple),
    elements=st.sets(st.sampled_from(ELEMENTS)).map(lambda names: dict.fromkeys(names, (HERE,))),
    signatures=st.lists(SIGNATURES, max_size=2).map(tuple),
    timed_total=_total(DurationKind.TIMED_TOTAL),
    treatment_total=_total(DurationKind.TREATMENT_TOTAL),
)
EPISODES = st.builds(
    Episode,
    plan_of_care=st.none()
    | st.builds(
        PlanOfCare,
        start=st.none() | DAYS,
        certified_on=st.none() | DAYS,
        end=st.none() | DAYS,
        sent_on=st.none() | DAYS,
    ),
    treatment_day=st.none() | st.integers(1, 40),
    last_progress_report_day=st.none() | st.integers(1, 20),
    allowed_amount_ytd_usd=st.none() | st.integers(0, 4000).map(Decimal),
    authorized_visits=st.none() | st.integers(1, 20),
    visits_used=st.none() | st.integers(1, 25),
    order_on_file=st.none() | st.booleans(),
)
CLAIMS = st.builds(
    Case,
    date_of_service=DAYS,
    payer=st.sampled_from(payer_ids()),
    discipline=st.none() | st.sampled_from(Discipline),
    note_kind=st.none() | st.sampled_from(NoteKind),
    setting=st.none() | st.sampled_from(Setting),
    clinician=st.builds(Clinician, is_assistant=st.none() | st.booleans()),
    episode=EPISODES,
    stated=st.lists(LINES, max_size=4).map(tuple),
    stated_diagnoses=st.lists(st.sampled_from(DIAGNOSES), max_size=3, unique=True).map(tuple),
)
"""Claims that came without a note."""


def _read(claim: Case, facts: Facts) -> Case:
    lines = tuple(
        Line(code=service.code, units=1, minutes=service.minutes, evidence=service.evidence)
        for service in facts.performed()
    )
    return replace(claim, facts=facts, text=TEXT, supported=lines)


NOTES = st.builds(_read, CLAIMS, FACTS)
"""Claims with a note that was read."""


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    """What findings say, without where: rule, severity, message."""
    return sorted((f.rule_id, f.severity, f.flag.message) for f in findings)
