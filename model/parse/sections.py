"""Headings: which words open a section, and where its text begins."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from model.records import SectionKind

# A heading is short; what follows a colon in a long clause is prose.
LONGEST_HEADING = 48
_LABEL = re.compile(
    r"^(?P<lead>[\s>*#•\-–—=_\[\]|]*)(?P<name>[^:\n|]{1,48}?)(?P<sep>\s*(?::|\s[-–—]\s|\|))(?P<rest>.*)$"
)
_BARE = re.compile(r"^[\s>*#•\-–—=_\[\]]*(?P<name>[^\n]{1,48}?)[\s:=\-_*#\]]*$")
_SOAP = re.compile(r"^\s*(?P<name>[SOAPD])\s*(?:[:)\-–/]|\.\s)\s*(?=\S)")
_NOISE = re.compile(r"[^a-z0-9'/ -]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found at the start of a line.

    Attributes:
        kind: What the section is about.
        words: The heading, lower case.
        text_from: Index in the line where the section's own text begins.
    """

    kind: SectionKind
    words: str
    text_from: int


@cache
def headings() -> dict[str, SectionKind]:
    """Every known heading, lower case."""
    raw = files("model.parse").joinpath("section_headings.yaml").read_text("utf-8")
    listed = yaml.safe_load(raw)
    return {name: SectionKind(kind) for kind, names in listed.items() for name in map(str, names)}


def heading_of(line: str) -> Heading | None:
    """The heading that opens ``line``, or None."""
    soap = _SOAP.match(line)
    if soap and soap["name"] in "SOAPD":
        return Heading(headings()[soap["name"].lower()], soap["name"].lower(), soap.end())
    label = _LABEL.match(line)
    if label:
        kind = kind_of(label["name"])
        if kind is not None:
            return Heading(kind, _plain(label["name"]), label.end("sep"))
    bare = _BARE.match(line)
    if bare and not any(character.isdigit() for character in line):
        kind = kind_of(bare["name"])
        if kind is not None and (len(bare["name"].strip()) > 2 or bare["name"].isupper()):
            return Heading(kind, _plain(bare["name"]), len(line))
    return None


def kind_of(words: str) -> SectionKind | None:
    """What a section called ``words`` is about, or None when it is no known heading."""
    plain = _plain(words)
    known = headings()
    if plain in known:
        return known[plain]
    # "Objective / Treatment" and "ASSESSMENT (PT)": the first known part decides.
    for part in re.split(r"\s*(?:/|&| and |\()\s*", plain):
        if len(part) > 2 and part in known:
            return known[part]
    return None


def _plain(words: str) -> str:
    return " ".join(_NOISE.sub(" ", words.lower().replace("’", "'")).split()).strip(" -/'")
