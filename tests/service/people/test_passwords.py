import pytest

from service.people.errors import PasswordWeak
from service.people.passwords import MOST, hashed, is_right, one_time, require_strong
from tests.support.phi import MARKS, leaks
from tests.support.storage import PASSWORD


def test_a_password_is_right_for_its_own_hash_and_for_no_other() -> None:
    kept = hashed(PASSWORD)

    assert is_right(PASSWORD, kept)
    assert not is_right(PASSWORD + ".", kept)
    assert not is_right(PASSWORD, None)
    assert not is_right(PASSWORD, "no hash")


def test_hashes_are_argon2id_and_differ_each_time() -> None:
    first, second = hashed(PASSWORD), hashed(PASSWORD)

    assert first != second
    assert first.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("password", "is_strong"),
    [
        ("grasp-12345", False),
        ("grasp-123456", True),
        ("dana-dana-dana-dana", False),
        ("dana-1234567", True),
        ("abababababab", False),
        ("the former one", False),
        ("x1" + "y" * (MOST - 2), True),
        ("x1" + "y" * (MOST - 1), False),
    ],
)
def test_length_counts_and_the_name_does_not(password: str, is_strong: bool) -> None:
    try:
        require_strong(password, at_least=12, name="dana", previous="the former one")
    except PasswordWeak:
        assert not is_strong
    else:
        assert is_strong


def test_a_refused_password_is_not_repeated() -> None:
    with pytest.raises(PasswordWeak) as raised:
        require_strong(MARKS[0], at_least=20, name="dana")

    assert leaks(str(raised.value)) == []


def test_one_time_passwords_may_be_chosen_and_differ() -> None:
    first, second = one_time(), one_time()

    require_strong(first, at_least=12, name="admin")
    assert first != second
