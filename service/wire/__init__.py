"""What other programs send and get: Pydantic at the edge, records behind it.

``encounter`` and ``claim`` turn a decoded JSON body into records, or name what is wrong with it;
``draft_json`` turns a claim draft into the object of CONTRACT.md.
"""

from service.wire.draft import DraftOut, draft_json
from service.wire.encounter import (
    ClaimIn,
    EncounterIn,
    GivenClaim,
    claim,
    claim_of,
    encounter,
    encounter_of,
)

__all__ = [
    "ClaimIn",
    "DraftOut",
    "EncounterIn",
    "GivenClaim",
    "claim",
    "claim_of",
    "draft_json",
    "encounter",
    "encounter_of",
]
