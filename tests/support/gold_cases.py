"""A labelled note as the case a perfect reader would hand to the rules."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from model.checking import ASSUMED_PAYER, last_covered_day
from model.codes.procedures import find
from model.extract.encounter import complete
from model.parse.pipeline import parse
from model.records import (
    Assertion,
    Case,
    Duration,
    DurationKind,
    Encounter,
    Facts,
    Giver,
    Line,
    ParsedNote,
    Service,
    Span,
)
from training.corpus import GoldLine, LabeledNote
from training.encounters import encounter_of

_SAID = {assertion.value: assertion for assertion in Assertion}
_GIVERS = {giver.value: giver for giver in Giver}


def gold_case(note: LabeledNote) -> Case:
    """What the rules see of ``note`` when everything in it was read as its labels say."""
    parsed = parse(note.text, note_id=note.id)
    encounter = complete(encounter_of(note), parsed, fallback=last_covered_day()).encounter
    return Case(
        date_of_service=encounter.date_of_service or last_covered_day(),
        payer=encounter.payer or ASSUMED_PAYER,
        discipline=encounter.discipline,
        note_kind=encounter.note_kind,
        setting=encounter.setting,
        clinician=encounter.clinician,
        episode=encounter.episode,
        stated=tuple(_line(line) for line in note.stated),
        supported=tuple(_line(line) for line in note.lines),
        supported_diagnoses=note.diagnoses,
        facts=_facts(note, parsed, encounter) if note.is_therapists else None,
        text=note.text,
        is_kx_attested=encounter.is_kx_attested,
        unit_rule=encounter.unit_rule,
    )


def _line(line: GoldLine) -> Line:
    assistant = bool({"CQ", "CO"} & set(line.modifiers))
    return Line(
        code=line.code,
        units=line.units,
        minutes=line.minutes,
        modifiers=line.modifiers,
        performed_by="assistant" if assistant else None,
    )


def _facts(note: LabeledNote, parsed: ParsedNote, encounter: Encounter) -> Facts:
    elements: dict[str, list[Span]] = defaultdict(list)
    for mark in note.marks:
        if mark.label[0] == "el":
            for name in mark.label[1:]:
                elements[name].append(mark.span)
    return Facts(
        services=tuple(_services(note, encounter)),
        elements={name: tuple(spans) for name, spans in elements.items()},
        stated_lines=parsed.stated_lines,
        stated_diagnoses=parsed.stated_diagnoses,
        signatures=parsed.signatures,
        timed_total=_total(note, parsed, "timed", DurationKind.TIMED_TOTAL),
        treatment_total=_total(note, parsed, "total", DurationKind.TREATMENT_TOTAL),
    )


def _total(
    note: LabeledNote, parsed: ParsedNote, kind: str, as_kind: DurationKind
) -> Duration | None:
    for mark in note.marks:
        if mark.label == ("min", kind):
            inside = [d for d in parsed.durations if d.span.overlaps(mark.span)]
            minutes = inside[-1].minutes if inside else 0
            return Duration(span=mark.span, minutes=minutes, kind=as_kind)
    return None


def _services(note: LabeledNote, encounter: Encounter) -> Iterator[Service]:
    main = Giver.ASSISTANT if encounter.clinician.is_assistant else Giver.THERAPIST
    spans: dict[tuple[str, Assertion, Giver], list[Span]] = defaultdict(list)
    for mark in note.marks:
        code, *rest = mark.label
        if len(code) == 5 and code[1:].isdigit():
            said = next((_SAID[word] for word in rest if word in _SAID), Assertion.PERFORMED)
            giver = next((_GIVERS[word] for word in rest if word in _GIVERS), main)
            spans[code, said, giver].append(mark.span)
    minutes = _minutes(note.lines)
    for (code, said, giver), where in spans.items():
        yield Service(
            code=code,
            assertion=said,
            giver=giver,
            minutes=minutes.get(code) if said is Assertion.PERFORMED else None,
            evidence=tuple(where),
            confidence=1.0,
        )


def _minutes(lines: tuple[GoldLine, ...]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for line in lines:
        procedure = find(line.code)
        base = (procedure.add_on_of or line.code) if procedure else line.code
        if line.minutes is not None:
            found[base] += line.minutes
    return dict(found)


def without(case: Case, element: str) -> Case:
    """``case`` as if its note lacked ``element``."""
    assert case.facts is not None
    kept = {name: spans for name, spans in case.facts.elements.items() if name != element}
    return replace(case, facts=replace(case.facts, elements=kept))
