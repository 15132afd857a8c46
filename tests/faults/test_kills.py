"""`kill -9` of either side at random moments: exactly one of everything at the help desk, by `helptray-relay counts`.

`HELPTRAY_KILLS` sets how many kills there are of each kind (4 unless told).
"""

import json
import os
import re
import threading
from random import Random

from tests.faults.fault_proxy import Exchange, Fault, FaultProxy
from tests.faults.fault_rules import Request
from tests.faults.programs import PATIENCE, HelptrayProgram, RelayProgram
from tests.faults.wire_faults import drop_answer, latency

KILLS = int(os.environ.get("HELPTRAY_KILLS", "4"))
EACH = 2
"""Tickets written before each kill, each with a note and a file, which takes at least two requests to send."""
SIZE = 400_000


def everything(count: int) -> dict[str, int]:
    """What the help desk holds when so many tickets have arrived once, with what is on each."""
    return {"tickets": count, "notes": count, "files": count, "operations": 3 * count, "uploads": 0}


def brings_something(request: Request) -> bool:
    """Whether the request changes something at the help desk."""
    return request.method in ("POST", "PATCH")


def kill_beside(relay: RelayProgram, seconds: float) -> Fault:
    """The help desk is killed so long after the request has begun to be delivered."""

    def fault(exchange: Exchange) -> None:
        timer = threading.Timer(seconds, relay.kill)
        timer.start()
        try:
            exchange.pass_on()
        finally:
            timer.join()
            exchange.happened()

    return fault


def get_through(program: HelptrayProgram) -> None:
    """One pass that leaves nothing behind."""
    last = program.run("sync", "--timeout", "60")
    assert (last.code, last.value["pending"], last.value["online"]) == (0, 0, True), last


def test_a_client_that_is_killed_while_sending(relay_program: RelayProgram, program: HelptrayProgram) -> None:
    random = Random(5)
    with FaultProxy(relay_program.url) as proxy:
        assert program.run("enrol", proxy.url, relay_program.code("robin@example.com")).code == 0
        for _ in range(KILLS):
            fault = random.choice([latency(random.uniform(0.0, 0.05)), drop_answer()])
            moment = proxy.fault(fault, skip=random.randrange(6), times=1, where=brings_something)
            running = program.background(EACH, SIZE)
            proxy.wait_for(moment)
            running.kill()
            running.communicate()
        proxy.clear()
        get_through(program)
    assert relay_program.counts() == everything(EACH * KILLS)


def test_a_client_that_is_killed_while_saving(relay_program: RelayProgram, program: HelptrayProgram) -> None:
    """What was said to be saved is there; what was not said is there whole or not at all; each arrives once."""
    random = Random(6)
    assert program.run("enrol", relay_program.url, relay_program.code("robin@example.com")).code == 0
    said: set[str] = set()
    for _ in range(KILLS):
        writing = program.launch(
            "-m", "tests.faults.writing_program", str(program.home), str(program.key_file), str(SIZE)
        )
        assert writing.stdout is not None
        said.update(writing.stdout.readline().strip() for _ in range(random.randrange(1, 6)))
        writing.kill()
        rest, err = writing.communicate(timeout=PATIENCE)
        assert err == ""
        said.update(re.findall(r"^\S{36}$", rest, re.MULTILINE))
    get_through(program)
    there = {line["ticket"] for line in relay_program.tell("tickets")}
    assert said <= there
    assert len(there - said) <= KILLS
    shown = program.run("tickets", "--limit", "1000").value
    assert {line["ticket"] for line in shown} == there
    told = relay_program.counts()
    assert told["tickets"] == len(there)
    assert len(said) <= told["notes"] <= told["files"] <= len(there)
    assert told["uploads"] == 0


def test_a_relay_that_is_killed_while_receiving(relay_program: RelayProgram, program: HelptrayProgram) -> None:
    random = Random(7)
    with FaultProxy(relay_program.url) as proxy:
        assert program.run("enrol", proxy.url, relay_program.code("robin@example.com")).code == 0
        for _ in range(KILLS):
            kill = kill_beside(relay_program, random.uniform(0.0, 0.02))
            moment = proxy.fault(kill, skip=random.randrange(6), times=1, where=brings_something)
            running = program.background(EACH, SIZE)
            proxy.wait_for(moment)
            running.kill()
            running.communicate()
            relay_program.start()
        proxy.clear()
        get_through(program)
    assert relay_program.counts() == everything(EACH * KILLS)


def test_connecting_is_killed_on_both_sides(relay_program: RelayProgram, program: HelptrayProgram) -> None:
    """The answer to the code is lost, the relay dies, the client dies: the same code still connects this computer."""
    code = relay_program.code("robin@example.com")
    with FaultProxy(relay_program.url) as proxy:
        proxy.fault(drop_answer(), method="POST", path="/v1/enrol", times=1)
        lost = program.run("enrol", proxy.url, code)
        assert lost.code == 3
        assert "cannot be reached" in lost.err
        relay_program.kill()
        relay_program.start()
        again = program.run("enrol", proxy.url, code)
        assert again.code == 0, again.err
        assert again.value["person"] == "robin@example.com"
        other = HelptrayProgram(program.home.with_name("other"), program.key_file.with_name("other.key"))
        with other:
            used = other.run("enrol", proxy.url, code)
        assert used.code == 2
        assert "used on another device" in used.err
    assert len(relay_program.tell("device", "list")) == 1


def test_ten_scripts_report_at_once_beside_a_running_tray(
    relay_program: RelayProgram, program: HelptrayProgram
) -> None:
    assert program.run("enrol", relay_program.url, relay_program.code("robin@example.com")).code == 0
    program.background()
    scripts = [program.start("report", "--summary", f"Number {number}", "--sync") for number in range(10)]
    told = [script.communicate(timeout=PATIENCE) for script in scripts]
    assert [script.returncode for script in scripts] == [0] * 10, told
    assert [err for _, err in told] == [""] * 10
    assert {json.loads(out)["state"] for out, _ in told} == {"done"}
    assert sorted(line["summary"] for line in relay_program.tell("tickets")) == [f"Number {n}" for n in range(10)]
    assert relay_program.counts()["operations"] == 10
