import json

import pytest

from model.records import Discipline
from model.suggest.prior import NO_PRIOR, Prior

PRIOR = Prior(
    {"PT:M54": 0.1},
    {"J44.9": 90, "J44.1": 6, "M54.2": 40},
    {"J44.9": 6, "M54.2": 38},
)


def test_a_category_is_as_common_as_the_disciplines_labels_have_it() -> None:
    assert PRIOR.share("M54.50", Discipline.PT) == 0.1
    assert PRIOR.share("M54.50", Discipline.OT) == 0.0
    assert PRIOR.share("M54.50", None) == 0.0


def test_what_is_mostly_background_is_kept_less_than_what_is_treated() -> None:
    background, _, _ = PRIOR.rates("J44.9")
    treated, _, _ = PRIOR.rates("M54.2")

    assert background < 0.1 < 0.8 < treated


def test_a_code_nobody_has_met_leans_on_its_category() -> None:
    category, _, own = PRIOR.rates("M54.59")

    assert own == pytest.approx(category)


def test_nothing_known_is_the_usual_rate_and_says_so() -> None:
    assert NO_PRIOR.rates("M54.2") == pytest.approx((0.35, 0.0, 0.35))


def test_a_prior_survives_being_written() -> None:
    assert Prior.from_json(json.loads(json.dumps(PRIOR.to_json()))) == PRIOR
