"""What makers leave in fields that they should have filled is no serial number and no model; odd real ones stay."""

import pytest

from desktop.capture.computer.maker_text import written
from desktop.capture.computer.serial import told

NOTHING = [
    *(
        "",
        " ",
        "0",
        "00000000",
        "0000-0000",
        "0x00000000",
        "xxxx",
        "XXXXXXX",
        "FFFFFFFF",
        "........",
        "-",
        "?",
        "#####",
    ),
    *(
        "None",
        "none",
        "N/A",
        "NA",
        "null",
        "(null)",
        "(none)",
        "NONE SET",
        "Nothing",
        "Unknown",
        "UNKNOWN",
        "Undefined",
    ),
    *("To be filled by O.E.M.", "To Be Filled By O.E.M", "TO BE FILLED BY O.E.M. BY MORE STRING", "ToBeFilledByOEM"),
    *("Filled by OEM", "Fill By OEM", "To be set by OEM", "To Be Defined", "O.E.M.", "OEM", "OEM_Serial"),
    *("Default string", "Default_String", "Default", "DEFAULT STRING 2", "Invalid", "INVALID", "Empty", "EMPTY", "TBD"),
    *("System Serial Number", "SYSTEM SERIAL NUMBER", "System Product Name", "System manufacturer", "System Version"),
    *("Base Board Serial Number", "Chassis Serial Number", "Serial Number", "SerialNumber", "Product Name", "Serial"),
    *("Type1ProductConfigId", "Type1Family", "SKU", "Asset Tag", "No Asset Tag", "Motherboard Serial Number"),
    *("Not Specified", "Not Available", "Not Applicable", "Not Settable", "Not Defined", "NOT PRESENT", "not set"),
    *("<OUT OF SPEC>", "<BAD INDEX>", "Unspecified", "Test", "Dummy", "Reserved", "changeme"),
    *("0123456789", "123456789", "1234567890", "12345678", "0123456789ABCDEF", "BSN12345678901234567", "MB-1234567890"),
    *("SSN12345678901234567", "NB-1234567890", "01234567890123456789", "ABCDEFGH", "\ufffd\ufffd\ufffd\ufffd"),
]
SAID = [
    "ERROR: Access is denied.",
    "Error: could not connect to D-Bus",
    "FEHLER: Zugriff verweigert",
    "Erreur : le fichier est introuvable",
    "sysctl: unknown oid 'machdep.cpu.brand_string'",
    "/bin/sh: 1: ioreg: not found",
    "cat: /sys/class/dmi/id/product_serial: Permission denied",
    "Get-CimInstance : Access denied 0x80041003",
    "Usage: tool [options]",
    "first line\nsecond line",
]
SERIALS = [
    *(
        "PF3EXAMPL",
        "7XK9Q23",
        "C02EXAMPLE01",
        "CND1234ABC",
        "5CG8123456",
        "10000000abcd",
        "GHJKLQWERT",
        "1S20HRS00B00PF0ABCDE",
    ),
    "VMware-56 4d 2b 91 af 0c e1 77-3a 5b 10 0f 88 21 c4 d9",
    "Parallels-54 11 BD 06 4E 2A 44 0F A7 31 0B 2C 6E 91 33 10",
    *(
        "4125-7513-8423-5125-4587-5018-83",
        "GoogleCloud-0A1B2C3D4E5F60718293A4B5C6D7E8F9",
        "MJ0E12/34.5",
        "/7XK9Q23"[1:],
    ),
    *("ec2a8b1c-1f0e-4d3c-9b2a-1c2d3e4f5a6b", "00012345", "ABCD1234", "LXAB1230456789012E1601", "NXVHEEV00112345678"),
]
MODELS = [
    *(
        "Latitude 5440",
        "21HM002VGE",
        "MacBookPro18,3",
        "HP EliteBook 840 G9",
        "Virtual Machine",
        "VirtualBox",
        "PRIME B450M-A",
    ),
    *(
        "Standard PC (Q35 + ICH9, 2009)",
        "Raspberry Pi 4 Model B Rev 1.4",
        "Surface Pro",
        "KVM",
        "NUC13ANHi7",
        "MS-7C91",
    ),
    *("\u8054\u60f3\u542f\u5929M420", "System x3650 M5", "Precision Tower 3620", "20XW", "X1", "Serval WS", "Oryx Pro"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_was_never_filled_in(text: str) -> None:
    assert written(text) == ""
    assert told(text) == ""


@pytest.mark.parametrize("text", SAID)
def test_what_a_tool_says_of_its_failure(text: str) -> None:
    assert written(text) == ""
    assert told(text) == ""


@pytest.mark.parametrize(
    "text", ["Zugriff verweigert.", "permission denied", "Accès refusé", "\U0001f642", "x=y:z", "Bitte 3 Felder füllen"]
)
def test_a_sentence_is_no_serial_number(text: str) -> None:
    assert told(text) == ""


@pytest.mark.parametrize("text", SERIALS)
def test_serial_numbers(text: str) -> None:
    assert told(text) == text


@pytest.mark.parametrize("text", MODELS)
def test_models(text: str) -> None:
    assert written(text) == text
