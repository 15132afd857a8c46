"""How what a person does becomes operations in the outbox, and how the files come along that go with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.answers import Saved
from desktop.capture.report import allowed_files
from desktop.drafting import Drafting
from desktop.reading import unknown
from desktop.sync.protocol import encode_operation
from desktop.tickets import acceptance, filing, rights
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.operations import Kind, Operation
from desktop.tickets.outbox import OperationState
from desktop.tickets.people import Role
from desktop.tickets.reference import reference
from desktop.tickets.trouble import InputRefused, Trouble

if TYPE_CHECKING:
    from random import Random

    from desktop.capture.this_computer import ThisComputer
    from desktop.store.store import Store
    from desktop.store.transaction import Transaction
    from desktop.sync.worker import Worker
    from desktop.tickets.clock import Clock
    from desktop.tickets.outbox import OutboxEntry

T = TypeVar("T")


class Outgoing(Drafting):
    """The part of the desk that puts things into the outbox, each with what follows it, and wakes who sends them."""

    def __init__(self, store: Store, worker: Worker, computer: ThisComputer, clock: Clock, random: Random) -> None:
        super().__init__(store, worker, computer, clock, random, follow=self._follow)

    def _leaving(self, files: Sequence[DraftFile]) -> list[DraftFile]:
        """The files that are ticked, without pictures of the screen where the administrator forbids them."""
        return [file for file in allowed_files(files, self.capture_policy()) if file.included]

    def _operation(self, ticket: str, **kind: Any) -> Operation:
        return Operation(id=self._id(), ticket=ticket, made_at=self._clock.now(), **kind)

    def _attaching(self, file: DraftFile, ticket: str, note: str = "") -> Operation:
        return filing.attaching(file, operation=self._id(), ticket=ticket, at=self._clock.now(), note=note)

    def _saved(self, operation: Operation) -> Saved:
        return Saved(operation=operation.id, ticket=operation.ticket, reference=reference(operation.ticket))

    def _add(self, tx: Transaction, operation: Operation, after: str = "") -> None:
        self._refuse_dead_end(tx, operation)
        tx.outbox.add(operation, encode_operation(operation), after=after)

    def _refuse_dead_end(self, tx: Transaction, operation: Operation) -> None:
        if rights.surely_may_not(tx.settings.account(), operation, self._clock.now()):
            raise InputRefused(rights.ONLY_THE_PROVIDER)

    def _entry(self, tx: Transaction, operation: str) -> OutboxEntry:
        entry = tx.outbox.entry(operation)
        if entry is None:
            raise unknown(operation)
        return entry

    def _with_files(
        self,
        said: list[Operation],
        files: Sequence[DraftFile],
        ticket: str,
        *,
        note: str = "",
        draft: str = "",
        taken_in: Sequence[DraftFile],
    ) -> Future[Saved]:
        if any(self._must_be_made_anew(file) for file in files):
            return self._slow.submit(
                lambda: self._with_files(
                    said, self._made_anew(files), ticket, note=note, draft=draft, taken_in=taken_in
                ).result()
            )
        waiting = [file for file in files if self._pictures.waits(file)]
        attached = [self._attaching(file, ticket, note) for file in files if file not in waiting]
        return self._do([*said, *attached], draft=draft, ticket=ticket, waiting=waiting, note=note, taken_in=taken_in)

    def _hold(self, tx: Transaction, files: Sequence[DraftFile], ticket: str, note: str = "") -> None:
        """Keep pictures that have to be looked through first; they follow by themselves."""
        if files:
            held = replace(self.new_draft(ticket), held=True, note=note, files=tuple(files))
            tx.drafts.save(held)

    def _follow(self, tx: Transaction, file: DraftFile, held: Draft) -> None:
        if self._leaving([file]):
            self._add(tx, self._attaching(file, held.ticket, held.note), after=last_words(tx, held.ticket))
        else:
            tx.drafts.let_go([file])

    def _do(
        self,
        operations: Sequence[Operation],
        draft: str = "",
        *,
        ticket: str = "",
        waiting: Sequence[DraftFile] = (),
        note: str = "",
        taken_in: Sequence[DraftFile] = (),
    ) -> Future[Saved]:
        if not operations and not waiting:
            return failed(InputRefused("Please choose something first."))
        about = ticket or operations[0].ticket
        try:
            check(operations)
            self._check_may_change(about)
        except Trouble as refused:
            return failed(refused)

        def job(tx: Transaction) -> Saved:
            after = last_words(tx, about)
            for operation in operations:
                self._add(tx, operation, after=after)
                if operation.attach_file is None:
                    after = operation.id
            self._hold(tx, waiting, ticket, note)
            if draft:
                tx.drafts.discard(draft)
            tx.drafts.let_go(taken_in)
            if not operations:
                return Saved(operation="", ticket=ticket, reference=reference(ticket))
            return self._saved(operations[0])

        return self._write(job, finish=bool(waiting))

    def _check_may_change(self, ticket: str) -> None:
        """Raise `InputRefused` where the help desk is certain to refuse whatever is done to this ticket."""
        person = rights.certainly(self.account(), self._clock.now())
        view = self.ticket(ticket) if person is not None and person.role is Role.TECHNICIAN else None
        if person and view and not rights.may_change(person, view.ticket, self.organisation()):
            raise InputRefused(rights.ONLY_TO_READ)

    def _write(self, job: Callable[[Transaction], T], *, finish: bool = False) -> Future[T]:
        done = self._store.write(job)
        done.add_done_callback(lambda _done: self._worker.wake())
        if finish:
            done.add_done_callback(lambda _done: self._pictures.finish_held())
        return done


def last_words(tx: Transaction, ticket: str) -> str:
    """The operation that the next one on the ticket comes after: the last words that are not settled, or empty."""
    unsettled = [
        entry.id
        for entry in tx.outbox.of_ticket(ticket)
        if entry.kind is not Kind.ATTACH_FILE
        and (entry.state.is_pending or (entry.state is OperationState.REJECTED and entry.kind is Kind.FILE_TICKET))
    ]
    return unsettled[-1] if unsettled else ""


def check(operations: Sequence[Operation]) -> None:
    """Refuse (`InputRefused`) what no help desk would take, while the person is still there to mend it."""
    for operation in operations:
        try:
            acceptance.check(operation)
        except acceptance.NotAccepted as wrong:
            raise InputRefused(wrong.sentence, detail=wrong.code) from wrong


def failed(trouble: Trouble) -> Future[Any]:
    """A future that has failed with it."""
    done: Future[Any] = Future()
    done.set_exception(trouble)
    return done
