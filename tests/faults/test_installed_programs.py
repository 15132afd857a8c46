"""`helptray` and `helptray-relay` as they are installed, killed while they connect, and many of them at once."""

import json

from tests.faults.fault_proxy import FaultProxy
from tests.faults.programs import PATIENCE, HelptrayProgram, RelayProgram
from tests.faults.wire_faults import drop_answer


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
        assert "used already" in used.err
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
