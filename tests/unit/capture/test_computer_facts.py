"""What a computer tells about itself, from outputs of Linux, Windows and macOS, and from this very machine."""

import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from desktop.capture.computer import domain, model, name, system
from desktop.capture.computer.ip_addresses import usable
from desktop.capture.computer.machine import Machine
from desktop.capture.computer.monitors import monitor_text
from desktop.capture.computer.order import ORDER
from desktop.capture.computer.report import Group, computer_facts, groups, read_facts
from desktop.capture.computer.serial import Serial
from desktop.capture.computer.sizes import free_text, size_text
from desktop.capture.computer.this_machine import ThisMachine
from desktop.capture.computer.told import Told
from desktop.capture.computer.uptime import Uptime, duration_text
from desktop.capture.computer.windows_inventory import WindowsInventory
from desktop.capture.screens.geometry import Monitor, Rectangle
from desktop.capture.surroundings import System
from desktop.tickets.clock import SystemClock
from desktop.tickets.device import Fact
from tests.unit.capture.recorded_machine import Recorded, output

CLOCK = SystemClock()


def test_windows_11_is_told_from_its_build() -> None:
    machine = Recorded(System.WINDOWS, commands={"reg": output("windows-11-currentversion.txt")})

    assert system.read(machine) == {"os": "Windows 11 Pro 23H2", "build": "22631.4178"}


def test_windows_10_with_carriage_returns() -> None:
    machine = Recorded(System.WINDOWS, commands={"reg": output("windows-10-1909-currentversion.txt")})

    assert system.read(machine) == {"os": "Windows 10 Pro 1909", "build": "18363.720"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("macos-sw-vers.txt", {"os": "macOS 14.6.1", "build": "23G93"}),
        ("macos-10.15-sw-vers.txt", {"os": "Mac OS X 10.15.7", "build": "19H2"}),
    ],
)
def test_macos(name: str, expected: Mapping[str, str]) -> None:
    assert system.read(Recorded(System.MACOS, commands={"sw_vers": output(name)})) == expected


def test_linux() -> None:
    os_release = {"/etc/os-release": output("debian-os-release.txt")}
    machine = Recorded(System.LINUX, files=os_release, commands={"uname": "Linux 6.1.0-28-amd64\n"})

    facts = system.read(machine)

    assert facts["os"] == "Debian GNU/Linux 12 (bookworm)"
    assert facts["build"] == "Linux 6.1.0-28-amd64"


@pytest.mark.parametrize("text", ["", "PRETTY_NAME='unfinished", "# only a comment\n\nnonsense"])
def test_a_broken_os_release_gives_no_name(text: str) -> None:
    assert system.linux(text, "Linux 6.1")["os"] == ""


@pytest.mark.parametrize("system_", System)
def test_a_machine_that_tells_nothing_gives_no_guess(system_: System) -> None:
    machine = Recorded(system_)

    assert not any(hardware(machine).values())
    assert not system.read(machine)["os"]
    assert domain.domain(machine, "vm") == ""


def hardware(machine: Machine) -> Told:
    return {**model.read(machine), **Serial(WindowsInventory()).read(machine)}


def test_model_and_serial_on_windows() -> None:
    machine = Recorded(
        System.WINDOWS, commands={"reg": output("windows-bios.txt"), "powershell": '{"serial":["7XK9Q23"]}\r\n'}
    )

    assert hardware(machine) == {
        "model": "Dell Inc. Latitude 5440",
        "serial": "7XK9Q23",
    }


def test_what_a_maker_left_unfilled_is_not_told() -> None:
    machine = Recorded(
        System.WINDOWS,
        commands={"reg": output("windows-bios-white-box.txt"), "powershell": '{"serial":["Default string"]}'},
    )

    assert hardware(machine) == {"model": "", "serial": ""}


def test_model_and_serial_on_macos() -> None:
    machine = Recorded(System.MACOS, commands={"ioreg": output("macos-ioreg.txt")})

    assert hardware(machine) == {
        "model": "Apple MacBookPro18,3",
        "serial": "C02EXAMPLE01",
    }


def test_model_and_serial_on_linux() -> None:
    dmi = "/sys/class/dmi/id/"
    files = {f"{dmi}sys_vendor": "LENOVO", f"{dmi}product_name": "21HM002VGE", f"{dmi}product_serial": ""}

    assert hardware(Recorded(System.LINUX, files=files)) == {
        "model": "LENOVO 21HM002VGE",
        "serial": "",
    }


def test_a_board_without_firmware_tables() -> None:
    files = {
        "/proc/device-tree/model": "Raspberry Pi 4 Model B Rev 1.4",
        "/proc/device-tree/serial-number": "10000000abcd",
    }

    facts = hardware(Recorded(System.LINUX, files=files))

    assert facts == {"model": "Raspberry Pi 4 Model B Rev 1.4", "serial": "10000000abcd"}


@pytest.mark.parametrize(
    ("firmware", "said"),
    [
        (
            ("LENOVO", "21HM002VGE", "ThinkPad X13 Gen 4", "LENOVO", "21HM002VGE"),
            "LENOVO ThinkPad X13 Gen 4 (21HM002VGE)",
        ),
        (("Lenovo", "82H8", "Not Specified", "LENOVO", "LNVNB161216"), "Lenovo 82H8"),
        (("Dell Inc.", "Latitude 5440", "", "Dell Inc.", "0K240Y"), "Dell Inc. Latitude 5440"),
        (
            ("System manufacturer", "System Product Name", "System Version", "ASUSTeK COMPUTER INC.", "PRIME B450M-A"),
            "ASUSTeK COMPUTER INC. PRIME B450M-A (mainboard)",
        ),
        (
            ("To Be Filled By O.E.M.", "To Be Filled By O.E.M.", "", "ASRock", "B450M Pro4"),
            "ASRock B450M Pro4 (mainboard)",
        ),
        (("Default string", "Default string", "Default string", "Default string", "Default string"), ""),
        (("", "", "", "", ""), ""),
    ],
)
def test_the_model_as_the_firmware_says_it(firmware: tuple[str, str, str, str, str], said: str) -> None:
    assert model.of_firmware(*firmware) == said
    dmi = ("sys_vendor", "product_name", "product_version", "board_vendor", "board_name")
    files = {f"/sys/class/dmi/id/{field}": text for field, text in zip(dmi, firmware, strict=True)}
    assert model.read(Recorded(System.LINUX, files=files)) == {"model": said}
    names = ("SystemManufacturer", "SystemProductName", "SystemVersion", "BaseBoardManufacturer", "BaseBoardProduct")
    rows = "".join(f"    {name}    REG_SZ    {text}\r\n" for name, text in zip(names, firmware, strict=True))
    shown = f"\r\nHKEY_LOCAL_MACHINE\\HARDWARE\\DESCRIPTION\\System\\BIOS\r\n{rows}"
    assert model.read(Recorded(System.WINDOWS, commands={"reg": shown})) == {"model": said}


def test_the_maker_is_not_said_twice() -> None:
    assert model.joined("HP", "HP EliteBook 840 G9") == "HP EliteBook 840 G9"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"USERDNSDOMAIN": "CORP.EXAMPLE.COM", "USERDOMAIN": "CORP"}, "corp.example.com"),
        ({"USERDOMAIN": "CORP", "COMPUTERNAME": "PC-0042"}, "CORP"),
        ({"USERDOMAIN": "AzureAD", "COMPUTERNAME": "PC-0042"}, "AzureAD"),
    ],
)
def test_domain_on_windows(environ: Mapping[str, str], expected: str) -> None:
    assert domain.domain(Recorded(System.WINDOWS, environ=environ), "pc-0042") == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("    Hostname    REG_SZ    PC-0042\r\n    NV Domain    REG_SZ    CORP.Example.com", "corp.example.com"),
        ("    Hostname    REG_SZ    PC-0042\r\n    Domain    REG_SZ    corp.example.com", "corp.example.com"),
        ("    Domain    REG_SZ    \r\n    Hostname    REG_SZ    PC-0042", "none"),
        ("ERROR: The system was unable to find the specified registry key or value.", ""),
        ("", ""),
    ],
)
@pytest.mark.parametrize("environ", [{"USERDOMAIN": "pc-0042", "COMPUTERNAME": "PC-0042"}, {}])
def test_an_account_of_the_computers_own_does_not_tell_the_domain(
    environ: Mapping[str, str], values: str, expected: str
) -> None:
    machine = Recorded(System.WINDOWS, environ=environ, commands={"reg": f"HKEY_LOCAL_MACHINE\\SYSTEM\r\n{values}"})

    assert domain.domain(machine, "pc-0042") == expected


def test_domain_elsewhere() -> None:
    mac = Recorded(System.MACOS, commands={"dsconfigad": output("macos-dsconfigad.txt")})
    joined = Recorded(System.LINUX, commands={"realm": "corp.example.com\n"})

    assert domain.domain(mac, "mac-0042.local") == "corp.example.com"
    assert domain.domain(joined, "pc.other.example") == "corp.example.com"
    assert domain.domain(Recorded(System.LINUX), "pc.other.example") == "other.example"


@pytest.mark.parametrize(("host", "short"), [("PC-0042", "PC-0042"), ("pc.corp.example", "pc"), ("", "unknown")])
def test_the_computer_name_has_no_domain(host: str, short: str) -> None:
    assert name.short_name(host) == short


def test_only_addresses_that_others_could_use() -> None:
    told = [
        "fe80::1%eth0",
        "2001:db8::7",
        "127.0.0.1",
        "169.254.3.4",
        "00:1a:2b:3c:4d:5e",
        "10.0.0.7",
        "::1",
        "10.0.0.7",
    ]

    assert usable(told) == ["10.0.0.7", "2001:db8::7"]


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1536, "1.5 KB"), (17_072_955_392, "15.9 GB"), (2**60, "1024.0 PB")],
)
def test_sizes(size: int, text: str) -> None:
    assert size_text(size) == text


def test_free_of_total() -> None:
    assert free_text(3 * 2**30, 2**34) == "3.0 GB free of 16.0 GB"


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (timedelta(days=12, hours=3, minutes=9), "12 days 3 hours"),
        (timedelta(days=1), "1 day 0 hours"),
        (timedelta(hours=1, minutes=1), "1 hour 1 minute"),
        (timedelta(seconds=59), "0 minutes"),
        (timedelta(seconds=-5), ""),
    ],
)
def test_durations(duration: timedelta, text: str) -> None:
    assert duration_text(duration) == text


def test_monitors_are_told_with_their_names() -> None:
    area = Rectangle(0, 0, 2560, 1440)

    assert monitor_text(Monitor(area=area)) == "2560 × 1440"
    assert monitor_text(Monitor(area=area, name="DELL U2720Q")) == "2560 × 1440 (DELL U2720Q)"


def test_a_clock_set_back_before_the_start_makes_the_uptime_unknown() -> None:
    class Past(SystemClock):
        def now(self) -> datetime:
            return datetime(2000, 1, 1, tzinfo=UTC)

    (fact,) = read_facts([Group({"uptime": "Running for"}, Uptime(Past()).read)], ThisMachine(), CLOCK, 2)

    assert fact == Fact(key="uptime", label="Running for", value="unknown")


def test_this_machine_tells_every_fact_in_order_in_time() -> None:
    def monitors() -> Sequence[Monitor]:
        return [Monitor(area=Rectangle(0, 0, 800, 600), name="one")]

    started = time.monotonic()
    facts = computer_facts(CLOCK, monitors)

    assert time.monotonic() - started < 10
    assert [fact.key for fact in facts] == list(ORDER)
    told = {fact.key: fact.value for fact in facts}
    assert told["computer"] == name.computer_name()
    assert "free of" in told["memory"]
    assert "free of" in told["disk"]
    assert told["monitors"] == "800 × 600 (one)"
    assert all(fact.value and fact.label for fact in facts)


def test_a_group_that_hangs_or_fails_costs_only_its_own_facts() -> None:
    release = Event()

    def hang(machine: Machine) -> Mapping[str, str]:
        release.wait()
        return {"slow": "too late"}

    def fail(machine: Machine) -> Mapping[str, str]:
        raise OSError("no such drive")

    listed = [
        Group({"slow": "Slow"}, hang),
        Group({"broken": "Broken"}, fail),
        Group({"good": "Good", "absent": "Absent"}, lambda _: {"good": "yes"}),
    ]

    facts = read_facts(listed, ThisMachine(), CLOCK, 0.2)
    release.set()

    assert [(fact.key, fact.value) for fact in facts] == [
        ("slow", "unknown"),
        ("broken", "unknown"),
        ("good", "yes"),
        ("absent", "unknown"),
    ]


def test_accounts_of_a_server_that_does_not_answer_cost_nobody_else_a_fact() -> None:
    release = Event()

    class Hanging(Recorded):
        def user(self) -> str:
            release.wait()
            return "too late"

    machine = Hanging(System.LINUX, calls={"host": {"host": "pc-0042.corp.example.com"}})
    facts = read_facts(groups(CLOCK, list), machine, CLOCK, 0.5)
    release.set()

    told = {fact.key: fact.value for fact in facts}
    assert (told["computer"], told["domain"], told["user"]) == ("pc-0042", "corp.example.com", "unknown")


def test_what_a_command_prints_in_the_console_s_own_encoding_is_read() -> None:
    """Windows' `reg query` prints a German maker's name so, other commands of the same computer UTF-8."""
    machine = ThisMachine(code_page="cp850")

    def printed(raw: bytes) -> str:
        return machine.run(sys.executable, "-c", f"import sys; sys.stdout.buffer.write({raw!r})")

    assert printed(b"M\x81ller & S\x94hne") == "Müller & Söhne"
    assert printed("Müller & Söhne".encode()) == "Müller & Söhne"


def test_this_machine_reads_files_and_commands(tmp_path: Path) -> None:
    (tmp_path / "fact").write_bytes(b"value\n\0")
    machine = ThisMachine(limit=1.0)

    assert machine.read(str(tmp_path / "fact")) == "value"
    assert machine.read(str(tmp_path / "absent")) == ""
    assert machine.read(str(tmp_path)) == ""
    assert machine.run("echo", "hello") == "hello"
    assert machine.run("no-such-command-here") == ""
    assert machine.run("false") == ""
    assert machine.run("sleep", "20") == ""
