"""Whether what everybody sees in the end is what everybody was told."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from desktop.tickets.ticket import Ticket, TicketState
from desktop.tickets.ticket_fields import field_text
from tests.faults.scenario import Doubled, Lost
from tests.faults.victims import Stuck
from tests.torture.acts import Shown, sha256_of
from tests.torture.history import Act, Does, History


@dataclass(frozen=True, slots=True)
class Seen:
    """The final reads.

    Attributes:
        truth: every ticket of the help desk, by its id; `results` what became of each operation there.
        shown: what each computer shows; `visible` which tickets it should show; `refused` what its person was told.
        restored: whether the help desk was ever put back from a backup: what it had lost comes after what was written
            meanwhile then.
    """

    truth: Mapping[str, TicketState]
    results: Mapping[str, str]
    shown: Mapping[str, Mapping[str, Shown]]
    visible: Mapping[str, frozenset[str]]
    refused: Mapping[str, frozenset[str]]
    restored: bool = False


@dataclass(slots=True)
class Verdict:
    """What is wrong, in sentences; nothing where all is well.

    Attributes:
        told: what is well: not there, but its person was told, and still has it.
    """

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    diverged: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def is_ok(self) -> bool:
        return not (self.lost or self.doubled or self.diverged or self.stuck)

    def __str__(self) -> str:
        wrong = {"lost": self.lost, "doubled": self.doubled, "diverged": self.diverged, "stuck": self.stuck}
        return "\n".join(f"{kind}: {line}" for kind, lines in wrong.items() for line in lines[:10]) or "ok"


def verdict_of(wrong: AssertionError) -> Verdict:
    """What is wrong where one story ended in this."""
    match wrong:
        case Lost():
            return Verdict(lost=[str(wrong)])
        case Doubled():
            return Verdict(doubled=[str(wrong)])
        case Stuck():
            return Verdict(stuck=[str(wrong)])
        case _:
            return Verdict(diverged=[f"{type(wrong).__name__}: {wrong}"])


def judge(history: History, seen: Seen) -> Verdict:
    """Every acknowledged act exactly once and in order, every other one at most once, and everybody agrees."""
    verdict = Verdict()
    marks = _marks(seen.truth)
    for act in history:
        times = _times(act, marks, seen)
        if times > 1:
            verdict.doubled.append(f"{act} is there {times} times")
        if act.acknowledged and not times:
            if _was_told(act, seen):
                verdict.told.append(f"{act} is not there")
            else:
                verdict.lost.append(f"{act} is not there, and nobody was told")
    for ticket in seen.truth.values():
        if not seen.restored:
            _check_order(ticket, verdict)
        _check_fields(ticket.ticket, verdict)
    for computer, shown in seen.shown.items():
        _compare(computer, shown, seen, verdict)
    return verdict


def _marks(truth: Mapping[str, TicketState]) -> Counter[str]:
    """How often each mark is found: as a note, a file's content, a value that a field took, a ticket."""
    found: Counter[str] = Counter()
    for ticket in truth.values():
        found[ticket.ticket.id] += 1
        found.update(note.text for note in ticket.notes)
        found.update(file.sha256 for file in ticket.attachments)
        found.update(change.new for change in ticket.ticket.history)
    return found


def _times(act: Act, marks: Counter[str], seen: Seen) -> int:
    match act.does:
        case Does.FILE:
            return marks[act.ticket]
        case Does.ATTACH:
            return marks[sha256_of(act)]
        case Does.SOLVE:
            return int(seen.results.get(act.operation, "rejected") != "rejected")
        case _:
            return marks[act.mark]


def _was_told(act: Act, seen: Seen) -> bool:
    """Whether the person sees that it was not accepted, or that somebody else's value stands and theirs is kept."""
    shown = seen.shown[act.computer].get(act.ticket)
    kept = shown is not None and any(value.operation == act.operation for value in shown.kept)
    return kept or act.operation in seen.refused[act.computer]


def _check_order(ticket: TicketState, verdict: Verdict) -> None:
    """What one computer said on one ticket stands in the order in which it was said."""
    said: dict[str, str] = {}
    for note in ticket.notes:
        computer = note.text.rpartition("-")[0]
        if note.text < said.get(computer, ""):
            verdict.diverged.append(f"{note.text} stands behind {said[computer]}")
        said[computer] = note.text


def _check_fields(ticket: Ticket, verdict: Verdict) -> None:
    """Each change began from the value that the one before it left, and the last one stands."""
    last: dict[str, str] = {}
    for change in ticket.history:
        if change.old != last.get(change.field, change.old):
            verdict.lost.append(
                f"{ticket.id}: {change.field} went from {last[change.field]!r} to {change.old!r} unseen"
            )
        last[change.field] = change.new
    for name in ("summary", "device", "status"):
        if field_text(ticket, name) != last.get(name, field_text(ticket, name)):
            verdict.lost.append(f"{ticket.id}: {name} is not {last[name]!r}, to which it was changed last")


def _compare(computer: str, shown: Mapping[str, Shown], seen: Seen, verdict: Verdict) -> None:
    missing, strange = seen.visible[computer] - set(shown), set(shown) - seen.visible[computer]
    if missing or strange:
        verdict.diverged.append(f"{computer}: {len(missing)} tickets are not shown, {len(strange)} are not there")
    for ticket in seen.visible[computer] & set(shown):
        here, there = shown[ticket], seen.truth[ticket]
        if here.state != there:
            verdict.diverged.append(f"{computer} shows {ticket} otherwise: {_difference(here.state, there)}")
        if here.waiting:
            verdict.stuck.append(f"{computer}: {here.waiting} things of {ticket} are shown as waiting")


def _difference(here: TicketState, there: TicketState) -> str:
    """What differs: fields by name, notes and files by the order in which they stand."""
    told = [
        f"{name}: {getattr(here.ticket, name)} here and {getattr(there.ticket, name)} there"
        for name in (one.name for one in fields(Ticket))
        if getattr(here.ticket, name) != getattr(there.ticket, name)
    ]
    if here.notes != there.notes:
        mine, theirs = ([note.text for note in one.notes] for one in (here, there))
        told.append(f"notes {mine} here and {theirs} there")
    if here.attachments != there.attachments:
        mine, theirs = ([file.id for file in one.attachments] for one in (here, there))
        told.append(f"files {mine} here and {theirs} there")
    return ", ".join(told)
