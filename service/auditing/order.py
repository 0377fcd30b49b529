"""One audit from its order to its output: parts that are missing are made, then all are joined."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from service.auditing.formats import is_parquet, parquet
from service.auditing.parts import Parts, Tally, opened
from service.auditing.source import Source
from service.auditing.terms import terms_of
from service.auditing.workers import Job, worked
from service.outbox import whole, writable


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for.

    Attributes:
        source: JSON lines or Parquet.
        out: Likewise.
        workers: Processes.
        restart: Whether parts of an earlier audit into ``out`` are thrown away.
    """

    source: Path
    out: Path
    rules_only: bool = False
    artifacts: Path | None = None
    workers: int = 1
    restart: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order.

    Attributes:
        tally: Of all encounters, in the order of the file.
        parts_found: Parts that had been done before.
    """

    tally: Tally
    parts_found: int


def carry_out(
    order: Order,
    watch: Callable[[Iterable[int]], Iterable[int]],
    name: Callable[[Sequence[str]], None],
) -> Outcome:
    """Audit ``order.source`` into ``order.out``.

    Parts found are not done again. Only when the output is there whole are the refused named, so
    that each is named once however often the audit was killed; then the parts go.

    Args:
        order: What was asked for.
        watch: Sees how many encounters are done, part by part, and hands the counts on.
        name: Tells of the refused.

    Raises:
        AuditError: It cannot begin or go on; what is done so far is kept.
        OutputRefused: The output cannot be written.
    """
    writable(order.out)  # hours before it is needed, rather than after them
    if is_parquet(order.out):
        parquet()
    source = Source(order.source)
    terms = terms_of(source.sha256, rules_only=order.rules_only, artifacts=order.artifacts)
    with opened(order.out, terms, restart=order.restart) as parts:
        found = frozenset(parts.done())
        # Parts found are read again, for the ids in them; they are not done again.
        job = Job(parts=parts, rules_only=order.rules_only, artifacts=order.artifacts)
        todo = (part for part in source.parts() if part.number not in found)
        for _ in watch(worked(job, todo, workers=order.workers)):
            pass
        _join(parts, order.out)
        tally = _tally(parts)
        name(tally.refused)
        if parts.done():
            parts.remove()
    return Outcome(tally, len(found))


def _join(parts: Parts, out: Path) -> None:
    """All drafts, in the order of the file, into the output."""
    drafts = (parts.drafts(number) for number in parts.done())
    with whole(out, staged_in=parts.folder) as file:
        if is_parquet(out):
            parquet().write(file, drafts)
        else:
            file.writelines(chain.from_iterable(drafts))


def _tally(parts: Parts) -> Tally:
    tallies = [parts.tally(number) for number in parts.done()]
    refused = tuple(line for tally in tallies for line in tally.refused)
    return Tally(sum(tally.done for tally in tallies), refused)
