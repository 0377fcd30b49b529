"""Diagnosis codes (ICD-10-CM): what they say, when they may be billed, what they ask for beside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from model.codes import icd10cm
from model.errors import CodeNotInForce, UnknownCode
from model.reads import note_read


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """A note of the tabular list.

    Attributes:
        at: Node it stands at: the code itself, or one above it.
        kind: includes, inclusion_term, excludes1, excludes2, code_first, use_additional, code_also
            or seventh_character.
    """

    at: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One node of ICD-10-CM, a code to bill or a heading above such codes.

    Attributes:
        code: As people write it, with its point.
        chain: The code and what stands above it, nearest first, ending with block and chapter.
        billable: Whether it is, or once was, a code to bill.
        valid_from: First day it may be billed; None when it began before our tables do.
        valid_to: Last day it may be billed; None when it has not ended in what we hold.
        sevenths: Meaning by 7th character it still needs; empty when it needs none.
    """

    code: str
    title: str
    chain: tuple[str, ...]
    billable: bool
    valid_from: date | None
    valid_to: date | None
    sevenths: Mapping[str, str] = field(hash=False)

    @property
    def category(self) -> str:
        """The three-character category."""
        return self.code[:3]

    def is_in_force(self, on: date) -> bool:
        """Whether it may stand on a claim for the date of service."""
        begun = self.valid_from is None or self.valid_from <= on
        holds = self.billable and begun and (self.valid_to is None or on <= self.valid_to)
        note_read("icd10cm", self.code, "in force" if holds else "not in force")
        return holds

    def instructions(self, kind: str | None = None) -> tuple[Instruction, ...]:
        """Notes at the code and at everything above it, nearest first, of one kind or of all.

        Inclusion terms describe the node they stand at and are not inherited.
        """
        return tuple(
            Instruction(at=at, kind=found, text=text)
            for at in self.chain
            for found, text in icd10cm.notes(at)
            if kind in (None, found) and (at == self.code or found != "inclusion_term")
        )


@lru_cache(maxsize=16384)
def diagnosis(code: str) -> Diagnosis:
    """The node ``code`` stands for on any day; the point may be missing.

    Raises:
        UnknownCode: It is in no release we hold.
    """
    node = icd10cm.node(icd10cm.written(code))
    start, end = node.window or (None, None)
    meanings = icd10cm.meanings(node.code) if node.sevenths else {}
    return Diagnosis(
        code=node.code,
        title=node.title,
        chain=icd10cm.chain(node.code),
        billable=node.window is not None,
        valid_from=start,
        valid_to=end,
        sevenths={char: meanings.get(char, "") for char in node.sevenths},
    )


def is_billable(code: str, on: date) -> bool:
    """Whether ``code`` may stand on a claim for the date of service."""
    try:
        return diagnosis(code).is_in_force(on)
    except UnknownCode:
        return False


def valid_on(code: str, on: date) -> Diagnosis:
    """The diagnosis ``code`` stands for, if it may be billed on the date of service.

    Raises:
        UnknownCode: It is in no release we hold.
        CodeNotInForce: It is a heading, has ended, or begins later; ``replaced_by`` lists the
            codes below it that may be billed.
    """
    found = diagnosis(code)
    if found.is_in_force(on):
        return found
    raise CodeNotInForce(
        found.code,
        on,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        replaced_by=billable_under(found.code, on),
    )


def children(stem: str) -> tuple[str, ...]:
    """Codes one step below ``stem``, 7th characters included, whatever their dates."""
    return icd10cm.children(icd10cm.written(stem))


def billable_under(stem: str, on: date) -> tuple[str, ...]:
    """Every code below ``stem``, or itself, that may be billed on the date of service."""
    return tuple(code for code in icd10cm.below(icd10cm.written(stem)) if is_billable(code, on))


def every(on: date) -> Iterator[Diagnosis]:
    """Every code that may be billed on the date of service, in order. Takes seconds: build once."""
    for code in icd10cm.below("A00-Z99"):
        found = diagnosis(code)
        if found.is_in_force(on):
            yield found
