"""The evaluation codes that differ by level alone."""

from collections.abc import Mapping

from model.policy import Policy
from model.policy_files import Datum

PARAMETERS = ("evaluations.pt", "evaluations.ot")
"""Tables of levels, lowest first: code, and the components it needs."""


def levels(code: str, policy: Policy) -> Mapping[str, Datum]:
    """The levels ``code`` is one of, lowest first; empty where it is none."""
    for name in PARAMETERS:
        table = policy.table(name)
        if code in table:
            return table
    return {}
