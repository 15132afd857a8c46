"""Passwords that end as words for a state do; keys of more services, numbers of persons of more countries."""

import re

import pytest

from desktop.capture.redact.find import find
from desktop.capture.redact.text import mask


@pytest.mark.parametrize(
    "text",
    [
        "the password is elephant",
        "Das Passwort ist Herbst",
        "Mot de passe est musique",
        "La contraseña es bienvenida",
        "La clave es soldado",
        "La password è lupo81",
        "A senha é raposa81",
        "Lösenordet är vinter7x",
        "Passordet er sommer24",
        "the admin pw is still changeme89",
        "Das Passwort ist noch Winter77",
        "clave wifi Cabra79",
        "la clave secreta es Luna44",
        "Parola d'ordine: timo",
        "Heslo je Salvej81",
        "Hasło to Mieta82",
        "Şifre: nane",
        "Κωδικός πρόσβασης: menta",
        "كلمة المرور: nana",
        "סיסמה: nana",
        "비밀번호: baghcho",
        "Пароль от почты: myata",
        "palavra-passe: alecrim",
        "please reset the password to Thymian55",
        "rasdial Office kim schlehe",
        "snmpget -v3 -u kim -A traube24",
        "OTP is 482915",
        "2FA secret JBSWY3DPEHPK3PXP",
        "Kenncode: 839201",
        "password\\u003dKerbel96",
    ],
)
def test_the_last_word_is_the_password(text: str) -> None:
    value = re.split(r"[ ]|u003d", text)[-1]
    assert mask(text).text == text.replace(value, "[masked: password]")


@pytest.mark.parametrize(
    "text",
    [
        "the password is expired",
        "the password is displayed in clear text",
        "Das Passwort ist abgelaufen",
        "Le mot de passe est expiré",
        "La contraseña es incorrecta",
        "La clave primaria es id_cliente",
        "la clave es el servidor",
        "La clave secreta no es válida",
        "La password è scaduta",
        "the password is still valid",
        "La password è sbagliata",
        "Passordet er utløpt",
        "Lösenordet är fel",
        "Hasło to za mało",
        "Ticket 482910 is the access code project",
    ],
)
def test_how_a_password_is_stays(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("", "hf_8KqvRtZwMyCpLhFgSjAuEbNxYzQwKqvRt4", ""),
        ("https://api.telegram.org/", "bot5839201746:AAE8Kq0vR2tZ5wM7yC9pL1hF3gS6jA4uE0b", "/getMe"),
        ("define( 'DB_PASSWORD', '", "Zitrone 1", "' );"),
        ("'password' => env('DB_PASSWORD', '", "orange", "'),"),
        ("define('AUTH_KEY', '", "q7Zt1mVx0c9LrPw2Hs4KjUeNd8Yb3Fa5", "');"),
        ("vault login ", "s.q7Zt1mVx0c9LrPw2Hs4KjUeN", ""),
        ("lftp -u kim,", "gurke", " sftp://host"),
        ("SNMP Community: ", "mangold", ""),
        ("Admin-PIN des Druckers: ", "92837465", ""),
        ("SAMLResponse=", "PHNhbWxwOlJlc3BvbnNlIHhtbG5zOnNhbWxwPSJ1cm4", ""),
        ("laravel_session=", "eyJpdiI6InE3WnQxbVZ4MGM5THJQdzJIczRLIn0%3D", ""),
        ("Shopify ", "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", " is gone"),
        ("kim:1001:", "aad3b435b51404eeaad3b435b51404ee:8846f7eaee8fb117ad06bdd830b7586c", ":::"),
        ("Private-Lines: 2", "\r\nAAAAIKq0vR2tZ5wM7yC9pL1hF3gS6jA4uE0bNx\r\nYzQw8Kq0vR2t", "\r\nPrivate-MAC: 9f8d3c0b"),
        ("<auth-user-pass>\nkim\n", "niesel", "\n</auth-user-pass>"),
        ("<AdministratorPassword>\n  <Value>", "UABhAHMAcwA2ADQA", "</Value>"),
        ("Entsperrcode (PUK): ", "83920174", ""),
        ("WLAN-Schlüssel: ", "5839 2017 4655 1029", ", auf der Rückseite"),
        ("Passwort: ", "1234-5678-wald", ""),
        ("IBAN ", "BE68 5390 0754 7034", " (a bank that is on no list)"),
    ],
)
def test_nothing_of_the_value_is_left(before: str, value: str, after: str) -> None:
    shown = mask(before + value + after).text
    assert shown.startswith(f"{before}[masked: ")
    assert shown.endswith(f"]{after}")


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("<b>Password:</b> ", "sommer", ""),
        ("<tr><td>Passwort</td>\n  <td>", "sommer", "</td></tr>"),
        ('<dt>Password</dt><dd class="x">', "sommer", "</dd>"),
        ("**Password:** ", "sommer", "\n"),
        ("**Passwort**: ", "sommer", ""),
        ("__Password:__ ", "sommer", ""),
        ("Password ........ ", "sommer7", ""),
        ("Password [8 characters]: ", "sommer7", ""),
        ("Password/PIN: ", "sommer7", ""),
        ("password%3A%20", "sommer", "&x=1"),
        ("", "Sommer7", " is my password."),
        ("", "Sommer7", " ist das Passwort"),
        ("mit ", "Sommer7", " als Passwort, aber es geht nicht"),
    ],
)
def test_a_label_in_bold_in_a_cell_or_behind_its_value(before: str, value: str, after: str) -> None:
    assert mask(before + value + after).text == f"{before}[masked: password]{after}"


def test_the_old_and_the_new_one_are_masked() -> None:
    shown = mask("Passwort von Sommer7 auf Winter8 geändert").text
    assert shown == "Passwort von [masked: password] auf [masked: password] geändert"


@pytest.mark.parametrize(
    "text",
    [
        "**Password:** required",
        "<td>Password</td><td>required</td>",
        "<th>Password</th><th>Phone</th>",
        "Password ........ passed",
        "POST /api/password/reset: 404",
        "Windows11 is the password manager's host",
        "MFA2 as password replacement",
        "sommer is my password",
        "Passwort von Kim auf Server 12 geändert",
        "Password changed from version 2 to 3",
    ],
)
def test_words_in_those_places_stay(text: str) -> None:
    assert mask(text).text == text


def test_both_keys_of_a_command_are_masked() -> None:
    shown = mask("snmpwalk -v3 -u kim -A traube24 -x AES -X beere25 host").text
    assert shown == "snmpwalk -v3 -u kim -A [masked: password] -x AES -X [masked: password] host"


def test_an_identifier_of_digits_alone_holds_no_card() -> None:
    text = "Correlation ID: 11111111-2222-3333-4444-555555555555"
    assert mask(text).text == text
    assert mask(text.rpartition("3333-")[2]).text == "[masked: card number]"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("CPF ", "529.982.247-25"),
        ("Personnummer: ", "811218-9876"),
        ("PESEL ", "44051401359"),
        ("Fødselsnummer ", "15108695088"),
        ("Henkilötunnus: ", "131052-308T"),
        ("Rijksregisternummer: ", "85.07.30-033.28"),
        ("Rodné číslo: ", "710319/2745"),
        ("NIF: ", "501964843"),
        ("TC Kimlik No: ", "17291716060"),
        ("Aadhaar ", "2341 2341 2346"),
        ("CURP: ", "BOXW310820HNERXN09"),
    ],
)
def test_numbers_of_persons_of_more_countries_are_pointed_out_where_their_check_digits_are_right(
    name: str, number: str
) -> None:
    assert [(one.start, one.end) for one in find(name + number)] == [(len(name), len(name + number))]
    assert not find(name + number[:-1] + ("1" if number[-1] != "1" else "2"))
    assert mask(name + number).text == name + number, "who sees it decides"
