"""From stated conditions to ranked, specific, billable diagnoses."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from model.extract.conditions import Stated
from model.records import Discipline, Span
from model.suggest.companions import companions
from model.suggest.prior import Prior
from model.suggest.ranking import is_vague_sequela, ranked
from model.suggest.strokes import patient
from model.suggest.weighing import Support, Told, features

_ALTERNATIVES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedCondition:
    """One code the note's conditions point at, and what speaks for it.

    Attributes:
        features: What the diagnosis gate weighs; see ``weighing.FEATURES``.
    """

    code: str
    evidence: tuple[Span, ...]
    features: tuple[float, ...]


def coded(
    stated: Sequence[Stated],
    text: str,
    on: date,
    discipline: Discipline | None,
    prior: Prior,
) -> tuple[CodedCondition, ...]:
    """Candidate codes of the affirmed conditions, each once, best supported first.

    Args:
        stated: Conditions of the note in text order.
        text: The note, for dominance and stroke history.
        on: Date of service; codes are valid on it.
        discipline: Whose plan of care it is, if known.
        prior: What the corpus teaches of codes.
    """
    who = patient(text)
    found: dict[str, Support] = {}
    affirmed = [item for item in stated if item.state in ("affirmed", "history")]
    spans = [item.span for item in affirmed]
    for order, item in enumerate(affirmed):
        best = [pair for pair in ranked(item, who, text, on) if not pair[0].startswith(_CAUSES)]
        if item.state == "history":
            best = list(_past(best))
        for rank, (code, score) in enumerate(best[:_ALTERNATIVES]):
            margin = score - (best[rank + 1][1] if rank + 1 < len(best) else 0.0)
            own = found.setdefault(code, Support(code))
            own.add(item, order=order, rank=rank, score=score, margin=margin, spans=spans)
        if best:
            for code in companions(best[0][0], item, who, text, on):
                if code in found and found[code].rank == 0:
                    continue
                own = found.setdefault(code, Support(code))
                own.add(item, order=order, rank=0, score=best[0][1], margin=0.0, spans=spans)
                own.companion = True
    if any(c[:3] == "I69" and not is_vague_sequela(c) and s.rank == 0 for c, s in found.items()):
        found = {code: own for code, own in found.items() if not is_vague_sequela(code)}
    told = Told(found, discipline, prior, has_stroke=who.stroke is not None, mentions=len(affirmed))
    return tuple(
        sorted(
            (
                CodedCondition(
                    code=code,
                    evidence=tuple(dict.fromkeys(support.evidence)),
                    features=features(support, told),
                )
                for code, support in found.items()
            ),
            key=lambda item: (-item.features[0], item.code),
        )
    )


_CAUSES = ("V", "W", "X", "Y")
"""External causes: no payer here asks for them, and they may never stand first (I.C.20)."""
_PAST = {
    "C02": "Z85.810", "C01": "Z85.810", "C43": "Z85.820", "C50": "Z85.3", "C54": "Z85.42",
    "C61": "Z85.46", "C18": "Z85.038", "C34": "Z85.118", "C71": "Z85.841", "C73": "Z85.850",
}  # fmt: skip


def _past(best: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """Of a condition in the past, the code of having had it; others leave nothing to code.

    Source: ICD-10-CM Official Guidelines, section I.C.2.m (personal history of malignancy).
    """
    seen = set()
    for code, score in best:
        past = code if code.startswith(("Z85", "Z90")) else _PAST.get(code[:3])
        if past and past not in seen:
            seen.add(past)
            yield past, score
