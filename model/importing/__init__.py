"""Published tables into a user's folder: recognised by content, compared, and taken whole.

source, published = read(path)     # refuses what is damaged, naming file, line and column
plan = planned(published)          # what would change against the tables in use
apply(plan, source, folder, on=…)  # writes aside, then renames; the manifest last
"""

from model.importing.landing import apply, changes_nothing, was_imported
from model.importing.published import Change, Hints, Kind, Plan, Published, Verb
from model.importing.reader import planned, read
from model.importing.sources import Source

__all__ = [
    "Change",
    "Hints",
    "Kind",
    "Plan",
    "Published",
    "Source",
    "Verb",
    "apply",
    "changes_nothing",
    "planned",
    "read",
    "was_imported",
]
