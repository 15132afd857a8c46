"""Passwords that stand by themselves: plain words in a sentence, behind a user's name, behind -a and -u of commands."""

import pytest

from desktop.capture.redact.text import mask

MASKED = "[masked: password]"

TOLD = [
    ("Passwort ist {}", "Sommer"),
    ("Das Passwort ist {}", "swordfish."),
    ("password is {}", "swordfish"),
    ("The password is {} and the user is kim.", "dragon"),
    ("The old password was {}, the new one follows", "butterfly"),
    ("Mon mot de passe est {}", "soleil"),
    ("Le mot de passe est {}", "soleil"),
    ("la contraseña es {}", "verano"),
    ("login: kim / {}", "hunter2x"),
    ("Login kim / {}", "hunter2x"),
    ("Zugangsdaten: kim.lee@example.com / {}", "Sommer24!"),
    ("user: kim | {}", "Gen1usX"),
    ("Creds: admin:{}", "Passw0rd"),
    ("PIN: {}", "12 34"),
    ("PIN: {}", "123 456"),
    ("PIN: {}", "1 2 3 4"),
    ("pin: {}", "12 34"),
    ("http -a kim:{} GET https://x", "geheim"),
    ("https PUT example.com -a 'kim:{}'", "a b"),
    ("tool -u kim:{}", "Geheim1"),
    ("sudo curl -u kim:{} https://x", "hunter"),
    ("svn checkout -u kim:{} x", "hunter"),
]

SPOKEN_OF = [
    "password is expired",
    "Passwort ist abgelaufen",
    "Das Passwort ist gesperrt.",
    "Das Passwort ist Pflicht.",
    "Das Kennwort ist veraltet",
    "Passwort ist zurückgesetzt",
    "the password is wrong",
    "the password is required",
    "the password is not accepted",
    "the password is too short",
    "the password is optional",
    "The password is temporary.",
    "The password is identical.",
    "Password is obsolete.",
    "Password is unavailable",
    "Password is blank",
    "Password is case-sensitive",
    "Your password is about to expire",
    "password is stored in the vault",
    "Make sure the password is correct and try again",
    "Is the password swordfish?",
    "Le mot de passe est expiré.",
    "Le mot de passe est trop court",
    "Le mot de passe est obligatoire.",
    "La contraseña es correcta",
    "La contraseña es obligatoria.",
    "Het wachtwoord is verlopen",
    "Het wachtwoord is mislukt.",
    "Ihr Passwort ist inaktiv.",
    "Si la clave es sospechosa, usa",
    "La clave «logout_delay» es obsoleta",
    "--ftp-password=MDP",
    "--password=CONTRASEÑA",
    "Slecht wachtwoord: %s.",
    "Last login: Sat Nov 28 17:41:56",
    "login: https://host1/x",
    "Login: kim / 2026-11-28",
    "User: kim / LAPTOP-4F2K",
    "User: CORP/kim2",
    "login: CORP/kim2",
    "user: kim / room 12",
    "User: kim / srv01.example.com",
    "login: kim / session=42",
    "Login: Microsoft / Google",
    "Login: kim / 4711",
    "Pin: 10 20 mm",
    "PIN: 12 15 V",
    "see http -a lot: more",
    "docker compose exec -u node:node web sh",
    "gosu -u node:node x",
    "memcached -u memcache:memcache",
    "podman exec -u kim:staff box ls",
]


@pytest.mark.parametrize(("text", "value"), TOLD)
def test_a_password_that_only_its_place_tells_is_masked(text: str, value: str) -> None:
    assert mask(text.format(value)).text in (text.format(MASKED), text.format(MASKED) + ".")


@pytest.mark.parametrize("label", ["User/Password", "Login / Passwort", "Benutzer und Kennwort"])
def test_a_plain_word_behind_a_label_for_both_is_masked(label: str) -> None:
    assert "swordfish" not in mask(f"{label}: kim / swordfish").text


@pytest.mark.parametrize("text", SPOKEN_OF)
def test_what_is_said_of_passwords_and_who_stands_for_a_group_stays(text: str) -> None:
    assert mask(text).text == text
