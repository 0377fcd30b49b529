"""How far the code and edit tables reach, so that a draft can say what it relied on."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from model.policy_folder import Period, imported
from model.reads import note_read
from model.records import Citation
from model.records.encounter import Setting
from model.strict_yaml import load


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One table as last loaded.

    Attributes:
        covers_from: First day its rows are sourced for; earlier days are read from it all the same.
        covers_to: Last day of the release; later days use the table as last loaded.
        settings: all, professional or institutional.
        periods: First and last day of each release whose rows we hold, oldest first.
    """

    table: str
    title: str
    covers_from: date
    covers_to: date
    settings: str
    source: Citation
    periods: tuple[Period, ...]

    def covers(self, on: date) -> bool:
        """Whether a release was loaded that was published for the day."""
        return any(first <= on <= last for first, last in self.periods)


def stale(on: date, setting: str | None = None) -> tuple[Release, ...]:
    """The tables a claim of that day and setting reads past their last day, by name.

    With no setting, every table past its last day is listed.
    """
    found = tuple(
        release
        for release in releases().values()
        if on > release.covers_to and _applies(release, setting)
    )
    for release in releases().values():
        note_read("releases", release.table, "past its last day" if release in found else "covered")
    return found


@cache
def releases() -> dict[str, Release]:
    """Every table we hold, by name."""
    written = load(files("model") / "policies" / "releases.yaml")
    return {table: _release(table, entry) for table, entry in sorted(written.items())}


def is_institutional(setting: str | None) -> bool:
    """Whether a claim from ``setting`` is institutional; unknown settings are professional."""
    return setting is not None and Setting(setting).is_institutional


def _release(table: str, entry: dict[str, Any]) -> Release:
    """The packaged release, carried on by what the user imported."""
    own = imported().get(table)
    packaged: Period = (entry["from"], entry["to"])
    periods = (packaged, *own.periods) if own else (packaged,)
    source = Citation(**entry["source"])
    return Release(
        table=table,
        title=entry["title"],
        covers_from=min(first for first, _ in periods),
        covers_to=max(last for _, last in periods),
        settings=entry["settings"],
        source=Citation(source.work, own.locator) if own and own.periods else source,
        periods=periods,
    )


def _applies(release: Release, setting: str | None) -> bool:
    if setting is None or release.settings == "all":
        return True
    return (release.settings == "institutional") == is_institutional(setting)
