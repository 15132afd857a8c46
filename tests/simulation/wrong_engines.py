"""Engines that are wrong on purpose: each is the real code with one line changed, and each has to be found.

A change names a function and the text in it that is replaced; text that is no longer there is an error, so that the
list cannot outlive the code that it speaks of.
"""

import __future__

import importlib
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """`place` is `module:name` or `module:Class.name`; `right` is replaced by `wrong` in its source, once."""

    place: str
    right: str
    wrong: str


@dataclass(frozen=True, slots=True)
class WrongEngine:
    """What is wrong, in a few words, and the changes that make it so.

    Attributes:
        life: seconds that a request lives, where only a broken promise about it can show the mistake.
    """

    name: str
    changes: tuple[Change, ...]
    life: float | None = None


@contextmanager
def wrong(engine: WrongEngine) -> Iterator[None]:
    """The engine is wrong for as long as this lasts."""
    with ExitStack() as stack:
        for change in engine.changes:
            stack.enter_context(_changed(change))
        yield


@contextmanager
def _changed(change: Change) -> Iterator[None]:
    module_name, _, path = change.place.partition(":")
    module = importlib.import_module(module_name)
    holder: Any = module
    *outer, name = path.split(".")
    for part in outer:
        holder = getattr(holder, part)
    present = vars(holder)[name]
    replacement = _replacement(present, change, vars(module))
    holders = [holder] if outer else [one for one in _modules() if vars(one).get(name) is present]
    for one in holders:
        setattr(one, name, replacement)
    try:
        yield
    finally:
        for one in holders:
            setattr(one, name, present)


def _modules() -> list[ModuleType]:
    """Our own modules: a name may have been imported into any of them."""
    return [module for name, module in sys.modules.items() if name.partition(".")[0] in ("desktop", "tests")]


def _replacement(present: Any, change: Change, names: dict[str, Any]) -> Any:
    if isinstance(present, property):
        return property(_rewritten(present.fget, change, names))
    return _rewritten(present, change, names) if callable(present) else _value(change, names)


def _rewritten(function: Any, change: Change, names: dict[str, Any]) -> Callable[..., Any]:
    source = textwrap.dedent(inspect.getsource(function)).removeprefix("@property\n")
    if source.count(change.right) != 1:
        raise LookupError(f"{change.place} has {change.right!r} {source.count(change.right)} times, not once")
    made: dict[str, Any] = {}
    flags = __future__.annotations.compiler_flag  # what is named in them may be there for mypy alone
    code = compile(source.replace(change.right, change.wrong), f"<{change.place}, wrong>", "exec", flags)
    exec(code, names, made)
    rewritten: Callable[..., Any] = made[function.__name__]
    return rewritten


def _value(change: Change, names: dict[str, Any]) -> Any:
    """A constant: `right` is the text of its present value, so that a change of it is noticed."""
    present = eval(change.right, names)
    if present != names[change.place.rpartition(":")[2]]:
        raise LookupError(f"{change.place} is not {change.right}")
    return eval(change.wrong, names)


LONG_LIFE = 400.0
"""Seconds that a request lives where the promise about it is broken."""
_PUSHING = "desktop.sync.pushing:Pushing."
_ASKING = "desktop.sync.asking:Asking."
_SETTLING = "desktop.sync.settle:Settling."
_PULLING = "desktop.sync.pulling:Pulling."
_UPLOADING = "desktop.sync.uploading:Uploading."
_RESTORED = "desktop.sync.restored:"
_OUTBOX = "tests.contract.dictionary_outbox:DictionaryOutbox."
_CONFIRMED = "tests.contract.dictionary_confirmed:DictionaryConfirmed."
_TRUSTING = Change("desktop.sync.mending:Mending.compare", "if _total(ours) == _total(theirs):", "if True:")
"""A second net, which mends whatever else goes wrong while reading: taken away where the first is tried."""


def _one(name: str, place: str, right: str, wrong: str) -> WrongEngine:
    return WrongEngine(name, (Change(place, right, wrong),))


WRONG_ENGINES = (
    _one(
        "sends before the durable mark",
        _PUSHING + "_send",
        "ledger.outbox.mark_sent([entry.id for entry in entries], request_id, now)",
        "pass",
    ),
    _one(
        "says that it is saved before the disk has kept it",
        "desktop.outgoing:Outgoing._write",
        "done = self._store.write(job)",
        "kept = []\n"
        "    refused = self._store.write(lambda tx: kept.append(job(tx))).exception()\n"
        "    done = Future()\n"
        "    done.set_result(kept[0]) if kept else done.set_exception(refused)",
    ),
    _one("lets two processes of one home send", "desktop.sync.engine_lock:EngineLock.acquire", "_lock(file)", "pass"),
    _one("takes a time-out for a failure", _SETTLING + "failed", "delivered = not", "delivered = False and not"),
    _one(
        "forgets at its start what was on its way",
        _PUSHING + "start",
        "OperationState.UNKNOWN",
        "OperationState.QUEUED",
    ),
    _one("takes what was on its way for done", _PUSHING + "start", "OperationState.UNKNOWN", "OperationState.DONE"),
    _one("asks nobody what has become of it", _ASKING + "next", "return Locate(entry)", "return entry"),
    _one("asks before the request can have died", _ASKING + "_grace", "self._life + self._lag", "self._lag"),
    _one("asks before a search can see it", _ASKING + "_grace", "self._life + self._lag", "self._life"),
    _one(
        "waits by the wall clock",
        _ASKING + "next",
        "now, wall = self._clock.monotonic(), self._clock.now()",
        "now, wall = self._clock.now().timestamp(), self._clock.now()",
    ),
    _one("takes found for absent", _ASKING + "located", "case Found(answer):", "case Found(answer) if False:"),
    _one(
        "takes absent for done",
        _ASKING + "located",
        "ledger.outbox.settle(entry.id, OperationState.QUEUED, now=now, not_before=later)",
        "ledger.outbox.settle(entry.id, OperationState.DONE, now=now)",
    ),
    _one(
        "sends again where nobody can tell",
        _ASKING + "located",
        "OperationState.REJECTED, now=now, error=_CANNOT_TELL",
        "OperationState.QUEUED, now=now",
    ),
    _one(
        "does not ask what another copy of the home has sent",
        _ASKING + "start",
        "if not self.is_sending_again",
        "if False",
    ),
    WrongEngine(
        "takes another link for each try",
        (
            Change(_ASKING + "next", "return entry\n", "return Locate(entry)\n"),
            Change(
                _ASKING + "located",
                "ledger.outbox.settle(entry.id, OperationState.QUEUED, now=now, not_before=later)",
                "ledger.outbox.settle(entry.id, OperationState.QUEUED, now=now); ledger.outbox.keep_link(entry.id, '')",
            ),
        ),
    ),
    _one("takes a used link for a refusal", _SETTLING + "_not_applied", "problem.code == LINK_USED", "False"),
    _one(
        "thinks that a used link is one to post to",
        _SETTLING + "_not_applied",
        'keep_link(entry.id, "")',
        "entry(entry.id)",
    ),
    _one("believes any answer", _PUSHING + "answer", "not echoes(action.entries, outcome)", "False"),
    _one(
        "takes a duplicate for a refusal", "desktop.sync.settle:_APPLIED", "_APPLIED", "_APPLIED - {Result.DUPLICATE}"
    ),
    _one("takes skipped for done", "desktop.sync.settle:_APPLIED", "_APPLIED", "_APPLIED | {Result.SKIPPED}"),
    _one("takes what is refused for done", "desktop.sync.settle:_APPLIED", "_APPLIED", "_APPLIED | {Result.REJECTED}"),
    _one(
        "drops the row of what is refused",
        _OUTBOX + "settle",
        "self._step(operation, state, last_error=error, not_before=not_before, settled_at=settled_at)",
        "self._step(operation, state, last_error=error, not_before=not_before, settled_at=settled_at)\n"
        "    if state is OperationState.REJECTED: del self._all.entries[operation]",
    ),
    _one("takes skipped for refused", _SETTLING + "_not_applied", "said.result is Result.SKIPPED", "False"),
    _one("drops the value that lost", _SETTLING + "applied", "for conflict in said.conflicts:", "for conflict in ():"),
    _one("takes a missing upload for a refusal", _SETTLING + "_not_applied", "problem.code == UPLOAD_MISSING", "False"),
    _one(
        "takes every refusal of a batch for its own", _SETTLING + "failed", "if alone and isinstance", "if isinstance"
    ),
    _one(
        "never halves a batch",
        _PUSHING + "_failed",
        "max(1, size // 2)\n        self.backoff.succeeded()",
        "size\n        self.backoff.succeeded()",
    ),
    _one("stores a slice of the answers", _SETTLING + "answered", "if done == len(action.entries):", "if True:"),
    _one("stores a slice of a page", _PULLING + "page", "if done < len(page.rows):", "if False:"),
    WrongEngine(
        "moves the cursor first, and does not compare copies",
        (
            Change(
                _PULLING + "page",
                "done = 0\n",
                "done = 0; confirmed.advance(page.cursor, page.epoch); action = replace(action, cursor=page.cursor)\n",
            ),
            _TRUSTING,
        ),
    ),
    _one("reads one page", _PULLING + "page", "return None if page.more else", "return"),
    WrongEngine(
        "leaves what is gone, and does not compare copies",
        (
            Change(_PULLING + "_store", "if is_sane_tombstone(changed):", "if changed.gone: return\n    if False:"),
            _TRUSTING,
        ),
    ),
    _one("drops what is told twice", _PULLING + "_store", "case Note() as note:", "case Note() as note if False:"),
    WrongEngine(
        "does not notice another copy of the server",
        (
            Change(_RESTORED + "notice_epoch", "if epoch == known:", "if True:"),
            Change(_PULLING + "gone", "begin_again(ledger)", "ledger.confirmed.begin_generation()"),
        ),
    ),
    _one(
        "asks about nothing after a restore", _RESTORED + "begin_again", 'save_value(_ASKING, "yes")', "value(_ASKING)"
    ),
    _one("takes a lost cursor for no news", _PULLING + "gone", "begin_again(ledger)", "pass"),
    _one(
        "refuses what a restored server refuses",
        _PUSHING + "_succeeded",
        'restored=answer.forgot or action.epoch not in ("", answer.epoch)',
        "restored=False",
    ),
    _one(
        "forgets what is done",
        _RESTORED + "forget_durable",
        "min(time_there(ledger, now), now) - KEPT_FOR",
        "now + KEPT_FOR",
    ),
    _one(
        "believes its copy, whatever the checksum",
        "desktop.sync.mending:Mending.compare",
        "if _total(ours) == _total(theirs):",
        "if True:",
    ),
    _one("sleeps until it is poked", _PUSHING + "_rest_of_the_wait", "times = [CAP]", "times = [86_400.0]"),
    _one(
        "lets files sleep until they are poked",
        _UPLOADING + "next",
        "Wait(CAP if due is None else min(CAP,",
        "Wait(None if due is None else max(0.0,",
    ),
    _one("waits ever longer", "desktop.sync.backoff:jittered", "min(CAP, FIRST", "max(CAP, 60 * FIRST"),
    WrongEngine(
        "believes delays of another time",
        (
            Change(_PUSHING + "start", "ledger.outbox.clamp_delays(now + _LATEST)", "pass"),
            Change(_PUSHING + "_rest_of_the_wait", "ledger.outbox.clamp_delays(now + _LATEST)", "pass"),
        ),
    ),
    _one(
        "sends a file that is no longer there for ever",
        _UPLOADING + "next",
        "self._refuse(ledger, entry, trouble)",
        "pass",
    ),
    _one(
        "lets one ticket wait for another",
        _OUTBOX + "sendable",
        "held.add(entry.ticket)",
        "held.update(e.ticket for e in self._in_order())",
    ),
    _one("sends in any order", _OUTBOX + "sendable", "and entry.ticket not in held", ""),
    _one(
        "sends what follows a refused filing",
        _OUTBOX + "_is_settled",
        "return entry.kind is not Kind.FILE_TICKET",
        "return True",
    ),
    _one("puts an older row over a newer one", _CONFIRMED + "_put", "row.version <= present.version", "False"),
    _one(
        "lets go what may have arrived",
        _PUSHING + "_batch_of",
        "entries = tuple(",
        "for one in ledger.outbox.in_state(OperationState.UNKNOWN):\n"
        "        ledger.outbox.settle(one.id, OperationState.QUEUED, now=self._clock.now())\n"
        "    entries = tuple(",
    ),
    _one(
        "takes the time for an id",
        "desktop.tickets.identity:new_id",
        "random.getrandbits(12) << 64 | 0b10 << 62 | random.getrandbits(62)",
        "0b10 << 62",
    ),
    _one(
        "counts what it makes instead of giving it ids",
        "desktop.drafting:Drafting._id",
        "return new_id(self._clock, self._random)",
        "self._made = getattr(self, '_made', 0) + 1; return f'{self._made:08x}-0000-7000-8000-000000000000'",
    ),
    _one(
        "remembers a mending that its disk did not keep",
        "desktop.sync.mending:Mending._may_begin",
        "and number <= before.count",
        "",
    ),
    WrongEngine(
        "waits for ever for a ticket that was lost",
        (Change("desktop.sync.settle:COMES_BACK_WITHIN", "2 * CAP", "1e9"),),
    ),
    WrongEngine("never looks a second time", (Change("desktop.sync.auditing:LOOKS", "3", "0"),), LONG_LIFE),
    WrongEngine(
        "names no head, and hears not that a batch came to an older copy",
        (
            Change(_PULLING + "next", "seen=known_heads(ledger)", "seen=''"),
            Change(_PUSHING + "_succeeded", "if answer.forgot and", "if False and"),
        ),
    ),
    _one("keeps no head that an answer told", _PUSHING + "_succeeded", "notice_answer(ledger, answer.head)", "pass"),
    WrongEngine(
        "looks a second time for tickets alone",
        (Change(_OUTBOX + "to_audit", "e.kind in ADDS", "e.kind is Kind.FILE_TICKET"),),
        LONG_LIFE,
    ),
    WrongEngine(
        "tells nobody of a note that was there twice",
        (Change("desktop.sync.auditing:Auditing.answer", "entry.kind is Kind.FILE_TICKET", "True"),),
        LONG_LIFE,
    ),
)
"""Each breaks at least one promise of `tests.simulation.invariants`."""
