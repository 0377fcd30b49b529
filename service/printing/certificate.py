"""The units certificate in two lines of plain words."""

from collections.abc import Sequence

from model.records.units import Basis
from service.wire.certificate import CertificateOut, LedgerOut

_RULES = {
    "cms_8_minute": "the Medicare 8-minute rule",
    "ama_midpoint": "the AMA midpoint rule",
}


def in_words(certificate: CertificateOut) -> tuple[str, str]:
    """What was earned and from what; then what was close: ties and the next unit."""
    return _earned(certificate), _close(certificate)


def _earned(certificate: CertificateOut) -> str:
    timed = [row for row in certificate.ledger if row.basis is not Basis.UNTIMED]
    rule = _RULES[certificate.rule]
    if not timed:
        return f"No timed minutes to count by {rule}."
    total = f"{certificate.timed_minutes} timed minutes earn {_units(certificate.units)} by {rule}"
    return f"{total}: {', '.join(map(_share, timed))}."


def _share(row: LedgerOut) -> str:
    """How the minutes of one code became its units."""
    if not row.units:
        return f"{row.code} {row.minutes} min is none"
    shown = f"{row.code} {row.minutes} min is {row.units}"
    if row.extra_units and row.whole_units:
        return f"{shown} ({row.whole_units} whole, 1 for the {row.remainder} left over)"
    if row.extra_units:
        return f"{shown} (for the {row.remainder})"
    return f"{shown} ({row.remainder} left over)" if row.remainder else shown


def _close(certificate: CertificateOut) -> str:
    parts = [*_ties(certificate), *_losers(certificate)]
    if certificate.short_of_next is not None:
        parts.append(f"{certificate.short_of_next} more min would earn one more unit.")
    return " ".join(parts)


def _ties(certificate: CertificateOut) -> Sequence[str]:
    return [
        f"Tie at {tie.remainder} min left over: {_either(tie.codes)} may have the unit; "
        f"we gave it to {', '.join(tie.chosen)}."
        for tie in certificate.ties
    ]


def _losers(certificate: CertificateOut) -> Sequence[str]:
    tied = {code for tie in certificate.ties for code in tie.codes}
    return [
        f"{lost.code} has {lost.remainder} min left over, {lost.instead_of} has "
        f"{lost.instead_remainder}."
        for lost in certificate.alternatives
        if lost.code not in tied and lost.remainder
    ]


def _either(codes: Sequence[str]) -> str:
    return " or ".join(codes)


def _units(count: int) -> str:
    return "1 unit" if count == 1 else f"{count} units"
