"""Write ``model/policies/codes/icd10cm.sqlite`` from the tabular list and the validity table.

Run by hand when a release is packaged; then say in ``model/policies/releases.yaml`` how far it
reaches. ``python -m scripts.build_icd10cm TABULAR.xml VALIDITY.csv.gz``. The tabular XML is the one
the package simple-icd-10-cm carries; codes retired before it keep their stem's title. A clinic
takes a new release with ``noteproof policies import`` instead.
"""

import csv
import gzip
import sqlite3
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from model.importing.icd10cm_tree import Validity, read_tabular, write_database

TARGET = Path(__file__).parents[1] / "model/policies/codes/icd10cm.sqlite"
WINDOW = "2019-07-01"
"""First day the validity table reaches: a code valid from that day began then or earlier."""


def _validity(path: Path) -> Validity:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {
            row["code"]: (
                None if row["effective_from"] == WINDOW else row["effective_from"],
                row["effective_to"] or None,
            )
            for row in csv.DictReader(file)
        }


def main(tabular: Path, validity: Path) -> None:
    """Read both sources and write the database anew."""
    root = ElementTree.parse(tabular).getroot()  # noqa: S314  (a file of ours, read by hand)
    TARGET.unlink(missing_ok=True)
    db = sqlite3.connect(TARGET)
    write_database(db, read_tabular(root), _validity(validity))
    db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
