import pytest

from training.lanes import upper_bound


@pytest.mark.parametrize(
    ("errors", "drafts", "bound"), [(0, 59, 0.0495), (0, 149, 0.0199), (5, 100, 0.1023)]
)
def test_the_bound_is_the_exact_binomial_one(errors: int, drafts: int, bound: float) -> None:
    assert upper_bound(errors, drafts) == pytest.approx(bound, abs=2e-4)


@pytest.mark.parametrize(("errors", "drafts"), [(0, 0), (3, 3)])
def test_nothing_right_bounds_nothing(errors: int, drafts: int) -> None:
    assert upper_bound(errors, drafts) == 1.0
