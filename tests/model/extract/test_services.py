import numpy as np
import pytest

from model.extract.assignment import Assignment
from model.extract.candidates import candidates
from model.extract.line_features import feature_names, lexicon_evidence, undone_chances
from model.extract.places import timed_families, weights
from model.extract.reading import COLUMN, DURATION_LABELS, FAMILIES, SEGMENT_LABELS, Reading
from model.extract.services import link, services, unclaimed
from model.parse.pipeline import parse
from model.records import Discipline, Encounter, Giver, NoteKind, ParsedNote
from model.records.facts import Service

ENCOUNTER = Encounter(id="e", discipline=Discipline.PT)


def reading(note: ParsedNote, done: dict[int, str], owners: dict[int, str]) -> Reading:
    """A reading sure of the families of some segments and of the owners of all durations."""
    segments = np.full((len(note.segments), len(SEGMENT_LABELS)), 0.005, np.float32)
    durations = np.full((len(note.durations), len(DURATION_LABELS)), 0.001, np.float32)
    for index, family in done.items():
        segments[index, COLUMN[f"do:{family}"]] = 0.95
    for index, label in owners.items():
        durations[index, DURATION_LABELS.index(label)] = 0.95
    return Reading(segments=segments, durations=durations)


def read(note: ParsedNote, own: Reading, main: Giver = Giver.THERAPIST) -> tuple[Service, ...]:
    assignment, *_ = link(note, own.durations)
    found = candidates(note, own, own.durations, assignment, ENCOUNTER)
    return services(note, own, [(c, 0.9) for c in found], ENCOUNTER, main)


def test_minutes_go_to_the_service_that_owns_them() -> None:
    note = parse("Ther ex 20 min.\nManual therapy 10 min.")
    own = reading(note, {0: "97110", 1: "97140"}, {0: "97110", 1: "97140"})

    found = read(note, own)

    assert [(s.code, s.minutes) for s in found] == [("97110", 20), ("97140", 10)]
    assert [s.evidence[0] for s in found] == [segment.span for segment in note.segments]
    assert [s.minutes_evidence for s in found] == [(d.span,) for d in note.durations]


def test_a_service_without_minutes_has_none() -> None:
    note = parse("Ther ex done.")

    (found,) = read(note, reading(note, {0: "97110"}, {}))

    assert (found.minutes, found.minutes_evidence) == (None, ())


def test_a_row_of_the_assistant_is_a_service_of_its_own() -> None:
    note = parse("Ther ex 20 min.\nTher ex 10 min | PTA")
    own = reading(note, {0: "97110", 1: "97110"}, {0: "97110", 1: "97110"})

    found = read(note, own)

    assert sorted((s.giver, s.minutes) for s in found) == [
        (Giver.ASSISTANT, 10),
        (Giver.THERAPIST, 20),
    ]


def test_whoever_signs_gave_what_no_row_claims() -> None:
    note = parse("Ther ex 20 min.")

    (found,) = read(note, reading(note, {0: "97110"}, {0: "97110"}), Giver.ASSISTANT)

    assert found.giver is Giver.ASSISTANT


def test_unlikely_families_are_no_candidates_and_every_candidate_is_weighed() -> None:
    note = parse("Ther ex 20 min.")
    own = reading(note, {0: "97110"}, {0: "97110"})

    found = candidates(note, own, own.durations, Assignment(("97110",), 0.0), ENCOUNTER)

    assert [c.family for c in found] == ["97110"]
    assert len(found[0].features) == len(feature_names())


@pytest.mark.parametrize(
    ("discipline", "is_weakened"), [(Discipline.PT, True), (Discipline.SLP, False), (None, False)]
)
def test_another_disciplines_family_is_made_unlikely(
    discipline: Discipline | None, is_weakened: bool
) -> None:
    weight = float(weights(discipline)[FAMILIES.index("92507")])

    assert (weight < 1) is is_weakened


@pytest.mark.parametrize(
    ("family", "is_timed"), [("97110", True), ("97129", True), ("97150", False), ("97165", False)]
)
def test_timed_families_follow_the_table(family: str, is_timed: bool) -> None:
    assert family in FAMILIES
    assert (family in timed_families()) is is_timed


@pytest.mark.parametrize(("nobody", "count"), [(0.4, 1), (0.99, 0)])
def test_minutes_that_may_be_treatment_and_have_no_owner_are_named(
    nobody: float, count: int
) -> None:
    note = parse("Seen for 20 min.")
    own = reading(note, {}, {})
    own.durations[0, DURATION_LABELS.index("none")] = nobody

    assert len(unclaimed(note, Assignment(("none",), 0.0), own.durations)) == count


def test_a_name_is_a_candidate_though_the_reader_passed_it() -> None:
    note = parse("Fluidotherapy to the wrist, tolerated well.")
    read = reading(note, {}, {})
    scores = np.zeros((0, len(DURATION_LABELS)), np.float32)

    found = candidates(note, read, scores, Assignment((), 0.0), Encounter(id="e"))

    assert "97022" in {candidate.family for candidate in found}
    assert all(len(candidate.features) == len(feature_names()) for candidate in found)


@pytest.mark.parametrize(("assertion", "expected"), [(None, 0.995), ("planned", 0.1)])
def test_a_name_counts_as_far_as_it_stands_where_something_was_done(
    assertion: str | None, expected: float
) -> None:
    note = parse("Fluidotherapy to the wrist.")
    read = reading(note, {}, {})
    if assertion:
        read.segments[:, COLUMN[f"as:{assertion}"]] = 0.9

    named, described, alone = lexicon_evidence(note, undone_chances(read))["97022"]

    assert named == pytest.approx(expected)
    assert alone == pytest.approx(expected)
    assert described == 0.0


def test_an_evaluation_visit_is_expected_to_hold_an_evaluation() -> None:
    note = parse("Walks with a cane since the fall.")
    read = reading(note, {}, {})
    scores = np.zeros((0, len(DURATION_LABELS)), np.float32)
    visit = Encounter(id="e", discipline=Discipline.PT, note_kind=NoteKind.EVALUATION)

    found = candidates(note, read, scores, Assignment((), 0.0), visit)

    assert [candidate.family for candidate in found] == ["97161"]
    assert found[0].segments == (0,)
