"""Which diagnoses may stand first."""

import pytest

from model.suggest.sequence import sequenced


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        (["R13.12", "I69.391"], ["I69.391", "R13.12"]),
        (["Z96.652", "Z47.1"], ["Z47.1", "Z96.652"]),
        (["M17.11", "M25.561"], ["M17.11", "M25.561"]),
        (["R26.81", "M62.81"], ["R26.81", "M62.81"]),
    ],
)
def test_status_and_manifestation_follow(ranked: list[str], expected: list[str]) -> None:
    assert sequenced(ranked) == expected


def test_dementia_in_a_disease_follows_the_disease() -> None:
    assert sequenced(["F02.B0", "G30.9"]) == ["G30.9", "F02.B0"]
