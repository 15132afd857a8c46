"""The way out, name servers and VPNs, from what systems say in their own words; what is not sure is unknown."""
# ruff: noqa: E501  (outputs of systems, as they are)

import shutil
import subprocess

import pytest

from desktop.capture.computer import adapter, default_route, gateway, name_servers, vpn
from desktop.capture.computer.addresses import Addresses, told_of
from desktop.capture.computer.default_route import Route, WayOut
from desktop.capture.computer.machine import Adapter
from desktop.capture.computer.this_machine import ThisMachine
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.computer.windows_inventory import WindowsInventory
from desktop.capture.surroundings import System
from tests.unit.capture.recorded_machine import Recorded, output

GERMAN = output("facts/windows-german/route-print.txt")
MAC = output("facts/macos/netstat.txt")
NETWORK = {"adapters": {"eth0": {"isup": True, "addresses": ["192.0.2.2"]}}}


def test_the_default_route_on_linux() -> None:
    head = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
    slow = "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
    fast = "eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
    local = "eth0\t000200C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n"
    six = f"{'0' * 32} 00 {'0' * 32} 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003 wlan0"
    assert default_route.linux(head + slow + fast + local, six) == Route("192.0.2.1", "eth0")
    assert default_route.linux(head + local, six) == Route("fe80::1", "wlan0")
    assert default_route.linux(head + local, six.replace(" 00000003 ", " 00200200 ")) == Route(), "it refuses"
    assert default_route.linux(head + local, "") == Route()
    assert default_route.linux("", "") is None


def test_a_route_that_lets_nothing_out_is_no_way_out() -> None:
    """As the kernel wrote them for `ip route add unreachable default metric 4278198272` and for a black hole."""
    head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
    unreachable = "*\t00000000\t00000000\t0201\t0\t0\t4278198272\t00000000\t0\t0\t0\n"
    black_hole = "*\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n"
    out = "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
    for none in (unreachable, black_hole):
        assert default_route.linux(head + none, "") == Route()
        assert default_route.linux(head + none + out, "") == Route("192.168.1.1", "wlan0")


def test_the_addresses_of_the_adapter_that_leads_out_come_first() -> None:
    bridges = {"docker0": Adapter(is_up=True, addresses=("172.17.0.1",)), "br-1": Adapter(is_up=True, addresses=())}
    card = {"wlp2s0": Adapter(is_up=True, addresses=("2001:db8::7", "192.168.1.5"))}
    assert told_of({**bridges, **card}, "wlp2s0") == "192.168.1.5, 2001:db8::7, 172.17.0.1"
    assert told_of({**bridges, **card}, "") == "172.17.0.1, 192.168.1.5, 2001:db8::7"
    many = {f"e{number}": Adapter(is_up=True, addresses=(f"10.{number}.0.2",)) for number in range(12)}
    assert told_of(many, "e7") == (
        "10.7.0.2, 10.0.0.2, 10.1.0.2, 10.2.0.2, 10.3.0.2, 10.4.0.2, 10.5.0.2, 10.6.0.2 and 4 more"
    )


def test_the_way_out_of_windows_in_a_network_of_ipv6_alone() -> None:
    """The remembered route of IPv6 stands in the same columns, and is not in force."""
    assert default_route.windows(GERMAN) == Route("fe80::1", "00-15-5D-01-02-03")
    none = GERMAN.replace(" 12    281 ::/0                     fe80::1\r\n", "")
    assert "::/0" in none
    assert default_route.windows(none) == Route()


def test_the_way_out_of_windows_in_any_words() -> None:
    both = GERMAN.replace(
        "        127.0.0.0        255.0.0.0",
        "          0.0.0.0          0.0.0.0     10.20.0.1       10.20.0.55     50\r\n"
        "          0.0.0.0          0.0.0.0    192.168.178.1   192.168.178.34     25\r\n"
        "        127.0.0.0        255.0.0.0",
    )
    assert default_route.windows(both) == Route("192.168.178.1", "192.168.178.34")
    dialled = both.replace("192.168.178.1 ", "Auf Verbindung ").replace("192.168.178.34", "39.183.173.41")
    assert default_route.windows(dialled) == Route("direct", "39.183.173.41")
    chinese = both.replace("Auf Verbindung", "在链路上").replace("Aktive Routen", "活动路由")
    assert default_route.windows(chinese) == default_route.windows(both)
    tunnel = GERMAN.replace(
        " 12...00 15 5d 01 02 03 ......Intel(R) Ethernet Connection", " 12...........................Schule"
    )
    assert default_route.windows(tunnel) == Route("fe80::1", "Schule")


@pytest.mark.parametrize("shown", ["", "Der Befehl ist nicht bekannt.", GERMAN[:200]])
def test_what_cannot_be_read_is_no_network_without_a_way_out(shown: str) -> None:
    assert default_route.windows(shown) is None
    assert default_route.mac(shown) is None


def test_the_way_out_of_macos() -> None:
    """The default routes of the system's own tunnels are for those alone."""
    assert default_route.mac(MAC) == Route("192.168.1.1", "en0")
    off = MAC.replace("default            192.168.1.1        UGScg             en0", "")
    assert default_route.mac(off) == Route()
    six = off.replace("::1      ", "default  fe80::7052:eeff:fe36:81a7%en0  UGcg  en0\n::1      ", 1)
    assert default_route.mac(six) == Route("fe80::7052:eeff:fe36:81a7", "en0")
    tunnel = MAC.replace("192.168.1.1        UGScg             en0", "link#18            UCSg            utun3")
    assert default_route.mac(tunnel) == Route("direct", "utun3")
    older = MAC.replace("UGScg             en0", "UGSc           20       16     en0")
    assert default_route.mac(older) == Route("192.168.1.1", "en0")
    halves = off.replace("127      ", "0/1                utun0              UScg         utun0\n127      ", 1)
    assert default_route.mac(halves) == Route("direct", "utun0")


def test_no_way_out_is_unusual() -> None:
    head = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT"
    told = gateway.Gateway(WayOut()).read(Recorded(System.LINUX, files={"/proc/net/route": head}))
    assert told == {"gateway": Unusual("none", "no way out of the network")}
    assert gateway.Gateway(WayOut()).read(Recorded(System.LINUX)) == {}


def test_only_addresses_in_use_are_told() -> None:
    """psutil keeps the last address of an adapter that is off."""
    off = {"adapters": {"Wi-Fi": {"isup": False, "addresses": ["192.168.1.7"]}}}
    told = Addresses(WayOut()).read(Recorded(System.WINDOWS, calls=off))
    assert told == {"addresses": Unusual("none", "no network")}


def test_of_two_adapters_with_one_address_the_one_that_is_on_leads_out() -> None:
    both = {
        name: {"isup": is_up, "addresses": ["192.168.178.34"]} for name, is_up in (("Ethernet", False), ("Wi-Fi", True))
    }
    shown = output("facts/windows/route-print.txt")
    machine = Recorded(System.WINDOWS, commands={"route print": shown}, calls={"adapters": both})
    assert adapter.LeadingAdapter(WayOut()).read(machine) == {"adapter": "Wi-Fi"}


def test_adapters_say_their_kind() -> None:
    wifi = Recorded(System.LINUX, files={"/sys/class/net/wlp2s0/uevent": "DEVTYPE=wlan\nINTERFACE=wlp2s0"})
    wired = Recorded(System.LINUX, folders={"/sys/class/net/eth0/device": ["vendor"]})
    mac = Recorded(
        System.MACOS, commands={"networksetup": "Hardware Port: Wi-Fi\nDevice: en0\nEthernet Address: 00:00\n"}
    )
    assert adapter.adapter_text(wifi, "wlp2s0") == "wlp2s0 (Wi-Fi)"
    assert adapter.adapter_text(wired, "eth0") == "eth0 (wired)"
    assert adapter.adapter_text(mac, "en0") == "en0 (Wi-Fi)"


def dns(machine: Recorded) -> Told:
    return name_servers.NameServers(WindowsInventory()).read(machine)


def test_name_servers_of_linux() -> None:
    stub = {
        "/etc/resolv.conf": "nameserver 127.0.0.53\n",
        "/run/systemd/resolve/resolv.conf": "nameserver 192.0.2.5\nnameserver 2001:db8::5\n",
    }
    assert dns(Recorded(System.LINUX, files=stub)) == {"dns": "192.0.2.5, 2001:db8::5"}
    assert dns(Recorded(System.LINUX, files={"/etc/resolv.conf": "# none"})) == {
        "dns": Unusual("none", "no name can be looked up")
    }
    assert dns(Recorded(System.LINUX)) == {}


def windows_dns(registry: str, told: str = "", *, up: bool = True) -> Told:
    calls = {"adapters": {"WLAN": {"isup": up, "addresses": ["192.168.1.7"]}}}
    return dns(Recorded(System.WINDOWS, commands={"reg": registry, "powershell": told}, calls=calls))


def test_name_servers_of_windows_are_those_of_adapters_in_use() -> None:
    key = "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\Interfaces\\{%d}\r\n"
    given = f"{key % 1}    NameServer    REG_SZ    \r\n    DhcpIPAddress    REG_SZ    192.168.1.7\r\n    DhcpNameServer    REG_SZ    192.168.1.1 192.168.1.2\r\n\r\n"
    of_old = f"{key % 2}    NameServer    REG_SZ    10.0.0.1\r\n    DhcpIPAddress    REG_SZ    10.0.0.9\r\n\r\n"
    by_hand = given.replace("NameServer    REG_SZ    \r", "NameServer    REG_SZ    9.9.9.9,1.1.1.1\r", 1)
    several = (
        f"{key % 3}    IPAddress    REG_MULTI_SZ    10.1.1.1\\0192.168.1.7\r\n    NameServer    REG_SZ    10.1.1.2\r\n"
    )
    assert windows_dns(of_old + given) == {"dns": "192.168.1.1, 192.168.1.2"}
    assert windows_dns(by_hand + of_old) == {"dns": "9.9.9.9, 1.1.1.1"}
    assert windows_dns(several) == {"dns": "10.1.1.2"}
    assert windows_dns(of_old) == {}, "PowerShell has not told, so nobody knows"
    assert windows_dns(of_old, '{"dns":[{"Connection":"WLAN","Servers":"2001:db8::53"}]}') == {"dns": "2001:db8::53"}
    gone = '{"dns":[{"Connection":"WLAN","Servers":"fec0:0:0:ffff::1"},{"Connection":"LAN","Servers":"10.8.0.1"}]}'
    assert windows_dns(of_old, gone) == {"dns": Unusual("none", "no name can be looked up")}
    assert windows_dns(given, '{"dns":[]}', up=False) == {"dns": Unusual("none", "no name can be looked up")}


def test_name_servers_of_macos() -> None:
    shown = output("facts/macos/scutil-dns.txt")
    told = dns(Recorded(System.MACOS, commands={"scutil": shown}))
    assert told == {"dns": "192.168.1.1, fe80::800c:67ff:fe1d:fd64%15"}
    assert "172.20.10.1" in shown, "the telephone's network, which is not in use"
    none = Recorded(System.MACOS, commands={"scutil": "No DNS configuration available"})
    assert dns(none) == {"dns": Unusual("none", "no name can be looked up")}


@pytest.mark.parametrize(
    ("found", "is_known", "told"),
    [
        ({}, True, {"vpn": "none found"}),
        ({}, False, {}),
        ({"tun0": True}, False, {"vpn": "on (tun0)"}),
        ({"tun0": False}, False, {}),
        ({"Work": False}, True, {"vpn": Unusual("off (Work)", "VPN off")}),
        ({"Work": False, "Lab": True}, True, {"vpn": "on (Lab)"}),
        ({"tap0": None}, True, {}),
        ({"Work": False, "tap0": None}, True, {}),
        ({"Work": True, "tap0": None}, True, {"vpn": "on (Work)"}),
    ],
)
def test_vpn(found: dict[str, bool | None], is_known: bool, told: object) -> None:
    assert vpn.told(found, is_known=is_known) == told


def test_what_systems_say_of_their_vpns() -> None:
    assert vpn.linux("Wired:802-3-ethernet:yes\nWork\\: Oslo:vpn:no\nwg:wireguard:yes") == {
        "Work: Oslo": False,
        "wg": True,
    }
    assert vpn.linux("") is None
    assert vpn.mac(
        '* (Disconnected)   0A1B IPSec              "Work"       [IPSec]\n'
        '  (Connected) 0C VPN (com.x) "Lab" [VPN:com.x]\n'
        '* (Connected) 0D PPP --> Modem (usb) "Scanner" [PPP:Modem]\n'
    ) == {"Work": False, "Lab": True}
    assert vpn.mac("Available network connection services in the current set (*=enabled):\n") is None
    assert vpn.windows([{"Name": "Work", "ConnectionStatus": "Disconnected"}]) == {"Work": False}


def test_adapters_of_vpn_programs_on_windows() -> None:
    """By what their makers call them; what people call a connection tells nothing, and a tap is anybody's."""
    rows = [
        ("Cisco AnyConnect Virtual Miniport Adapter for Windows x64", "Ethernet 4", "2", True),
        ("PANGP Virtual Ethernet Adapter Secure", "Ethernet 5", "4", False),
        ("TAP-NordVPN Windows Adapter V9", "LAN-Verbindung 2", "7", False),
        ("WireGuard Tunnel", "wg", "2", True),
        ("TAP-Windows Adapter V9", "Ethernet 6", "2", None),
    ]
    told = [{"Name": name, "Connection": connection, "Status": status} for name, connection, status, _ in rows]
    told += [{"Name": "Intel(R) Wi-Fi 6 AX201", "Connection": "VPN-Zimmer", "Status": "2"}]
    told += [{"Name": "Realtek Tape Drive Adapter", "Connection": "tap", "Status": "2"}]
    assert vpn.windows_adapters(told) == {connection: is_on for _, connection, _, is_on in rows}


def test_tunnels_of_macos() -> None:
    found = {
        "utun0": Adapter(is_up=True, addresses=("fe80::1%utun0",)),
        "utun4": Adapter(is_up=True, addresses=("10.8.0.6",)),
        "en0": Adapter(is_up=True, addresses=("192.168.1.7",)),
    }
    assert vpn.mac_adapters(found) == {"utun4": True}


def test_tunnels_of_linux_are_known_by_what_they_are() -> None:
    adapters = {
        "office": {"isup": True, "addresses": ["10.8.0.6"]},
        "tailscale0": {"isup": True, "addresses": ["fe80::1%tailscale0"]},
        "wg-lab": {"isup": False, "addresses": []},
        "tunl0": {"isup": True, "addresses": ["10.9.0.1"]},
        "tap0": {"isup": True, "addresses": ["10.7.0.1"]},
        "tap1": {"isup": True, "addresses": []},
    }
    net = "/sys/class/net"
    files = {f"{net}/{name}/tun_flags": "0x1801" for name in ("office", "tailscale0")}
    files |= {f"{net}/{name}/tun_flags": "0x1802" for name in ("tap0", "tap1")}
    files |= {f"{net}/wg-lab/uevent": "DEVTYPE=wireguard\nINTERFACE=wg-lab\n"}
    machine = Recorded(
        System.LINUX, files=files, folders={f"{net}/tap1": ["brport", "uevent"]}, calls={"adapters": adapters}
    )
    assert vpn.linux_adapters(machine) == {"office": True, "tailscale0": False, "wg-lab": False, "tap0": None}


IN_ITS_OWN_NETWORK = """
import sys
from desktop.capture.computer import vpn
from desktop.capture.computer.this_machine import ThisMachine
print(sorted(vpn.linux_adapters(ThisMachine()).items()))
"""


def test_real_tunnels_of_linux() -> None:
    """A tun that was left lying, and a tap, as this kernel shows them in a network of their own."""
    if ThisMachine().system is not System.LINUX or not shutil.which("unshare"):
        pytest.skip("namespaces are Linux'")
    import sys

    script = (
        "mount -t sysfs own /sys && ip tuntap add dev office mode tun && ip address add 10.8.0.6/24 dev office "
        f'&& ip link set office up && ip tuntap add dev tap0 mode tap && exec {sys.executable} -c "$1"'
    )
    done = subprocess.run(
        ["unshare", "--net", "--mount", "sh", "-c", script, "sh", IN_ITS_OWN_NETWORK],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode and "permitted" in done.stderr + done.stdout:
        pytest.skip("no right to make a network")
    assert done.stdout.strip() == "[('office', False), ('tap0', None)]", done.stderr
