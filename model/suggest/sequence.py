"""Which diagnoses may stand first, and which follow."""

from collections.abc import Sequence

_ETIOLOGIES = ("G30", "G31", "G20", "G10")
_STATUS = ("Z74", "Z85", "Z86", "Z87", "Z89", "Z90", "Z91", "Z96", "Z97", "Z98", "Z99")


def sequenced(codes: Sequence[str]) -> list[str]:
    """``codes`` with those that may not stand first moved behind the others, else as ranked.

    A status is secondary, the kind of dysphagia follows the stroke sequela that asks for it, and
    dementia in a disease follows the disease.
    Source: ICD-10-CM Official Guidelines, sections I.A.13, I.C.21.c.3 and IV.G.
    """
    is_stroke = any(code.startswith("I69") for code in codes)

    is_disease_named = any(code.startswith(_ETIOLOGIES) for code in codes)

    def waits(code: str) -> bool:
        return (
            code.startswith(_STATUS)
            or (is_stroke and code.startswith("R"))
            or (is_disease_named and code.startswith("F02"))
        )

    return sorted(codes, key=waits)
