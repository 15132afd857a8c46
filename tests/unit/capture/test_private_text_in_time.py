"""Masking takes time as the text is long and no more: four times the text, about four times the work."""

import re
from collections.abc import Callable
from time import process_time

import pytest

from desktop.capture.redact.find import find_sure

UNITS = (
    "a://b:c", "://", "a.", "a@", "sk-a-", "eyJ-", "eyJaaaaaaaaa.", "xoxb-", "123456-", "A1B2C-", "4111 ", "1111.",
    "DE89 ", "GB82 W ", "password ", "password: x ", "Password=a b;c=", "password=a&b ", "password=a<b", "password={",
    'password="', 'password:\\"', "password:\\", "password for ", "my password is ", "password:\n", "<password a",
    "token=", "key: ", "token=abcdefghijklmnopqrst0\n", "abcd1234\n", "cookie: a=", "cookie:a=b;", "authorization: ",
    'authorization: a b="', "bearer ", "Bearer\n", "-u a:", "--password ", "curl -b", "mysql ", "net use \\\\a ",
    "oracle:a:", "?code=", "PIN ", "security code ", "-----BEGIN PRIVATE KEY-----", "[", "'", " ", "\n",
    "login: a / ", "password is a ", "login a password ", "ConvertTo-SecureString ", "x(\"a\",",
    "echo a:", "echo a | a ",
    "net use ", "snmp a ", "htpasswd -b ",
    "create user a identified by ", "a_root_pass ", "backup codes: 1a2b\n",
    "secret: A2A2 ", "$6$a", "LS0tLS1CRUdJTi", "123456 is ", "http a -a ", "user/password: ", "client_secret ",
    "enable secret a\n", "set user a password ", "radius a\n key\n", "crypto isakmp key ", "snmp-server user a auth ",
    "Private-Lines: 1\na\n", "<password><Value>", "<auth-user-pass>a ",
    "user,password\n", "user,password,", "user|password\na|b\n", "snmpget -A a -X ", "into a (password) values (",
    "into a (password) values ('a'),", "define('password',", "a_session=", "A1bcde is my password ",
    "password from A1bcde to ", "password</td><td>", "**password:** ", "password ....",
)  # fmt: skip
_SHORT, _LONG = 6_000, 24_000
_LINEAR, _QUADRATIC = 4, 16
_SHORTEST = 0.004
"""Seconds below which a measure tells nothing, and needs not to."""


def growth(work: Callable[[str], object], unit: str) -> float:
    """How many times the work it is when the text is four times as long; the least of several tries."""
    short, long = (unit * (length // len(unit)) for length in (_SHORT, _LONG))
    return min(_seconds(work, long) for _ in range(3)) / max(_SHORTEST, min(_seconds(work, short) for _ in range(3)))


def _seconds(work: Callable[[str], object], text: str) -> float:
    begin = process_time()
    work(text)
    return process_time() - begin


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_is_not_sixteen_times_the_work(unit: str) -> None:
    assert growth(find_sure, unit) < (_LINEAR + _QUADRATIC) / 2


def test_a_pattern_without_a_bound_is_told_by_that_measure() -> None:
    unbounded = re.compile(r"://[^\s/:@]*:[^\s@]+@")
    assert growth(lambda text: list(unbounded.finditer(text)), "://b:c") > (_LINEAR + _QUADRATIC) / 2
