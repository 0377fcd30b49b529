"""Descriptors belong to their licensor: they are read from a user's file, and never shown."""

from pathlib import Path

import pytest

from model.errors import ImportRefused
from model.importing import planned, read

ROWS = "97110\tWords of a licensee\n97112\tOther words\n97530\tThird words\n99999\tNot therapy\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "LONGULT.txt"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "table"),
    [
        ("w" * 28, "cpt_descriptors_short"),
        ("w" * 29, "cpt_descriptors_medium"),
        ("w" * 49, "cpt_descriptors_long"),
    ],
)
def test_the_longest_descriptor_says_which_list_it_is(
    words: str, table: str, tmp_path: Path
) -> None:
    text = f"A notice of the licensor\n\n{ROWS}97116 {words}\n"

    assert read(written(tmp_path, text))[1].table == table


def test_only_therapy_codes_are_kept_and_no_word_is_shown(tmp_path: Path) -> None:
    plan = planned(read(written(tmp_path, ROWS))[1])

    assert plan.content.decode() == ROWS.partition("99999")[0]
    assert "ords" not in str(plan.changes)


@pytest.mark.parametrize(
    ("damaged", "where"),
    [
        ("97110\tAgain\n", "line 5, column 1: 97110 is given twice"),
        ("half a line\n", "line 5, column 1: is no code with a descriptor"),
    ],
)
def test_damage_is_refused_whole_with_its_place(damaged: str, where: str, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        read(written(tmp_path, ROWS + damaged))

    assert str(refused.value) == f"LONGULT.txt, {where}"
