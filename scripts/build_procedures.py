"""Write ``model/policies/codes/procedures.csv`` from the gathered therapy code list.

Run by hand when a new code year is loaded: ``python scripts/build_procedures.py SHARED_DATA``.
Captions are our own words; no CPT descriptor is read or written.
"""

import csv
import re
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "model/policies/codes/procedures.csv"
COLUMNS = [
    "code",
    "caption",
    "disciplines",
    "timed",
    "pooled",
    "base_minutes",
    "add_on_of",
    "fewest_minutes_cms",
    "fewest_minutes_midpoint",
    "daily_limit",
    "family",
    "therapy",
    "one_on_one",
    "valid_from",
    "valid_to",
    "replaced_by",
    "medicare_status",
    "mue_practitioner",
    "mai",
    "source",
    "confidence",
    "note",
]
ADD_ONS = dict(
    pair.split("+")[::-1]
    for pair in [
        "97129+97130",
        "90912+90913",
        "97545+97546",
        "97550+97551",
        "92607+92608",
        "92605+92618",
        "92626+92627",
        "96112+96113",
        "G0541+G0542",
        "98980+98981",
        "97597+97598",
        "96202+96203",
    ]
)
# 15-minute codes that enter the Medicare day total (facts/units_rules.md 1.2), ended ones included.
POOLED = {
    "97032",
    "97033",
    "97034",
    "97035",
    "97036",
    "97110",
    "97112",
    "97113",
    "97116",
    "97124",
    "97140",
    "97530",
    "97533",
    "97535",
    "97537",
    "97542",
    "97750",
    "97755",
    "97760",
    "97761",
    "97763",
    "97129",
    "97130",
    "90912",
    "90913",
    "97532",
    "97762",
    "G0515",
}
FAMILIES = {
    "therapeutic procedure": "therapeutic",
    "modality supervised": "supervised_modality",
    "modality constant attendance": "attended_modality",
    "re-evaluation": "reevaluation",
    "orthotic/prosthetic": "orthotic",
    "telehealth/e-visit": "telehealth",
    "casting/strapping": "casting",
    "home health": "home_health",
    "swallow": "swallowing",
    "RTM": "rtm",
}
GROUP = {"97150", "92508", "97552", "G0543", "G0239", "96202", "96203"}
REMOTE = {"supervised_modality", "caregiver", "telehealth", "rtm", "other"}
DEVICE = {"G0281", "G0282", "G0329"}
MANY_A_DAY = {"97598", "95851", "96110", "96127", "29130", "29131", "29280", "29260", "29086"}
# Fewest minutes that earn the first unit, where the midpoint of the base does not say it.
FEWEST = {"98979": 10, "98980": 20, "98981": 20}
BANDS = {"98966": 5, "98967": 11, "98968": 21, "98970": 5, "98971": 11, "98972": 21} | {
    "G2061": 5, "G2062": 11, "G2063": 21, "G2251": 5,
}  # fmt: skip
FAMILY_OF = {
    "97150": "group", "92508": "group", "G0239": "group", "92610": "evaluation",
    "90901": "biofeedback", "90911": "biofeedback", "90912": "biofeedback", "90913": "biofeedback",
    "20560": "dry_needling", "20561": "dry_needling",
}  # fmt: skip
THERAPY = {"97014": "sometimes"} | dict.fromkeys(("92605", "92606", "92618"), "always")
REPLACED = {
    "97532": "97129;97130", "97763": "", "92507": "", "92508": "", "97014": "G0283",
    "64550": "97014;G0283;97032", "95831": "", "29582": "", "29583": "",
    "95832": "", "95833": "", "95834": "",
}  # fmt: skip
STATUSES = {
    "payable": "payable", "bundled": "bundled", "invalid": "invalid", "noncovered": "noncovered",
    "restricted": "restricted", "carrier": "carrier_priced", "statutory": "excluded",
    "excluded": "excluded", "deleted/invalid": "deleted", "unverified": "unverified",
}  # fmt: skip
NOTES = {
    "92507": "Deletion from 2027-01-01 reported by secondary pages, not confirmed: load CPT 2027.",
    "97532": "2018-2019: 97127 in CPT, G0515 at Medicare; from 2020: 97129 and 97130.",
}
CAPTIONS = {
    "98976": "RTM device supply respiratory, 16 or more days in 30",
    "98977": "RTM device supply musculoskeletal, 16 or more days in 30",
    "98978": "RTM device supply cognitive behavioral, 16 or more days in 30",
}


def _minutes(row: dict[str, str], *, timed: bool) -> tuple[str, str]:
    """Minutes a unit stands for, and the fewest that earn the first one (past the midpoint)."""
    code = row["code"]
    if code in BANDS:
        return "", str(BANDS[code])
    if not timed:
        return "", ""
    base = int(row["minutes_per_unit"])
    return str(base), str(FEWEST.get(code, base // 2 + 1))


def _sources(row: dict[str, str], known: set[str]) -> str:
    held = {
        "cms_pprrvu": "PPRRVU" in row["source"],
        "cms_mue": bool(row["mue_practitioner"]),
        "cms_oce": row["code"] in known,
    }
    return ";".join(work for work, holds in held.items() if holds) or "expert_recall"


def _daily_limit(code: str, *, timed: bool, ended: bool) -> str:
    if code in ADD_ONS or code in MANY_A_DAY or ended:
        return ""
    return "1" if not timed or code in set(ADD_ONS.values()) | {"98979"} else ""


def _table_row(row: dict[str, str], known: set[str]) -> dict[str, str]:
    code = row["code"]
    timed = row["timed"] == "Y" and code not in BANDS
    base, fewest = _minutes(row, timed=timed)
    family = FAMILY_OF.get(code) or FAMILIES.get(row["category"], row["category"])
    therapy = row["always_or_sometimes_therapy"].split()[0].split("/")[0]
    status = STATUSES[re.split(r"[ -]", row["medicare_status"])[0]]
    ended = row["effective_to"][:10] if "scheduled" not in row["effective_to"] else ""
    verified = row["confidence"].startswith("mixed") or code in known
    return {
        "code": code,
        "caption": CAPTIONS.get(code, row["own_words_description"]),
        "disciplines": ";".join(d for d in ("PT", "OT", "SLP") if _treats(row["disciplines"], d)),
        "timed": "yes" if timed else "no",
        "pooled": "yes" if code in POOLED else "no",
        "base_minutes": base,
        "add_on_of": ADD_ONS.get(code, ""),
        "fewest_minutes_cms": fewest,
        "fewest_minutes_midpoint": fewest,
        "daily_limit": _daily_limit(code, timed=timed, ended=bool(ended)),
        "family": family,
        "therapy": THERAPY.get(code, "never" if therapy == "n" else therapy),
        "one_on_one": "no" if code in GROUP | DEVICE or family in REMOTE else "yes",
        "valid_from": row["effective_from"],
        "valid_to": ended,
        "replaced_by": REPLACED.get(code, re.sub(r" \(Medicare\)", "", row["replaced_by"])),
        "medicare_status": status,
        "mue_practitioner": row["mue_practitioner"],
        "mai": row["mai"],
        "source": _sources(row, known),
        "confidence": "verified" if verified else "recalled",
        "note": NOTES.get(code, row["notes"]),
    }  # fmt: skip


def _treats(written: str, discipline: str) -> bool:
    return "not" not in written and discipline in re.split(r"[;/ ]", written)


def main(data: Path) -> None:
    """Read the gathered tables in ``data`` and write the compact one."""
    with (data / "hcpcs_validity_2019Q3_2026Q2.csv").open(encoding="utf-8") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    with (data / "therapy_codes.csv").open(encoding="utf-8") as file:
        rows = [_table_row(row, known) for row in csv.DictReader(file) if row["code"] != "L-codes"]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["code"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
