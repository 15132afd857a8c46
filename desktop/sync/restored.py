"""Another copy of the server than the one we knew: restored from a backup, or another server altogether.

A restored one may have lost what it had confirmed, and we still have it. Everything is read anew into a second copy
beside the first, which stays in use until the second is complete.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from desktop.sync.ledger import Ledger
from desktop.sync.protocol import OperationsAnswer
from desktop.tickets.ticket import Ticket

_EPOCH: Final = "sync.epoch"
_FILLING: Final = "sync.filling"
_YES: Final = "yes "
"""Of `_FILLING`, before the id of our ticket that was last carried over."""
_DURABLE: Final = "sync.durable_until"
KEPT_FOR: Final = timedelta(days=30)
"""How long done operations keep their bytes where the server tells nothing of its backups."""
_MARGIN: Final = timedelta(days=1)
_TIME: Final = "sync.time_there"
_ANSWERED: Final = "sync.head"
_READ: Final = "sync.head_read"
_HEAD: Final = re.compile(r"[0-9]{1,18}-[^\s,]{1,64}")
_YEARS: Final = range(1970, 3000)
_ASKING: Final = "sync.asking_again"
_ASKED: Final = "sync.asked_again_at"
_FEW: Final = 30
"""Operations that are asked about again in one transaction: each has its ticket shown anew."""


def notice_epoch(ledger: Ledger, epoch: str) -> bool:
    """Remember the server's epoch; whether it is another than before. Then we begin again."""
    known = ledger.settings.value(_EPOCH)
    if epoch == known:
        return False
    ledger.settings.save_value(_EPOCH, epoch)
    if not known:
        return False
    begin_again(ledger)
    return True


def begin_again(ledger: Ledger) -> None:
    """Read everything anew, and ask again about all that is done and that we still have.

    For a new epoch, and for a server that was restored without saying so: it does not know our cursor, or a head that
    it has told us of. Whatever the age of the backup is said to be, for clocks are wrong, and asking again about what
    is there does no harm. Nothing is sent before `asked_again` has been through.
    """
    ledger.settings.save_value(_ASKING, "yes")
    _forget_heads(ledger)
    fill_anew(ledger)


def asked_again(ledger: Ledger, *, can_tell: bool) -> bool:
    """Make a few more of what was done `unknown`; whether there is nothing (more) of the kind to do.

    Where nobody can tell what is there, nothing that is done is doubted.
    """
    if not ledger.settings.value(_ASKING):
        return True
    if not can_tell or ledger.outbox.ask_again(_FEW) < _FEW:
        ledger.settings.save_value(_ASKING, "")
    return False


def notice_asking(ledger: Ledger, now: datetime) -> None:
    """Remember when what is done was last made `unknown`, for a process that starts soon after."""
    ledger.settings.save_value(_ASKED, now.isoformat())


def since_asking(ledger: Ledger, now: datetime) -> timedelta | None:
    """How long ago that was; None where it never was. No time at all, from now on, where the clock was set back."""
    told = ledger.settings.value(_ASKED)
    if not told:
        return None
    since = now - datetime.fromisoformat(told)
    if since < timedelta():
        notice_asking(ledger, now)
    return max(timedelta(), since)


def notice_backup(ledger: Ledger, answer: OperationsAnswer) -> None:
    """Remember up to when the server's commits are in a verified backup, and what time it is there."""
    notice_time(ledger, [said.ticket for said in answer.answers if said.ticket])
    if answer.durable_until is None or answer.durable_until.tzinfo is None:
        return
    mark = (answer.durable_until.astimezone(UTC) - _MARGIN).isoformat()
    if mark > ledger.settings.value(_DURABLE):
        ledger.settings.save_value(_DURABLE, mark)


def notice_answer(ledger: Ledger, head: str) -> None:
    """Remember the head of the server's history that its last answer to what was sent stands on.

    A server that was restored, whether it says so or not, does not know it: what we believe done may be lost there.
    """
    _keep(ledger, _ANSWERED, head)


def notice_page(ledger: Ledger, head: str) -> None:
    """Remember the head that the last page stands on.

    By itself: a page of after a restore hides no answer of before it, nor the other way round.
    """
    _keep(ledger, _READ, head)


def _keep(ledger: Ledger, key: str, head: str) -> None:
    if _HEAD.fullmatch(head) and ledger.settings.value(key) != head:
        ledger.settings.save_value(key, head)


def known_heads(ledger: Ledger) -> str:
    """Those heads, with a comma between; empty at the start and when we begin again."""
    heads = (ledger.settings.value(_ANSWERED), ledger.settings.value(_READ))
    return ",".join(dict.fromkeys(head for head in heads if head))


def _forget_heads(ledger: Ledger) -> None:
    ledger.settings.save_value(_ANSWERED, "")
    ledger.settings.save_value(_READ, "")


def are_forgotten(ledger: Ledger, named: str) -> bool:
    """Whether heads of which the server knows not all, as it says, are still what we go by: we did not begin again."""
    return not set(named.split(",")).isdisjoint(known_heads(ledger).split(","))


def notice_time(ledger: Ledger, told: Iterable[Ticket]) -> None:
    """Remember how late it is at the help desk, by the latest change of a ticket that it has told."""
    latest = max((at for ticket in told if (at := told_time(ticket))), default=None)
    if latest is not None and latest > time_there(ledger, latest - KEPT_FOR):
        ledger.settings.save_value(_TIME, latest.isoformat())


def told_time(ticket: Ticket) -> datetime | None:
    """When a ticket last changed, by the server's clock; None for a time that no calendar has."""
    at = ticket.updated_at
    return at if at.tzinfo and at.year in _YEARS else None


def time_there(ledger: Ledger, now: datetime) -> datetime:
    """How late it is at the help desk, as far as it has told; `now` where it never has."""
    told = ledger.settings.value(_TIME)
    return datetime.fromisoformat(told) if told else now


def forget_durable(ledger: Ledger, now: datetime) -> int:
    """Drop done operations, with their bytes and files, that no restored server can need any more.

    They were done by the server's clock, and its backups are of that clock too. Where it tells of none, 30 days have
    to have passed on both clocks, so that neither alone can jump over them.
    """
    if ledger.settings.value(_ASKING):
        return 0
    mark = ledger.settings.value(_DURABLE)
    if mark:
        return ledger.outbox.forget_done(min(datetime.fromisoformat(mark), now))
    return ledger.outbox.forget_done(min(time_there(ledger, now), now) - KEPT_FOR)


def fill_anew(ledger: Ledger) -> None:
    """Begin to read everything into a second copy, from the start."""
    ledger.confirmed.begin_generation()
    ledger.settings.save_value(_FILLING, _YES)


def is_filling(ledger: Ledger) -> bool:
    """Whether a second copy is being filled, by this process or an earlier one."""
    return bool(ledger.settings.value(_FILLING))


def filled(ledger: Ledger) -> bool:
    """The second copy is complete: it becomes the one that is shown, once a few more of our own tickets are in it.

    Whether it has.
    """
    carried = ledger.settings.value(_FILLING).removeprefix(_YES)
    after = ledger.confirmed.carry_over(carried)
    if not after:
        ledger.confirmed.switch_generation(carried)
    ledger.settings.save_value(_FILLING, _YES + after if after else "")
    return not after


def move_to(ledger: Ledger, *, other_server: bool) -> None:
    """The device was connected anew: what the help desk tells belongs to that connection.

    On another server nothing of what was done at the first is asked about or sent again. At the same one its heads stay
    known: it may have been put back from a backup, and that be why the device was connected anew.
    """
    fill_anew(ledger)
    if other_server:
        _forget_heads(ledger)
        ledger.settings.save_value(_EPOCH, "")
        ledger.settings.save_value(_DURABLE, "")
        ledger.settings.save_value(_TIME, "")
        ledger.settings.save_value(_ASKING, "")
        ledger.settings.save_value(_ASKED, "")


def known_epoch(ledger: Ledger) -> str:
    """The server's epoch as last told, empty at the start."""
    return ledger.settings.value(_EPOCH)
