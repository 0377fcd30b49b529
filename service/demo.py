"""``noteproof serve --demo``: the sample notes in a worklist of their own, gone when it stops."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from service.copilot import Drafter
from service.db.storage import Storage
from service.encounters.intake import keep
from service.people.accounts import Accounts
from service.people.records import Role
from service.reviews.deps import desk_of
from service.settings import Settings
from service.wire import encounter

CODERS = ("dana", "lee")
OTHERS = {"ruth": Role.AUDITOR, "ada": Role.ADMIN}
_SHIPPED, _TRACKED = Path(__file__).parent / "samples", Path(__file__).parents[1] / "samples"


@contextmanager
def demo_settings(settings: Settings) -> Iterator[Settings]:
    """``settings`` with a database that lasts as long as the demonstration.

    The samples are notes of other days: theirs is due so long after it was started.
    """
    with TemporaryDirectory(prefix="noteproof-demo-") as folder:
        database_url = SecretStr(f"sqlite:///{Path(folder) / 'demo.db'}")
        yield settings.model_copy(update={"database_url": database_url, "due_from": "received"})


def samples() -> dict[str, str]:
    """The sample notes, by name: those of the wheel, or those of the working tree."""
    folder = _SHIPPED if _SHIPPED.is_dir() else _TRACKED
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}


def fill(storage: Storage, settings: Settings, drafter: Drafter, now: datetime) -> str:
    """Two coders, an auditor, an admin, and the sample notes; the password of all is answered."""
    password = secrets.token_urlsafe(9)
    read = [encounter({"id": name, "text": text}) for name, text in samples().items()]
    drafts = [drafter.draft(each) for each in read]
    with storage.database.writing() as session:
        for name, role in {**dict.fromkeys(CODERS, Role.CODER), **OTHERS}.items():
            Accounts(session).add(name, password, {role}, now)
        desk = desk_of(session, storage.keyring, now, settings)
        for given, draft in zip(read, drafts, strict=True):
            keep(desk, given, draft)
    return password
