"""Saves tickets and says so, one line each, once they are durable. Run by tests in processes of its own.

saving_program.py HOME COUNT [LONG]       COUNT tickets (0: until killed) with LONG characters of details
saving_program.py HOME limited BYTES      the same with a limit on the size of files, which is lifted after a failure
saving_program.py HOME as USER            one ticket, as the user of that number
"""

import os
import sys
from itertools import count
from pathlib import Path
from random import Random

from desktop.store.store import Store
from desktop.tickets.clock import SystemClock
from desktop.tickets.organisation import Organisation
from desktop.tickets.trouble import Trouble
from tests.contract.acts import Acts, wire


def named(text: str, *, source: str) -> Organisation:
    return Organisation(key=source, name=text)


def opened(home: str) -> Store:
    return Store.open(Path(home), b"k" * 32, clock=SystemClock(), random=Random(), parse=named)


def save(store: Store, acts: Acts, long: int) -> None:
    filing = acts.filing(details="x" * long)
    store.write(lambda tx: tx.outbox.add(filing, wire(filing))).result()
    print(filing.ticket, flush=True)


def limited(home: str, size: int) -> None:
    import resource

    acts = Acts(os.getpid())
    with opened(home) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        try:
            while True:
                save(store, acts, 20_000)
        except Trouble as trouble:
            print(f"{type(trouble).__name__}: {trouble.sentence}", flush=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        save(store, acts, 20_000)


def main(home: str, what: str, more: str = "0") -> None:
    if what == "limited":
        limited(home, int(more))
        return
    if what == "as":
        os.setegid(int(more))
        os.seteuid(int(more))
    try:
        with opened(home) as store:
            acts = Acts(os.getpid())
            wanted = 1 if what == "as" else int(what)
            for _ in range(wanted) if wanted else count():
                save(store, acts, 0 if what == "as" else int(more))
    except Trouble as trouble:
        print(f"{type(trouble).__name__}: {trouble.sentence}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
