"""Repeated falls or a history of falling, by how many falls the words count.

Source: ICD-10-CM Official Guidelines, section I.C.18.d: R29.6 where a patient has fallen of late
and why is looked into, Z91.81 where one has fallen before and is at risk.
"""

import re

_REPEATED, _HISTORY = "R29.6", "Z91.81"
_MANY = re.compile(
    r"\b(?:three|four|five|six|seven|eight|nine|ten|several|many|multiple|mult|repeated|recurrent"
    r"|frequent|freq|countless|weekly|daily|keeps?|another|lost count)\b"
    r"|(?<![\d/.])(?:x ?)?(?:[3-9]|1\d)(?: ?x)?\b"
    r"(?!\s*(?:/|-|wks?\b|weeks?\b|mo\b|months?\b|days?\b|yrs?\b|years?\b))",
    re.IGNORECASE,
)
_FEW = re.compile(
    r"\b(?:once|twice|one|two|a|single|1 ?x|x ?[12]|2 ?x|[12])\b(?!\s*(?:/|-|wks?\b|weeks?\b|mo\b"
    r"|months?\b|days?\b|yrs?\b|years?\b|month\b|week\b|day\b|year\b))",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:hx|history|h/o|risk)\b", re.IGNORECASE)


def fall_code(code: str, words: str) -> str:
    """``code``; of the two codes of falling the one that the words count: three are repeated."""
    if code not in (_REPEATED, _HISTORY):
        return code
    if _PAST.search(words):
        return _HISTORY
    if _MANY.search(words):
        return _REPEATED
    return _HISTORY if _FEW.search(words) else code
