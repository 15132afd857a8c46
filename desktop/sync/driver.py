"""Carries out what the engine decides: the store on one side, a help desk on the other."""

from functools import partial

from desktop.sync.actions import (
    Action,
    Audit,
    Locate,
    Outcome,
    Push,
    ReadOrganisation,
    ReadPage,
    Request,
    Reserve,
    Rest,
    Upload,
)
from desktop.sync.engine import Engine
from desktop.sync.faults import LocalFault, SyncFault
from desktop.sync.help_desks.base import CursorGone, HelpDesk
from desktop.sync.ledger import Ledger, SyncStore
from desktop.tickets.outbox import Lane
from desktop.tickets.trouble import Trouble


def decide(store: SyncStore, engine: Engine, lane: Lane, *, woken: bool) -> Action:
    """The lane's next action, durable when this returns."""
    decided: list[Action] = []

    def job(ledger: Ledger) -> Action:
        if woken:
            engine.wake(ledger, lane)
        decided.append(engine.next(ledger, lane))
        return decided[0]

    try:
        return store.background(job).result()
    except Trouble:
        for action in decided:
            if isinstance(action, Upload):
                action.file.content.close()
        raise


def perform(help_desk: HelpDesk, action: Request) -> Outcome:
    """Do it, and wait for what comes of it. Never raises what the network or the server can cause."""
    try:
        return _do(help_desk, action)
    except (SyncFault, CursorGone) as outcome:
        return outcome
    except Trouble as trouble:
        return LocalFault(trouble.sentence, detail=trouble.detail)


def _do(help_desk: HelpDesk, action: Request) -> Outcome:
    match action:
        case Push():
            return help_desk.push(action.entries, action.request_id, action.seen)
        case Locate() | Reserve() | Audit():
            return _ask(help_desk, action)
        case ReadPage():
            return help_desk.changes(action.cursor, action.limit, action.bucket, action.seen)
        case ReadOrganisation():
            return help_desk.organisation()
        case Upload():
            with action.file.content:
                return help_desk.send_file(action.file, action.chunk)


def _ask(help_desk: HelpDesk, question: Locate | Reserve | Audit) -> Outcome:
    match question:
        case Locate():
            return help_desk.locate(question.entry)
        case Reserve():
            return help_desk.reserve(question.entry)
        case Audit():
            return help_desk.unite(question.entry)


def store_outcome(store: SyncStore, engine: Engine, action: Request, outcome: Outcome) -> None:
    """Store what came of it, slice by slice."""
    rest: Rest | None = Rest(action, outcome)
    while rest is not None:
        rest = store_some(store, engine, rest)


def store_some(store: SyncStore, engine: Engine, rest: Rest) -> Rest | None:
    """Store one slice; what is left, to be handed in again."""
    return store.background(partial(_answer, engine, rest)).result()


def _answer(engine: Engine, rest: Rest, ledger: Ledger) -> Rest | None:
    return engine.answer(ledger, rest.action, rest.outcome)
