"""The examples written beside each rule: read by people, run by tests, shown by ``explain``.

One file a rule, ``<name of its function>.examples.yaml``, a list of entries::

    - name: 22 minutes do not earn two units
      case:
        date_of_service: 2026-03-02
        stated: ["97110 22 2 GP"]
      flags: ["timed units billed: 2; earned by 22 minutes: 1"]

``flags`` are the messages of the rule, in its order; none means that it has nothing to say.

A case takes:

- ``payer`` (``medicare_part_b`` unless given), ``date_of_service``, ``discipline``, ``note_kind``,
  ``setting``, ``unit_rule``, ``telehealth``, ``kx_attested: true``;
- ``clinician: {credential, is_assistant}`` and ``episode: {...}``, as CONTRACT.md has them;
- ``stated`` and ``supported``: lines as labels write them, ``"code minutes units modifiers"`` with
  ``-`` for what is unknown; or mappings ``{code, minutes, units, modifiers, performed_by,
  diagnoses}``;
- ``stated_diagnoses`` and ``supported_diagnoses``: codes, first-listed first;
- what was read from the note, any of which says that there is one: ``text``;
  ``services``: ``"code assertion giver minutes"`` (``"97140 planned"``, ``"97110 performed
  assistant 15"``, and after a colon the words of ``text`` that say so, where those matter);
  ``elements``: ``{name: true}``, the number of places, or the words of ``text``; ``timed_total``
  and ``treatment_total`` in minutes; ``unclaimed``: minutes of durations that belong to nobody;
  ``signatures``: ``{credential, role, discipline, is_signature, is_cosignature}``;
  ``inconsistencies``: ``{about, message}``; ``read: true`` where nothing else is given.
"""

import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from model import strict_yaml
from model.policy import Policy
from model.records import (
    Assertion,
    Case,
    Clinician,
    Discipline,
    Duration,
    DurationKind,
    Episode,
    Facts,
    Giver,
    Inconsistency,
    Line,
    NoteKind,
    PlanOfCare,
    Service,
    Setting,
    Signature,
    SignerRole,
    Span,
)
from model.rules.registry import Rule

Word = TypeVar("Word", bound=StrEnum)

_ABSENT = "-"
_UNSAID_PAYER = "medicare_part_b"
_READ_FROM_A_NOTE = {
    *("text", "services", "elements", "timed_total", "treatment_total", "unclaimed"),
    *("signatures", "inconsistencies", "read"),
}
_HERE = Span(0, 1)
"""Where an example's facts stand; a rule's verdict never depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One case and what a rule says about it.

    Attributes:
        flags: Messages of the rule, in its order; empty where it is silent.
        written: The entry as it stands in the file, for showing.
    """

    name: str
    case: Case
    flags: tuple[str, ...]
    written: Mapping[str, Any]

    @property
    def policy(self) -> Policy:
        """The policy of the example's payer on its date of service."""
        return Policy.for_payer(self.case.payer, self.case.date_of_service)


def examples_of(rule: Rule) -> tuple[Example, ...]:
    """The examples beside ``rule``, in the order they are written.

    Raises:
        PolicyFileError: The file is written wrongly.
        FileNotFoundError: The rule has none.
    """
    name = f"{rule.check.__name__}.examples.yaml"
    path = Path(inspect.getfile(rule.check)).with_name(name)
    entries = strict_yaml.loads(f"examples:\n{path.read_text('utf-8')}", file=name)["examples"]
    return tuple(
        Example(
            name=entry["name"],
            case=case_of(entry["case"]),
            flags=tuple(entry["flags"]),
            written=entry,
        )
        for entry in entries
    )


def case_of(given: Mapping[str, Any]) -> Case:
    """The case an example describes; the form is in the docstring of this module."""
    unknown = given.keys() - _READ_FROM_A_NOTE - _OF_THE_CASE
    if unknown:
        raise ValueError(f"an example's case has no {sorted(unknown)}")
    has_note = bool(given.keys() & _READ_FROM_A_NOTE)
    return Case(
        date_of_service=given["date_of_service"],
        payer=given.get("payer", _UNSAID_PAYER),
        discipline=_known(Discipline, given.get("discipline")),
        note_kind=_known(NoteKind, given.get("note_kind")),
        setting=_known(Setting, given.get("setting")),
        clinician=Clinician(**given.get("clinician", {})),
        episode=_episode(given.get("episode", {})),
        stated=tuple(_line(written) for written in given.get("stated", ())),
        stated_diagnoses=tuple(given.get("stated_diagnoses", ())),
        supported=tuple(_line(written) for written in given.get("supported", ())),
        supported_diagnoses=tuple(given.get("supported_diagnoses", ())),
        facts=_facts(given) if has_note else None,
        text=given.get("text", "A note.") if has_note else None,
        is_kx_attested=given.get("kx_attested", False),
        unit_rule=given.get("unit_rule"),
        telehealth=given.get("telehealth"),
    )


_OF_THE_CASE = {
    *("date_of_service", "payer", "discipline", "note_kind", "setting", "clinician", "episode"),
    *("stated", "stated_diagnoses", "supported", "supported_diagnoses"),
    *("kx_attested", "unit_rule", "telehealth"),
}


def _known(kind: type[Word], word: str | None) -> Word | None:
    return None if word is None else kind(word)


def _line(written: str | Mapping[str, Any]) -> Line:
    if isinstance(written, str):
        code, *rest = written.split()
        minutes, units, *modifiers = [*rest, *[_ABSENT] * 2][: max(2, len(rest))]
        modifiers = [word for word in modifiers if word != _ABSENT]
        return Line(
            code=code, minutes=_number(minutes), units=_number(units), modifiers=tuple(modifiers)
        )
    lists = {name: tuple(written.get(name, ())) for name in ("modifiers", "diagnoses")}
    return Line(**{**written, **lists})


def _number(written: str) -> int | None:
    return None if written == _ABSENT else int(written)


def _episode(given: Mapping[str, Any]) -> Episode:
    plan, amount = given.get("plan_of_care"), given.get("allowed_amount_ytd_usd")
    typed = {
        **given,
        "plan_of_care": None if plan is None else PlanOfCare(**plan),
        "allowed_amount_ytd_usd": None if amount is None else Decimal(amount),
        "prior_notes": tuple(given.get("prior_notes", ())),
    }
    return Episode(**typed)


def _facts(given: Mapping[str, Any]) -> Facts:
    text = given.get("text", "")
    return Facts(
        services=tuple(_service(written, text) for written in given.get("services", ())),
        elements={
            name: _places(places, text)
            for name, places in given.get("elements", {}).items()
            if places
        },
        signatures=tuple(map(_signature, given.get("signatures", ()))),
        timed_total=_duration(given.get("timed_total"), DurationKind.TIMED_TOTAL),
        treatment_total=_duration(given.get("treatment_total"), DurationKind.TREATMENT_TOTAL),
        unclaimed=tuple(_plain(given.get("unclaimed", ()))),
        inconsistencies=tuple(
            Inconsistency(**written, evidence=(_HERE,))
            for written in given.get("inconsistencies", ())
        ),
    )


def _places(written: bool | int | str, text: str) -> tuple[Span, ...]:
    return (_words(written, text),) if isinstance(written, str) else (_HERE,) * int(written)


def _words(written: str, text: str) -> Span:
    """Where ``text`` has the words; ValueError where it has not."""
    start = text.index(written)
    return Span(start, start + len(written))


def _service(written: str, text: str) -> Service:
    told, _, words = written.partition(": ")
    code, assertion, giver, minutes = [*told.split(), *[_ABSENT] * 3][:4]
    return Service(
        code=code,
        assertion=Assertion.PERFORMED if assertion == _ABSENT else Assertion(assertion),
        giver=Giver.THERAPIST if giver == _ABSENT else Giver(giver),
        minutes=_number(minutes),
        evidence=(_words(words, text) if words else _HERE,),
        confidence=1.0,
    )


def _signature(written: Mapping[str, Any]) -> Signature:
    said = {"discipline": None, "is_signature": True, **written}
    return Signature(**{**said, "role": SignerRole(said["role"]), "span": _HERE})


def _duration(minutes: int | None, kind: DurationKind) -> Duration | None:
    return None if minutes is None else Duration(span=_HERE, minutes=minutes, kind=kind)


def _plain(minutes: Iterable[int]) -> Iterable[Duration]:
    return (Duration(span=_HERE, minutes=m, kind=DurationKind.PLAIN) for m in minutes)
