"""Code tables: what a code means, when it is in force, what it may stand beside."""

from model.codes.diagnoses import (
    Diagnosis,
    Instruction,
    billable_under,
    children,
    diagnosis,
    is_billable,
    valid_on,
)
from model.codes.edits import Edit, UnitLimit, pair, unit_limit
from model.codes.exclusions import Exclusion, excludes1
from model.codes.laterality import Side, other_sides, side
from model.codes.modifiers import Term, modifier, place_of_service
from model.codes.procedures import Family, Procedure, Therapy, find, procedure, procedures
from model.codes.releases import Release, releases, stale

__all__ = [
    "Diagnosis",
    "Edit",
    "Exclusion",
    "Family",
    "Instruction",
    "Procedure",
    "Release",
    "Side",
    "Term",
    "Therapy",
    "UnitLimit",
    "billable_under",
    "children",
    "diagnosis",
    "excludes1",
    "find",
    "is_billable",
    "modifier",
    "other_sides",
    "pair",
    "place_of_service",
    "procedure",
    "procedures",
    "releases",
    "side",
    "stale",
    "unit_limit",
    "valid_on",
]
