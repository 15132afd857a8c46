"""Stories in which somebody dies at a chosen place, over a wire that may be bad in a chosen way."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final, Self

from tests.faults.crash_sites import SITES, Side, Site
from tests.faults.fault_proxy import Fault
from tests.faults.scenario import Bad, Story
from tests.faults.truth import Books
from tests.faults.victims import Arming, HelpDeskProcess
from tests.faults.wire_faults import (
    captive_portal,
    cut,
    cut_after,
    drop_answer,
    duplicate,
    duplicate_at_once,
    hang,
    latency,
    rate,
    refuse,
    reset_in_answer,
    shortened,
    status,
    truncate,
    wrong_date,
    zombie,
)

CLIENT_SITES: Final = tuple(site for site in SITES if site.side is Side.CLIENT)
RELAY_SITES: Final = tuple(site for site in SITES if site.side is Side.RELAY)
REQUESTS: Final = 16
"""How many of a story's requests a fault of the wire may meet."""
TRIES: Final = 6
"""How often a story is told at most until both have come about that are to come together."""

WIRE: Final[Mapping[str, Callable[[], Fault]]] = MappingProxyType(
    {
        "latency": lambda: latency(0.3),
        "rate": lambda: rate(1_000_000),
        "cut": lambda: cut(0.5),
        "reset": refuse,
        "reset in the request": lambda: cut_after(200),
        "reset in the answer": reset_in_answer,
        "answer lost": drop_answer,
        "silence": lambda: hang(0.5),
        "silence after delivery": lambda: hang(0.5, delivered=True),
        "late zombie": lambda: zombie(1.0),
        "twice": duplicate,
        "twice at once": duplicate_at_once,
        "portal page": captive_portal,
        "wrong date": lambda: wrong_date(0),
        "truncated": truncate,
        "broken off": shortened,
        "500": lambda: status(500),
        "503 with Retry-After": lambda: status(503, retry_after=1),
    }
)


@dataclass(frozen=True, slots=True)
class Crash:
    """Who dies where, in life after life, and what else goes wrong. `wire` is a name in `WIRE`, or empty."""

    client: Arming = Arming()
    relay: Arming = Arming()
    wire: str = ""
    request: int = 0

    def __str__(self) -> str:
        deaths = [f"{site.name} #{side.nth}" for side in (self.client, self.relay) for site in side.sites]
        return ", ".join([*deaths, f"{self.wire} at request {self.request}"] if self.wire else deaths)


@dataclass(frozen=True, slots=True)
class Played:
    """A story that ended well: where somebody died, and whether a request met the fault of the wire."""

    died_at: frozenset[str]
    met: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One place to die at, and one fault of the wire (a name in `WIRE`) in the same story."""

    site: Site
    wire: str

    def __str__(self) -> str:
        return f"{self.site.name}, {self.wire}"

    def crashes(self, passes: Mapping[str, int], random: Random) -> Iterator[Crash]:
        """How it may come about: `passes` are those of a calm story, and a fault of the wire changes them."""
        most = passes[self.site.name]
        for number in range(TRIES):
            life = Arming((self.site,), 1 + random.randrange(max(1, most >> number)))
            request = random.randrange(max(1, REQUESTS >> number))
            if self.site.side is Side.CLIENT:
                yield Crash(client=life, wire=self.wire, request=request)
            else:
                yield Crash(relay=life, wire=self.wire, request=request)


CELLS: Final = tuple(Cell(site, wire) for site in SITES for wire in WIRE)


class Stage:
    """One help desk, at which story after story is told."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._relay = HelpDeskProcess(folder / "relay")
        self._names = (f"p{number}" for number in count(1))
        self._stories = 0

    def passes(self) -> dict[str, int]:
        """How often each site is passed in a story in which nobody dies, in the order of first passing."""
        self._relay.arm(Arming(counted=RELAY_SITES))
        self._relay.start()
        story = Story(self._folder, self._relay, next(self._names))
        story.client.arm(Arming(counted=CLIENT_SITES))
        story.tell()
        self._stories += 1
        return {**story.passed, **self._relay.end()}

    def play_cell(self, cell: Cell, passes: Mapping[str, int], random: Random) -> Played:
        """Tell stories until somebody has died there and a request has met the fault; the last that was told."""
        for crash in cell.crashes(passes, random):
            played = self.play(crash)
            if played.died_at and played.met:
                break
        return played

    def play(self, crash: Crash) -> Played:
        """Tell the story. AssertionError, with the crash, where it ends badly."""
        relay = self._relay
        relay.arm(crash.relay)
        if crash.relay.sites or not relay.alive:
            relay.start()
        story = Story(self._folder, relay, next(self._names))
        story.client.arm(crash.client)
        bad = Bad(WIRE[crash.wire](), crash.request) if crash.wire else None
        try:
            with relay.kept_up():
                story.tell(bad)
        except AssertionError as error:
            raise type(error)(f"{crash}: {error}") from error
        self._stories += 1
        return Played(relay.died_at | story.client.died_at, story.met)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """The help desk ends; AssertionError where its data is not whole, or it has complained."""
        self._relay.kill()
        if kind is None:
            books = Books(self._relay.data)
            told = books.counts()
            assert (told.tickets, told.files, told.uploads) == (self._stories, self._stories, 0), told
            assert books.is_sound()
            assert not self._relay.complaints(), self._relay.complaints()


def every_site_once(stories: int) -> list[Crash]:
    """Every site: in each story, life after life dies at the next of its sites; so many stories for each side and one.

    That one is of the renaming of files: who dies once the home's own file has its name never ends writing that.
    """
    renaming = tuple(site for site in CLIENT_SITES if site.module == "pathlib")
    others = tuple(site for site in CLIENT_SITES if site not in renaming)
    return [
        *(Crash(client=Arming(others[story::stories])) for story in range(stories)),
        *(Crash(relay=Arming(RELAY_SITES[story::stories])) for story in range(stories)),
        Crash(client=Arming(renaming)),
    ]
