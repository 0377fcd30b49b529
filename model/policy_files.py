"""Policy files, loaded once each and only when something in them is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from model.errors import PolicyFileError, UnknownPayer
from model.records import Citation, Severity
from model.strict_yaml import load

Datum = int | bool | str | tuple[str, ...] | Mapping[str, Any]
"""What a parameter can be: a number, a flag, a word, a list of words, or a small table."""

_OFF = "off"
_VALUE_KEYS = {"from", "value", "source", "confidence", "note"}


class Confidence(StrEnum):
    """How a value came to us."""

    VERIFIED = "verified"
    """Read in the source, or in a page that quotes it."""
    RECALLED = "recalled"
    """Written down by an expert from memory; to be read in the source before it blocks a claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A parameter's datum from one day on, and the passage that says so.

    Attributes:
        start: First date of service it holds for.
        datum: None where it is not known from that day on.
    """

    start: date
    datum: Datum | None = field(hash=False)
    source: Citation
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Payer:
    """Who pays a claim, and what they change.

    Attributes:
        uses: Issuer whose parameters apply where the payer has none of its own.
        parameters: The payer's own values, by parameter name, each history oldest first.
        rules: Severity by rule id; None turns the rule off.
    """

    id: str
    name: str
    uses: str
    parameters: Mapping[str, tuple[Value, ...]]
    rules: Mapping[str, Severity | None]

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process by id: there is one payer of a name in each."""
        return payer, (self.id,)


def payer_ids() -> tuple[str, ...]:
    """The ids of every payer we hold a file for, sorted."""
    names = (path.name for path in _folder("payers").iterdir())
    return tuple(sorted(n.removesuffix(".yaml") for n in names if n.endswith(".yaml")))


@cache
def payer(payer_id: str) -> Payer:
    """The payer called ``payer_id``.

    Raises:
        UnknownPayer: No file describes it.
        PolicyFileError: Its file is written wrongly.
    """
    if payer_id not in payer_ids():
        raise UnknownPayer(payer_id)
    path = _folder("payers") / f"{payer_id}.yaml"
    written = load(path)
    try:
        return Payer(
            id=payer_id,
            name=written["name"],
            uses=written["uses"],
            parameters=_histories(path.name, "", written.get("parameters", {})),
            rules=_severities(written.get("rules", {})),
        )
    except (KeyError, ValueError) as error:
        raise PolicyFileError(path.name, None, f"not understood: {error}") from error


def history_of(issuer: str, name: str) -> tuple[Value, ...]:
    """Every value an issuer gives ``topic.parameter``, oldest first.

    Raises:
        KeyError: The issuer has no such parameter.
    """
    return topic(issuer, name.partition(".")[0])[name]


@cache
def topic(issuer: str, name: str) -> Mapping[str, tuple[Value, ...]]:
    """Every parameter in one file of an issuer, by dotted name."""
    path = _folder(issuer) / f"{name}.yaml"
    if not path.is_file():
        raise KeyError(f"{issuer}.{name}")
    return _histories(path.name, f"{name}.", load(path))


def topics(issuer: str) -> tuple[str, ...]:
    """The topics an issuer has a file for, sorted."""
    return tuple(sorted(path.name.removesuffix(".yaml") for path in _folder(issuer).iterdir()))


@cache
def works() -> Mapping[str, Mapping[str, str]]:
    """Every work we cite, by the key values and rules name it with."""
    return MappingProxyType(load(_folder("sources.yaml")))


def _folder(name: str) -> Traversable:
    return files("model") / "policies" / name


def _severities(written: dict[str, str]) -> Mapping[str, Severity | None]:
    return MappingProxyType(
        {rule: None if word == _OFF else Severity(word) for rule, word in written.items()}
    )


def _histories(
    file: str, prefix: str, parameters: dict[str, Any]
) -> Mapping[str, tuple[Value, ...]]:
    found = {}
    for name, parameter in parameters.items():
        try:
            values = tuple(_value(entry) for entry in parameter["values"])
        except (KeyError, TypeError, ValueError) as error:
            raise PolicyFileError(file, None, f"{name}: not understood: {error}") from error
        if not values or any(a.start >= b.start for a, b in pairwise(values)):
            raise PolicyFileError(file, None, f"{name}: values must stand oldest first")
        found[prefix + name] = values
    return MappingProxyType(found)


def _value(entry: dict[str, Any]) -> Value:
    if unknown := entry.keys() - _VALUE_KEYS:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    if type(entry["from"]) is not date:
        raise ValueError("from must be a date")
    written = entry["value"]
    return Value(
        start=entry["from"],
        datum=tuple(written) if isinstance(written, list) else written,
        source=Citation(**entry["source"]),
        confidence=Confidence(entry["confidence"]),
        note=entry.get("note", ""),
    )
