"""The columns of drafts in Parquet, derived from the wire model so that neither can drift."""

from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel

from service.wire import DraftOut

_PLAIN = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), date: pa.string()}
"""Days stay text, as they are in JSON."""


def draft_schema() -> Any:
    """The schema of a draft: its fields in the order of JSON, objects as structs."""
    return pa.schema(_fields(DraftOut))


def _fields(model: type[BaseModel]) -> list[Any]:
    return [(name, _column(field.annotation)) for name, field in model.model_fields.items()]


def _column(annotation: Any) -> Any:
    """The Arrow type of what ``annotation`` allows; all may be null."""
    inner = get_args(annotation)
    match get_origin(annotation):
        case None:
            return _plain(annotation)
        case origin if origin is list:
            return pa.list_(_column(inner[0]))
        case origin if origin is Literal:
            return _one_of({type(value) for value in inner}, annotation)
        case origin if origin in (Union, UnionType):
            return _one_of(set(inner) - {NoneType}, annotation)
    raise TypeError(f"no column can hold {annotation}")


def _one_of(kinds: set[Any], annotation: Any) -> Any:
    if len(kinds) != 1:
        raise TypeError(f"no column can hold {annotation}")
    return _column(kinds.pop())


def _plain(kind: Any) -> Any:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if issubclass(kind, BaseModel):
        return pa.struct(_fields(kind))
    if issubclass(kind, str):
        return pa.string()
    raise TypeError(f"no column can hold {kind}")
