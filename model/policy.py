"""The one reader of ``model/policies``: a value on a date of service, or ``PolicyGap``.

An issuer (``cms``) is a folder of YAML files; a payer is one file that uses an issuer, says which
rules it judges by, and may override parameters. Every value carries its source and the day it
began. ``Policy`` is bound to one date of service and reads nothing else as "now".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TypeVar

from model.errors import PolicyGap
from model.policy_files import (
    Confidence,
    Datum,
    Payer,
    Value,
    history_of,
    payer,
    payer_ids,
)
from model.reads import note_read
from model.records import Citation, Severity

__all__ = ["Confidence", "Datum", "Payer", "Policy", "Value", "payer", "payer_ids"]

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Policy:
    """One issuer's parameters, and one payer's changes to them, as they stood on one day.

    Attributes:
        issuer: Folder under ``policies`` the parameters come from, such as ``cms``.
        on: The date of service.
        payer: Who pays; None where only the issuer's parameters are asked for.
    """

    issuer: str
    on: date
    payer: Payer | None = None

    @classmethod
    def for_payer(cls, payer_id: str, on: date) -> "Policy":
        """The policy of one payer on the date of service.

        Raises:
            UnknownPayer: No file describes the payer.
        """
        found = payer(payer_id)
        return cls(found.uses, on, found)

    def value(self, name: str) -> Value:
        """The value of ``name`` in force on ``self.on``, with its source and confidence.

        Raises:
            PolicyGap: No source we hold covers that day.
            KeyError: No parameter has that name.
        """
        in_force = self._in_force(name)
        if in_force is None or in_force.datum is None:
            raise PolicyGap(f"{self.issuer}.{name}", self.on)
        return in_force

    def history(self, name: str) -> tuple[Value, ...]:
        """Every value of ``name``, oldest first; a payer's own follow those they override."""
        return _history(self.issuer, self.payer, name)

    def __getitem__(self, name: str) -> int:
        """The whole number ``name`` stands for: minutes, days, percent or whole dollars."""
        return self._read(name, int)

    def flag(self, name: str) -> bool:
        """Whether ``name`` holds on the date of service."""
        return self._read(name, bool)

    def text(self, name: str) -> str:
        """The word ``name`` stands for, such as ``cms_8_minute``."""
        return self._read(name, str)

    def texts(self, name: str) -> tuple[str, ...]:
        """The list ``name`` stands for, in the order the policy gives it."""
        return self._read(name, tuple)

    def table(self, name: str) -> Mapping[str, Datum]:
        """The mapping ``name`` stands for."""
        return self._read(name, Mapping)  # type: ignore[type-abstract]

    def citation(self, name: str) -> Citation:
        """The passage the value in force was read from."""
        return self.value(name).source

    def knows(self, name: str) -> bool:
        """Whether ``name`` has a sourced value on the date of service."""
        in_force = self._in_force(name)
        return in_force is not None and in_force.datum is not None

    def severity(self, rule_id: str, default: Severity) -> Severity | None:
        """How grave the rule's findings are for this payer; None where the rule is off.

        A rule the payer's file does not name keeps the severity it was written with.
        """
        return self.payer.rules.get(rule_id, default) if self.payer else default

    @property
    def unit_rule(self) -> str:
        """How minutes become units: ``cms_8_minute`` or ``ama_midpoint``."""
        return self.text("payer.unit_rule")

    @property
    def modifier_order(self) -> tuple[str, ...]:
        """Every modifier this payer's lines may carry, in the order they are written."""
        return self.texts("payer.modifier_order")

    @property
    def needs_discipline_modifier(self) -> bool:
        """Whether a therapy line must carry GP, GO or GN."""
        return self.flag("payer.discipline_modifier")

    @property
    def needs_discipline_modifier_off_list(self) -> bool:
        """Whether a service under a therapy plan carries it though CMS does not list its code."""
        return self.flag("payer.discipline_modifier_off_list")

    @property
    def needs_assistant_modifiers(self) -> bool:
        """Whether an assistant's units must carry CQ or CO."""
        return self.flag("payer.assistant_modifiers")

    @property
    def applies_kx(self) -> bool:
        """Whether the KX threshold of Medicare Part B applies."""
        return self.flag("payer.kx_threshold")

    @property
    def bundled_codes(self) -> frozenset[str]:
        """Procedure codes this payer never pays separately."""
        return frozenset(self.texts("payer.bundled_codes"))

    @property
    def replaced_codes(self) -> dict[str, str]:
        """Procedure codes this payer refuses, each with the code it takes instead."""
        return {code: str(instead) for code, instead in self.table("payer.replaced_codes").items()}

    @property
    def edit_set(self) -> str:
        """Which code-pair edits and unit limits judge the claim; ``none`` where none do."""
        return self.text("payer.edit_set")

    def _in_force(self, name: str) -> Value | None:
        found = _on(self.issuer, self.payer, name, self.on)
        note_read("parameters", name, found.datum if found else None)
        return found

    def _read(self, name: str, kind: type[Kind]) -> Kind:
        datum = self.value(name).datum
        if not isinstance(datum, kind) or (isinstance(datum, bool) and kind is not bool):
            raise TypeError(f"{name} is no {kind.__name__}")
        return datum


@cache
def _history(issuer: str, payer: Payer | None, name: str) -> tuple[Value, ...]:
    overridden = payer.parameters.get(name, ()) if payer else ()
    if not overridden or name.startswith("payer."):
        return overridden or history_of(issuer, name)
    before = [v for v in history_of(issuer, name) if v.start < overridden[0].start]
    return (*before, *overridden)


@lru_cache(maxsize=1 << 16)
def _on(issuer: str, payer: Payer | None, name: str, on: date) -> Value | None:
    in_force = [value for value in _history(issuer, payer, name) if value.start <= on]
    return in_force[-1] if in_force else None
