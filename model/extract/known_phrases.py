"""Conditions found by their names alone, for what the tagger passes over in a strange register."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from model.extract.index import LONGEST_SAYING, DiagnosisIndex
from model.extract.phrases import located_terms
from model.extract.reading import TAGS, Mention, Reading
from model.records import ParsedNote, Segment, Span
from model.strict_yaml import load

# What a name alone is worth beside the reader's word for its segment.
_FLOOR, _WEIGHT = 0.1, 0.6
_SHORTEST = 2
_TITLE = re.compile(r"M[rs]s?")
_SIDE_BEFORE = re.compile(
    r"\b(?:right|left|rt|lt|r|l|bilateral|bilat|both|b/l)\.?\s+\Z", re.IGNORECASE
)


def with_known_phrases(
    note: ParsedNote, reading: Reading, index: DiagnosisIndex
) -> tuple[Mention, ...]:
    """The reader's mentions, made whole by the names they share words with, and those it missed."""
    mentions = list(reading.mentions)
    for place, segment in enumerate(note.segments):
        for span in _phrases(note, segment, index):
            met = [i for i, mention in enumerate(mentions) if mention.span.overlaps(span)]
            if met:
                own = mentions[met[0]]
                joined = Span(min(own.span.start, span.start), max(own.span.end, span.end))
                mentions[met[0]] = Mention(joined, own.state, own.score)
                continue
            states = {state: float(reading.of(f"dx:{state}")[place]) for state in TAGS[1:]}
            likeliest = max(states, key=lambda state: states[state])
            state = likeliest if states[likeliest] >= _FLOOR else TAGS[1]
            mentions.append(Mention(span, state, _FLOOR + _WEIGHT * states[likeliest]))
    return tuple(sorted(mentions, key=lambda mention: mention.span))


def _phrases(note: ParsedNote, segment: Segment, index: DiagnosisIndex) -> Iterator[Span]:
    """Spans of whole sayings in ``segment``, the longest first word by word."""
    located = list(located_terms(note.text, segment.span))
    words = [term for term, _ in located]
    at = 0
    while at < len(located):
        length = _longest(words[at : at + LONGEST_SAYING], index)
        if length:
            span = Span(located[at][1].start, located[at + length - 1][1].end)
            if _stands_alone(span.of(note.text)):
                yield _with_side(note.text, segment, span)
        at += max(length, 1)


def _stands_alone(words: str) -> bool:
    """Whether one word is enough; "Ms" is a title, and body parts are no conditions."""
    return words.lower() not in _not_alone() and not _TITLE.fullmatch(words)


@cache
def _not_alone() -> frozenset[str]:
    return frozenset(load(files("model.extract").joinpath("not_alone.yaml"))["words"])


def _with_side(text: str, segment: Segment, span: Span) -> Span:
    """``span`` with the word of side right before it."""
    found = _SIDE_BEFORE.search(text, segment.span.start, span.start)
    return Span(found.start(), span.end) if found else span


def _longest(words: Sequence[str], index: DiagnosisIndex) -> int:
    """Terms at the front of ``words`` that make a saying; 0 when none do."""
    for length in range(len(words), 0, -1):
        is_word = length > 1 or len(words[0]) > _SHORTEST
        if is_word and index.is_known(words[:length]):
            return length
    return 0
