"""From stated conditions to ranked, specific, billable diagnoses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from model.codes.diagnoses import billable_under, diagnosis, is_billable
from model.errors import UnknownCode
from model.extract.conditions import Stated
from model.extract.index import Match
from model.extract.phrases import written_out
from model.extract.qualifiers import agreement
from model.records import Discipline, Span
from model.suggest.specificity import Patient, patient, specific

# A code written beside the words counts as evidence, weighed against what the words say.
_WRITTEN_BESIDE = 0.22
_ALTERNATIVES = 3
# Matches whose group is searched for a better qualified code, and what such a code loses.
_REFINED, _SIBLING, _MOST_SIBLINGS = 3, 0.96, 120
_ONE_CONDITION = ("F01", "F02", "F03", "G35", "H54", "I50")


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
    affirmed = [item for item in stated if item.state == "affirmed"]
    for order, item in enumerate(affirmed):
        ranked = list(_ranked(item, who, text, on))
        for rank, (code, score) in enumerate(ranked[:_ALTERNATIVES]):
            margin = score - (ranked[rank + 1][1] if rank + 1 < len(ranked) else 0.0)
            _add(found, code, item, order, rank, score, margin)
        if ranked:
            for code in companions(ranked[0][0], item, who, text, on):
                _add(found, code, item, order, 0, ranked[0][1], 0.0)
                found[code].companion = True
    if any(c[:3] == "I69" and not _is_vague_sequela(c) and s.rank == 0 for c, s in found.items()):
        found = {code: own for code, own in found.items() if not _is_vague_sequela(code)}
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


def _ranked(item: Stated, who: Patient, text: str, on: date) -> Iterator[tuple[str, float]]:
    """Specific codes for one mention with their scores, best first, each once."""
    scores: dict[str, float] = {}
    said = written_out(item.words)
    for code, score in _refined(item.matches, said, on):
        code = specific(code, item.words, item.sides, who, text, on)
        if is_billable(code, on):
            scores[code] = max(scores.get(code, 0.0), score)
    scores = _without_vague_sequela(scores)
    if item.code and is_billable(item.code, on):
        near = max((s for c, s in scores.items() if c[:3] == item.code[:3]), default=0.0)
        if near or not scores or max(scores.values()) < 0.45:
            scores[item.code] = max(scores.get(item.code, 0.0), near, 0.5) + _WRITTEN_BESIDE
    yield from sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


def _refined(matches: Sequence[Match], said: str, on: date) -> Iterator[tuple[str, float]]:
    """The matches weighed by their titles' qualifiers, and siblings that agree better.

    A saying of one code stands for the whole group: the qualifiers choose within it.
    """
    for place, match in enumerate(matches):
        own = _agreement(match.code, said)
        yield match.code, match.score * own
        if place < _REFINED:
            for sibling in _siblings(match.code, on):
                weight = _agreement(sibling, said)
                if weight > own:
                    yield sibling, match.score * weight * _SIBLING


def _agreement(code: str, said: str) -> float:
    try:
        return agreement(said, diagnosis(code).title)
    except UnknownCode:
        return 1.0


@lru_cache(maxsize=4096)
def _siblings(code: str, on: date) -> tuple[str, ...]:
    """Other codes of the same subcategory; of the category, where all of it is one condition."""
    stem = code[:3] if code.startswith(_ONE_CONDITION) else code[:5]
    return tuple(
        found
        for found in billable_under(stem, on)
        if found != code and (len(found) < 8 or found[-1] == code[-1])
    )[:_MOST_SIBLINGS]


def _without_vague_sequela(scores: dict[str, float]) -> dict[str, float]:
    """Of a stroke's sequelae, "other" only where the words name none as well."""
    vague = [code for code in scores if _is_vague_sequela(code)]
    named = max((s for c, s in scores.items() if c[:3] == "I69" and c not in vague), default=0.0)
    return {c: s for c, s in scores.items() if c not in vague or s > named}


def _is_vague_sequela(code: str) -> bool:
    return code.startswith("I69") and code[5:] == "98"


_JOINTS = {
    "hip": "Z96.64",
    "knee": "Z96.65",
    "shoulder": "Z96.61",
    "elbow": "Z96.62",
    "ankle": "Z96.66",
    "wrist": "Z96.63",
}
_SHORTHAND = {
    "tka": "knee",
    "tkr": "knee",
    "tha": "hip",
    "thr": "hip",
    "tsa": "shoulder",
    "rtsa": "shoulder",
    "uka": "knee",
}


def companions(code: str, item: Stated, who: Patient, text: str, on: date) -> Iterator[str]:
    """Codes that a first code brings along: the replaced joint, the kind of dysphagia."""
    if code == "Z47.1":
        lowered = f" {item.words.lower()} "
        for word, joint in (*_SHORTHAND.items(), *((j, j) for j in _JOINTS)):
            if word in lowered:
                yield specific(f"{_JOINTS[joint]}1", item.words, item.sides, who, text, on)
                return
    if code.startswith("I69.") and code[5:] == "91":
        for match in item.matches:
            if match.code.startswith("R13.1"):
                yield match.code
                return


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
    elif not support.evidence:
        support.evidence.append(item.span)
    if score > support.best:
        support.best, support.margin = score, margin
    support.rank = min(support.rank, rank)
    support.tag = max(support.tag, item.score)
    support.written = support.written or item.code == code
    support.known = support.known or (rank == 0 and item.is_known)


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


def feature_names() -> tuple[str, ...]:
    """What each number of ``CodedCondition.features`` is."""
    return (
        "best", "margin", "rank", "tag", "in_heading", "mentions", "first", "is_first", "written",
        "companion", "is_status", "is_symptom", "is_unspecified", "prior", "conditions",
        "better_same_category", "better_elsewhere", "is_injury", "is_sequela", "stroke",
        "definitive_beside", "any_written", "known", "relative", "tags_above",
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
    )
