"""The words the linter knows, kept as data beside it and compiled once."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from model import strict_yaml

_BESIDE = Path(__file__).parent


@cache
def pattern(file: str, topic: str) -> re.Pattern[str]:
    """Any of the phrases under ``topic`` of ``<file>.yaml``."""
    phrases = _topics(file)[topic]
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.IGNORECASE)


@cache
def vocabulary(file: str) -> re.Pattern[str]:
    """Whole words that begin with any stem of ``<file>.yaml``, whatever its topic."""
    stems = (stem for topic in _topics(file).values() for stem in topic)
    return re.compile(rf"\b(?:{'|'.join(sorted(stems))})", re.IGNORECASE)


@cache
def _topics(file: str) -> dict[str, Any]:
    return strict_yaml.load(_BESIDE / f"{file}.yaml")
