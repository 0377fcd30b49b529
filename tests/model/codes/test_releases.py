from datetime import date

import pytest

from model.codes import releases, stale
from model.policy_files import works
from model.records import Setting


@pytest.mark.parametrize(
    ("on", "setting", "tables"),
    [
        (date(2024, 9, 30), None, []),
        (date(2024, 10, 1), Setting.PRIVATE_PRACTICE, ["mue_practitioner", "ncci_practitioner"]),
        (date(2024, 10, 1), Setting.HOSPITAL_OUTPATIENT, ["mue_outpatient"]),
        (date(2026, 6, 30), Setting.SNF_PART_B, ["mue_outpatient"]),
        (date(2026, 7, 1), Setting.SNF_PART_B, ["mue_outpatient", "ncci_outpatient"]),
        (date(2026, 9, 30), Setting.HOME, ["mue_practitioner", "ncci_practitioner"]),
        (date(2026, 10, 1), Setting.HOME, ["icd10cm", "mue_practitioner", "ncci_practitioner"]),
        (
            date(2027, 1, 1),
            None,
            [
                *("icd10cm", "mue_outpatient", "mue_practitioner"),
                *("ncci_outpatient", "ncci_practitioner", "procedures"),
            ],
        ),
    ],
)
def test_tables_past_their_last_day_are_named(
    on: date, setting: Setting | None, tables: list[str]
) -> None:
    assert [release.table for release in stale(on, setting)] == tables


def test_every_release_cites_a_work_we_list() -> None:
    assert all(release.source.work in works() for release in releases().values())
