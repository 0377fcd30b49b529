import pytest

from model.parse.sections import heading_of, kind_of
from model.records import SectionKind


@pytest.mark.parametrize(
    ("line", "kind", "rest"),
    [
        ("S: Pt reports pain", SectionKind.SUBJECTIVE, "Pt reports pain"),
        ("O) gait", SectionKind.OBJECTIVE, "gait"),
        ("P. continue", SectionKind.PLAN, "continue"),
        ("SUBJECTIVE", SectionKind.SUBJECTIVE, ""),
        ("Plan of Care:", SectionKind.PLAN, ""),
        ("HEP: putty", SectionKind.HOME_PROGRAM, " putty"),
        ("Assessment - good", SectionKind.ASSESSMENT, "good"),
        ("**Billing**", SectionKind.BILLING, ""),
        ("Dx: CVA", SectionKind.DIAGNOSIS, " CVA"),
    ],
)
def test_a_heading_opens_its_section(line: str, kind: SectionKind, rest: str) -> None:
    heading = heading_of(line)

    assert heading is not None
    assert (heading.kind, line[heading.text_from :]) == (kind, rest)


@pytest.mark.parametrize("line", ["random prose here", "", "She walked to the car.", "s"])
def test_prose_is_no_heading(line: str) -> None:
    assert heading_of(line) is None


def test_the_first_known_part_of_a_joined_heading_decides() -> None:
    assert kind_of("Objective / Treatment") is SectionKind.OBJECTIVE
    assert kind_of("unheard of") is None
