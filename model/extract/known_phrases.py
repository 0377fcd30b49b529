"""Conditions found by their names alone, for what the tagger passes over in a strange register."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from model.extract.features import segment_at
from model.extract.index import LONGEST_SAYING, DiagnosisIndex
from model.extract.phrases import located_terms
from model.extract.qualifiers import qualifying_words
from model.extract.reading import TAGS, Mention, Reading
from model.records import ParsedNote, Segment, Span
from model.strict_yaml import load

# What a name alone is worth beside the reader's word for its segment.
_FLOOR, _WEIGHT = 0.1, 0.6
_SHORTEST = 2
_TITLE = re.compile(r"M[rs]s?")
_SIDE_WORDS = ("right", "left", "rt", "lt", "r", "l", "bilateral", "bilat", "both", "b/l")
_BODY_SIDE = re.compile(rf"^(?:{'|'.join(_SIDE_WORDS)})\.?\s+", re.IGNORECASE)
_SIDE_BEFORE = re.compile(rf"\b(?:{'|'.join(_SIDE_WORDS)})\.?\s+\Z", re.IGNORECASE)


def with_known_phrases(
    note: ParsedNote, reading: Reading, index: DiagnosisIndex
) -> tuple[Mention, ...]:
    """The reader's mentions, made whole by the names they share words with, and those it missed."""
    mentions = list(reading.mentions)
    for place, segment in enumerate(note.segments):
        for span in _phrases(note, segment, index):
            met = [mention for mention in mentions if mention.span.overlaps(span)]
            if met:
                mentions = [mention for mention in mentions if mention not in met]
                mentions.append(_joined(met, span))
                continue
            states = {state: float(reading.of(f"dx:{state}")[place]) for state in TAGS[1:]}
            likeliest = max(states, key=lambda state: states[state])
            state = likeliest if states[likeliest] >= _FLOOR else TAGS[1]
            mentions.append(Mention(span, state, _FLOOR + _WEIGHT * states[likeliest]))
    widened = (_widened(note, mention) for mention in mentions)
    return tuple(sorted(widened, key=lambda mention: mention.span))


def _joined(met: Sequence[Mention], span: Span) -> Mention:
    """One mention over all that share words with ``span``, in the state of the surest."""
    surest = max(met, key=lambda mention: mention.score)
    start = min(span.start, *(mention.span.start for mention in met))
    end = max(span.end, *(mention.span.end for mention in met))
    return Mention(Span(start, end), surest.state, surest.score)


def _widened(note: ParsedNote, mention: Mention) -> Mention:
    """``mention`` with the words of side, finger and the like that stand right beside it."""
    segment = segment_at(note, mention.span.start)
    if segment is None:
        return mention
    start, end = mention.span.start, mention.span.end
    before, after = _beside()
    while found := before.search(note.text, segment.span.start, start):
        start = found.start()
    while found := after.match(note.text, end, max(end, segment.span.end)):
        end = found.end()
    return Mention(Span(start, end), mention.state, mention.score)


@cache
def _beside() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(sorted({*_SIDE_WORDS, *qualifying_words()}, key=len, reverse=True))
    return (
        re.compile(rf"\b(?:{words})\b[.,]?[ -]+\Z", re.IGNORECASE),
        re.compile(rf"(?:, ?| (?:and )?)(?:{words})\b", re.IGNORECASE),
    )


def _phrases(note: ParsedNote, segment: Segment, index: DiagnosisIndex) -> Iterator[Span]:
    """Spans of whole sayings in ``segment``, the longest first word by word."""
    located = list(located_terms(note.text, segment.span))
    words = [term for term, _ in located]
    at = 0
    while at < len(located):
        length = _longest(words[at : at + LONGEST_SAYING], index)
        if length:
            span = Span(located[at][1].start, located[at + length - 1][1].end)
            if stands_alone(span.of(note.text)) and not _is_signed(note, span):
                yield _with_side(note.text, segment, span)
        at += max(length, 1)


def _is_signed(note: ParsedNote, span: Span) -> bool:
    """Whether the words are a writer's name or credentials: "MS, OTR/L" is no sclerosis."""
    return any(own.is_signature and own.span.overlaps(span) for own in note.signatures)


def stands_alone(words: str) -> bool:
    """Whether the words are enough; "Ms" is a title, and a body part with its side no condition."""
    bare = _BODY_SIDE.sub("", words).strip(" .,;").lower()
    return bare not in _not_alone() and not _TITLE.fullmatch(words)


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
