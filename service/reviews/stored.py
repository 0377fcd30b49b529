"""Readings and acts as the bytes that are sealed, and back."""

import zlib
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from model.records.review import Act, EncounterReading

_LEVEL = 6


def reading_bytes(reading: EncounterReading) -> bytes:
    """``reading``, with the facts its claim is judged by; deflated, as it names fields often."""
    return zlib.compress(_readings().dump_json(reading), _LEVEL)


def reading_of(stored: bytes) -> EncounterReading:
    """The reading ``stored`` was made from; fields added since have their defaults."""
    return _readings().validate_json(zlib.decompress(stored))


def act_bytes(act: Act) -> bytes:
    """``act``, with its kind."""
    return _acts().dump_json(act)


def act_json(act: Act) -> dict[str, Any]:
    """``act`` as a JSON object."""
    found: dict[str, Any] = _acts().dump_python(act, mode="json")
    return found


def act_of(stored: bytes) -> Act:
    """The act ``stored`` was made from."""
    return _acts().validate_json(stored)


@cache
def _readings() -> TypeAdapter[EncounterReading]:
    return TypeAdapter(EncounterReading)


@cache
def _acts() -> TypeAdapter[Act]:
    return TypeAdapter(Act)
