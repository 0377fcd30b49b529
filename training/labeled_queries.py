"""The labelled queries of labeled_notes/queries.tsv, and how well the linter tells them apart."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from model.queries import Leading, lint
from training.corpus import ROOT, CorpusError
from training.score import Rate

_FILE = ROOT / "queries.tsv"
_HALVES = ("development", "held_out")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabeledQuery:
    """A query somebody might send about a note, and whether it leads.

    Attributes:
        is_held_out: Whether the linter's words may not be changed because of it.
        is_after: Whether it was written when the linter had its words already.
        kind: How it chiefly leads; None where it does not.
    """

    id: str
    is_held_out: bool
    is_after: bool
    kind: Leading | None
    note: str
    text: str


@dataclass(frozen=True, slots=True)
class QueryScore:
    """How the linter did on some queries.

    Attributes:
        recall: Leading queries in which it found a fault.
        precision: Queries with a fault that do lead.
    """

    recall: Rate
    precision: Rate


def read_queries() -> tuple[LabeledQuery, ...]:
    """Every labelled query, in the order of the file.

    Raises:
        CorpusError: A row is labelled with a word we do not know.
    """
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(_query(row) for row in rows)


def score_queries(queries: Iterable[LabeledQuery]) -> QueryScore:
    """Recall and precision of the linter on ``queries``."""
    seen = Counter(
        (query.kind is not None, bool(lint(query.text, query.note))) for query in queries
    )
    found, missed, wrong = seen[True, True], seen[True, False], seen[False, True]
    return QueryScore(Rate(found, found + missed), Rate(found, found + wrong))


def _query(row: dict[str, str]) -> LabeledQuery:
    if row["half"] not in _HALVES or (row["verdict"] == "leading") != bool(row["kind"]):
        raise CorpusError(f"query {row['id']}: half, verdict and kind do not agree")
    return LabeledQuery(
        id=row["id"],
        is_held_out=row["half"] == "held_out",
        is_after=row["written"] == "after",
        kind=Leading(row["kind"]) if row["kind"] else None,
        note=row["note"],
        text=row["query"],
    )
