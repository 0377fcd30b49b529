"""What Pydantic found wrong, in our words: the field and the reason, never the value."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from model.errors import EncounterInvalid
from service.wire.fields import NOT_TEXT

UNNAMED = "?"
"""Stands for the id of an encounter that has none we can show."""

_MOST_NAMED = 5
_FIELD_LIKE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field; the field is a path such as ``lines.0.code``."""

    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}"


_REASONS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _: "is missing",
    "string_type": lambda _: "must be text",
    "string_unicode": lambda _: NOT_TEXT,
    "string_too_short": lambda _: "is empty",
    "string_too_long": lambda ctx: f"is longer than {ctx['max_length']} characters",
    "string_pattern_mismatch": lambda _: "is not written as such codes are",
    "int_type": lambda _: "must be a whole number",
    "int_from_float": lambda _: "must be a whole number",
    "bool_type": lambda _: "must be true or false",
    "list_type": lambda _: "must be a list",
    "tuple_type": lambda _: "must be a list",
    "model_type": lambda _: "must be an object",
    "model_attributes_type": lambda _: "must be an object",
    "dict_type": lambda _: "must be an object",
    "too_short": lambda _: "is empty",
    "too_long": lambda ctx: f"has more than {ctx['max_length']} entries",
    "greater_than_equal": lambda ctx: f"must be {ctx['ge']} or more",
    "less_than_equal": lambda ctx: f"must be {ctx['le']} or less",
    "enum": lambda ctx: f"must be one of {_bare(ctx['expected'])}",
    "literal_error": lambda ctx: f"must be one of {_bare(ctx['expected'])}",
    "value_error": lambda ctx: str(ctx["error"]),
    "json_invalid": lambda _: "is broken JSON",
}


def faults(errors: Iterable[Mapping[str, Any]], known: Sequence[str]) -> list[Fault]:
    """Each error of a ``ValidationError`` as a fault.

    Args:
        errors: What ``ValidationError.errors()`` gives; ``input`` and ``msg`` are not read.
        known: Names of fields, to say what a misspelt one may have meant.
    """
    return [_fault(error, known) for error in errors]


def invalid(encounter_id: str, found: Sequence[Fault]) -> EncounterInvalid:
    """One error that names every fault, up to a handful."""
    first, *rest = found
    others = [str(fault) for fault in rest[: _MOST_NAMED - 1]]
    more = len(rest) - len(others)
    ending = [f"and {more} more"] if more else []
    return EncounterInvalid(encounter_id, first.field, "; ".join([first.reason, *others, *ending]))


def shown_id(body: object) -> str:
    """The id in ``body`` where it is one that can be shown, else ``UNNAMED``."""
    found = body.get("id") if isinstance(body, dict) else None
    if isinstance(found, str) and found.isprintable() and 0 < len(found.strip()) <= _LONGEST_ID:
        return found
    return UNNAMED


def _fault(error: Mapping[str, Any], known: Sequence[str]) -> Fault:
    kind, path = str(error["type"]), error["loc"]
    field = ".".join(_part(part) for part in path) or "the body"
    if kind == "extra_forbidden":
        return Fault(field, _unknown_field(str(path[-1]), known))
    reason = _REASONS.get(kind)
    return Fault(field, reason(error.get("ctx") or {}) if reason else "cannot be read")


def _part(part: str | int) -> str:
    """A step of the path; a made-up field name may be words of a note and is not shown."""
    return str(part) if _FIELD_LIKE.fullmatch(str(part)) or isinstance(part, int) else "a field"


def _unknown_field(name: str, known: Sequence[str]) -> str:
    meant = get_close_matches(name, known, n=1)
    return f"is no field of ours; did you mean {meant[0]}?" if meant else "is no field of ours"


def _bare(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", ", ")
