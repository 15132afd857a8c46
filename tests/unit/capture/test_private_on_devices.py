"""Secrets in the settings of routers, switches and firewalls; what is said of such settings stays."""

import pytest

from desktop.capture.redact.text import mask

PASSWORD = "[masked: password]"


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("crypto isakmp key ", "Nordwind", " address 203.0.113.7"),
        ("crypto isakmp key 6 ", "Nordwind20", " hostname hq"),
        ("crypto ikev2 keyring K\n peer P\n  pre-shared-key local ", "ostwind", "\n"),
        (" pre-shared-key remote ", "Westwind22", "\r\n end"),
        (" pre-shared-key ", "Sturm", "\n authentication local"),
        ("set security ike policy P pre-shared-key ascii-text ", "Boe-23", ""),
        ('set security ike policy P pre-shared-key ascii-text "', "zwei Worte", '"'),
        ("set vpn ipsec peer 203.0.113.9 authentication pre-shared-secret ", "donner", ""),
        ("config vpn ipsec phase1-interface\n set psksecret ENC ", "8Kq0vR2tZ5wM7yC9", ""),
        ("    set psksecret ", "donner", "\n"),
        ("enable secret ", "westwind", ""),
        ("sw1(config)#enable secret ", "westwind", "\r\n"),
        ("enable secret level 5 0 ", "Westwind23", ""),
        ("enable password ", "Suedwind24", ""),
        ("set user kim password ", "sonne", ""),
        ("username kim privilege 15 password ", "sonne", "\nline vty 0 4"),
        ("username kim role network-admin password 5 ", "$5$abc12345", ""),
        ("local-user kim password irreversible-cipher ", "Xy7kP2mQ", ""),
        ("radius-server host 10.0.0.9 auth-port 1812 key ", "Reif", ""),
        ("radius server R1\n address ipv4 10.0.0.9 auth-port 1812\n key ", "hagel", "\n!"),
        ("tacacs-server key 7 ", "0822455D0A16", ""),
        ("ip ospf message-digest-key 1 md5 ", "dunst", ""),
        ("ntp authentication-key 3 md5 ", "dunst", ""),
        ("key chain K\n key 1\n  key-string ", "dunst", ""),
        ("neighbor 192.0.2.1 password ", "graupel", ""),
        ("ppp chap password 0 ", "tau", ""),
        ("wpa-psk ascii 0 ", "wolkig35", ""),
        ("snmp-server user kim G v3 auth sha ", "nebel", " priv aes 128 Nebel9"),
        ("set system login user kim authentication plaintext-password ", "vyos", ""),
        ("DefaultPassword    REG_SZ    ", "Russ", ""),
        ("PresharedKey = ", "8Kq0vR2tZ5wM7yC9pL1hF3gS6jA4uE0bNxYzQw8Kq0=", ""),
    ],
)
def test_a_value_that_its_place_tells_is_masked_whole(before: str, value: str, after: str) -> None:
    shown = mask(before + value + after).text
    assert shown.startswith(before + PASSWORD)
    assert shown.endswith(after) or "Nebel9" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "pre-shared-key mismatch",
        "pre-shared-key local or remote",
        "no pre-shared-key configured",
        "The pre-shared-key of the other side differs",
        "Pre-shared key authentication",
        "enable secret not set",
        "enable password protection",
        "Enable secret scanning",
        "set password policy",
        "set user kim active",
        "set user kim password expired",
        "Username and password combination",
        "username or password incorrect",
        "user name password field",
        "service password-encryption",
        "snmp-server location Berlin",
        "radius server R1 does not answer\n the key is wrong on one side of the two",
        "crypto isakmp key missing",
        "key-string not found",
        "DefaultPassword    REG_SZ    ",
        "password 5 characters long",
    ],
)
def test_what_is_said_of_settings_stays(text: str) -> None:
    assert mask(text).text == text
