"""Numbers written out in words."""

import re

_WORDS = {
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "two": 2, "three": 3, "four": 4, "one": 1,
}  # fmt: skip
TENS = "twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety"
ONES = "one|two|three|four|five|six|seven|eight|nine"
SPELLED = rf"(?:(?:{TENS})(?:[-\s](?:{ONES}))?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
"""Pattern of a number from one to ninety-nine."""


def number_of(written: str) -> int:
    """The number that digits or words say."""
    if written.isdigit():
        return int(written)
    return sum(_WORDS[word] for word in re.split(r"[-\s]+", written.lower()))
