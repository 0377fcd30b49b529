from datetime import timedelta
from pathlib import Path

from service.db.storage import open_storage
from service.demo import CODERS, OTHERS, demo_settings, fill, samples
from service.encounters.records import WorklistFilter
from service.encounters.worklist import Worklist
from service.people.workflow import sign_in
from service.settings import Settings
from tests.support.sample_drafts import SampleCopilot
from tests.support.storage import NOW
from tests.support.tree import ROOT


def test_the_samples_shown_are_those_of_the_tree() -> None:
    assert samples().keys() == {path.stem for path in (ROOT / "samples").glob("*.txt")}


def test_everybody_signs_in_and_every_sample_is_there() -> None:
    with demo_settings(Settings()) as settings:
        storage = open_storage(settings)
        password = fill(storage, settings, SampleCopilot(), NOW)

        tokens = {
            sign_in(storage.database, settings, name=name, password=password, now=NOW)
            for name in (*CODERS, *OTHERS)
        }
        with storage.database.reading() as session:
            rows = Worklist(session).page(WorklistFilter(), now=NOW)
        storage.close()

    assert len(tokens) == len(CODERS) + len(OTHERS)
    assert {row.id for row in rows} == samples().keys()
    assert {row.due_on for row in rows} == {(NOW + timedelta(days=3)).date()}


def test_nothing_of_a_demonstration_stays_behind() -> None:
    with demo_settings(Settings()) as settings:
        open_storage(settings).close()
        folder = Path(settings.database_url.get_secret_value().removeprefix("sqlite:///")).parent
        assert list(folder.iterdir()) != []

    assert not folder.exists()
