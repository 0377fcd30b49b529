"""How far the code and edit tables reach, so that a draft can say what it relied on."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

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
    """

    table: str
    title: str
    covers_from: date
    covers_to: date
    settings: str
    source: Citation


def stale(on: date, setting: str | None = None) -> tuple[Release, ...]:
    """The tables a claim of that day and setting reads past their last day, by name.

    With no setting, every table past its last day is listed.
    """
    return tuple(
        release
        for release in releases().values()
        if on > release.covers_to and _applies(release, setting)
    )


@cache
def releases() -> dict[str, Release]:
    """Every table we hold, by name."""
    written = load(files("model") / "policies" / "releases.yaml")
    return {
        table: Release(
            table=table,
            title=entry["title"],
            covers_from=entry["from"],
            covers_to=entry["to"],
            settings=entry["settings"],
            source=Citation(**entry["source"]),
        )
        for table, entry in sorted(written.items())
    }


def is_institutional(setting: str | None) -> bool:
    """Whether a claim from ``setting`` is institutional; unknown settings are professional."""
    return setting is not None and Setting(setting).is_institutional


def _applies(release: Release, setting: str | None) -> bool:
    if setting is None or release.settings == "all":
        return True
    return (release.settings == "institutional") == is_institutional(setting)
