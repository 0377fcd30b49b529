"""One way to say one code."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saying:
    """Words for a code, and where they come from: bank, note, index, inclusion or title."""

    words: str
    code: str
    source: str
