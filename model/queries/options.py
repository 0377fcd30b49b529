"""The answers a query offers: which are closed, and whether the open ones stand beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from model.queries.draft import Draft, Sentence
from model.queries.wording import pattern
from model.records import Span

_ANSWERS = "answers"
_LIST = re.compile(r":\s*(?P<list>[^:]*)$")
_TRAILING = re.compile(
    r",\s*(?P<list>(?!\s*(?:if|was|were|is|are)\b)[^,?]+(?:,[^,?]+)*\s+or\s+[^,?]+)\?\s*$",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\bor\b", re.IGNORECASE)
_BOXES = re.compile(r"(?:\[\s?\]|\(\s?\)|[☐□])(?P<item>[^\[\]()☐□]*)")
_SLASHED = re.compile(r"\b\w[\w -]* / \w[\w -]*\b")
_BETWEEN = re.compile(r",\s*(?:or\s+)?|;\s*|\s+or\s+|\s+/\s+", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_FEWEST = 2


@dataclass(frozen=True)
class Offer:
    """Answers offered by one sentence.

    Attributes:
        span: Where in the query they stand.
        closed: Those that commit the answerer to one thing.
    """

    span: Span
    closed: tuple[str, ...]


def offers(draft: Draft) -> Iterator[Offer]:
    """Every list of two or more closed answers."""
    chooses = pattern(_ANSWERS, "choose").search(draft.own) is not None
    for sentence in draft.sentences:
        found = _boxes(sentence) or _listed(sentence, chooses=chooses)
        if found is not None and len(found.closed) >= _FEWEST:
            yield found


def has_other(draft: Draft) -> bool:
    """Whether the answerer may say something else."""
    return _offers_any(draft, "other", "open")


def has_unable(draft: Draft) -> bool:
    """Whether the answerer may say that it cannot be said."""
    return _offers_any(draft, "unable")


def has_negative(draft: Draft) -> bool:
    """Whether the answerer may say that there is nothing."""
    return _offers_any(draft, "negative")


def is_polar(sentence: Sentence) -> bool:
    """Whether it can be answered by yes or no; "could you describe" asks openly."""
    if not sentence.asks or pattern(_ANSWERS, "request").search(sentence.text):
        return False
    return pattern(_ANSWERS, "polar").match(sentence.text) is not None


def says_yes(sentence: Sentence) -> bool:
    """Whether "yes" is among its answers."""
    return pattern(_ANSWERS, "yes").search(sentence.text) is not None


def is_about_the_record(sentence: Sentence) -> bool:
    """Whether it asks for a paper, a signature or a day, and not for a finding."""
    return pattern(_ANSWERS, "record").search(sentence.text) is not None


def _offers_any(draft: Draft, *topics: str) -> bool:
    return any(pattern(_ANSWERS, topic).search(draft.own) for topic in topics)


def _boxes(sentence: Sentence) -> Offer | None:
    found = list(_BOXES.finditer(sentence.text))
    if len(found) < _FEWEST:
        return None
    closed = tuple(match["item"].strip() for match in found if _is_closed(match["item"]))
    return Offer(sentence.part(found[0].start(), found[-1].end()), closed)


def _listed(sentence: Sentence, *, chooses: bool) -> Offer | None:
    if not sentence.asks and not chooses:
        return None
    text = _ASIDE.sub(lambda aside: " " * len(aside[0]), sentence.text)
    found = _list_of(text, is_polar=is_polar(sentence))
    if found is None:
        return None
    closed = tuple(item for item in _BETWEEN.split(text[slice(*found)]) if _is_closed(item))
    return Offer(sentence.part(*found), closed)


def _list_of(text: str, *, is_polar: bool) -> tuple[int, int] | None:
    """Where the answers stand: after a colon, after a comma, or in a question of yes or no."""
    for form in (_LIST, _TRAILING):
        found = form.search(text)
        if found and _BETWEEN.search(found["list"]) and not _asks_openly(found["list"]):
            return found.span("list")
    slashed = _SLASHED.search(text)
    if slashed:
        return slashed.span()
    is_choice = is_polar or not pattern(_ANSWERS, "asks").search(text)
    return (0, len(text)) if is_choice and _EITHER.search(text) else None


def _asks_openly(words: str) -> bool:
    """Whether what follows the colon is a question of its own."""
    return pattern(_ANSWERS, "wh").match(words) is not None


def _is_closed(item: str) -> bool:
    """Whether ``item`` is an answer, and neither an invitation nor a way out."""
    words = item.strip(' .?!▢"“”')
    topics = ("open", "other", "unable", "negative")
    return bool(words) and not any(pattern(_ANSWERS, t).search(words) for t in topics)
