"""How often somebody may try to sign in: guessing is slow, and locks nobody else out."""

from datetime import timedelta

from service.security.rates import Rate

_WHILE = timedelta(minutes=15)
_ADDRESSES = 10  # so many addresses may be wrong about one name before everybody waits


class Attempts:
    """Counts attempts by name and address, and by each of them alone more generously."""

    def __init__(self, most: int) -> None:
        self._together = Rate(most, _WHILE)
        self._names = Rate(most * _ADDRESSES, _WHILE)
        self._addresses = Rate(most * _ADDRESSES, _WHILE)

    def take(self, name: str, address: str) -> None:
        """Count an attempt.

        Raises:
            RequestsTooMany: There have been too many.
        """
        self._addresses.take(address)
        self._names.take(name)
        self._together.take(f"{address} {name}")

    def forgive(self, name: str, address: str) -> None:
        """Somebody knew the password after all."""
        self._together.reset(f"{address} {name}")
