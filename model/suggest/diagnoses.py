"""From stated conditions to ranked, specific, billable diagnoses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from model.codes.diagnoses import diagnosis
from model.errors import UnknownCode
from model.extract.conditions import Stated
from model.records import Discipline, Span
from model.suggest.companions import companions
from model.suggest.ranking import is_vague_sequela, ranked
from model.suggest.specificity import in_therapy
from model.suggest.strokes import Patient, patient

_ALTERNATIVES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedCondition:
    """One code the note's conditions point at, and what speaks for it.

    Attributes:
        features: What the diagnosis gate weighs; see ``feature_names``.
    """

    code: str
    evidence: tuple[Span, ...]
    features: tuple[float, ...]


@dataclass(slots=True)
class _Support:
    """What was gathered for one code while mentions are walked."""

    evidence: list[Span] = field(default_factory=list)
    best: float = 0.0
    margin: float = 0.0
    tag: float = 0.0
    headings: int = 0
    mentions: int = 0
    first: int = 99
    written: bool = False
    rank: int = 9
    companion: bool = False
    known: bool = False
    is_past: bool = True
    is_background: bool = True
    place: float = 1.0


def coded(
    stated: Sequence[Stated],
    text: str,
    on: date,
    discipline: Discipline | None,
    prior: Mapping[str, float],
) -> tuple[CodedCondition, ...]:
    """Candidate codes of the affirmed conditions, each once, best supported first.

    Args:
        stated: Conditions of the note in text order.
        text: The note, for dominance and stroke history.
        on: Date of service; codes are valid on it.
        discipline: Whose plan of care it is, if known.
        prior: Share of each code's category in the discipline's corpus.
    """
    who = patient(text)
    found: dict[str, _Support] = {}
    affirmed = [item for item in stated if item.state in ("affirmed", "history")]
    for order, item in enumerate(affirmed):
        best = [pair for pair in ranked(item, who, text, on) if not pair[0].startswith(_CAUSES)]
        if item.state == "history":
            best = list(_past(best))
        for rank, (code, score) in enumerate(best[:_ALTERNATIVES]):
            margin = score - (best[rank + 1][1] if rank + 1 < len(best) else 0.0)
            _add(found, code, item, order, rank, score, margin)
        if best:
            for code in companions(best[0][0], item, who, text, on):
                if code in found and found[code].rank == 0:
                    continue
                _add(found, code, item, order, 0, best[0][1], 0.0)
                found[code].companion = True
    if any(c[:3] == "I69" and not is_vague_sequela(c) and s.rank == 0 for c, s in found.items()):
        found = {code: own for code, own in found.items() if not is_vague_sequela(code)}
    codes = set(found)
    return tuple(
        sorted(
            (
                CodedCondition(
                    code=code,
                    evidence=tuple(dict.fromkeys(support.evidence)),
                    features=_features(
                        code, support, found, codes, discipline, prior, who, len(affirmed)
                    ),
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


def _add(
    found: dict[str, _Support],
    code: str,
    item: Stated,
    order: int,
    rank: int,
    score: float,
    margin: float,
) -> None:
    support = found.setdefault(code, _Support())
    if rank == 0:
        support.evidence.append(item.span)
        support.mentions += 1
        support.headings += item.is_heading
        support.first = min(support.first, order)
        support.is_background = support.is_background and item.is_background
        support.place = min(support.place, item.place)
    elif not support.evidence:
        support.evidence.append(item.span)
    if score > support.best:
        support.best, support.margin = score, margin
    support.rank = min(support.rank, rank)
    support.tag = max(support.tag, item.score)
    support.written = support.written or in_therapy(item.code or "") == code
    support.known = support.known or (rank == 0 and item.is_known)
    support.is_past = support.is_past and item.state == "history"


def feature_names() -> tuple[str, ...]:
    """What each number of ``CodedCondition.features`` is."""
    return (
        "best", "margin", "rank", "tag", "in_heading", "mentions", "first", "is_first", "written",
        "companion", "is_status", "is_symptom", "is_unspecified", "prior", "conditions",
        "better_same_category", "better_elsewhere", "is_injury", "is_sequela", "stroke",
        "definitive_beside", "any_written", "known", "relative", "tags_above",
        "is_past", "joint_replaced", "in_history", "place",
    )  # fmt: skip


def _features(
    code: str,
    support: _Support,
    found: Mapping[str, _Support],
    codes: set[str],
    discipline: Discipline | None,
    prior: Mapping[str, float],
    who: Patient,
    conditions: int,
) -> tuple[float, ...]:
    try:
        title = diagnosis(code).title.lower()
    except UnknownCode:
        title = ""
    is_symptom = code[0] == "R" or code.startswith(
        ("M25.5", "M25.6", "M79.6", "M54.5", "M54.2", "M62.8")
    )
    key = f"{discipline.value if discipline else '-'}:{code[:3]}"
    earliest = min(s.first for s in found.values())
    return (
        support.best,
        support.margin,
        float(support.rank),
        support.tag,
        float(support.headings > 0),
        min(support.mentions, 4) / 4,
        min(support.first, 10) / 10,
        float(support.first == earliest and support.rank == 0),
        float(support.written),
        float(support.companion),
        float(code[0] == "Z"),
        float(is_symptom),
        float("unspecified" in title),
        prior.get(key, 0.0),
        min(conditions, 10) / 10,
        float(
            any(
                c[:3] == code[:3] and s.best > support.best and s.rank <= support.rank
                for c, s in found.items()
                if c != code
            )
        ),
        float(any(s.rank == 0 and s.best > support.best for c, s in found.items() if c != code)),
        float(code[0] in "ST"),
        float(code.startswith("I69")),
        float(who.stroke is not None),
        float(any(c[0] not in "RZ" and found[c].rank == 0 for c in codes if c != code)),
        float(any(s.written for s in found.values())),
        float(support.known),
        support.best / max(s.best for s in found.values()),
        float(sum(s.rank == 0 and s.tag > support.tag for s in found.values())),
        float(support.is_past),
        float(any(other.startswith("Z96.6") and found[other].rank == 0 for other in codes)),
        float(support.is_background),
        support.place,
    )
