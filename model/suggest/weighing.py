"""What speaks for each candidate code, as plain numbers for the diagnosis gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from model.codes.diagnoses import diagnosis
from model.errors import UnknownCode
from model.extract.conditions import Stated
from model.records import Discipline, Span
from model.suggest.prior import Prior
from model.suggest.specificity import in_therapy

FEATURES = (
    "best", "margin", "rank", "tag", "in_heading", "mentions", "first", "is_first", "written",
    "companion", "is_status", "is_symptom", "is_unspecified", "prior", "conditions",
    "better_same_category", "better_elsewhere", "is_injury", "is_sequela", "stroke",
    "definitive_beside", "any_written", "known", "relative", "tags_above",
    "is_past", "joint_replaced", "in_history", "place",
    "is_part", "has_parts", "words", "ahead_here", "better_here", "written_here", "surer_here",
    "longer_beside", "kept_category", "seen_category", "kept_code",
)  # fmt: skip
"""What each number of ``features`` is; "here" means among the codes of the same words."""

_SYMPTOMS = ("R", "M25.5", "M25.6", "M79.6", "M54.5", "M54.2", "M62.8")
_NEAR = 0.1


@dataclass(slots=True)
class Support:
    """What was gathered for one code while the mentions are walked."""

    code: str
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
    words: int = 0
    is_part: bool = True
    has_parts: bool = False

    def add(
        self,
        item: Stated,
        *,
        order: int,
        rank: int,
        score: float,
        margin: float,
        spans: Sequence[Span],
    ) -> None:
        """Take up one mention for which the code came out at ``rank``.

        Args:
            item: The mention.
            order: Its place among the affirmed mentions.
            rank: 0 where the code is the mention's best.
            score: How near the words come to the code.
            margin: How far ahead of the next code that is.
            spans: Words of every affirmed mention of the note.
        """
        if rank == 0:
            self.evidence.append(item.span)
            self.mentions += 1
            self.headings += item.is_heading
            self.first = min(self.first, order)
            self.is_background = self.is_background and item.is_background
            self.place = min(self.place, item.place)
            self.words = max(self.words, len(item.words.split()))
            beside = [len(span) - len(item.span) for span in spans if span.overlaps(item.span)]
            self.is_part = self.is_part and max(beside) > 0
            self.has_parts = self.has_parts or min(beside) < 0
        elif not self.evidence:
            self.evidence.append(item.span)
        if score > self.best:
            self.best, self.margin = score, margin
        self.rank = min(self.rank, rank)
        self.tag = max(self.tag, item.score)
        self.written = self.written or in_therapy(item.code or "") == self.code
        self.known = self.known or (rank == 0 and item.is_known)
        self.is_past = self.is_past and item.state == "history"


@dataclass(frozen=True, slots=True)
class Told:
    """What one note tells of all its candidate codes together.

    Attributes:
        prior: What the corpus teaches of codes.
        mentions: Affirmed mentions of the note.
    """

    found: Mapping[str, Support]
    discipline: Discipline | None
    prior: Prior
    has_stroke: bool
    mentions: int


def features(own: Support, told: Told) -> tuple[float, ...]:
    """The numbers ``FEATURES`` names."""
    code = own.code
    others = {c: s for c, s in told.found.items() if c != code}
    title = _title(code)
    everyone = told.found.values()
    return (
        own.best,
        own.margin,
        float(own.rank),
        own.tag,
        float(own.headings > 0),
        min(own.mentions, 4) / 4,
        min(own.first, 10) / 10,
        float(own.first == min(s.first for s in everyone) and own.rank == 0),
        float(own.written),
        float(own.companion),
        float(code[0] == "Z"),
        float(code.startswith(_SYMPTOMS)),
        float("unspecified" in title),
        told.prior.share(code, told.discipline),
        min(told.mentions, 10) / 10,
        float(
            any(
                c[:3] == code[:3] and s.best > own.best and s.rank <= own.rank
                for c, s in others.items()
            )
        ),
        float(any(s.rank == 0 and s.best > own.best for s in others.values())),
        float(code[0] in "ST"),
        float(code.startswith("I69")),
        float(told.has_stroke),
        float(any(c[0] not in "RZ" and s.rank == 0 for c, s in others.items())),
        float(any(s.written for s in everyone)),
        float(own.known),
        own.best / max(s.best for s in everyone),
        float(sum(s.rank == 0 and s.tag > own.tag for s in everyone)),
        float(own.is_past),
        float(any(c.startswith("Z96.6") and s.rank == 0 for c, s in told.found.items())),
        float(own.is_background),
        own.place,
        *_here(own, others),
        *told.prior.rates(code),
    )


def _here(own: Support, others: Mapping[str, Support]) -> tuple[float, ...]:
    """How the code stands among those that the same words point at."""
    rivals = [s for s in others.values() if _share_words(own, s)]
    return (
        float(own.is_part),
        float(own.has_parts),
        min(own.words, 12) / 12,
        own.best - max((s.best for s in rivals), default=0.0),
        float(sum(s.best > own.best for s in rivals)),
        float(any(s.written for s in rivals)),
        own.tag - max((s.tag for s in rivals), default=0.0),
        float(
            any(
                c[:3] == own.code[:3]
                and s.rank == 0
                and s.best >= own.best - _NEAR
                and len(c.rstrip("X")) > len(own.code.rstrip("X"))
                for c, s in others.items()
            )
        ),
    )


def _share_words(one: Support, other: Support) -> bool:
    return any(a.overlaps(b) for a in one.evidence for b in other.evidence)


@lru_cache(maxsize=4096)
def _title(code: str) -> str:
    try:
        return diagnosis(code).title.lower()
    except UnknownCode:
        return ""
