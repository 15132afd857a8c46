"""Everything a person can do, as plain methods. The windows and the command line both call it, and nothing else.

Reading methods return at once. Writing methods return a Future of what became durable; it fails with a `Trouble` whose
sentence is ready to show. What is built of heavy parts comes by constructor, so that importing this file costs little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from desktop.answers import ConnectionState, Saved, SuggestedPriority, SyncResult
from desktop.capture.redact.text import without_secrets
from desktop.capture.report import leaving_changes, what_leaves
from desktop.outgoing import Outgoing, check, failed, last_words
from desktop.sync.faults import SyncFault
from desktop.sync.protocol import encode_operation
from desktop.taking_back import STILL_OURS, brought_home, build_on_what_was_before
from desktop.tickets import filing
from desktop.tickets.capture_policy import NAME, NO_PICTURES, SwitchedOff
from desktop.tickets.contact_merge import CONTACT_FIELDS, correction
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.operations import (
    AddNote,
    ChangeFields,
    CorrectContact,
    FieldChange,
    Kind,
    LogTime,
    ProposeTimes,
    Reopen,
    RequestEscalation,
    SaySolved,
)
from desktop.tickets.outbox import OperationState
from desktop.tickets.ticket import MAX_TEXT, StatusKey
from desktop.tickets.ticket_fields import field_text
from desktop.tickets.trouble import InputRefused

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.transaction import Transaction
    from desktop.tickets.connection import Account
    from desktop.tickets.people import Contact
    from desktop.tickets.ticket import Attachment, Ticket, TimeWindow
    from desktop.tickets.view import TicketView

__all__ = ["ConnectionState", "Desk", "Saved", "SuggestedPriority", "SyncResult"]

T = TypeVar("T")

_LONG = 20_000
"""Characters of an error text that takes a while to mask: no window waits for that."""
_TAKEN_CARE_OF = "This has been taken care of already."


class Desk(Outgoing):
    """One person's tickets on this computer.

    Args:
        store: where they are kept; closed by whoever opened it.
        worker: what sends and reads them.
        computer: what this machine can tell about itself.
    """

    # what a person does

    def file_ticket(self, draft: Draft) -> Future[Saved]:
        """The draft becomes a ticket: durable when the Future is done. Needs only a summary.

        What the person has switched off, or the administrator by now forbids, does not become a part of it.
        """
        if len(draft.error_text) > _LONG:
            return self._slow.submit(lambda: self._file_long(draft).result())
        try:
            ready = self._tidy(draft)
        except InputRefused as refused:
            return failed(refused)
        if filing.too_long(ready) or any(self._must_be_made_anew(file) for file in ready.files):
            return self._slow.submit(lambda: self._file(self._made_ready(ready), ready.files).result())
        return self._file(ready, ready.files)

    def _tidy(self, draft: Draft) -> Draft:
        leaves = without_secrets(what_leaves(draft, self.capture_policy()))
        ready = filing.tidy(leaves, self._clock.now())
        filing.check_type(ready.type, self.organisation())
        return ready

    def _file_long(self, draft: Draft) -> Future[Saved]:
        ready = self._tidy(draft)
        return self._file(self._made_ready(ready), ready.files)

    def _file(self, draft: Draft, taken_in: Sequence[DraftFile]) -> Future[Saved]:
        included = [file for file in draft.files if file.included]
        waiting = [file for file in included if self._pictures.waits(file)]
        at_once = [file for file in included if file not in waiting]
        filed = filing.filing(replace(draft, files=tuple(at_once)), operation=self._id(), at=self._clock.now())
        try:
            check([filed])
        except InputRefused as refused:
            return failed(refused)

        def job(tx: Transaction) -> Saved:
            present = [entry for entry in tx.outbox.of_ticket(draft.id) if entry.kind is Kind.FILE_TICKET]
            if present:
                return self._saved(present[0].operation)
            self._add(tx, filed)
            for file in at_once:
                self._add(tx, self._attaching(file, draft.id), after=filed.id)
            self._hold(tx, waiting, draft.id)
            tx.drafts.discard(draft.id)
            tx.drafts.let_go(taken_in)
            return self._saved(filed)

        return self._write(job, finish=bool(waiting))

    def reply(self, ticket: str, text: str, files: Sequence[DraftFile] = (), draft: str = "") -> Future[Saved]:
        """Say something on a ticket; `draft` is forgotten with it."""
        leaving = self._leaving(files)
        if not text.strip() and not leaving:
            is_kept_back = any(file.included for file in files)
            return failed(SwitchedOff(NO_PICTURES) if is_kept_back else InputRefused("Please write something first."))
        if len(text) > MAX_TEXT:
            return self._slow.submit(lambda: self._long_reply(ticket, text, files, draft).result())
        note = self._id() if text.strip() else ""
        said = [self._operation(ticket, add_note=AddNote(note=note, text=text))] if note else []
        return self._with_files(said, leaving, ticket, note=note, draft=draft, taken_in=files)

    def attach(self, ticket: str, files: Sequence[DraftFile]) -> Future[Saved]:
        """Hang those of the files on a ticket that are ticked; the others are forgotten."""
        leaving = self._leaving(files)
        if not leaving and any(file.included for file in files):
            return failed(SwitchedOff(NO_PICTURES))
        return self._with_files([], leaving, ticket, taken_in=files)

    def change_fields(self, ticket: str, changes: Sequence[FieldChange]) -> Future[Saved]:
        """Change fields, each with the value that the person saw; an error text under the rules for all such texts."""
        try:
            leaving = leaving_changes(changes, self.capture_policy())
        except SwitchedOff as off:
            return failed(off)
        return self._do([self._operation(ticket, change_fields=ChangeFields(changes=leaving))])

    def say_solved(self, ticket: str) -> Future[Saved]:
        """It works again."""
        view = self.ticket(ticket)
        seen = view.ticket.status if view is not None else StatusKey("")
        return self._do([self._operation(ticket, say_solved=SaySolved(base=seen))])

    def reopen(self, ticket: str, text: str) -> Future[Saved]:
        """It is not solved; the text says why."""
        return self._do([self._operation(ticket, reopen=Reopen(note=self._id(), text=text))])

    def correct_contact(self, ticket: str, contact: Contact, seen: Contact) -> Future[Saved]:
        """How to reach the person about this ticket, instead of what they have `seen`."""
        try:
            filing.check_contact(contact)
        except InputRefused as refused:
            return failed(refused)
        return self._do([self._operation(ticket, correct_contact=CorrectContact(contact=contact, base=seen))])

    def propose_times(self, ticket: str, windows: Sequence[TimeWindow], seen: Sequence[TimeWindow]) -> Future[Saved]:
        """When the person can be reached, instead of the times that they have `seen`."""
        try:
            filing.check_windows(windows, self._clock.now())
        except InputRefused as refused:
            return failed(refused)
        proposed = ProposeTimes(windows=tuple(windows), base=tuple(seen))
        return self._do([self._operation(ticket, propose_times=proposed)])

    def log_time(self, ticket: str, minutes: int, text: str) -> Future[Saved]:
        """Time worked."""
        return self._do([self._operation(ticket, log_time=LogTime(note=self._id(), minutes=minutes, text=text))])

    def request_escalation(self, ticket: str, reason: str) -> Future[Saved]:
        """Ask for a faster answer; the provider's terms say who must agree."""
        if self.organisation().escalation is None:
            return failed(InputRefused(f"{self.organisation().name} has not published a way to ask for faster help."))
        return self._do([self._operation(ticket, request_escalation=RequestEscalation(reason=reason))])

    def decide_escalation(self, view: TicketView, *, approve: bool) -> Ticket:
        """Agree to a faster answer, or not: online, against the ticket as it is shown; blocks until it is answered."""
        with _only_now():
            return self._worker.decide_escalation(view.ticket.id, view.ticket.version, approve=approve)

    def apply_again(self, operation: str, field: str) -> Future[Saved]:
        """Apply one's own value that lost against the provider's once more, now on top of what is shown."""
        entry = self._reader.entry(operation)
        view = self.ticket(entry.ticket) if entry is not None else None

        def job(tx: Transaction) -> Saved:
            kept = tx.kept.get(operation, field)
            if kept is None:
                raise InputRefused(_TAKEN_CARE_OF)
            ticket = self._entry(tx, operation).ticket
            base = field_text(view.ticket, field) if view is not None and kept in view.kept else kept.theirs
            if field in CONTACT_FIELDS:
                again = self._operation(ticket, correct_contact=correction(field, base, kept.mine))
            else:
                change = FieldChange(field=field, base=base, value=kept.mine)
                again = self._operation(ticket, change_fields=ChangeFields(changes=(change,)))
            self._add(tx, again, after=last_words(tx, ticket))
            tx.kept.drop(operation, field)
            return self._saved(again)

        return self._write(job)

    def have_open(self, ticket: str) -> Future[None]:
        """The person has this ticket before them: what has been said on it is no news any more."""
        return self._store.write(lambda tx: tx.seen.mark(ticket))

    def retry(self, operation: str) -> Future[Saved]:
        """Try something that waits or was not accepted again, now."""

        def job(tx: Transaction) -> Saved:
            entry = self._entry(tx, operation)
            if entry.state is OperationState.REJECTED:
                again = replace(entry.operation, id=self._id(), made_at=self._clock.now())
                self._refuse_dead_end(tx, again)
                tx.outbox.replace(operation, again, encode_operation(again))
                return self._saved(again)
            if not entry.state.is_pending:
                raise InputRefused(_TAKEN_CARE_OF)
            tx.outbox.retry(operation)
            return self._saved(entry.operation)

        return self._write(job)

    def cancel(self, operation: str) -> Future[Draft | None]:
        """Take something back before it has gone; a filing or a reply comes back as a draft, words and files."""

        def job(tx: Transaction) -> Draft | None:
            entry = self._entry(tx, operation)
            if entry.state not in STILL_OURS:
                raise InputRefused("This is on its way already and cannot be taken back.")
            draft = brought_home(tx, entry, self.new_draft, self._clock.now())
            tx.outbox.cancel(operation)
            build_on_what_was_before(tx, entry, self._id)
            return draft

        return self._write(job)

    # the network

    def start(self) -> None:
        """Send and read in the background from now on, for as long as the desk is open."""
        self._worker.start()
        self._pictures.finish_held()

    def enrol(self, server: str, code: str) -> Account:
        """Connect this device to a provider with a one-time code; blocks until done."""
        with _only_now():
            is_named = self._computer.policy().policy.allows_fact(NAME)
            account = self._worker.enrol(server, code, self._computer.name() if is_named else "A computer")
        self._store.write(lambda tx: tx.seen.begin()).result()
        self._worker.wake()
        return account

    def sync_now(self, timeout: float) -> SyncResult:
        """One pass, however that ends; blocks for at most `timeout` seconds."""
        done = self._worker.one_pass(timeout)
        counts = self._reader.counts()
        return SyncResult(
            pushed=done.pushed,
            pulled=done.pulled,
            pending=sum(count for state, count in counts.items() if state.is_pending),
            needs_attention=counts.get(OperationState.REJECTED, 0),
            online=done.online,
            trouble=done.fault,
        )

    def wake(self) -> None:
        """There may be something to do: the person asked, the network came back."""
        self._worker.wake()

    def fetch_file(self, ticket: str, attachment: str, target: Path) -> Future[Path]:
        """The attachment's bytes as a file at `target`, from here or from the help desk; never half a file."""
        view = self.ticket(ticket)
        shown = [one.attachment for one in view.attachments if one.attachment.id == attachment] if view else []
        if not shown:
            return failed(InputRefused("This ticket has no such file."))
        return self._slow.submit(self._fetch_file, shown[0], target)

    def _fetch_file(self, attachment: Attachment, target: Path) -> Path:
        from desktop.sync.saving import save_attachment

        with _only_now():
            return save_attachment(attachment, target, self.open_content, self._worker.fetch_file)

    def close(self) -> None:
        """Finish what is being imported; the store is closed by whoever opened it."""
        self._pictures.close()
        self._slow.shutdown()
        self._computer.close()

    def _long_reply(self, ticket: str, text: str, files: Sequence[DraftFile], draft: str) -> Future[Saved]:
        whole = self._import((text.encode(),), "message.txt", "text/plain", "file", "message.txt")
        return self.reply(ticket, filing.cut(text), (*files, whole), draft)


@contextmanager
def _only_now() -> Iterator[None]:
    """For what is done online or not at all: a fault on the way must not say that anything is saved."""
    try:
        yield
    except SyncFault as fault:
        fault.nothing_is_saved()
        raise
