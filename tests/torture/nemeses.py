"""Those who do harm while others work. Each does it once and undoes it; a run calls it again and again."""

import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final

from tests.faults.crash_runs import WIRE
from tests.faults.fault_proxy import Fault
from tests.faults.truth import Books
from tests.faults.victims import HelpDeskProcess
from tests.faults.wire_faults import hang, refuse
from tests.torture.computers import Computer

LONGEST = 1.5
"""Seconds that one harm lasts at most."""


class Field:
    """Where the harm is done.

    Attributes:
        kills: how many processes were killed so far.
        restores: how often the help desk was put back from a backup.
        unsaid: whether it ever was without anybody saying so.
    """

    def __init__(
        self, computers: Sequence[Computer], relay: HelpDeskProcess, random: Random, ended: Callable[[float], bool]
    ) -> None:
        self.computers = computers
        self.relay = relay
        self.random = random
        self.kills = self.restores = 0
        self.unsaid = False
        self._copies: list[Path] = []
        self._ended = ended

    def some(self) -> Computer:
        return self.random.choice(self.computers)

    def last(self, least: float = 0.0) -> None:
        """Let time pass, at least so many seconds of it unless the run ends."""
        self._ended(self.random.uniform(least, LONGEST))

    def kill(self, victim: Computer | None) -> None:
        """`kill -9` of a computer's process, or (None) of the help desk's, at some moment."""
        self._ended(self.random.uniform(0.0, 0.4))
        process = self.relay if victim is None else victim.client
        self.kills += process.send_signal(signal.SIGKILL)

    def back_up(self) -> None:
        """A backup of the help desk, made while everybody works."""
        copy = self.relay.data.with_name(f"backup-{len(self._copies)}")
        Books(self.relay.data).back_up(copy)
        self._copies.append(copy)

    def restore(self, *, says_so: bool) -> None:
        """The help desk is put back from a backup, mostly from the latest; its administrator may say so."""
        copy = self._copies[-1] if self.random.random() < 0.7 else self.random.choice(self._copies)
        with self.relay.down():
            Books(self.relay.data).restore(copy, says_so=says_so)
        self.kills += 1
        self.restores += 1
        self.unsaid |= not says_so


Nemesis = Callable[[Field], None]


def calm(field: Field) -> None:
    field.last()


def kill_clients(field: Field) -> None:
    field.kill(field.some())


def kill_relay(field: Field) -> None:
    field.kill(None)
    field.last(0.3)


def kill_any(field: Field) -> None:
    field.kill(field.random.choice([None, *field.computers]))


def pause_client(field: Field) -> None:
    _paused(field, field.some().client.send_signal)


def pause_relay(field: Field) -> None:
    _paused(field, field.relay.send_signal)


def _paused(field: Field, send: Callable[[signal.Signals], bool]) -> None:
    send(signal.SIGSTOP)
    field.last(0.2)
    send(signal.SIGCONT)
    field.last()


def disconnect(field: Field) -> None:
    """Refused at once: a cable that was pulled."""
    victim = field.some()
    victim.network.close()
    field.last(0.2)
    victim.network.open()
    field.last()


def partition_one(field: Field) -> None:
    _parted(field, [field.some()], lambda: hang(LONGEST))


def partition_all(field: Field) -> None:
    _parted(field, field.computers, lambda: hang(LONGEST))


def answers_lost(field: Field) -> None:
    """Asymmetric: what is sent arrives, nothing comes back."""
    _parted(field, field.random.sample(field.computers, 2), lambda: hang(LONGEST, delivered=True))


def requests_lost(field: Field) -> None:
    """Asymmetric the other way: nothing arrives, the line still answers with a reset."""
    _parted(field, field.random.sample(field.computers, 2), refuse)


def _parted(field: Field, parted: Sequence[Computer], fault: Callable[[], Fault]) -> None:
    for computer in parted:
        computer.network.close()
        computer.network.fault(fault())
        computer.network.open()
    field.last(0.3)
    for computer in parted:
        computer.network.clear()
    field.last()


def bad_wire(field: Field) -> None:
    """One fault of the wire, for a few requests of everybody."""
    for computer in field.computers:
        fault = field.random.choice(list(WIRE.values()))()
        computer.network.fault(fault, skip=field.random.randrange(4), times=field.random.randrange(1, 4))
    field.last(0.3)
    for computer in field.computers:
        computer.network.clear()


def restore_relay(field: Field) -> None:
    """The server loses what came after the backup, and has another epoch."""
    _put_back(field, says_so=True)


def restore_unsaid(field: Field) -> None:
    """The server loses what came after the backup, and nobody says so: everybody has to notice."""
    _put_back(field, says_so=False)


def _put_back(field: Field, *, says_so: bool) -> None:
    field.back_up()
    field.last(0.2)
    field.restore(says_so=says_so)
    field.last(0.2)


def everything(field: Field) -> None:
    """Any of the others; often a process that dies before it is over."""
    one = field.random.choice([each for name, each in NEMESES.items() if name not in ("none", "all together")])
    one(field)
    if field.random.random() < 0.5:
        kill_any(field)


NEMESES: Final[Mapping[str, Nemesis]] = MappingProxyType(
    {
        "none": calm,
        "kill clients": kill_clients,
        "kill the relay": kill_relay,
        "kill any": kill_any,
        "pause a client": pause_client,
        "pause the relay": pause_relay,
        "disconnect": disconnect,
        "partition one": partition_one,
        "partition all": partition_all,
        "answers lost": answers_lost,
        "requests lost": requests_lost,
        "bad wire": bad_wire,
        "server restored": restore_relay,
        "restored unsaid": restore_unsaid,
        "all together": everything,
    }
)
KILLERS: Final = ("kill clients", "kill the relay", "kill any", "server restored", "restored unsaid", "all together")
"""Those by which processes end."""
