"""Who gave the care: the signer, and what single rows say."""

import re

from model.records import Encounter, Giver, ParsedNote, Signature, SignerRole

_ASSISTANT = re.compile(r"(?<![\w/])(?:PTA|COTA(?:/L)?|OTA(?:/L)?|LPTA|SLPA|assistant)(?![\w/])")
_THERAPIST = re.compile(
    r"(?<![\w/])(?:OTR(?:/L)?|DPT|RPT|PT|OT|SLP|CCC-SLP|therapist)(?=\s*(?:$|[|):;,.]|present|directed))"
)
_AIDE = re.compile(
    r"\b(?:rehab |therapy )?(?:aide|tech(?:nician)?)\b(?!\s+(?:not|did not))", re.IGNORECASE
)
_BY = re.compile(r"(?:\bby\b|\bw/|\bwith\b|\||\(|-|/|:)\s*[A-Z]?[\w. ]{0,18}$")


def giver_in(row: str) -> Giver | None:
    """The giver that a row names as its own, such as ``| PTA`` at its end, or None."""
    for pattern, giver in ((_ASSISTANT, Giver.ASSISTANT), (_THERAPIST, Giver.THERAPIST)):
        for match in pattern.finditer(row):
            if _BY.search(row[: match.start()]) and not re.search(
                r"sup|co-?sign", row, re.IGNORECASE
            ):
                return giver
    return None


def signer(note: ParsedNote) -> Signature | None:
    """Whoever signs the note as its author: the first signature that is not a co-signature."""
    signing = [s for s in note.signatures if s.is_signature and s.role is not SignerRole.PHYSICIAN]
    authors = [s for s in signing if not s.is_cosignature]
    order = {
        SignerRole.ASSISTANT: 0,
        SignerRole.THERAPIST: 1,
        SignerRole.STUDENT: 2,
        SignerRole.AIDE: 3,
    }
    authors.sort(key=lambda s: order[s.role])
    return authors[0] if authors else (signing[0] if signing else None)


def main_giver(note: ParsedNote, encounter: Encounter) -> Giver:
    """Who gave what no row claims for somebody: as the EHR says, else as the note is signed."""
    if encounter.clinician.is_assistant is not None:
        return Giver.ASSISTANT if encounter.clinician.is_assistant else Giver.THERAPIST
    author = signer(note)
    if author is not None and author.role is SignerRole.ASSISTANT:
        return Giver.ASSISTANT
    return Giver.THERAPIST


def cosigner(note: ParsedNote) -> Signature | None:
    """The supervising therapist's signature, when there is one."""
    return next(
        (
            s
            for s in note.signatures
            if s.role is SignerRole.THERAPIST and (s.is_cosignature or s.is_signature)
        ),
        None,
    )
