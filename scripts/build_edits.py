"""Write ``model/policies/edits/*.csv`` from the gathered NCCI tables.

Run by hand when a quarter is loaded: ``python scripts/build_edits.py SHARED_DATA``; then say in
``model/policies/releases.yaml`` how far the tables reach.
"""

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

EDITS = Path(__file__).parents[1] / "model/policies/edits"
PAIRS = ["column1", "column2", "indicator", "from", "to", "confidence"]
LIMITS = ["code", "units", "mai", "from"]
# How well the first day of a practitioner edit is known (facts/README.md).
START = {
    "EFF_UNKNOWN": "approximate",
    "UNTIL_DELETION": "approximate",
    "EFF_LOWER_BOUND": "approximate",
    "INFERRED_2020Q4": "inferred",
}
GAP = {"2019-12-31": ("2020-10-01", "inferred")}
"""When pairs deleted at that end stood again (facts/README.md; the outpatient editor agrees)."""
WINDOW = "2019-07-01"
"""First day the outpatient editor data reaches: an edit from that day began then or earlier."""


def practitioner(rows: Iterable[dict[str, str]]) -> list[list[str]]:
    """Pairs of the practitioner file; those never in force (indicator 9) are left out.

    The file lists a pair once for each time it stood, and the gathered copy lost the first days of
    those that ended: each then begins no earlier than the one before it ended.
    """
    found = sorted(_practitioner(rows), key=lambda row: (row[:2], row[4] or "9999"))
    pairs = groupby(found, key=lambda row: row[:2])
    return [row for _, times in pairs for row in _in_turn(list(times))]


def _practitioner(rows: Iterable[dict[str, str]]) -> list[list[str]]:
    return [
        [
            row["column1"],
            row["column2"],
            row["modifier_indicator"],
            "" if row["effective"].startswith("<=") else re.sub("[>=]", "", row["effective"]),
            row["deletion"],
            START[row["note"]],
        ]
        for row in rows
        if row["note"] != "NEVER"
    ]


def _in_turn(times: list[list[str]]) -> Iterator[list[str]]:
    """The rows of one pair, oldest first, none of them in force while an earlier one is."""
    ended = ""
    for row in times:
        start, confidence = row[3], row[5]
        if ended and start <= ended:
            after = (date.fromisoformat(ended) + timedelta(days=1)).isoformat()
            start, confidence = GAP.get(ended, (after, confidence))
        yield [*row[:3], start, row[4], confidence]
        ended = row[4]


def outpatient(rows: Iterable[dict[str, str]]) -> list[list[str]]:
    """Pairs of the outpatient code editor."""
    return [
        [
            row["column1"],
            row["column2"],
            row["modifier_allowed"],
            "" if row["effective_from"] == WINDOW else row["effective_from"],
            row["effective_to"],
            "verified",
        ]
        for row in rows
    ]


def limits(rows: Iterable[dict[str, str]], setting: str) -> list[list[str]]:
    """Unit limits of one setting; the first quarter held is read for the days before it, too."""
    return [
        [row["code"], row[f"mue_{setting}"], row[f"mai_{setting}"], ""]
        for row in rows
        if row[f"mue_{setting}"]
    ]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _write(name: str, header: list[str], rows: list[list[str]]) -> None:
    with (EDITS / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(rows))


def main(data: Path) -> None:
    """Read the gathered tables in ``data`` and write the compact ones."""
    found = practitioner(_read(data / "ncci_ptp_practitioner_2024Q3.csv"))
    _write("ncci_practitioner.csv", PAIRS, found)
    _write(
        "ncci_outpatient.csv",
        PAIRS,
        outpatient(_read(data / "ncci_ptp_outpatient_2019Q3_2026Q2.csv")),
    )
    for setting in ("practitioner", "outpatient_hospital"):
        found = limits(_read(data / "mue_therapy.csv"), setting)
        _write(f"mue_{setting.removesuffix('_hospital')}.csv", LIMITS, found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
