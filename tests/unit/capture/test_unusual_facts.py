"""Facts of one module each, from what Linux, Windows and macOS print; what is unusual says why."""
# ruff: noqa: E501  (outputs of systems, as they are)

import json
import socket
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.capture.computer import (
    disk,
    gateway,
    machine_id,
    memory,
    name_servers,
    network,
    pending_restart,
    printers,
    updates,
    uptime,
    vpn,
)
from desktop.capture.computer.machine import ThisMachine
from desktop.capture.computer.reach import Reach
from desktop.capture.computer.report import ORDER, computer_facts
from desktop.capture.computer.told import Unusual
from desktop.capture.computer.windows_inventory import WindowsInventory
from desktop.capture.surroundings import System
from desktop.tickets.clock import SystemClock
from tests.unit.capture.test_computer_facts import Recorded, output

GB = 2**30


class November(SystemClock):
    def now(self) -> datetime:
        return datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("free", "total", "why"),
    [
        (7 * GB, 237 * GB, "disk almost full"),
        (120 * GB, 4000 * GB, "disk almost full"),
        (18 * GB, 200 * GB, "disk almost full"),
        (300 * GB, 4000 * GB, ""),
        (100 * GB, 237 * GB, ""),
    ],
)
def test_a_disk_that_is_nearly_full_is_unusual(free: int, total: int, why: str) -> None:
    told = disk.told_of(disk.Room("C:\\", free, total))
    assert (told.why if isinstance(told, Unusual) else "") == why


def test_each_of_several_disks_is_told_and_the_full_one_named() -> None:
    told = disk.told_of_all([disk.Room("D:\\", 1 * GB, 100 * GB), disk.Room("E:\\", 50 * GB, 100 * GB)])
    assert told == Unusual(
        "D:\\: 1.0 GB free of 100.0 GB (1% free); E:\\: 50.0 GB free of 100.0 GB", "D:\\ almost full"
    )
    assert disk.told_of_all([]) == "none"


def test_a_second_disk_of_the_same_size_is_another_one() -> None:
    home = disk.Room("", 200 * GB, 500 * GB)
    assert disk.shares_room(disk.Room("/System/Volumes/VM", 200 * GB - 4096, 500 * GB), home)
    assert not disk.shares_room(disk.Room("/data", 1 * GB, 500 * GB), home)
    assert not disk.shares_room(disk.Room("/data", 200 * GB, 250 * GB), home)


def test_memory_and_uptime() -> None:
    assert memory.told_of(1 * GB, 16 * GB) == Unusual("1.0 GB free of 16.0 GB", "memory nearly used up")
    assert memory.told_of(8 * GB, 16 * GB) == "8.0 GB free of 16.0 GB"
    assert uptime.told_of(timedelta(days=41)) == Unusual("41 days 0 hours", "not restarted for 41 days")
    assert uptime.told_of(timedelta(days=29)) == "29 days 0 hours"


def test_a_pending_restart_on_windows() -> None:
    servicing = (
        "\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages\r\n"
    )
    pending = servicing + servicing.replace("Packages", "RebootPending")
    update = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired\r\n"
    quiet = update.replace("\\RebootRequired", "\\Power")
    assert pending_restart.windows(servicing, quiet) == {"pending_restart": "not needed"}
    assert pending_restart.windows(servicing, "") == {"pending_restart": ""}  # the second has not answered
    assert pending_restart.windows(pending, "") == {
        "pending_restart": Unusual("needed to finish a Windows update", "restart pending")
    }
    assert pending_restart.windows(servicing, update) == {
        "pending_restart": Unusual("needed by Windows Update", "restart pending")
    }
    assert pending_restart.windows("", "") == {"pending_restart": ""}


def test_a_pending_restart_on_debian() -> None:
    sign = {
        "/run/reboot-required": "*** System restart required ***",
        "/run/reboot-required.pkgs": "linux-base\nlibc6\nlibc6",
    }
    assert pending_restart.read(Recorded(System.LINUX, files=sign)) == {
        "pending_restart": Unusual("needed by libc6, linux-base", "restart pending")
    }
    kernels = {"/lib/modules": ["6.1.0-9-amd64", "6.1.0-28-amd64"]}
    old = Recorded(System.LINUX, files={"/proc/sys/kernel/osrelease": "6.1.0-9-amd64"}, folders=kernels)
    new = Recorded(System.LINUX, files={"/proc/sys/kernel/osrelease": "6.1.0-28-amd64"}, folders=kernels)
    assert isinstance(pending_restart.read(old)["pending_restart"], Unusual)
    assert pending_restart.read(new) == {"pending_restart": ""}, "no program here would leave the sign: nobody knows"
    notifier = {**kernels, "/usr/share/update-notifier": ["notify-reboot-required"]}
    told = Recorded(System.LINUX, files=new.files, folders=notifier)
    assert pending_restart.read(told) == {"pending_restart": "not needed"}


def test_the_default_route_on_linux() -> None:
    head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
    slow = "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
    fast = "eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
    local = "eth0\t000200C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n"
    six = f"{'0' * 32} 00 {'0' * 32} 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003 wlan0"
    assert gateway.linux(head + slow + fast + local, six) == gateway.Route("192.0.2.1", "eth0")
    assert gateway.linux(head + local, six) == gateway.Route("fe80::1", "wlan0")
    assert gateway.linux(head + local, "") == gateway.Route()
    assert gateway.linux("", "") is None


def test_the_default_route_on_windows_in_german_and_on_macos() -> None:
    shown = output("windows-route-print.txt")
    assert gateway.windows(shown) == gateway.Route("192.168.178.1", "192.168.178.34")
    assert gateway.windows("IPv4-Routentabelle\r\n") == gateway.Route()
    assert gateway.mac(output("macos-route-get-default.txt")) == gateway.Route("192.168.1.1", "en0")
    assert gateway.mac("") is None


def test_no_way_out_is_unusual() -> None:
    head = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT"
    told = network.read(Recorded(System.LINUX, files={"/proc/net/route": head}))
    assert told["gateway"] == Unusual("none", "no way out of the network")
    assert network.read(Recorded(System.LINUX))["gateway"] == ""


def test_adapters_say_their_kind() -> None:
    wifi = Recorded(System.LINUX, files={"/sys/class/net/wlp2s0/uevent": "DEVTYPE=wlan\nINTERFACE=wlp2s0"})
    wired = Recorded(System.LINUX, folders={"/sys/class/net/eth0/device": ["vendor"]})
    mac = Recorded(
        System.MACOS, commands={"networksetup": "Hardware Port: Wi-Fi\nDevice: en0\nEthernet Address: 00:00\n"}
    )
    assert network.adapter_text(wifi, "wlp2s0") == "wlp2s0 (Wi-Fi)"
    assert network.adapter_text(wired, "eth0") == "eth0 (wired)"
    assert network.adapter_text(mac, "en0") == "en0 (Wi-Fi)"


def test_name_servers() -> None:
    stub = {
        "/etc/resolv.conf": "nameserver 127.0.0.53\n",
        "/run/systemd/resolve/resolv.conf": "nameserver 192.0.2.5\nnameserver 2001:db8::5\n",
    }
    assert name_servers.read(Recorded(System.LINUX, files=stub)) == {"dns": "192.0.2.5, 2001:db8::5"}
    assert name_servers.read(Recorded(System.LINUX, files={"/etc/resolv.conf": "# none"})) == {
        "dns": Unusual("none", "no DNS server")
    }
    assert name_servers.read(Recorded(System.LINUX)) == {}
    key = "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\Interfaces\\{1}\r\n"
    given = f"{key}    NameServer    REG_SZ    \r\n    DhcpNameServer    REG_SZ    192.168.1.1 192.168.1.2\r\n"
    by_hand = given.replace("NameServer    REG_SZ    \r", "NameServer    REG_SZ    9.9.9.9,1.1.1.1\r")
    assert name_servers.windows(given) == {"dns": "192.168.1.1, 192.168.1.2"}
    assert name_servers.windows(by_hand) == {"dns": "9.9.9.9, 1.1.1.1"}
    scutil = "resolver #1\n  nameserver[0] : 192.168.1.1\n  nameserver[1] : fe80::1%en0\n"
    assert name_servers.read(Recorded(System.MACOS, commands={"scutil": scutil})) == {"dns": "192.168.1.1, fe80::1%en0"}


@pytest.mark.parametrize(
    ("adapters", "set_up", "told"),
    [
        ({}, {}, {"vpn": "none set up"}),
        ({}, None, {}),
        ({"tun0": True}, None, {"vpn": "on (tun0)"}),
        ({}, {"Work": False}, {"vpn": Unusual("off (Work)", "VPN off")}),
        ({}, {"Work": False, "Lab": True}, {"vpn": "on (Lab)"}),
    ],
)
def test_vpn(adapters: dict[str, bool], set_up: dict[str, bool] | None, told: object) -> None:
    assert vpn.told(adapters, set_up) == told


def test_what_systems_say_of_their_vpns() -> None:
    assert vpn.linux("Wired:802-3-ethernet:yes\nWork\\: Oslo:vpn:no\nwg:wireguard:yes") == {
        "Work: Oslo": False,
        "wg": True,
    }
    assert vpn.linux("") is None
    assert vpn.mac(
        '* (Disconnected)   0A1B IPSec              "Work"       [IPSec]\n  (Connected) 0C VPN (com.x) "Lab" [VPN]'
    ) == {"Work": False, "Lab": True}
    assert vpn.windows([{"Name": "Work", "ConnectionStatus": "Disconnected"}]) == {"Work": False}


def test_printers() -> None:
    shown = "printer HP is idle.  enabled since Mon\nprinter Old disabled since Tue -\n\tUnplugged\nsystem default destination: HP\n"
    assert printers.told(printers.cups(shown)) == {"printers": "HP (default), Old (off)"}
    off = shown.replace("destination: HP", "destination: Old")
    assert printers.told(printers.cups(off)) == {
        "printers": Unusual("Old (default, off), HP", "default printer is off")
    }
    assert printers.told_by_cups(shown) == printers.told(printers.cups(shown))
    assert printers.told_by_cups("no system default destination") == {"printers": "none"}
    assert printers.told_by_cups("lpstat: No destinations added.") == {"printers": "none"}
    assert printers.told_by_cups("Drucker HP ist inaktiv.  aktiviert seit Mon") == {}
    assert printers.told_by_cups("") == {}


def test_updates() -> None:
    log = "Start-Date: 2026-11-20  06:12:01\nUpgrade: tzdata:amd64 (2026a, 2026b)\n\nStart-Date: 2026-11-24  06:12:01\nCommandline: apt upgrade\nUpgrade: libssl3:amd64 (3.0.14, 3.0.15), openssl:amd64 (3.0.14, 3.0.15)\nEnd-Date: x\n"
    told = updates.told(updates.apt(log), date(2026, 11, 25))
    assert told == {"updates": Unusual("2026-11-24: libssl3, openssl", "updated in the last days")}
    assert updates.told(updates.apt(log), date(2026, 12, 25)) == {"updates": "2026-11-24: libssl3, openssl"}
    assert updates.told([], date(2026, 1, 1)) == {}
    mac = "Display Name                  Version    Date\n------------                  -------    ----\nmacOS Sonoma 14.6.1           14.6.1     08/07/2026, 21:02:33\n"
    assert updates.mac(mac) == [(date(2026, 8, 7), "macOS Sonoma 14.6.1 14.6.1")]
    rpm = "kernel-6.9.5-200.fc40.x86_64                  Wed 24 Jun 2026 10:11:12 AM CEST\n"
    assert updates.rpm(rpm) == [(date(2026, 6, 24), "kernel-6.9.5-200.fc40.x86_64")]
    assert updates.windows(
        [{"HotFixID": "KB5040442", "InstalledOn": "2026-07-10"}, {"HotFixID": "KB1", "InstalledOn": ""}]
    ) == [(date(2026, 7, 10), "KB5040442")]


def test_windows_is_asked_once_for_all_that_only_powershell_tells() -> None:
    asked = []

    class Windows(Recorded):
        def run(self, *command: str) -> str:
            asked.append(command)
            row = {"Name": "HP", "Default": "True", "WorkOffline": "True", "PrinterStatus": "3"}
            return json.dumps({"serial": "7XK9", "vpn": [], "printers": [row], "updates": []})

    machine, inventory = Windows(System.WINDOWS), WindowsInventory()
    assert inventory.serial(machine) == "7XK9"
    assert printers.Printers(inventory).read(machine) == {
        "printers": Unusual("HP (default, off)", "default printer is off")
    }
    assert updates.Updates(inventory, November()).read(machine) == {}
    assert len(asked) == 1
    assert WindowsInventory().rows(Recorded(System.WINDOWS), "vpn") is None


def test_the_machines_own_identity() -> None:
    shown = "\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\r\n    MachineGuid    REG_SZ    550e8400-e29b-41d4-a716-446655440000\r\n"
    assert machine_id.read(Recorded(System.WINDOWS, commands={"reg": shown})) == {
        "machine_id": "550e8400-e29b-41d4-a716-446655440000"
    }
    mac = Recorded(System.MACOS, commands={"ioreg": '    "IOPlatformUUID" = "0A1B2C3D-0000-1000-8000-00805F9B34FB"\n'})
    assert machine_id.read(mac) == {"machine_id": "0A1B2C3D-0000-1000-8000-00805F9B34FB"}
    assert machine_id.read(Recorded(System.LINUX, files={"/etc/machine-id": "0" * 32})) == {"machine_id": "0" * 32}
    assert machine_id.read(Recorded(System.LINUX, files={"/etc/machine-id": "uninitialized"})) == {"machine_id": ""}


def test_whether_the_help_desk_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        reached = Reach(lambda: address, SystemClock()).read(ThisMachine())["help_desk"]
    assert str(reached).startswith("reached in ")
    refused = Reach(lambda: address, SystemClock()).read(ThisMachine())["help_desk"]
    assert refused == Unusual("not reached (refused)", "help desk not reached")
    assert Reach(str, SystemClock()).read(ThisMachine()) == {}


def test_who_this_computer_is_comes_first() -> None:
    facts = computer_facts(SystemClock(), list)
    assert [fact.key for fact in facts] == list(ORDER)
    assert ORDER[:4] == ("computer", "domain", "serial", "machine_id")
    assert all(fact.value for fact in facts)
