"""The same failure is recognised again, wherever and whenever it happens; another one is another."""

from datetime import time
from ipaddress import IPv6Address
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.tickets.error_text.fingerprint import fingerprint

FAILURES = {
    "installer": (
        r"Error 1603: A fatal error occurred during installation of C:\Users\ann\setup.msi at 10:03:22",
        r"ERROR 1603: A fatal error occurred during installation of D:\Program Files\New one\setup.msi at 23:59:01",
    ),
    "access": (
        "Access is denied. (Exception from HRESULT: 0x80070005)",
        "Access is denied. (Exception from HRESULT: -2147024891)",
        "Access is denied. (Exception from HRESULT: 0xFFFFFFFF80070005)",
        "Access is denied.\r\n  (Exception from\u00a0HRESULT:\t0x80070005)",
        "Access is denied. (Exception from HRESULT: ０ｘ８００７０００５)",
        "Access is denied. (Exception from HRESULT: 2147942405)",
        "Access is denied. (Exception from HRESULT: 80070005)",
        "Access is denied. (Exception from HRESULT: E_ACCESSDENIED)",
        "Access is denied. (Exception from HRESULT: 0x80070005 (E_ACCESSDENIED))",
        "Access is denied. (Exception from HRESULT: 0x80070005L)",
    ),
    "a code alone": (
        "Error code -2147024891",
        "error code 0x80070005",
        "Error code: 2147942405",
        "ERROR CODE 80070005",
        "Error code E_ACCESSDENIED",
        "Error code='-2147024891 (80070005)'",
    ),
    "another code alone": ("Error code 2147942487", "error code 0x80070057", "error code E_INVALIDARG"),
    "access violation": (
        "NTSTATUS -1073741819",
        "NTSTATUS 3221225477",
        "NTSTATUS 0xC0000005",
        "NTSTATUS c0000005",
        "NTSTATUS STATUS_ACCESS_VIOLATION",
    ),
    "a small code": ("Error 5: it is locked", "error 0x5: it is locked", "Error 0x00000005: it is locked"),
    "another small code": ("Error 6: it is locked",),
    "document": (
        "The document 'Plan 2026.docx' could not be saved for ann@corp.example",
        "The document “Letter to Kim.docx” could not be saved for bob@corp.example",
    ),
    "library": ("The library 'msvcp140.dll' could not be loaded",),
    "another library": ("The library 'vcruntime.dll' could not be loaded",),
    "link": ("Connection to fe80::1%eth0 was reset", "Connection to 10.0.0.1:443 was reset"),
    "pointer": ("Crash at 7FFE12345678 in module foo", "Crash at 0x00401000 in module foo"),
    "no interface": ("Access is denied. (Exception from HRESULT: 0x80004002)",),
    "python": (
        'Traceback (most recent call last):\n  File "/home/bob/app/main.py", line 42, in run\nValueError: bad value',
        'Traceback (most recent call last):\n  File "/Users/eve/x/main.py", line 7, in run\nValueError: bad value',
    ),
    "python, another": (
        'Traceback (most recent call last):\n  File "/home/bob/app/main.py", line 42, in run\nKeyError: bad value',
    ),
    "memory": (
        "The instruction at 0x00007FFA1234ABCD referenced memory at 0x0000000000000000. It could not be read.",
        "The instruction at 0x00401000 referenced memory at 0x00000010. It could not be read.",
    ),
    "refused": (
        "2026-11-24 09:00:01,123 ERROR [main-12] connect to 10.1.2.3:5432 failed: ECONNREFUSED",
        "2025-01-02 23:59:59 ERROR [main-3] connect to 192.168.0.17:5433 failed: ECONNREFUSED",
        "2025-01-02T23:59:59Z ERROR [main-3] connect to [2001:db8:0:1::7]:5433 failed: ECONNREFUSED",
    ),
    "timed out": ("2026-11-24 09:00:01,123 ERROR [main-12] connect to 10.1.2.3:5432 failed: ETIMEDOUT",),
    "table": ("ORA-00942: table or view does not exist",),
    "column": ("ORA-00904: table or view does not exist",),
    "not found": ("404 Not Found: https://mail.example.com/a?b=1", "404 Not Found: http://10.0.0.1/x"),
    "class": (
        "Class {1B2A3C4D-0000-1111-2222-333344445555} is not registered, asked by CORP\\ann (ann@corp.example)",
        "Class {9F2A3C4D-0000-1111-2222-33334444AAAA} is not registered, asked by CORP\\bob.k (bob@x.corp.example)",
    ),
    "stop 7e": (
        "Stop code 0x0000007E (0xFFFFFFFFC0000005, 0xfffff80012345678)",
        "Stop code 0x7E (0xC0000005, 0xfffff80798765432)",
    ),
    "stop 9f": ("Stop code 0x0000009F (0xFFFFFFFFC0000005, 0xfffff80012345678)",),
    "segfault": (
        "Nov 24 09:00:01 pc-17 kernel: app[123]: segfault at 0 ip 00007f12abcd1234 sp 00007ffe1 error 4 in libc.so.6",
        "Dec 1 19:10:51 pc-4 kernel: app[9]: segfault at 18 ip 00007f9dabcd1234 sp 00007ffd8 error 4 in libc.so.6",
    ),
    "address without a figure": (
        "Cannot connect to dcda:: by port 443",
        "Cannot connect to abcd::ef by port 443",
        "Cannot connect to dead:beef::cafe by port 443",
        "Cannot connect to fe80::1%en0 by port 443",
        "Cannot connect to ::ffff:192.0.2.1 by port 443",
        "Cannot connect to [fd00::]:80 by port 443",
        "Cannot connect to 192.0.2.1 by port 443",
    ),
    "drive": (
        "The drive H: is not accessible. The parameter is incorrect.",
        "The drive K: is not accessible. The parameter is incorrect.",
    ),
    "user in quotation marks": ("Login failed for user 'anna'.", "Login failed for user “kim”."),
    "user and host in quotation marks": (
        "Access denied for user 'root'@'localhost' (using password: YES)",
        "Access denied for user 'app'@'10.0.0.7' (using password: YES)",
    ),
    "user of SAP": ("Document is locked by user KIMM", "Document is locked by user SCHMIDTA"),
    "who edits": (
        "The file 'Q3 report.xlsx' is locked for editing by 'Anna Schmidt'",
        "The file 'plan.xlsx' is locked for editing by 'Kim Lee'",
    ),
    "host with a number": (
        "ssh: connect to host fs01 port 22: Connection timed out",
        "ssh: connect to host web-7.corp.example.com port 2222: Connection timed out",
    ),
    "address before a colon": (
        "Failed to connect to fe80::1%eth0: Connection refused",
        "Failed to connect to 2001:db8::5: Connection refused",
    ),
    "OpenSSL 3": ("libssl.so.3: cannot open shared object file",),
    "OpenSSL 1": ("libssl.so.1.1: cannot open shared object file",),
    "server's library": ("The server msvcp140.dll is missing",),
    "server's other library": ("The server vcruntime.dll is missing",),
    "scope of a language": ("Cannot connect to std::vector by port 443",),
    "another scope": ("Cannot connect to a::b() by port 443",),
    "folders": (
        r"Access to C:\Users\Ann Smith\x.db was blocked",
        r"Access to \\server\share\x.db was blocked",
        r"Access to %APPDATA%\x.db was blocked",
        "Access to ~/x.db was blocked",
        "Access to $HOME/x.db was blocked",
        "Access to /Users/ann smith/x.db was blocked",
        "Access to /home/ann/x.db was blocked",
    ),
    "day and hour": (
        "Task of 2026-11-24T09:00:01.123Z broke off",
        "Task of Tue Nov 24 09:00:01 2026 broke off",
        "Task of 24/Nov/2026:09:00:00 +0100 broke off",
        "Task of Tuesday, November 24, 2026 9:00 AM broke off",
        "Task of Di., 24. November 2026 09:00 Uhr broke off",
        "Task of 24 févr. 2026 09:00 broke off",
    ),
    "amounts": (
        "Timeout after 30000 ms, 812 MB used by it",
        "Timeout after 5s, 1.2 GB used by it",
        "Timeout after 30.5 seconds, 1,024 KB used by it",
    ),
    "place in a program": ("fatal error: foo at main.go:12 +0x2c", "fatal error: foo at main.go:99 +0x1f0"),
    "hardware address": ("device aa:bb:cc:dd:ee:ff lost its link", "device aabb.ccdd.eef1 lost its link"),
    "winerror": ("[WinError 5] it said no", "[WinError 5] It said no"),
    "another winerror": ("[WinError 32] it said no",),
    "database": ("Msg 208, Level 16, State 1: no", "Msg 208, Level 16, State 3: no"),
    "another of the database": ("Msg 2627, Level 14, State 1: no",),
    "sqlstate": ("SQLSTATE[42S02]: no", "SQLSTATE: 42S02: no"),
    "another sqlstate": ("SQLSTATE[23000]: no",),
    "mail": ("550 5.1.1 mail to ann@a.example was rejected", "550 5.1.1 mail to bob@b.example was rejected"),
    "another of mail": ("550 5.7.1 mail to ann@a.example was rejected",),
    "printer": ("49.4C02 Error",),
    "another of a printer": ("79.0000 Error",),
    "cartridge": ("E5-01 Cartridge error",),
    "another of a cartridge": ("E6-02 Cartridge error",),
    "ink": ("Ink error 0x6100004a",),
    "another of ink": ("Ink error 0x6100004b",),
    "compiler": ("error[E0382]: no", "error E0382: no"),
    "another of a compiler": ("error[E0499]: no",),
    "sap": ("Message no. M3 305", "Meldung Nr. M3305", "Meldungsnr. M3 305"),
    "another of sap": ("Message no. M3 306",),
    "teams": ("caa70004 came",),
    "another of teams": ("caa2000b came",),
    "in any language": ("Error code: 6", "Code d’erreur : 6", "Código de error: 6", "Fehlercode 6", "Erreur 6"),
    "german": ("Fehlercode 1603 beim Öffnen von „Übersicht“", "FEHLERCODE ١٦٠٣ BEIM ÖFFNEN VON „ÜBERSICHT“"),
}
ONE_OF_EACH = [texts[0] for texts in FAILURES.values()]


@pytest.mark.parametrize("texts", FAILURES.values(), ids=FAILURES)
def test_the_same_failure_is_the_same(texts: tuple[str, ...]) -> None:
    assert {fingerprint(text) for text in texts} == {fingerprint(texts[0])} != {""}


def test_another_failure_is_another() -> None:
    assert [(one, other) for one, other in combinations(ONE_OF_EACH, 2) if fingerprint(one) == fingerprint(other)] == []


@pytest.mark.parametrize(
    "text", ["", "  \n", "42", "hello", "10.0.0.1", "0x7ffe00001234", "2026-11-24", "?!", "pc-17 88"]
)
def test_what_tells_no_error_apart_has_none(text: str) -> None:
    assert fingerprint(text) == ""


@pytest.mark.parametrize("text", ["ENOENT", "0x80070005", "NullReferenceException:"])
def test_a_name_or_code_alone_is_enough(text: str) -> None:
    assert len(fingerprint(text)) == 16


@given(st.sampled_from(ONE_OF_EACH), st.lists(st.sampled_from([" ", "\n", "\t", "\r\n", "  ", "\u00a0"]), min_size=40))
def test_lines_may_be_wrapped_anywhere(text: str, spaces: list[str]) -> None:
    wrapped = "".join(f"{word}{space}" for word, space in zip(text.split(), spaces, strict=False))
    assert len(text.split()) <= len(spaces)
    assert fingerprint(wrapped) == fingerprint(text)


@given(st.sampled_from(ONE_OF_EACH))
def test_case_makes_no_difference(text: str) -> None:
    assert fingerprint(text.upper()) == fingerprint(text) == fingerprint(text.lower())


@given(
    st.integers(0, 10**6),
    st.integers(0, 0xFFFFFFFFFFFF),
    st.from_regex(r"[a-z]{1,12}", fullmatch=True),
    st.times(),
    st.ip_addresses(),
)
@example(0, 0, "a", time(0), IPv6Address("::ffff:0:0"))
@example(0, 0, "a", time(0), IPv6Address("2001:db8::"))
@example(0, 0, "a", time(0), IPv6Address("dcda::"))
@example(0, 0, "a", time(0), IPv6Address("::abcd:0:0:0"))
@example(0, 0, "a", time(0), IPv6Address("dead:beef::cafe"))
def test_whose_computer_and_when_makes_no_difference(
    number: int, pointer: int, user: str, at: object, address: object
) -> None:
    def said(number: int, pointer: int, user: str, at: object, address: object) -> str:
        return (
            f"{at} [{number}] cannot write /home/{user}/note-{number}.txt for host {address} "
            f"(buffer at 0x{pointer:012x}): EACCES"
        )

    assert fingerprint(said(number, pointer, user, at, address)) == fingerprint(
        said(7, 0x7F0012345678, "ann", "09:00:00", "10.0.0.1")
    )


def test_a_space_beside_letters_of_another_script_makes_no_difference() -> None:
    assert fingerprint("错误0x80070005:拒绝访问") == fingerprint("错误 0x80070005: 拒绝访问") != ""
    assert fingerprint("エラー0x80070005 setup失敗") == fingerprint("エラー 0x80070005 setup 失敗") != ""


@given(st.text())
def test_any_text_has_a_fingerprint_or_none(text: str) -> None:
    assert fingerprint(text) in ("", fingerprint(text.replace(" ", "\n")))


def test_a_long_log_costs_no_more_than_a_short_one() -> None:
    """Only its ends are looked at: what is between makes no difference."""
    head, tail = "Error 1603: it broke. " * 250, "ECONNREFUSED by the server. " * 250
    assert fingerprint(head + "one thing " * 100_000 + tail) == fingerprint(head + "another " * 100_000 + tail)


@pytest.mark.parametrize("text", ["a\\" * 4000, "/a" * 4000, "1:" * 4000, "c:\\a " * 1600, "a@" * 4000, '"c:' * 2600])
def test_hostile_texts_end(text: str) -> None:
    assert len(fingerprint(text)) in (0, 16)
