"""``GET /api/v1/codes``: codes by words or by how they begin, in force on a day."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from model.checking import last_covered_day
from service.codes.records import CodeKind
from service.codes.search import MOST_FOUND, search_codes
from service.people.access import needs
from service.people.records import Role, Scope
from service.wire.fields import Day, OneDiscipline

router = APIRouter(prefix="/codes", tags=["codes"])


class NoteOut(BaseModel):
    """A note of the tabular list, at the code or above it."""

    kind: str
    text: str


class CodeOut(BaseModel):
    """A code in force on the day asked about; captions of procedures are our own words."""

    code: str
    kind: CodeKind
    caption: str
    detail: str
    disciplines: list[str]
    valid_from: date | None
    valid_to: date | None
    notes: list[NoteOut]


@router.get("", dependencies=[needs(Role.CODER, Role.AUDITOR, Role.PLUGIN, scope=Scope.READ)])
def find_codes(
    q: Annotated[str, Query(min_length=1, max_length=100)],
    on: Day | None = None,
    kind: CodeKind | None = None,
    discipline: OneDiscipline | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = MOST_FOUND,
) -> list[CodeOut]:
    """Procedures, then diagnoses; without ``on``, those of the last day our tables cover."""
    found = search_codes(q, on or last_covered_day(), kind=kind, discipline=discipline, most=limit)
    return [
        CodeOut(**{**asdict(each), "notes": [NoteOut(kind=k, text=text) for k, text in each.notes]})
        for each in found
    ]
