"""ParsedNote and Reading to Facts: services, their minutes, totals, elements, contradictions."""

from collections.abc import Iterator, Sequence
from itertools import islice

from model.extract.assignment import Assignment
from model.extract.lexicon import FAMILY
from model.extract.people import main_giver
from model.extract.places import timed_families
from model.extract.reading import ELEMENTS, FAMILIES, Floats, Reading
from model.extract.services import Kept, services, unclaimed
from model.parse.signatures import names_credentials
from model.records import Duration, Encounter, Facts, Giver, Inconsistency, ParsedNote, Span
from model.records.facts import Assertion, Service

# An element counts as there from this score on: calling a present one missing costs a query. Some
# are read surely enough to need more; found on held-out styles.
_PRESENT = 0.05
_SURELY = {
    "cosign": 0.2, "goal": 0.1, "measurable": 0.2, "measure": 0.2, "plof": 0.1, "response": 0.1,
    "sign": 0.2,
}  # fmt: skip
_SIGNED = ("sign", "cosign")
# Credentials may stand on the line below a name.
_BELOW = 40
_POSSIBLE = 0.05
_MENTIONED = 0.5
_PLACES = 3


def facts(
    note: ParsedNote,
    reading: Reading,
    scores: Floats,
    assignment: Assignment,
    kept: Sequence[Kept],
    encounter: Encounter,
) -> Facts:
    """Everything read from ``note``, given the candidates that were kept and their confidence.

    ``scores`` are the linker's, from which ``assignment`` was made.
    """
    performed = services(note, reading, kept, encounter, main_giver(note, encounter))
    timed_total = _total("timed", note, assignment)
    treatment_total = _total("total", note, assignment)
    performed = _completed(performed, timed_total, treatment_total)
    return Facts(
        services=(*performed, *_not_performed(note, reading, performed)),
        elements={
            name: spans
            for name in (*ELEMENTS, "measurable")
            if (spans := _places(name, note, reading))
        },
        stated_lines=note.stated_lines,
        stated_diagnoses=note.stated_diagnoses,
        signatures=note.signatures,
        timed_total=timed_total,
        treatment_total=treatment_total,
        possible=_possible(reading),
        unclaimed=unclaimed(note, assignment, scores),
        inconsistencies=tuple(_inconsistencies(performed, timed_total, treatment_total)),
    )


def _possible(reading: Reading) -> frozenset[str]:
    """Codes of every family that some segment or duration may speak for."""
    families = {
        family
        for index, family in enumerate(FAMILIES)
        if max(reading.done(family).max(initial=0.0), reading.durations[:, index].max(initial=0.0))
        >= _POSSIBLE
    }
    return frozenset(families | {code for code, family in FAMILY.items() if family in families})


def _total(label: str, note: ParsedNote, assignment: Assignment) -> Duration | None:
    """The stated total of that kind; of several, the last one told."""
    found = [d for d, own in zip(note.durations, assignment.labels, strict=True) if own == label]
    return found[-1] if found else None


def _completed(
    performed: tuple[Service, ...], timed_total: Duration | None, total: Duration | None
) -> tuple[Service, ...]:
    """Give the one timed service without minutes what the stated total leaves for it.

    A remainder that no other service can own is that service's; anything less certain stays
    unknown. The total itself is the evidence.
    """
    timed = [s for s in performed if s.code in timed_families()]
    open_ones = [s for s in timed if s.minutes is None]
    if len(open_ones) != 1:
        return performed
    untimed = [s for s in performed if s.code not in timed_families()]
    stated = timed_total
    if stated is None and not untimed and len(timed) == 1:
        stated = total
    if stated is None:
        return performed
    left = stated.minutes - sum(s.minutes or 0 for s in timed)
    if left <= 0:
        return performed
    return tuple(_with_minutes(s, left, stated.span) if s is open_ones[0] else s for s in performed)


def _with_minutes(service: Service, minutes: int, where: Span) -> Service:
    return Service(
        code=service.code,
        assertion=service.assertion,
        giver=service.giver,
        evidence=service.evidence,
        minutes=minutes,
        minutes_evidence=(where,),
        confidence=service.confidence,
    )


def _places(name: str, note: ParsedNote, reading: Reading) -> tuple[Span, ...]:
    """Spans of the segments that carry an element, likeliest first."""
    scores = reading.of(f"el:{name}")
    order = sorted(range(len(note.segments)), key=lambda index: (-scores[index], index))
    least = _SURELY.get(name, _PRESENT)
    spans = (note.segments[index].span for index in order if scores[index] >= least)
    if name in _SIGNED:
        spans = (s for s in spans if names_credentials(note.text[s.start : s.end + _BELOW]))
    return tuple(islice(spans, _PLACES))


def _not_performed(
    note: ParsedNote, reading: Reading, performed: Sequence[Service]
) -> Iterator[Service]:
    """Services the note mentions without giving them today, each family and assertion once."""
    given = {service.code for service in performed}
    seen: set[tuple[str, Assertion]] = set()
    for index, segment in enumerate(note.segments):
        for family in FAMILIES:
            mentioned = float(reading.of(f"fam:{family}")[index])
            if family in given or mentioned < _MENTIONED or reading.done(family)[index] >= 0.5:
                continue
            assertion = _assertion(reading, index)
            if assertion is None or (family, assertion) in seen:
                continue
            seen.add((family, assertion))
            yield Service(
                code=family,
                assertion=assertion,
                giver=Giver.THERAPIST,
                evidence=(segment.span,),
                confidence=min(mentioned, 1.0),
            )


def _assertion(reading: Reading, index: int) -> Assertion | None:
    scores = {
        assertion: float(reading.of(f"as:{assertion}")[index])
        for assertion in Assertion
        if assertion is not Assertion.PERFORMED
    }
    best = max(scores, key=lambda assertion: scores[assertion])
    return best if scores[best] >= 0.3 else None


def _inconsistencies(
    performed: Sequence[Service], timed_total: Duration | None, total: Duration | None
) -> Iterator[Inconsistency]:
    """Sums that differ from stated totals, with both places."""
    timed = [s for s in performed if s.code in timed_families() and s.minutes is not None]
    where = tuple(span for service in timed for span in service.minutes_evidence)
    spent = sum(service.minutes or 0 for service in timed)
    if timed_total is not None and timed and spent != timed_total.minutes:
        yield Inconsistency(
            about="timed minutes",
            message=f"services add up to {spent} timed minutes; "
            f"the note totals {timed_total.minutes}",
            evidence=(*where, timed_total.span),
        )
    if total is not None and spent > total.minutes:
        yield Inconsistency(
            about="treatment minutes",
            message=f"timed services add up to {spent} minutes; "
            f"the note's treatment time is {total.minutes}",
            evidence=(*where, total.span),
        )
    if timed_total is not None and total is not None and timed_total.minutes > total.minutes:
        yield Inconsistency(
            about="totals",
            message=f"timed minutes {timed_total.minutes} exceed treatment minutes {total.minutes}",
            evidence=(timed_total.span, total.span),
        )
