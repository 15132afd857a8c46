"""Stories in which somebody dies at a chosen place, over a wire that may be bad in a chosen way."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final

from tests.faults.crash_sites import SITES, Side, Site
from tests.faults.fault_proxy import Fault
from tests.faults.scenario import Bad, Story
from tests.faults.truth import Books
from tests.faults.victims import HARMLESS, Arming, Died, HelpDeskProcess
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
    """Who dies where, and what else goes wrong. `wire` is a name in `WIRE`, or empty."""

    client: Site | None = None
    client_pass: int = 1
    relay: Site | None = None
    relay_pass: int = 1
    wire: str = ""
    request: int = 0

    def __str__(self) -> str:
        parts = [
            f"{site.name} #{nth}"
            for site, nth in ((self.client, self.client_pass), (self.relay, self.relay_pass))
            if site is not None
        ]
        return ", ".join([*parts, f"{self.wire} at request {self.request}"] if self.wire else parts)


class Stage:
    """One help desk, at which story after story is told."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._relay = HelpDeskProcess(folder / "relay")
        self._books = Books(self._relay.data)
        self._names = (f"p{number}" for number in count(1))
        self.stories = 0

    def passes(self) -> dict[str, int]:
        """How often each site is passed in a story in which nobody dies."""
        self._relay.start(Arming(counted=RELAY_SITES))
        story = Story(self._folder, self._relay, next(self._names), client=Arming(counted=CLIENT_SITES))
        story.tell()
        self.stories += 1
        return {**story.passed, **self._relay.end()}

    def play(self, crash: Crash) -> int:
        """Tell the story; returns how often somebody died. AssertionError, with the crash, where it ends badly."""
        relay, deaths = self._relay, 0
        if crash.relay is not None or not relay.alive:
            try:
                relay.start(Arming(crash.relay, crash.relay_pass))
            except Died:
                deaths = 1
                relay.start()
        relay.deaths = 0
        client = Arming(crash.client, crash.client_pass) if crash.client else HARMLESS
        story = Story(self._folder, relay, next(self._names), client=client)
        bad = Bad(WIRE[crash.wire](), crash.request) if crash.wire else None
        try:
            with relay.kept_up():
                story.tell(bad)
        except AssertionError as error:
            raise AssertionError(f"{crash}: {error}") from error
        self.stories += 1
        return deaths + relay.deaths + story.deaths

    def close(self) -> None:
        """The help desk is stopped; AssertionError where its data is not whole or it has complained."""
        self._relay.kill()
        told = self._books.counts()
        assert (told.tickets, told.files, told.uploads) == (self.stories, self.stories, 0), told
        assert self._books.is_sound()
        assert not self._relay.complaints(), self._relay.complaints()


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """A stage; what is wrong with it in the end is an AssertionError."""
    opened = Stage(folder)
    with ExitStack() as ends:
        ends.callback(opened._relay.kill)
        yield opened
        opened.close()


def every_site_once(passes: Mapping[str, int], random: Random) -> list[Crash]:
    """Each site at one of its passings; a client and a help desk that die in the same story where there are both."""
    clients, relays = list(CLIENT_SITES), list(RELAY_SITES)
    random.shuffle(clients)
    crashes = []
    for number in range(max(len(clients), len(relays))):
        client = clients[number] if number < len(clients) else None
        relay = relays[number] if number < len(relays) else None
        crashes.append(
            Crash(
                client=client,
                client_pass=_some_pass(passes, client, random),
                relay=relay,
                relay_pass=_some_pass(passes, relay, random),
            )
        )
    return crashes


def every_site_and_fault(passes: Mapping[str, int], random: Random) -> list[Crash]:
    """Each site with each fault of the wire, at one of its passings and one of the story's requests."""
    crashes = []
    for site in SITES:
        for wire in WIRE:
            nth, request = _some_pass(passes, site, random), random.randrange(REQUESTS)
            if site.side is Side.CLIENT:
                crashes.append(Crash(client=site, client_pass=nth, wire=wire, request=request))
            else:
                crashes.append(Crash(relay=site, relay_pass=nth, wire=wire, request=request))
    random.shuffle(crashes)
    return crashes


def _some_pass(passes: Mapping[str, int], site: Site | None, random: Random) -> int:
    """One that is reached for certain: a story in which more goes wrong may be a little shorter than a calm one."""
    return 1 + random.randrange(max(1, passes[site.name] * 7 // 10)) if site else 1
