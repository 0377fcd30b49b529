"""Questions to the therapist: composed from findings, and refused where they lead.

A query quotes what the note says, asks openly or with options among which are "other" and "unable
to determine", and is silent about payment. ``lint`` judges any draft, whoever wrote it.
"""

from model.queries.composer import compose
from model.queries.linter import lint
from model.records.query import Fault, Leading, Query

__all__ = ["Fault", "Leading", "Query", "compose", "lint"]
