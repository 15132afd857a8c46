"""What there is to see: tickets, what waits, drafts, the provider, this computer. Every method returns at once."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, BinaryIO

from desktop.answers import ConnectionState, NotSent, SuggestedPriority, tells_kept_back
from desktop.capture.report import allowed_facts
from desktop.same_error import open_ticket_with, same_errors
from desktop.tickets import checklist, look_alike, priority, rights, urgent
from desktop.tickets.capture_policy import EVERYTHING, NAME, NO_ERROR_TEXT, NO_PICTURES, CapturePolicy, SwitchedOff
from desktop.tickets.device import Device
from desktop.tickets.life_cycle import ENDED, status_of
from desktop.tickets.outbox import OperationState
from desktop.tickets.service_level import StageLevel, service_levels
from desktop.tickets.trouble import InputRefused
from desktop.tickets.view import Changed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from concurrent.futures import Future
    from datetime import datetime

    from desktop.capture.error_text.offered import RecentErrors
    from desktop.capture.screen_text.words import TextLine
    from desktop.capture.screens.screenshot import Screens
    from desktop.capture.this_computer import ThisComputer
    from desktop.same_error import SameError
    from desktop.store.reader import Reader
    from desktop.store.store import Store
    from desktop.sync.mending import Mended
    from desktop.sync.worker import Worker
    from desktop.tickets.clock import Clock
    from desktop.tickets.connection import Account
    from desktop.tickets.draft import Draft
    from desktop.tickets.notice import Notice
    from desktop.tickets.organisation import Organisation
    from desktop.tickets.urgency import Answers
    from desktop.tickets.urgent import UrgentCall
    from desktop.tickets.view import TicketPage, TicketRow, TicketView, WaitingItem

LOOKED_AT = 50
"""How many of the newest tickets are looked at for one that says the same."""


class Reading:
    """The half of the desk that changes nothing; on any thread."""

    def __init__(self, store: Store, worker: Worker, computer: ThisComputer, clock: Clock) -> None:
        self._store = store
        self._worker = worker
        self._computer = computer
        self._clock = clock
        self._local = threading.local()

    @property
    def computer(self) -> ThisComputer:
        """This computer; windows that show this desk ask the same one, so that it reads its pictures once."""
        return self._computer

    def organisation(self) -> Organisation:
        """The provider as last fetched, or one without any section before that."""
        return self._reader.organisation()

    def account(self) -> Account | None:
        """This device at its provider, or None before it is connected."""
        return self._reader.account()

    def connection(self) -> ConnectionState:
        """Whether the provider can be reached, and what waits."""
        counts = self._reader.counts()
        pending = sum(count for state, count in counts.items() if state.is_pending)
        state = self._worker.state()
        return ConnectionState(
            connected=self.account() is not None,
            online=state.online,
            trouble=state.fault,
            waiting=pending,
            attention=counts.get(OperationState.REJECTED, 0) + len(self.not_sent()),
        )

    def notices(self) -> tuple[Notice, ...]:
        """What the provider tells everyone, as far as it still holds."""
        return self._reader.notices()

    def on_change(self, tell: Callable[[Changed], None]) -> None:
        """Call `tell` after each change, on some other thread than the caller's."""
        self._store.on_commit(tell)
        self._worker.on_state(lambda _state: tell(Changed(connection=True)))

    def computer_name(self) -> str:
        """This computer's name."""
        return self._computer.name()

    def capture_policy(self) -> CapturePolicy:
        """What may be taken from this computer, as of now: what its administrator and the provider both allow."""
        return self._computer.policy().policy.and_also(self.organisation().capture or EVERYTHING)

    def this_computer(self) -> Device:
        """This computer with what it may tell about itself; takes up to two seconds."""
        policy = self.capture_policy()
        facts = allowed_facts(self._computer.facts(), policy) if policy.facts else ()
        name = self._computer.name() if policy.allows_fact(NAME) else ""
        return Device(name=name, is_this_computer=True, facts=facts)

    def screens(self) -> Screens:
        """Every screen as it is now; only ever called for by a person. Raises a `Trouble` that says why not."""
        if not self.capture_policy().screenshots:
            raise SwitchedOff(NO_PICTURES)
        return self._computer.screens()

    def clipboard(self) -> str:
        """The clipboard's text; only ever called for by a person. Raises a `Trouble` that says why not."""
        if not self.capture_policy().error_text:
            raise SwitchedOff(NO_ERROR_TEXT)
        return self._computer.clipboard()

    def recent_errors(self) -> RecentErrors:
        """What the system's log says of the last minutes; only ever called for by a person. Takes some seconds."""
        if not self.capture_policy().error_text:
            raise SwitchedOff(NO_ERROR_TEXT)
        return self._computer.recent_errors(self._computer.active_program())

    def read_picture(self, picture: bytes) -> Future[tuple[TextLine, ...]]:
        """The text on a picture (the bytes of its file), for the error in it."""
        if not self.capture_policy().error_text:
            raise SwitchedOff(NO_ERROR_TEXT)
        return self._computer.reader.read(picture)

    # tickets

    def tickets(
        self, search: str = "", status: str = "", limit: int = 50, before: tuple[datetime, str] | None = None
    ) -> TicketPage:
        """Tickets, newest first; `before` is the last row's (updated, ticket) for the next page."""
        return self._reader.tickets(search=search, status=status, limit=limit, before=before)

    def lines(self, tickets: Collection[str]) -> tuple[TicketRow, ...]:
        """The rows of those of these tickets that `tickets` would show, newest first; what has `Changed` names them."""
        return self._reader.lines(tickets)

    def ticket(self, reference: str) -> TicketView | None:
        """A ticket by reference, id or number."""
        return self._reader.ticket(reference.strip())

    def waiting(self, most: int | None = None) -> tuple[WaitingItem, ...]:
        """What is not with the provider yet, oldest first; at most so many."""
        return self._reader.waiting(most)

    def operation_state(self, operation: str) -> OperationState:
        """How far one thing that the person did has come. Raises `InputRefused` for an id that is not here."""
        entry = self._reader.entry(operation)
        if entry is None:
            raise unknown(operation)
        return entry.state

    def service_levels(self, view: TicketView) -> tuple[StageLevel, ...]:
        """The ticket's service-level stages; ours are estimates."""
        return service_levels(self.organisation(), view.ticket, self._clock.now())

    def missing(self, view: TicketView) -> tuple[str, ...]:
        """What would speed help up, may be told and is missing: `error`, `screenshot`, `times`, `contact`, `device`."""
        may_tell = self.capture_policy().error_text
        return tuple(name for name in checklist.missing(view) if may_tell or name != checklist.ERROR)

    def suggest_priority(self, answers: Answers, request_type: str = "") -> SuggestedPriority:
        """The priority that the answers lead to."""
        organisation = self.organisation()
        suggestion = priority.suggest(organisation, answers, request_type)
        level = organisation.priority(suggestion.key)
        return SuggestedPriority(
            key=suggestion.key,
            words=level.words if level else "",
            reason=suggestion.reason,
            call=level.call if level else False,
        )

    def urgent_call(self, answers: Answers, request_type: str = "") -> UrgentCall | None:
        """The telephone call to make beside a ticket with these answers, or None."""
        organisation = self.organisation()
        suggestion = priority.suggest(organisation, answers, request_type)
        return urgent.urgent_call(organisation, answers, suggestion.key, self._clock.now())

    def is_provider(self) -> bool:
        """Whether the person who is connected here works for the provider."""
        account = self.account()
        return account is not None and account.person is not None and account.person.role.is_provider

    def may_change(self, view: TicketView) -> bool:
        """Whether the ticket is this person's to change: technicians only read what was a colleague's and is over."""
        account = self.account()
        person = account.person if account is not None else None
        return person is None or rights.may_change(person, view.ticket, self.organisation())

    def same_errors(self, view: TicketView) -> tuple[SameError, ...]:
        """Earlier tickets with the same error, on this device or in this company; told to the provider alone."""
        return same_errors(self._reader, self.organisation(), view.ticket) if self.is_provider() else ()

    def look_alike(self, summary: str, error_text: str = "") -> TicketView | None:
        """An open ticket of one's own that has the same error or looks the same, or None."""
        organisation, account = self.organisation(), self.account()
        me = account.person.email if account is not None and account.person is not None else ""
        if error_text and (same := open_ticket_with(self._reader, organisation, error_text, me)) is not None:
            return same
        rows = [row for row in self.tickets(limit=LOOKED_AT).rows if row.requester.casefold() == me.casefold()]
        alike = look_alike.look_alike(
            summary,
            ((row.ticket, row.summary) for row in rows if status_of(organisation, row.status).purpose not in ENDED),
        )
        return self.ticket(alike) if alike else None

    def drafts(self) -> tuple[Draft, ...]:
        """What was being written, newest first."""
        return tuple(draft for draft in self._reader.drafts() if not draft.held)

    def held(self, ticket: str) -> int:
        """How many pictures of the ticket are still being looked through before they follow it."""
        return sum(len(draft.files) for draft in self._reader.drafts() if draft.held and draft.ticket == ticket)

    def not_sent(self, ticket: str = "") -> tuple[NotSent, ...]:
        """Pictures that a rule kept here after they were saved, of one ticket or all, until the person has seen it."""
        return tuple(
            NotSent(id=draft.id, ticket=draft.ticket, pictures=draft.arriving)
            for draft in self._reader.drafts()
            if tells_kept_back(draft) and ticket in ("", draft.ticket)
        )

    def examine(self) -> None:
        """Read all that is kept here; raises a `Trouble` where that cannot be done. Takes seconds for many tickets."""
        self._reader.examine()

    def mended(self) -> Mended:
        """How often this computer's copy differed from the help desk's, and was put right."""
        from desktop.sync.mending import mended

        return mended(self._reader)

    def open_content(self, attachment: str) -> BinaryIO:
        """The bytes of a file that is on this computer, a draft's too; raises a `Trouble` where they cannot be had."""
        return self._reader.open_content(attachment)

    @property
    def _reader(self) -> Reader:
        reader: Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = self._local.reader = self._store.reader()
        return reader


def unknown(operation: str) -> InputRefused:
    """The refusal of an id that is not here."""
    return InputRefused(f"There is nothing with the id {operation} on this computer.")
