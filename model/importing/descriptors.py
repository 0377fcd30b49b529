"""A licensee's CPT descriptors: code and text, a line each, kept in the user's folder alone.

Layout: notices, then a line for each code: five characters, a tab or spaces, the descriptor. Long,
medium and short files are told apart by their longest descriptor. These files are under licence:
no copy was looked for to check this against.

Source: AMA, CPT data file, LONGULT, MEDU and SHORTU.
"""

import re
from collections.abc import Iterator
from hashlib import sha256

from model.errors import ImportRefused
from model.importing.published import Hints, Kind, Plan, Published, Verb, differences
from model.importing.scope import therapy_codes
from model.importing.sheets import text_of
from model.importing.sources import Member
from model.policy_folder import table_path

_LINE = re.compile(r"(\d{4}[0-9A-Z])[\t ]+(\S.*)")
_LENGTHS = {"short": 28, "medium": 48}
"""The most characters of a short and of a medium descriptor."""
_NOTICES = 60
_FEWEST = 3


def found_in(member: Member, hints: Hints) -> Published | None:
    """The descriptors in a text; None where it is another kind of file.

    Raises:
        ImportRefused: A line below the first descriptor is none, or a code stands twice.
    """
    lines = text_of(member).splitlines()
    matching = [n for n, line in enumerate(lines) if _LINE.fullmatch(line)]
    if len(matching) < _FEWEST or matching[0] > _NOTICES:
        return None
    rows = tuple(_rows(member, lines, matching[0]))
    longest = max(len(text) for _, text in rows)
    length = next((name for name, most in _LENGTHS.items() if longest <= most), "long")
    return Published(
        kind=Kind.DESCRIPTORS,
        member=member.name,
        table=f"cpt_descriptors_{length}",
        release=hints.release or length,
        period=None,
        rows=rows,
        rows_read=len(rows),
    )


def planned(published: Published) -> Plan:
    """The descriptors of therapy codes. No text of them is shown: it is the licensee's to read."""
    kept = sorted(row for row in published.rows if row[0] in therapy_codes())
    before = {code: f"text {digest}" for code, digest in _held(published.table)}
    after = {code: f"text {_short_hash(text)}" for code, text in kept}
    return Plan(
        published=published,
        rows_kept=len(kept),
        rows_held=len(before),
        changes=tuple(differences(before, after, gone=Verb.WITHDRAWN)),
        content="".join(f"{code}\t{text}\n" for code, text in kept).encode("utf-8"),
        suffix=".tsv",
        is_complete=False,
    )


def _rows(member: Member, lines: list[str], first: int) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for number, line in enumerate(lines[first:], start=first + 1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            raise ImportRefused(member.name, "is no code with a descriptor", line=number, column=1)
        if found[1] in seen:
            raise ImportRefused(member.name, f"{found[1]} is given twice", line=number, column=1)
        seen.add(found[1])
        yield found[1], found[2].strip()


def _held(table: str) -> Iterator[tuple[str, str]]:
    path = table_path(table)
    for line in path.read_text("utf-8").splitlines() if path else ():
        code, _, text = line.partition("\t")
        yield code, _short_hash(text)


def _short_hash(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()[:8]
