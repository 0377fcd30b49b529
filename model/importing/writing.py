"""Tables as bytes, always the same for the same rows."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table of comma-separated fields, lines ending in a newline."""
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return written.getvalue().encode("utf-8")
