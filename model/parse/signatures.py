"""Credentials: who signs, who is only named, who co-signs."""

import re
from collections.abc import Iterator

from model.records import Signature, SignerRole, Span

_LETTERS = {
    "COTA/L": ("OT", SignerRole.ASSISTANT), "COTA": ("OT", SignerRole.ASSISTANT),
    "OTA/L": ("OT", SignerRole.ASSISTANT), "OTA": ("OT", SignerRole.ASSISTANT),
    "LPTA": ("PT", SignerRole.ASSISTANT), "PTA": ("PT", SignerRole.ASSISTANT),
    "SLPA": ("SLP", SignerRole.ASSISTANT), "SLP-A": ("SLP", SignerRole.ASSISTANT),
    "OTR/L": ("OT", SignerRole.THERAPIST), "OTR": ("OT", SignerRole.THERAPIST),
    "OTD": ("OT", SignerRole.THERAPIST), "OT/L": ("OT", SignerRole.THERAPIST),
    "MSOT": ("OT", SignerRole.THERAPIST), "MOT": ("OT", SignerRole.THERAPIST),
    "OT": ("OT", SignerRole.THERAPIST),
    "DPT": ("PT", SignerRole.THERAPIST), "MPT": ("PT", SignerRole.THERAPIST),
    "MSPT": ("PT", SignerRole.THERAPIST), "RPT": ("PT", SignerRole.THERAPIST),
    "LPT": ("PT", SignerRole.THERAPIST), "PT": ("PT", SignerRole.THERAPIST),
    "CCC-SLP": ("SLP", SignerRole.THERAPIST), "CCC/SLP": ("SLP", SignerRole.THERAPIST),
    "CF-SLP": ("SLP", SignerRole.THERAPIST), "SLP-CF": ("SLP", SignerRole.THERAPIST),
    "SLP-CCC": ("SLP", SignerRole.THERAPIST), "SLP": ("SLP", SignerRole.THERAPIST),
    "SLPD": ("SLP", SignerRole.THERAPIST),
    "OTAS": ("OT", SignerRole.STUDENT), "OTS": ("OT", SignerRole.STUDENT),
    "S/OT": ("OT", SignerRole.STUDENT), "MOTS": ("OT", SignerRole.STUDENT),
    "SPT": ("PT", SignerRole.STUDENT), "SPTA": ("PT", SignerRole.STUDENT),
    "S/PT": ("PT", SignerRole.STUDENT), "SLPS": ("SLP", SignerRole.STUDENT),
    "MD": (None, SignerRole.PHYSICIAN), "DO": (None, SignerRole.PHYSICIAN),
    "NP": (None, SignerRole.PHYSICIAN), "PA-C": (None, SignerRole.PHYSICIAN),
    "DPM": (None, SignerRole.PHYSICIAN), "APRN": (None, SignerRole.PHYSICIAN),
}  # fmt: skip
_CREDENTIAL = "|".join(re.escape(letters) for letters in sorted(_LETTERS, key=len, reverse=True))
_NAME = r"[A-Z][\w.'\u2019-]*(?:[ ]+[A-Z][\w.'\u2019-]*){0,3}"
_OTHERS = r"(?:[A-Z]{1,5}(?:[-/][A-Z]{1,4})?[.,]?[ ]*,?[ ]*){0,3}"
_LINE = re.compile(r"[^\n]+")
_LETTERED = re.compile(rf"(?<![\w/])(?:{_CREDENTIAL})(?![\w/-])")
_SIGNED = re.compile(
    rf"(?P<name>{_NAME})[ ]*,?[ ]*(?P<pre>{_OTHERS})(?<![\w/])"
    rf"(?P<cred>{_CREDENTIAL})(?![\w/-]|[ ]+student)"
)
_STUDENT = re.compile(
    rf"(?P<name>{_NAME}),?[ ]+(?:(?:graduate|grad|OT|PT|SLP)[ ]+)*"
    r"(?P<cred>student(?:[ ]+(?:clinician|therapist|PT|OT|SLP))?|graduate clinician)",
)
_SIGNING = re.compile(
    r"(?:sign(?:ed|ature)|e-?sig|/s/|//|by:|therapist:|clinician:|provider:|treating|~|^\s*[-–—]+)",
    re.IGNORECASE | re.MULTILINE,
)
_COSIGNING = re.compile(
    r"co-?sign|supervis|reviewed|agree|under the direction|countersign|\bsup\b", re.IGNORECASE
)
_ADDRESSED = re.compile(
    r"\b(?:dr|referr|ordered|physician|pcp|with|w/|to|from)\b\W*$", re.IGNORECASE
)
_TITLE = re.compile(
    rf"(?<![\w/])(?:{_CREDENTIAL})(?![\w/-])"
    r"|\b(?:therapist|pathologist|therapy assistant|clinician|student)\b",
    re.IGNORECASE,
)
# A signature stands in the last part of a note, or beside words that sign.
_TAIL = 220


_HURRIED = re.compile(
    r"\b(?P<name>[a-z][\w.'\u2019-]*),?[ ]+"
    r"(?P<cred>otr/l|cota/l|otr|cota|pta|dpt|ccc-slp|slp|ots|spt|pt)"
    r"(?=\s*(?:$|\n|[,;/]|\d))",
    re.IGNORECASE,
)
_HURRIED_TAIL = 110


def names_credentials(words: str) -> bool:
    """Whether ``words`` give letters or a title of a therapist; a name alone signs nothing."""
    return _TITLE.search(words) is not None


def role_of(letters: str) -> SignerRole | None:
    """What letters after a name make of their owner; None where we do not know them."""
    _, role = _LETTERS.get(letters.strip().upper(), (None, None))
    return role


def signatures(text: str) -> tuple[Signature, ...]:
    """Everyone named with credentials, in order."""
    found = []
    for match in _signed(text):
        discipline, role = _LETTERS[match["cred"]]
        span = Span(match.start(), match.end())
        found.append(_signature(text, span, match["cred"], role, discipline))
    for match in _STUDENT.finditer(text):
        span = Span(match.start(), match.end())
        if not any(span.overlaps(known.span) for known in found):
            found.append(_signature(text, span, match["cred"], SignerRole.STUDENT, None))
    found += [own for own in _hurried(text) if not any(own.span.overlaps(s.span) for s in found)]
    return tuple(sorted(found, key=lambda signature: signature.span))


def _signed(text: str) -> Iterator[re.Match[str]]:
    """Names with letters. Only lines that hold letters are searched: names are dear to look for."""
    for line in _LINE.finditer(text):
        if _LETTERED.search(text, line.start(), line.end()):
            yield from _SIGNED.finditer(text, line.start(), line.end())


def _hurried(text: str) -> Iterator[Signature]:
    """Signatures typed without capitals in the last words of a note."""
    for match in _HURRIED.finditer(text, max(0, len(text.rstrip()) - _HURRIED_TAIL)):
        discipline, role = _LETTERS[match["cred"].upper()]
        yield Signature(
            span=Span(*match.span()),
            credential=match["cred"].upper(),
            role=role,
            discipline=discipline,
            is_signature=True,
            is_cosignature=bool(_COSIGNING.search(text, max(0, match.start() - 30), match.start())),
        )


def _signature(
    text: str, span: Span, credential: str, role: SignerRole, discipline: str | None
) -> Signature:
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    line_end = len(text) if line_end < 0 else line_end
    before, line = text[line_start : span.start], text[line_start:line_end]
    alone = len(line.strip()) <= len(span) + 40
    late = span.start >= len(text.rstrip()) - _TAIL
    signing = bool(_SIGNING.search(before)) or bool(_SIGNING.search(text[span.end : line_end][:40]))
    addressed = bool(_ADDRESSED.search(before[-12:])) and not signing
    above = text[max(0, line_start - 50) : line_start]
    return Signature(
        span=span,
        credential=credential,
        role=role,
        discipline=discipline,
        is_signature=(signing or alone or late)
        and not addressed
        and role is not SignerRole.PHYSICIAN,
        is_cosignature=bool(_COSIGNING.search(line) or (alone and _COSIGNING.search(above))),
    )
