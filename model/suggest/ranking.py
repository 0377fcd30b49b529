"""From one mention to ranked codes: its words, and the qualifiers that choose among siblings."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from model.codes.diagnoses import billable_under, diagnosis, is_billable
from model.errors import UnknownCode
from model.extract.conditions import Stated
from model.extract.index import Match
from model.extract.phrases import terms, written_out
from model.extract.qualifiers import agreement
from model.suggest.specificity import in_therapy, specific
from model.suggest.strokes import Patient

# A code written beside the words counts as evidence, weighed against what the words say.
_WRITTEN_BESIDE = 0.22
# Matches whose group is searched for a better qualified code, and what such a code loses.
_REFINED, _SIBLING, _MOST_SIBLINGS, _ALIKE = 3, 0.96, 120, 0.5
# Chapters whose 7th character tells the episode, which the words do not; elsewhere it is a stage.
_EPISODES = "MSTVWXY"
_ONE_CONDITION = ("F01", "F02", "F03", "G35", "H54", "I50")


def ranked(item: Stated, who: Patient, text: str, on: date) -> Iterator[tuple[str, float]]:
    """Specific codes for one mention with their scores, best first, each once."""
    scores: dict[str, float] = {}
    said = written_out(item.words)
    for code, score in _refined(item.matches, said, on):
        code = specific(code, item.words, item.sides, who, text, on)
        if is_billable(code, on):
            scores[code] = max(scores.get(code, 0.0), score)
    scores = _without_vague_sequela(scores)
    written = in_therapy(item.code or "")
    if written and is_billable(written, on):
        near = max((s for c, s in scores.items() if c[:3] == written[:3]), default=0.0)
        if near or not scores or max(scores.values()) < 0.45:
            scores[written] = max(scores.get(written, 0.0), near, 0.5) + _WRITTEN_BESIDE
    yield from sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


def _refined(matches: Sequence[Match], said: str, on: date) -> Iterator[tuple[str, float]]:
    """The matches weighed by their titles' qualifiers, and siblings that agree better.

    A saying of one code stands for the whole group: the qualifiers choose within it.
    """
    for place, match in enumerate(matches):
        own = _agreement(match.code, said)
        yield match.code, match.score * own
        if place < _REFINED:
            for sibling in _siblings(match.code, on):
                weight = _agreement(sibling, said)
                if weight > own:
                    yield sibling, match.score * weight * _SIBLING


def _agreement(code: str, said: str) -> float:
    try:
        return agreement(said, diagnosis(code).title)
    except UnknownCode:
        return 1.0


@lru_cache(maxsize=4096)
def _siblings(code: str, on: date) -> tuple[str, ...]:
    """Other codes of the same subcategory; of the category, where all of it is one condition."""
    is_one = code.startswith(_ONE_CONDITION)
    stem = code[:3] if is_one else code[:5]
    return tuple(
        found
        for found in billable_under(stem, on)
        if found != code
        and (len(found) < 8 or found[-1] == code[-1] or code[0] not in _EPISODES)
        and (is_one or _is_same_condition(code, found))
    )[:_MOST_SIBLINGS]


def _is_same_condition(code: str, other: str) -> bool:
    """Whether two titles share at least half of their words."""
    own, others = _title_words(code), _title_words(other)
    return len(own & others) >= _ALIKE * len(own | others)


@lru_cache(maxsize=4096)
def _title_words(code: str) -> frozenset[str]:
    return frozenset(terms(diagnosis(code).title))


def _without_vague_sequela(scores: dict[str, float]) -> dict[str, float]:
    """Of a stroke's sequelae, "other" only where the words name none as well."""
    vague = [code for code in scores if is_vague_sequela(code)]
    named = max((s for c, s in scores.items() if c[:3] == "I69" and c not in vague), default=0.0)
    return {c: s for c, s in scores.items() if c not in vague or s > named}


def is_vague_sequela(code: str) -> bool:
    """Whether ``code`` is the sequela of a stroke that names none in particular."""
    return code.startswith("I69") and code[5:] == "98"
