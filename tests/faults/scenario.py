"""One story, told until its end whatever dies on the way: connect, write, attach, change, be answered, agree.

Whoever dies is started again, and whatever had not been acknowledged is done again, as a person would do it who sees
that it is not there.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TypeVar

from desktop.desk import Desk
from desktop.tickets.trouble import InputRefused
from desktop.tickets.view import Mark
from tests.faults import jobs
from tests.faults.fault_proxy import Fault, FaultProxy
from tests.faults.fault_rules import FirstToken, is_no_poke
from tests.faults.truth import Books
from tests.faults.victims import PATIENCE, Client, Died, HelpDeskProcess, Stuck
from tests.faults.wire_faults import token_has_run_out

T = TypeVar("T")

CONTENT = bytes(range(256)) * 1200
"""Two pieces of the smallest size."""
ANSWER = "Try it now."
NOTES = ("It also smells.", "And now it is quiet.", ANSWER)


@dataclass(frozen=True, slots=True)
class Bad:
    """A fault of the wire, and the request that meets it: the so-manyth one that is not for pokes."""

    fault: Fault
    request: int


class Lost(AssertionError):
    """Something that was acknowledged is nowhere."""


class Doubled(AssertionError):
    """Something is there more often than once."""


class Story:
    """One person on one computer, at a help desk that may be shared by many stories and is kept up by somebody else.

    Attributes:
        client: their computer.
        passed: how often it passed each site that it was to count in its last life.
        met: whether a request has met the fault of the wire.
    """

    def __init__(self, folder: Path, relay: HelpDeskProcess, name: str) -> None:
        self._relay = relay
        self._books = Books(relay.data)
        self._email = f"{name}@example.com"
        self._latest = monotonic() + PATIENCE
        self.client = Client(folder / name)
        self.passed: dict[str, int] = {}
        self.met = False

    def tell(self, bad: Bad | None = None) -> None:
        """The whole story; AssertionError where something was lost, doubled, changed, or is stuck."""
        code = self._books.code(self._email)
        content = CONTENT + self._email.encode()
        with FaultProxy(self._relay.url) as proxy, self.client:
            proxy.fault(token_has_run_out(), where=FirstToken())
            rule = proxy.fault(bad.fault, skip=bad.request, times=1, where=is_no_poke) if bad else None
            self._until(partial(jobs.connect, url=proxy.url, code=code))
            ticket = self._do(jobs.new_ticket)
            self._do(partial(jobs.file_ticket, ticket=ticket, summary="The printer eats paper", content=content))
            self._do(partial(jobs.say, ticket=ticket, text=NOTES[0]))
            self._do(partial(jobs.change, ticket=ticket, field="device", value="PRN-7"))
            self._do(partial(jobs.say, ticket=ticket, text=NOTES[1]))
            self._until(jobs.has_settled)
            self._answer(ticket)
            self._until(partial(jobs.has_said, ticket=ticket, text=ANSWER))
            if rule is not None and rule.times == 0:
                proxy.wait_for(rule)
                self.met = True
            self._until(jobs.has_settled)
            self._compare(ticket, content)
            self._until(jobs.has_tidied)
            self.passed = self._end()
        complaints = self.client.complaints()
        assert not complaints, complaints

    def _answer(self, ticket: str) -> None:
        """The provider does, who sees what is said to be there."""
        try:
            self._books.answer(ticket, ANSWER)
        except InputRefused as gone:
            raise Lost(gone.sentence) from gone

    def _compare(self, ticket: str, content: bytes) -> None:
        """Everything once, in order, byte for byte, and both sides agree."""
        there = self._books.ticket(ticket)
        _once(NOTES, [note.text for note in there.notes])
        _once([hashlib.sha256(content).hexdigest()], [file.sha256 for file in there.attachments])
        _once(["PRN-7"], [change.new for change in there.ticket.history if change.field == "device"])
        assert (there.ticket.summary, there.ticket.device.name) == ("The printer eats paper", "PRN-7")
        [hung] = there.attachments
        assert self._books.content(hung.id) == content == self._do(partial(jobs.content_of, attachment=hung.id))
        kinds = self._books.kinds(ticket)
        kinds.remove("attach_file")
        assert kinds == ["file_ticket", "add_note", "change_fields", "add_note", "add_note"]
        here = self._do(partial(jobs.known, ticket=ticket))
        assert here.ticket == there.ticket
        assert tuple(shown.note for shown in here.notes) == there.notes
        assert tuple(shown.attachment for shown in here.attachments) == there.attachments
        marks = {here.mark, *(note.mark for note in here.notes), *(file.mark for file in here.attachments)}
        assert (marks, here.pending, here.kept) == ({Mark.CONFIRMED}, (), ())

    def _do(self, job: Callable[[Desk], T]) -> T:
        """The job's result, from whichever life of the client gets it done."""
        while True:
            try:
                if not self.client.alive:
                    self.client.start()
                return self.client.do(job)
            except Died:
                self.client.count_death()
                self.client.kill()

    def _end(self) -> dict[str, int]:
        self._do(jobs.new_ticket)
        try:
            return self.client.end()
        except Died:
            self.client.count_death()
            return {}

    def _until(self, job: Callable[[Desk], bool]) -> None:
        while not self._do(job):
            if monotonic() > self._latest:
                raise Stuck("the story does not go on")


def _once(saved: Sequence[str], there: Sequence[str]) -> None:
    """Each of what was saved is there once, and in its order."""
    for one in saved:
        if one not in there:
            raise Lost(f"{one!r} is not among {list(there)}")
    if len(there) > len(saved):
        raise Doubled(f"{list(there)} instead of {list(saved)}")
    assert list(there) == list(saved)
