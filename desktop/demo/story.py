"""The steps of the demo, each with what must hold after it."""

import time
from collections.abc import Callable
from dataclasses import replace

from desktop.cli.report import call_lines
from desktop.demo.narrator import Narrator, StepFailed
from desktop.demo.relay_process import RelayProcess
from desktop.demo.scene import ERROR
from desktop.desk import Desk, Saved
from desktop.sync.faults import Offline
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.life_cycle import status_for, status_of
from desktop.tickets.operations import FieldChange
from desktop.tickets.organisation import Purpose
from desktop.tickets.outbox import OperationState
from desktop.tickets.urgency import Answers, Blocked, Impact
from desktop.tickets.view import Mark, TicketView

TIMEOUT = 30.0
PATIENCE = 120.0
"""Seconds in which a picture is looked through, on a busy machine too."""
REQUESTER = "robin@example.com"
TECHNICIAN = "sam@example.com"
ANSWER = "I have put the path back. Please save again."


class Story:
    """A requester's ticket and an urgent one, from a dead network to thanks.

    Args:
        requester: the desk of the person who needs help.
        technician: the desk of the person who helps.
        look: called while things wait.
    """

    def __init__(
        self,
        narrator: Narrator,
        relay: RelayProcess,
        requester: Desk,
        technician: Desk,
        look: Callable[[], None],
    ) -> None:
        self._tell = narrator
        self._relay = relay
        self._requester = requester
        self._technician = technician
        self._look = look
        self._screens: tuple[DraftFile, ...] = ()

    def run(self) -> None:
        """All steps, in order. Raises `StepFailed`."""
        self.connect()
        self.take_the_screen()
        ticket, urgent = self.write_without_a_network()
        self.show_waiting()
        self._look()
        self.come_back(ticket, urgent)
        self.answer(ticket)
        self.complete(ticket)

    def connect(self) -> None:
        """A provider, a company, a requester and a technician; both desks connected."""
        tell = self._tell
        tell.step("A help desk on this computer, and two people who use it")
        self._relay.start()
        self._relay.run("company", "add", "Harbour Bakery")
        for email, name, company, role in (
            (REQUESTER, "Robin Vale", "Harbour Bakery", "requester"),
            (TECHNICIAN, "Sam Okoro", "Harbour Bakery", "technician"),
        ):
            self._relay.run("person", "add", email, "--name", name, "--company", company, "--role", role)
        for desk, email in ((self._requester, REQUESTER), (self._technician, TECHNICIAN)):
            account = desk.enrol(self._relay.url, self._relay.run("enrol-code", email))
            desk.sync_now(TIMEOUT)
            tell.check(
                account.person is not None and account.person.email == email,
                f"{email} is connected to {account.server}",
            )
        organisation = self._requester.organisation()
        tell.say(f"The provider is {organisation.name}.")
        if organisation.real:
            tell.say("Its profile models a real provider: numbers are shown as text, nothing dials them.")

    def take_the_screen(self) -> None:
        """Every monitor as a picture, encrypted on disk."""
        tell = self._tell
        tell.step("Something breaks: the screen is taken")
        started = time.perf_counter()
        shots = self._requester.screens()
        taken = time.perf_counter()
        tell.check(bool(shots), f"{len(shots)} screen(s) taken in {(taken - started) * 1000:.0f} ms")
        self._screens = tuple(
            replace(
                self._requester.import_picture(
                    shot.pieces(), name=f"{shot.label}.png", origin="screen", label=shot.label
                ).result(),
                included=shot.is_active,
            )
            for shot in shots
        )
        for shot, file in zip(shots, self._screens, strict=True):
            tell.say(f"{shot.label}: {shot.width} x {shot.height} pixels, {file.size:,} bytes of PNG")
        tell.check(any(file.included for file in self._screens), "only the screen with the active window is ticked")
        tell.check(not all(shot.looks_blocked for shot in shots), "the pictures are not black")
        tell.say(f"The computer says that it is called {self._requester.computer_name()}.")

    def write_without_a_network(self) -> tuple[Saved, Saved]:
        """The help desk goes away; a ticket and an urgent one are written."""
        tell, desk = self._tell, self._requester
        tell.step("The help desk cannot be reached; a ticket is written all the same")
        self._relay.stop()
        device = desk.this_computer()
        draft = replace(
            desk.new_draft(),
            summary="My spreadsheet cannot be saved",
            error_text=ERROR,
            answers=Answers(impact=Impact.ONE, blocked=Blocked.WORKAROUND),
            device=device,
            written_on=device.name,
            files=self._screens,
        )
        saved = self._save(draft)
        tell.say(
            f"With it go {len(device.facts)} facts about the computer and the error text, {len(ERROR)} characters."
        )
        tell.step("And an urgent one")
        answers = Answers(security=True, impact=Impact.GROUP, blocked=Blocked.YES)
        urgent = self._save(
            replace(desk.new_draft(), summary="Somebody has got into our mail", answers=answers, device=device)
        )
        suggestion = desk.suggest_priority(answers)
        if suggestion.key:
            tell.say(f"{suggestion.words}: {suggestion.reason}")
        call = desk.urgent_call(answers)
        if desk.organisation().phones:
            tell.check(call is not None, "the urgent ticket says whom to call:")
        for line in call_lines(call, urgent.reference, seen=False) if call else ():
            tell.say(f"  {line}")
        tell.check(self._view(urgent).mark is Mark.WAITING, "it is on this computer alone")
        return saved, urgent

    def _save(self, draft: Draft) -> Saved:
        started = time.perf_counter()
        saved = self._requester.file_ticket(draft).result()
        took = (time.perf_counter() - started) * 1000
        state = self._requester.operation_state(saved.operation)
        self._tell.check(
            state is OperationState.QUEUED,
            f"{saved.reference} “{draft.summary}” is saved on this computer, in {took:.1f} ms",
        )
        return saved

    def show_waiting(self) -> None:
        """What waits, and that a try without a help desk loses nothing."""
        tell, desk = self._tell, self._requester
        tell.step("What waits")
        before = desk.waiting()
        for item in before:
            tell.say(f"{item.reference}  {item.kind.replace('_', ' ')}  {item.state}")
        result = desk.sync_now(TIMEOUT)
        tell.check(
            isinstance(result.trouble, Offline), f"a try says: {result.trouble.sentence if result.trouble else ''}"
        )
        tell.check({item.id for item in desk.waiting()} == {item.id for item in before}, "and nothing is lost by it")

    def come_back(self, ticket: Saved, urgent: Saved) -> None:
        """The help desk is back: each arrives once, its picture after it."""
        tell, desk = self._tell, self._requester
        tell.step("The help desk is back")
        desk.finish_pictures().result(PATIENCE)
        tell.check(desk.held(ticket.ticket) == 0, "the picture has been looked through, on this computer alone")
        self._relay.start()
        desk.wake()
        result = desk.sync_now(TIMEOUT)
        tell.check(result.online and result.pending == 0, f"{result.pushed} things went out, none waits")
        pictures = sum(file.included for file in self._screens)
        counts = self._relay.ask("counts")
        tell.check(
            counts["tickets"] == 2 and counts["files"] == pictures,
            f"the help desk has {counts['tickets']} tickets and {counts['files']} picture(s)",
        )
        desk.sync_now(TIMEOUT)
        tell.check(self._relay.ask("counts") == counts, "another try changes nothing: each has arrived once")
        for saved in (ticket, urgent):
            view = self._view(saved)
            tell.check(
                view.mark is Mark.CONFIRMED and bool(view.ticket.number),
                f"{saved.reference} has number {view.ticket.number}",
            )
        shown = self._relay.ask("show", ticket.reference)
        wanted = {file.attachment.sha256 for file in self._view(ticket).attachments}
        tell.check({file["sha256"] for file in shown["files"]} == wanted, "the picture is there, byte for byte")
        tell.check(shown["error_text"] == ERROR, "and so is the error text")

    def answer(self, ticket: Saved) -> None:
        """The technician reads, answers and begins; the requester sees both."""
        tell, helper, desk = self._tell, self._technician, self._requester
        tell.step("A technician answers")
        helper.sync_now(TIMEOUT)
        view = self._found(helper, ticket)
        organisation = helper.organisation()
        working = status_for(organisation, Purpose.WORKING)
        helper.reply(ticket.ticket, ANSWER).result()
        change = FieldChange(field="status", base=view.ticket.status, value=working)
        helper.change_fields(ticket.ticket, [change]).result()
        result = helper.sync_now(TIMEOUT)
        tell.check(
            result.pending == 0 and result.needs_attention == 0, f"Sam sets “{status_of(organisation, working).name}”"
        )
        desk.sync_now(TIMEOUT)
        view = self._view(ticket)
        status = status_of(desk.organisation(), view.ticket.status)
        tell.check(view.ticket.status == working, f"Robin reads: “{status.words}” {status.next}".rstrip())
        tell.check(any(shown.note.text == ANSWER for shown in view.notes), f"and the answer: “{ANSWER}”")

    def complete(self, ticket: Saved) -> None:
        """The ticket is completed; thanks do not open it again."""
        tell, helper, desk = self._tell, self._technician, self._requester
        tell.step("It is done, and thanks do not open it again")
        completed = status_for(helper.organisation(), Purpose.COMPLETED)
        view = self._found(helper, ticket)
        change = FieldChange(field="status", base=view.ticket.status, value=completed)
        helper.change_fields(ticket.ticket, [change]).result()
        helper.sync_now(TIMEOUT)
        desk.sync_now(TIMEOUT)
        tell.check(self._view(ticket).ticket.status == completed, "Robin sees that it is done")
        desk.reply(ticket.ticket, "Thank you, it works!").result()
        desk.sync_now(TIMEOUT)
        helper.sync_now(TIMEOUT)
        shown = self._relay.ask("show", ticket.reference)
        tell.check(
            len([note for note in shown["notes"] if note["kind"] == "reply"]) == 2, "the thanks are on the ticket"
        )
        tell.check(shown["status"] == completed, "and it is still done")

    def _view(self, saved: Saved) -> TicketView:
        return self._found(self._requester, saved)

    def _found(self, desk: Desk, saved: Saved) -> TicketView:
        view = desk.ticket(saved.ticket)
        if view is None:
            raise StepFailed(f"{saved.reference} is not on this desk.")
        return view
