"""Those who draft claims: one in a thread of this process, or several in processes of their own."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol, Self

from model.records import Encounter
from model.records.claim import ClaimDraft
from service.copilot import Drafter, load_copilot
from service.remote import RemoteDrafter
from service.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """Loads the copilot of this version, in whichever process it is called."""

    artifacts: Path | None
    rules_only: bool
    remembered: int

    def __call__(self) -> Drafter:
        """The copilot, with its tables read: the first note would wait for them otherwise."""
        copilot = load_copilot(
            self.artifacts, rules_only=self.rules_only, remembered=self.remembered
        )
        copilot.draft(Encounter(id="first", text=_FIRST))
        return copilot


_FIRST = "PT daily note. Knee pain. Therapeutic exercise 15 minutes. J. Doe, PT"


class _One(Protocol):
    """A drafter that is opened before it is asked and closed after."""

    def open(self) -> None: ...

    def draft(self, encounter: Encounter) -> ClaimDraft: ...

    def close(self) -> None: ...


class LocalDrafter:
    """A copilot in this process."""

    def __init__(self, load: Callable[[], Drafter]) -> None:
        self._load = load
        self._copilot: Drafter | None = None

    def open(self) -> None:
        """Load it; raises what loading raises."""
        self._copilot = self._load()

    def draft(self, encounter: Encounter) -> ClaimDraft:
        """The draft of ``encounter``."""
        assert self._copilot is not None  # noqa: S101  (opened before it is asked)
        return self._copilot.draft(encounter)

    def close(self) -> None:
        """Nothing is held."""


class Drafters:
    """Several drafters, each asked by one thread at a time; a ``Drafter`` themselves.

    Attributes:
        number: How many notes are read at once.
    """

    def __init__(self, each: Iterable[_One]) -> None:
        self._each = tuple(each)
        self._idle: SimpleQueue[_One] = SimpleQueue()
        self.number = len(self._each)
        self.is_open = False

    @classmethod
    def here(cls, load: Callable[[], Drafter]) -> Self:
        """One in this process."""
        return cls([LocalDrafter(load)])

    @classmethod
    def apart(cls, load: Callable[[], Drafter], number: int) -> Self:
        """``number`` of them, each in a process of its own."""
        return cls(RemoteDrafter(load) for _ in range(number))

    def open(self) -> None:
        """Have all of them load at the same time; again does nothing.

        Raises:
            ArtifactError: An artifact is missing, or not the one its manifest was written for.
            DrafterLost: A process ended while it loaded.
        """
        if self.is_open:
            return
        try:
            with ThreadPoolExecutor(self.number) as threads:
                list(threads.map(lambda one: one.open(), self._each))
        except BaseException:
            self.close()
            raise
        for one in self._each:
            self._idle.put(one)
        self.is_open = True

    def draft(self, encounter: Encounter) -> ClaimDraft:
        """The draft of ``encounter``, by whoever is idle first; raises what reading raises."""
        one = self._idle.get()
        try:
            return one.draft(encounter)
        finally:
            self._idle.put(one)

    def close(self) -> None:
        """Let all of them go; nobody may be asked meanwhile or after."""
        self.is_open = False
        for one in self._each:
            one.close()


def drafters_of(settings: Settings) -> Drafters:
    """Those the settings ask for, not open yet."""
    load = Released(
        artifacts=settings.artifacts,
        rules_only=settings.rules_only,
        remembered=settings.remembered_segments,
    )
    number = settings.processes
    return Drafters.apart(load, number) if number else Drafters.here(load)
