"""Words a few rules look for in a note, kept as data beside them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from model import strict_yaml
from model.records import Case, Span


@cache
def _pattern(path: Path, topic: str) -> re.Pattern[str]:
    phrases = strict_yaml.load(path)[topic]
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.IGNORECASE)


def found(text: str, rule_file: str, topic: str) -> tuple[Span, ...]:
    """Where ``text`` has words of ``topic`` in the ``.wording.yaml`` beside ``rule_file``."""
    return tuple(Span(*match.span()) for match in matches(text, rule_file, topic))


def matches(text: str, rule_file: str, topic: str) -> Iterator[re.Match[str]]:
    """The matches themselves, for phrases that hold a number."""
    path = Path(rule_file).with_suffix(".wording.yaml")
    return _pattern(path, topic).finditer(text)


def is_worded(case: Case, rule_file: str, topic: str) -> bool:
    """Whether the note has words of ``topic``; a case without a note has none."""
    return case.text is not None and next(matches(case.text, rule_file, topic), None) is not None
