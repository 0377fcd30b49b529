import json

import pytest

from model.extract.line_prior import LinePrior

PRIOR = LinePrior({"97110": 90, "97124": 40}, {"97110": 81, "97124": 4})


def test_a_family_often_given_when_considered_is_told_from_one_that_seldom_was() -> None:
    often, _ = PRIOR.rates("97110")
    seldom, _ = PRIOR.rates("97124")

    assert seldom < 0.2 < 0.8 < often


def test_a_family_nobody_considered_leans_on_all_of_them_and_says_so() -> None:
    assert PRIOR.rates("97033") == pytest.approx((85 / 130, 0.0))


def test_no_corpus_teaches_nothing() -> None:
    assert LinePrior({}, {}).rates("97110") == (0.0, 0.0)


def test_a_prior_survives_being_written() -> None:
    assert LinePrior.from_json(json.loads(json.dumps(PRIOR.to_json()))) == PRIOR
