import pytest

from model.parse.durations import durations
from model.records import DurationKind
from tests.support.marked import marked


@pytest.mark.parametrize(
    ("note", "minutes"),
    [
        ("97110 ⟦x15⟧", 15),
        ("TE ⟦15'⟧", 15),
        ("TE ⟦15\u2019⟧", 15),
        ("⟦15 mins⟧ of TE", 15),
        ("⟦15m⟧, then rest", 15),
        ("⟦15\u00a0min⟧ of gait", 15),
        ("⟦0.5 hr⟧ of cooking", 30),
        ("⟦1.5 hours⟧ of cooking", 90),
        ("⟦1 hr 10 min⟧ of cooking", 70),
        ("⟦half an hour⟧ of cooking", 30),
        ("⟦½ hour⟧ of cooking", 30),
        ("⟦fifteen minutes⟧ of TE", 15),
        ("⟦twenty-five minutes⟧ of TE", 25),
        ("Total treatment time: ⟦45⟧", 45),
        ("⟦thirty⟧ of it timed", 30),
        ("weight shift for the left leg ⟦15⟧ trunk leans right", 15),
        ("a further ⟦twelve⟧ to patellar glides", 12),
        ("the last ⟦18⟧ were approach and block jump", 18),
        ("⟦thirty-four⟧ in the house", 34),
        ("in all, ⟦40⟧ all told", 40),
        ("⟦10+12⟧ TE: bike", 22),
        ("all in ⟦33'⟧\n1x/wk thumb spica", 33),
        ("then ⟦14⟧ MT (T1-4 gr IV)", 14),
        ("[x] Fluidotherapy ........ ⟦12⟧    108 F", 12),
    ],
)
def test_a_duration_is_read_in_every_form(note: str, minutes: int) -> None:
    text, expected = marked(note)

    found = durations(text)

    assert [(d.span, d.minutes) for d in found] == [(expected[0], minutes)]


@pytest.mark.parametrize(
    ("note", "minutes", "start"),
    [
        ("⟦10:05-10:43⟧", 38, 605),
        ("⟦1:15p-1:53p⟧", 38, 795),
        ("⟦11:40-12:25p⟧", 45, 700),
        ("⟦11:30 am to 12:15 pm⟧", 45, 690),
        ("⟦12:45-1:30⟧", 45, 765),
        ("⟦13:05-13:50⟧", 45, 785),
        ("⟦1005-1043⟧", 38, 605),
        ("in ⟦10:05 out 10:43⟧", 38, 605),
        ("Signed in ⟦1458, signed out 1550⟧", 52, 898),
        ("door in ⟦1:05p / door out 1:50p⟧", 45, 785),
        ("⟦1 pm to 1:42 pm⟧", 42, 780),
        ("⟦10-10:15⟧ hand", 15, 600),
        ("from ⟦three twenty-three to three thirty-eight⟧", 15, 203),
        ("from ⟦ten o'clock until ten-thirty⟧", 30, 600),
        ("⟦8:05 bike warm up for ROM thru 8:15⟧, rest", 10, 485),
        ("⟦7:49-56⟧ pat med glide", 7, 469),
    ],
)
def test_a_clock_range_tells_its_minutes_and_its_start(note: str, minutes: int, start: int) -> None:
    text, expected = marked(note)

    (found,) = durations(text)

    assert (found.span, found.minutes, found.start_minute) == (expected[0], minutes, start)
    assert found.kind is DurationKind.CLOCK


def test_ranges_without_a_colon_are_clocks_where_they_follow_one_another() -> None:
    text, expected = marked("⟦805-820⟧ bike/SLR\n⟦820-35⟧ gait w/ SPC")

    found = durations(text)

    assert [(d.span, d.minutes) for d in found] == [(expected[0], 15), (expected[1], 15)]
    assert durations("flex 100-115, BP 120-130, ROM 110-120") == ()


def test_totals_and_timed_minutes_stand_side_by_side() -> None:
    text, expected = marked("tot ⟦48⟧ / timed ⟦40⟧")

    found = durations(text)

    assert [(d.span, d.minutes) for d in found] == [(expected[0], 48), (expected[1], 40)]


@pytest.mark.parametrize(
    "text",
    [
        "97110 (2)",
        "3 sets x 10 reps",
        "x15 reps",
        "3x10",
        "x 8 visits",
        "ambulated 50' with RW",
        "pain 7/10",
        "BP 120/80",
        "3-5x/wk",
        "5'4\" tall",
    ],
)
def test_counts_distances_and_measures_are_no_durations(text: str) -> None:
    assert durations(text) == ()


@pytest.mark.parametrize(
    ("text", "minutes"), [("9:00-17:00", [480]), ("9:00-17:01", []), ("10:00-10:01", [1])]
)
def test_a_clock_range_is_at_most_a_working_day(text: str, minutes: list[int]) -> None:
    clocks = [d.minutes for d in durations(text) if d.kind is DurationKind.CLOCK]

    assert clocks == minutes
