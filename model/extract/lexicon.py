"""The curated lexicon: which words speak for which service family."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from model.parse.folding import folded
from model.records import Span

# Codes that are read as one family; the code itself is settled when the claim is suggested.
FAMILY = {
    "97162": "97161", "97163": "97161", "97166": "97165", "97167": "97165",
    "97014": "G0283", "97130": "97129", "97551": "97550", "90913": "90912",
    "20561": "20560", "29581": "29584", "97546": "97545", "98985": "98977", "98976": "98977",
    "98981": "98980", "98979": "98980", "92608": "92607", "97552": "97550", "97598": "97597",
    "98984": "98977", "G0541": "97550", "G0542": "97550", "97036": "97022", "90901": "90912",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """A family named or described at a place."""

    family: str
    span: Span
    is_name: bool


def family_of(code: str) -> str:
    """The family a procedure code is read as."""
    return FAMILY.get(code, code)


def hits(text: str, span: Span) -> list[Hit]:
    """Where ``text`` inside ``span`` names or describes a family, in order."""
    found, starts = _hits(text)
    first = bisect_left(starts, span.start)
    last = bisect_left(starts, span.end)
    return [hit for hit in found[first:last] if hit.span.end <= span.end]


# A note and its headings are asked about many times in a row, and then never again.
@lru_cache(maxsize=8)
def _hits(text: str) -> tuple[tuple[Hit, ...], tuple[int, ...]]:
    pattern, owners = _pattern()
    found = tuple(
        Hit(family, Span(*match.span()), is_name)
        for match in pattern.finditer(folded(text))
        if match.end() > match.start()
        for family, is_name in owners[match.group()]
    )
    return found, tuple(hit.span.start for hit in found)


def families() -> tuple[str, ...]:
    """Every family the lexicon knows, in file order."""
    return tuple(_entries())


@cache
def _entries() -> dict[str, dict[str, list[str]]]:
    raw = files("model.extract").joinpath("interventions.yaml").read_text("utf-8")
    return {str(family): forms for family, forms in yaml.safe_load(raw).items()}


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, list[tuple[str, bool]]]]:
    """One alternation of all forms, longest first, and who owns each form."""
    owners: dict[str, list[tuple[str, bool]]] = {}
    for family, forms in _entries().items():
        for kind in ("named", "activity"):
            for form in forms[kind]:
                owners.setdefault(form.lower(), []).append((family, kind == "named"))
    # Forms that begin alike share a branch, so that a word is held against few of them.
    branches: dict[str, list[str]] = {}
    for form in sorted(owners, key=len, reverse=True):
        branches.setdefault(form[:2], []).append(form[2:])
    alternatives = "|".join(
        f"{re.escape(start)}(?:{'|'.join(map(re.escape, rest))})"
        for start, rest in branches.items()
    )
    return re.compile(rf"(?<![a-z0-9])(?:{alternatives})"), owners
