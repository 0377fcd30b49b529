"""Diagnosis phrases in a normal form: abbreviations written out, sides and clutter set aside."""

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from model.parse.folding import folded
from model.records import Span

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[/&+]")
_SIDES = {
    "left": "left", "l": "left", "lt": "left", "right": "right", "r": "right", "rt": "right",
    "bilateral": "bilateral", "bilat": "bilateral", "b": "bilateral", "bil": "bilateral",
    "both": "bilateral", "bilaterally": "bilateral",
}  # fmt: skip
_CLUTTER = frozenset(
    """s p sp status post the a an of in to and or with w for on at is was has had pt patient dx
    diagnosis tx medical treatment primary secondary per md hx history due secondary chronic acute
    mild moderate severe onset since x wks weeks mo months days ago yr yrs old y o male female
    referred eval evaluation presents presenting following after from & / + by as his her their this
    that who injury""".split()  # noqa: SIM905 - a list of words reads best
)
_GRAMS = (3, 4)


HANDED = re.compile(
    r"\b(?P<side>r|l|right|left)[\s-]*(?:hand(?:ed)?(?:[\s-]*dom\w*)?|hd\b|h\.?d\.?(?=\W)|dominant)"
    r"|\bhand(?:ed)?(?:ness)?(?:\s*dominance)?\s*[:=]\s*(?P<after>r|l|right|left)\b"
    r"|\bdom(?:inant)?\s*(?:hand|side|ue)?\s*[:=]\s*(?P<dom>r|l|right|left)\b",
    re.IGNORECASE,
)
"""Words that tell which hand a person uses; they say nothing about the side of a condition."""
_DOMINANCE = re.compile(
    r"\bhand(?:ed)?[\s-]+dom\w*|\bhanded\b|dominant$|\bdominant\s*[:=]|\b[rl]?hd\b|h\.d\.",
    re.IGNORECASE,
)


def without_handedness(words: str) -> str:
    """``words`` without what they say about the dominant hand."""
    return HANDED.sub(
        lambda m: " " if _DOMINANCE.search(m.group()) or m["after"] or m["dom"] else m.group(),
        words,
    )


def handedness(text: str) -> str | None:
    """The hand the person of ``text`` uses, as written; None where the note does not say.

    "L hand" alone is a place: only words of dominance make it a habit.
    """
    for found in HANDED.finditer(text):
        if found["after"] or found["dom"] or _DOMINANCE.search(found.group()):
            return next(group for group in found.groups() if group)
    return None


@cache
def abbreviations() -> dict[str, str]:
    """Shorthand and everyday words to the words that codes use, lower case."""
    folder = files("model") / "policies" / "codes"
    found: dict[str, str] = {}
    for name in ("everyday_words.csv", "abbreviations.csv"):
        with (folder / name).open("r", encoding="utf-8") as file:
            rows = csv.reader(file)
            next(rows)
            found |= {short: long for short, long, *_ in rows}
    return found


_LEVELS = re.compile(r"\b([clts])(\d{1,2})(?:\s?[-/]\s?([clts]?)(\d{1,2}))?\b")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_REGIONS = {"c": "cervical", "t": "thoracic", "l": "lumbar", "s": "sacral"}


def _levels(match: re.Match[str]) -> str:
    """Vertebrae with the region they stand for, as words: "l5-s1" is lumbosacral."""
    first, number, other, last = match.groups()
    names = [f"vertebra{first}{_LETTERS[int(number) % 26]}"]
    if last:
        names.append(f"vertebra{other or first}{_LETTERS[int(last) % 26]}")
    region = "lumbosacral" if {first, other} == {"l", "s"} else _REGIONS[first]
    return " ".join((region, *names))


_GLUED_SIDE = re.compile(r"(?<=[a-z]{2})(?=[LR](?![A-Za-z\d]))")
_DIABETES = re.compile(r"\bt([12])dm\b|\bdm[ -]?([12])\b")
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b")


def plain(phrase: str) -> str:
    """``phrase`` in lower case, vertebrae named by region, ready to be read word by word.

    "kneeL" is "knee l", "5th" is "fifth", "T2DM" is type 2 diabetes mellitus.
    """
    parted = folded(_GLUED_SIDE.sub(" ", phrase))
    parted = _DIABETES.sub(lambda m: f"type {m[1] or m[2]} diabetes mellitus", parted)
    return _LEVELS.sub(_levels, _ORDINAL.sub(lambda m: _ORDINALS[m.group()], parted))


def written_out(phrase: str) -> str:
    """``phrase`` with every known abbreviation written out, as one string."""
    known = abbreviations()
    return re.sub(r"[a-z]+(?:'[a-z]+)?", lambda m: known.get(m.group(), m.group()), plain(phrase))


def expanded(phrase: str) -> list[str]:
    """The words of ``phrase`` with every known abbreviation written out."""
    known = abbreviations()
    text = plain(phrase).replace("s/p", "status post").replace("w/", "with ")
    found: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        found.extend(known.get(word, word).split())
    return found


def sides(phrase: str) -> frozenset[str]:
    """The sides ``phrase`` names: left, right, bilateral."""
    return frozenset(
        _SIDES[match.group()]
        for match in re.finditer(r"(?<![a-z\d])[a-z]+(?!\d)", plain(phrase).replace("'", " "))
        if match.group() in _SIDES
    )


def located_sides(words: str) -> Iterator[tuple[int, str]]:
    """Where ``words`` name a side, and which."""
    for match in re.finditer(r"(?<![a-z\d])[a-z]+(?![a-z\d])", folded(words)):
        if match.group() in _SIDES:
            yield match.start(), _SIDES[match.group()]
    for glued in _GLUED_SIDE.finditer(words):
        yield glued.end(), _SIDES[words[glued.end()].lower()]


def terms(phrase: str) -> list[str]:
    """The words that carry the meaning: expanded, without sides and clutter."""
    return [
        word
        for word in expanded(phrase)
        if word not in _CLUTTER and word not in _SIDES and len(word) > 1
    ]


_TOKEN = re.compile(
    r"\b(?:t[12]dm|dm[12])\b|\b[clts]\d{1,2}(?:\s?[-/]\s?[clts]?\d{1,2})?\b|[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?"
)


def located_terms(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """The terms of the words in ``span`` of ``text``, each with the word it comes from."""
    for match in _TOKEN.finditer(folded(text), span.start, span.end):
        for term in _terms_of(match.group()):
            yield term, Span(*match.span())


@lru_cache(maxsize=8192)
def _terms_of(word: str) -> tuple[str, ...]:
    return tuple(terms(word))


def grams(phrase: str) -> Iterator[str]:
    """Words and the character n-grams inside them, by which phrases are compared."""
    own = terms(phrase)
    for word in own:
        yield f"w:{word}"
        padded = f"^{word}$"
        for size in _GRAMS:
            yield from (padded[i : i + size] for i in range(max(len(padded) - size + 1, 1)))
    yield from (f"b:{a}_{b}" for a, b in pairwise(own))
