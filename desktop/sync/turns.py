"""One lane's turns: what it does next and what came of it, whoever drives it and whenever."""

from desktop.sync.actions import Action, ReadPage, Request, Rest
from desktop.sync.driver import decide, store_some
from desktop.sync.engine import Engine
from desktop.sync.ledger import SyncStore
from desktop.tickets.outbox import Lane


class Turns:
    """Of one lane of an engine; a thread turns it, or a simulation."""

    def __init__(self, store: SyncStore, engine: Engine, lane: Lane) -> None:
        self._store = store
        self._engine = engine
        self._lane = lane
        self._is_sound = True
        self._known = self._read

    @property
    def _read(self) -> tuple[int, int]:
        return self._engine.tally.pulled, self._engine.tally.copies

    def next(self, *, woken: bool) -> Action:
        """What to do now, durable when this returns; raises a `Trouble` where the store fails."""
        if not self._is_sound and self._lane is Lane.OPERATIONS:
            self._store.background(self._engine.start).result()  # what was sent may have arrived
        self._is_sound = True
        action = decide(self._store, self._engine, self._lane, woken=woken)
        self._known = self._read
        return action

    def store(self, rest: Rest) -> Rest | None:
        """Store one slice of what came of an action; what is left of it is to be handed in again."""
        return store_some(self._store, self._engine, rest)

    def stumbled(self) -> None:
        """The store has failed, or we have made a mistake: what is known of the outbox is doubtful."""
        self._is_sound = False

    def concerns_all(self, action: Request) -> bool:
        """Whether the other lanes have to look again, now that the outcome is stored: not for a page without news."""
        return not isinstance(action, ReadPage) or self._read != self._known
