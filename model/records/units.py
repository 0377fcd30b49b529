"""How minutes become units: what goes in, what comes out, and the certificate that says why."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Literal, Self

Performer = Literal["therapist", "assistant"]


class UnitRule(StrEnum):
    """How a payer counts timed units."""

    CMS_8_MINUTE = "cms_8_minute"
    AMA_MIDPOINT = "ama_midpoint"


class Basis(StrEnum):
    """What earned the units of one ledger row."""

    POOLED = "pooled"
    MIDPOINT = "midpoint"
    UNTIMED = "untimed"


def _refuse(wrong: bool, message: str) -> None:
    if wrong:
        raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPolicy:
    """The numbers of one payer's rule, as read at the date of service.

    Attributes:
        minutes_per_unit: Minutes of a whole unit of the pooled codes.
        last_unit_minutes: Fewest minutes beyond the whole units that earn one more.
        de_minimis_percent: Largest share of a unit an assistant gives without a modifier.
        therapist_midpoint_applies: Whether a last unit that the therapist's minutes earn alone
            carries no modifier, whatever the assistant added.
    """

    rule: UnitRule
    minutes_per_unit: int
    last_unit_minutes: int
    de_minimis_percent: int
    therapist_midpoint_applies: bool

    def __post_init__(self) -> None:
        fits = 1 <= self.last_unit_minutes <= self.minutes_per_unit
        _refuse(not fits, "policy needs 1 <= last_unit_minutes <= minutes_per_unit")
        _refuse(not 0 <= self.de_minimis_percent <= 100, "de_minimis_percent is in [0, 100]")

    @property
    def pooled(self) -> bool:
        """Whether the day's timed minutes are added before units are counted."""
        return self.rule is UnitRule.CMS_8_MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How the minutes of one code become units.

    The timing of a base describes its whole chain; an add-on's need only name its ``base_code``.

    Attributes:
        pooled: Whether the minutes enter the day's pooled total under the 8-minute rule.
        base_minutes: Minutes of one unit of the code; 0 when untimed.
        fewest_base: Fewest minutes that earn that unit alone; 0 when untimed.
        add_on_minutes: Minutes of one unit of the add-on, for the base of a chain.
        daily_limit: Units of an untimed code, or of the base of a chain, before its add-on.
    """

    code: str
    is_timed: bool
    pooled: bool = False
    base_minutes: int = 0
    fewest_base: int = 0
    base_code: str | None = None
    add_on_code: str | None = None
    add_on_minutes: int | None = None
    fewest_add_on: int | None = None
    daily_limit: int | None = None

    def __post_init__(self) -> None:
        fits = 1 <= self.fewest_base <= self.base_minutes if self.is_timed else not self.pooled
        _refuse(not fits, f"{self.code}: timed needs 1 <= fewest <= minutes; untimed never pools")
        if self.add_on_code is not None:
            self._check_chain()
        elif self.is_timed and self.base_code is None:
            _refuse(self.daily_limit is not None, f"{self.code}: a limit belongs to a chain")

    def _check_chain(self) -> None:
        size, fewest = self.add_on_minutes or 0, self.fewest_add_on or 0
        _refuse(not 1 <= fewest <= size, f"{self.code}: add-on needs 1 <= fewest <= minutes")
        _refuse(not self.daily_limit, f"{self.code}: the base of a chain needs its daily limit")
        _refuse(
            self.pooled and size != self.base_minutes, f"{self.code}: pooled units are one size"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedMinutes:
    """Whole minutes of one code on one day, by who gave them; each minute is counted once.

    Attributes:
        therapist: Minutes of the therapist alone.
        assistant: Minutes of the assistant alone.
        concurrent: Minutes both gave together; they count as the therapist's.

    Source:
        CMS Pub. 100-04, chapter 5, section 20.1 (assistants' independent minutes).
    """

    code: str
    therapist: int = 0
    assistant: int = 0
    concurrent: int = 0

    def __post_init__(self) -> None:
        negative = min(self.therapist, self.assistant, self.concurrent) < 0
        _refuse(negative, f"{self.code}: minutes cannot be negative")

    @classmethod
    def by(cls, performer: Performer, code: str, minutes: int) -> Self:
        """Minutes of one input line, given by one performer."""
        if performer == "assistant":
            return cls(code=code, assistant=minutes)
        return cls(code=code, therapist=minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """Units of one code, all with or all without the assistant modifier.

    Attributes:
        minutes: Minutes these units stand for; over a code's lines they add up to the code's.
    """

    code: str
    units: int
    minutes: int
    assistant_modifier: bool

    def __post_init__(self) -> None:
        _refuse(self.units < 1 or self.minutes < 1, f"{self.code}: a line has units and minutes")

    @property
    def performed_by(self) -> Performer:
        """Who furnished the units, as the modifier tells the payer."""
        return "assistant" if self.assistant_modifier else "therapist"

    def to_json(self) -> dict[str, Any]:
        """The line, with who performed it."""
        return {**asdict(self), "performed_by": self.performed_by}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """What the minutes of one code, or of one chain under its base, earned.

    Attributes:
        therapist: Minutes of the therapist, concurrent ones included.
        whole_units: Units whose minutes are complete; one for an untimed service.
        remainder: Minutes beyond the whole units.
        extra_units: 1 where the remainder earned a unit, else 0.
    """

    code: str
    basis: Basis
    therapist: int
    assistant: int
    whole_units: int
    remainder: int
    extra_units: int = 0

    def __post_init__(self) -> None:
        numbers = (self.therapist, self.assistant, self.whole_units, self.remainder)
        _refuse(min(numbers) < 0, f"{self.code}: a ledger row has no negative number")
        _refuse(self.extra_units not in (0, 1), f"{self.code}: a remainder earns 0 or 1 unit")

    @property
    def minutes(self) -> int:
        """Minutes of the code, whoever gave them."""
        return self.therapist + self.assistant

    @property
    def units(self) -> int:
        """Units earned."""
        return self.whole_units + self.extra_units

    def to_json(self) -> dict[str, Any]:
        """The row, with its sums."""
        return {**asdict(self), "minutes": self.minutes, "units": self.units}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A leftover unit given to ``code`` instead of ``instead_of``, and why that loses."""

    code: str
    remainder: int
    instead_of: str
    instead_remainder: int

    def __post_init__(self) -> None:
        wins = self.remainder > self.instead_remainder
        _refuse(wins, f"{self.code}: the larger remainder is no losing alternative")

    @property
    def why(self) -> str:
        """The reason, in words."""
        tied = self.remainder == self.instead_remainder
        relation = "equals" if tied else "is smaller than"
        choice = ": the clinician may choose" if tied else ""
        return (
            f"{self.code} remainder {self.remainder} {relation} "
            f"{self.instead_of} remainder {self.instead_remainder}{choice}"
        )

    def to_json(self) -> dict[str, Any]:
        """The alternative, with its reason."""
        return {**asdict(self), "why": self.why}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Codes of equal remainder, more of them than units left; ``chosen`` were given one each."""

    codes: tuple[str, ...]
    remainder: int
    chosen: tuple[str, ...]

    def __post_init__(self) -> None:
        _refuse(not set(self.chosen) < set(self.codes), "a tie leaves at least one code out")

    def to_json(self) -> dict[str, Any]:
        """The tie, with the units contested."""
        return {**asdict(self), "units": len(self.chosen)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Why the minutes of one patient, discipline and day are so many units of such codes.

    Attributes:
        policy: The numbers it was counted under.
        timed_minutes: Minutes of timed codes, pooled or not.
        pooled_minutes: Those of them that were added up before counting.
        units: Units of timed codes; those of untimed codes are in the ledger and the lines.
        ledger: One row a code or chain, by code; also for codes that earned nothing.
        short_of_next: Fewest further minutes that earn one more unit; None without timed codes.
    """

    policy: UnitPolicy
    timed_minutes: int
    untimed_minutes: int
    pooled_minutes: int
    units: int
    ledger: tuple[LedgerRow, ...]
    lines: tuple[UnitLine, ...]
    alternatives: tuple[Alternative, ...] = ()
    ties: tuple[Tie, ...] = ()
    short_of_next: int | None = None

    def __post_init__(self) -> None:
        numbers = (self.untimed_minutes, self.pooled_minutes, self.units)
        _refuse(min(numbers) < 0, "a certificate has no negative number")
        _refuse(self.timed_minutes < self.pooled_minutes, "pooled minutes are timed minutes")

    @property
    def rule(self) -> UnitRule:
        """The rule it was counted by."""
        return self.policy.rule

    def to_json(self) -> dict[str, Any]:
        """Everything said, ready for ``json.dumps``."""
        rows = ("ledger", "lines", "alternatives", "ties")
        return {
            "rule": self.rule,
            "policy": asdict(self.policy),
            "timed_minutes": self.timed_minutes,
            "untimed_minutes": self.untimed_minutes,
            "pooled_minutes": self.pooled_minutes,
            "units": self.units,
            **{name: [row.to_json() for row in getattr(self, name)] for name in rows},
            "short_of_next": self.short_of_next,
        }
