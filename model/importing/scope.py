"""Which codes a therapy claim can meet: only their rows are kept of a published table."""

import csv
from functools import cache

from model.codes.edits import PAIR_TABLES
from model.codes.procedures import known
from model.policy_folder import table_path


@cache
def therapy_codes() -> frozenset[str]:
    """Codes we have a caption for, and those the packaged tables of pairs name beside them."""
    return frozenset(known()).union(*(_paired(table) for table in PAIR_TABLES))


def table_rows(table: str) -> list[list[str]]:
    """The rows of a table as it is in use, without its head; none where nothing is held."""
    path = table_path(table)
    if path is None:
        return []
    with path.open("r", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def _paired(table: str) -> set[str]:
    return {code for row in table_rows(table) for code in row[:2]}
