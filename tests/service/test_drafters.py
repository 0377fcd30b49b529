"""Those who read notes, in this process and in others; the doubles travel there by their names."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from model.errors import ArtifactMissing, NoteEmpty, PolicyGap
from model.records import Encounter
from model.records.claim import ClaimDraft
from service.drafters import Drafters, Released, drafters_of
from service.remote import DrafterLost, DraftFailed, RemoteDrafter
from service.settings import Settings
from tests.support.drafts import NOTE, FixedCopilot, a_draft
from tests.support.phi import MARKED_NOTE, leaks
from tests.support.tree import ROOT

FIRST = Encounter(id="enc-1", text=NOTE)


class Told:
    """Does what the text of an encounter says."""

    def draft(self, encounter: Encounter) -> ClaimDraft:
        match encounter.text:
            case "empty":
                raise NoteEmpty(encounter.id)
            case "gap":
                raise PolicyGap("cms.x", date(2026, 3, 2))
            case "die":
                os._exit(1)
            case "hang":
                time.sleep(600)
            case text if text == MARKED_NOTE:
                raise KeyError(text)
        return a_draft(f"{encounter.id} by {os.getpid()}")


class DiesOnce:
    """Ends its process over a note that has not ended one before: the text names a file."""

    def draft(self, encounter: Encounter) -> ClaimDraft:
        seen = Path(encounter.text or "")
        if not seen.exists():
            seen.touch()
            os._exit(1)
        return a_draft(encounter.id)


def without_models() -> FixedCopilot:
    raise ArtifactMissing("reader")


def without_luck() -> FixedCopilot:
    os._exit(1)


@contextmanager
def _opened(drafters: Drafters) -> Iterator[Drafters]:
    try:
        drafters.open()
        yield drafters
    finally:
        drafters.close()


@pytest.fixture(scope="module")
def apart() -> Iterator[Drafters]:
    with _opened(Drafters.apart(Told, 2)) as found:
        yield found


def _of(text: str) -> Encounter:
    return Encounter(id="enc-1", text=text)


def test_a_draft_made_in_another_process_is_the_one_made_here() -> None:
    with (
        _opened(Drafters.here(FixedCopilot)) as here,
        _opened(Drafters.apart(FixedCopilot, 1)) as there,
    ):
        assert there.draft(FIRST) == here.draft(FIRST) == a_draft()


def test_several_notes_are_read_by_several_processes(apart: Drafters) -> None:
    with ThreadPoolExecutor(2) as threads:
        drafts = list(threads.map(apart.draft, [_of("daily")] * 40))

    readers = {draft.id for draft in drafts}
    assert 1 <= len(readers) <= 2
    assert f"enc-1 by {os.getpid()}" not in readers


def test_errors_of_ours_come_back_as_they_were_raised(apart: Drafters) -> None:
    with pytest.raises(NoteEmpty) as empty:
        apart.draft(_of("empty"))
    with pytest.raises(PolicyGap) as gap:
        apart.draft(_of("gap"))

    assert str(empty.value) == str(NoteEmpty("enc-1"))
    assert (gap.value.name, gap.value.on) == ("cms.x", date(2026, 3, 2))


def test_an_error_nobody_planned_comes_back_without_a_word_of_the_note(apart: Drafters) -> None:
    with pytest.raises(DraftFailed, match="KeyError at test_drafters") as raised:
        apart.draft(_of(MARKED_NOTE))

    assert leaks(f"{raised.value!r} {raised.value.__cause__!r}") == []
    assert apart.draft(_of("daily")).id.startswith("enc-1")


def test_a_note_over_which_a_process_ended_is_read_by_another(tmp_path: Path) -> None:
    with _opened(Drafters.apart(DiesOnce, 1)) as drafters:
        assert drafters.draft(_of(str(tmp_path / "seen"))).id == "enc-1"


@pytest.mark.parametrize("text", ["die", "hang"])
def test_a_note_that_ends_every_process_is_refused_and_the_next_is_read(text: str) -> None:
    one = RemoteDrafter(Told, longest_seconds=3)
    with _opened(Drafters([one])) as drafters:
        with pytest.raises(DrafterLost):
            drafters.draft(_of(text))

        assert drafters.draft(_of("daily")).id == f"enc-1 by {one.pid}"


def test_what_is_wrong_with_the_models_is_said_and_no_process_is_left() -> None:
    lost, wrong = RemoteDrafter(without_luck), RemoteDrafter(without_models)

    with pytest.raises(ArtifactMissing, match="reader"):
        Drafters([wrong]).open()
    with pytest.raises(DrafterLost):
        Drafters([lost]).open()

    assert (lost.pid, wrong.pid) == (None, None)


def test_a_process_that_reads_notes_leaves_signals_to_its_parent() -> None:
    one = RemoteDrafter(Told)
    with _opened(Drafters([one])) as drafters:
        before = one.pid
        assert before is not None
        os.kill(before, signal.SIGINT)
        os.kill(before, signal.SIGTERM)

        assert drafters.draft(_of("daily")).id == f"enc-1 by {before}"


def test_no_process_that_reads_notes_outlives_a_parent_that_was_killed() -> None:
    """The pipe of standard output ends when its last holder does, and the child holds it too."""
    script = (
        "from service.remote import RemoteDrafter\n"
        "from tests.support.drafts import FixedCopilot\n"
        "if __name__ == '__main__':\n"
        "    one = RemoteDrafter(FixedCopilot)\n"
        "    one.open()\n"
        "    print('ready', flush=True)\n"
        "    input()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    parent.stdout.readline()

    parent.kill()
    rest, _ = parent.communicate(timeout=30)

    assert rest == b""


def test_the_settings_say_how_many_read() -> None:
    assert drafters_of(Settings(draft_processes=3)).number == 3
    assert drafters_of(Settings(draft_processes=0)).number == 1
    assert Settings(rules_only=True).processes == 0
    assert 1 <= Settings().processes <= 4


def test_the_released_copilot_is_loaded_alike_in_every_process(tmp_path: Path) -> None:
    load = Released(artifacts=tmp_path, rules_only=True, remembered=0)

    with _opened(Drafters.apart(load, 1)) as there:
        assert there.draft(FIRST) == load().draft(FIRST)
