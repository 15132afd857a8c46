"""Private things and what looks like them, made up by a seed; check digits are computed here, not by the product."""

import base64
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from desktop.capture.redact.secret import SecretKind

_NAMES = ("anna.schmidt", "bob_miller", "c.dupont", "jose.garcia+it", "k.novak", "o'brien", "info", "mueller.h")
_HOSTS = ("example.com", "example.org", "mail.example.co.uk", "corp.example.net", "praxis-example.de")
_WORDS = ("Sommer", "hunter", "Winter", "correct", "Bakery", "Monitor", "orange", "Drucker")


@dataclass(frozen=True)
class Line:
    """A line of a screen: what stands before, what is to be found (or only looks like it), what stands behind.

    Attributes:
        kind: of the private thing; None where nothing is private.
    """

    before: str
    value: str
    after: str = ""
    kind: SecretKind | None = None

    @property
    def text(self) -> str:
        return self.before + self.value + self.after


def luhn(digits: str) -> str:
    """The digits with the check digit of ISO/IEC 7812-1, annex B, behind them."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        double = int(digit) * (2 if place % 2 == 0 else 1)
        total += double // 10 + double % 10
    return f"{digits}{-total % 10}"


def iban(country: str, account: str) -> str:
    """With the check digits of ISO 13616 (ISO/IEC 7064, MOD 97-10)."""
    as_digits = "".join(str(int(letter, 36)) for letter in f"{account}{country}00")
    return f"{country}{98 - int(as_digits) % 97:02}{account}"


def grouped(text: str, size: int, gap: str) -> str:
    return gap.join(text[start : start + size] for start in range(0, len(text), size))


def digits(random: Random, count: int) -> str:
    return "".join(random.choice(string.digits) for _ in range(count))


def mixed(random: Random, count: int, letters: str = string.ascii_letters + string.digits) -> str:
    """Letters and digits, with at least one of each."""
    made = "".join(random.choice(letters) for _ in range(count - 2))
    return f"{made}{random.choice(string.digits)}{random.choice(letters[:26])}"


def card(random: Random) -> Line:
    gap = random.choice(("", " ", " ", "-", ".", " - "))
    if random.random() < 0.2:
        number = luhn("37" + digits(random, 12))
        shown = gap.join((number[:4], number[4:10], number[10:]))
    else:
        number = luhn(random.choice(("4", "51", "55", "2230")).ljust(15, "x").replace("x", "") + digits(random, 15))
        number = luhn(number[:15])
        shown = grouped(number, 4, gap)
    before = random.choice(("Card number: ", "Visa ", "Paid with ", "Kartennummer ", "carte : "))
    return Line(before, shown, random.choice(("", " exp 09/29", ", thank you")), SecretKind.CARD)


def account(random: Random) -> Line:
    made = random.choice(
        (
            lambda: iban("DE", digits(random, 18)),
            lambda: iban("AT", digits(random, 16)),
            lambda: iban("GB", "WEST" + digits(random, 14)),
            lambda: iban("CH", digits(random, 17)),
            lambda: iban("NL", "ABNA" + digits(random, 10)),
        )
    )()
    shown = grouped(made, 4, random.choice((" ", " ", " ", "-", "."))) if random.random() < 0.7 else made
    return Line(
        random.choice(("IBAN: ", "Konto ", "Pay to ", "")),
        shown,
        random.choice(("", " (BIC WESTGB21)")),
        SecretKind.IBAN,
    )


def password(random: Random) -> Line:
    word = random.choice(_WORDS)
    value = random.choice(
        (
            f"{word}{digits(random, 2)}",
            f"{word}-{digits(random, 4)}!",
            mixed(random, 10),
            f"{word}${digits(random, 1)}x",
        )
    )
    before = random.choice(
        (
            "Password: ",
            "password=",
            "Kennwort: ",
            "Mot de passe : ",
            "Passwort: ",
            "pwd=",
            "The password is ",
            "PASSWORD = ",
        )
    )
    return Line(before, value, "", SecretKind.PASSWORD)


def wording(random: Random) -> Line:
    """Passwords in other words, languages and abbreviations."""
    before = random.choice(
        (
            "Password is: ",
            "Passwort lautet ",
            "Das Passwort ist ",
            "PW: ",
            "Pwd = ",
            "contraseña: ",
            "Password for kim: ",
            "Passphrase: ",
            "Wachtwoord: ",
            "Password (again): ",
        )
    )
    return Line(before, f"{random.choice(_WORDS)}{digits(random, 3)}", "", SecretKind.PASSWORD)


def in_quotations(random: Random) -> Line:
    """Values with signs and blanks within, as settings and commands write them."""
    first, second = mixed(random, 5), mixed(random, 5)
    before, value, after = random.choice(
        (
            ("DSN=till;UID=sa;PWD={", f"{first};{second}", "};Encrypt=yes"),
            ("Server=db1;Password=", f"{first}&{second}", ";Encrypt=yes"),
            ('{"password": "', f"{first}, {second}", '"}'),
            ("https://example.com/login?password=", f"{first}%26{second}", "&user=kim"),
            ("tool --password '", f"{first} {second}", "' --verbose"),
            ("curl -u kim:", f"{first},{second}", " https://example.com"),
        )
    )
    return Line(before, value, after, SecretKind.PASSWORD)


def code(random: Random) -> Line:
    before, count = random.choice((("PUK: ", 8), ("CVV: ", 3), ("CVC ", 3), ("Security code: ", 3), ("PIN is ", 4)))
    return Line(before, digits(random, count), "", SecretKind.PASSWORD)


def letters(random: Random) -> Line:
    """Tokens without a digit."""
    value = "".join(random.choice(string.ascii_lowercase) for _ in range(random.randint(22, 30)))
    return Line(random.choice(("token=", "secret=", "api_key: ", "key=")), value, "", SecretKind.TOKEN)


def in_address(random: Random) -> Line:
    scheme, host = random.choice(("https", "postgres", "ftp", "mongodb")), random.choice(_HOSTS)
    user, value = random.choice(("admin", "svc", "backup")), mixed(random, 9)
    return Line(f"{scheme}://{user}:", value, f"@{host}/data", SecretKind.PASSWORD)


def in_connection(random: Random) -> Line:
    return Line("Server=db1;User Id=sa;Password=", mixed(random, 11), ";Encrypt=true", SecretKind.PASSWORD)


def pin(random: Random) -> Line:
    return Line(
        random.choice(("PIN: ", "PIN code: ", "Pin-Code: ")),
        digits(random, random.choice((4, 6))),
        "",
        SecretKind.PASSWORD,
    )


def key(random: Random) -> Line:
    upper = string.ascii_uppercase + string.digits
    before, value = random.choice(
        (
            ("aws_access_key_id = ", f"AKIA{mixed(random, 16, upper)}"),
            ("token ", f"ghp_{mixed(random, 36)}"),
            ("SLACK_BOT_TOKEN=", f"xoxb-{digits(random, 11)}-{mixed(random, 24)}"),
            ("Stripe: ", f"sk_live_{mixed(random, 24)}"),
            ("Product key: ", "-".join(mixed(random, 5, upper) for _ in range(5))),
            ("key ", f"AIza{mixed(random, 35)}"),
        )
    )
    return Line(before, value, "", SecretKind.KEY)


def token(random: Random) -> Line:
    def part(count: int) -> str:
        return base64.urlsafe_b64encode(random.randbytes(count)).decode().rstrip("=")

    before, value = random.choice(
        (
            ("Authorization: Bearer ", mixed(random, 32)),
            ("api_key=", mixed(random, 28)),
            ("access_token: ", mixed(random, 24)),
            ("client_secret=", mixed(random, 30)),
            ("jwt ", f"eyJhbGciOiJIUzI1NiJ9.{part(24)}.{part(24)}"),
            ("X-Api-Key: ", mixed(random, 32)),
        )
    )
    return Line(before, value, "", SecretKind.TOKEN)


def cookie(random: Random) -> Line:
    return Line("Cookie: ", f"session={mixed(random, 26)}", "", SecretKind.COOKIE)


def email(random: Random) -> Line:
    before = random.choice(("From: ", "Contact ", "User ", "E-mail: ", "an "))
    return Line(
        before,
        f"{random.choice(_NAMES)}@{random.choice(_HOSTS)}",
        random.choice(("", " wrote:", " (away)")),
        SecretKind.EMAIL,
    )


def social_security(random: Random) -> Line:
    number = f"{random.randint(101, 665):03}-{random.randint(10, 99)}-{random.randint(1000, 9999)}"
    return Line(
        random.choice(("SSN: ", "Social Security ", "SSN ", "Employee ")), number, "", SecretKind.SOCIAL_SECURITY
    )


def phone(random: Random) -> Line:
    value = random.choice(
        (
            f"+1 212 {random.randint(200, 999)} {random.randint(1000, 9999)}",
            f"(312) {random.randint(200, 999)}-{random.randint(1000, 9999)}",
            f"+49 30 90{random.randint(1000, 9999)}",
            f"+44 20 7946 {random.randint(1000, 9999)}",
            f"+33 1 42 68 {random.randint(10, 99)} {random.randint(10, 99)}",
            f"212-{random.randint(200, 999)}-{random.randint(1000, 9999)}",
        )
    )
    return Line(
        random.choice(("Tel. ", "Call ", "Phone: ", "Mobile ")),
        value,
        random.choice(("", " until noon")),
        SecretKind.PHONE,
    )


SECRETS: tuple[Callable[[Random], Line], ...] = (
    card, account, password, wording, in_quotations, code, letters, in_address,
    in_connection, pin, key, token, cookie, email, social_security, phone,
)  # fmt: skip


def look_alikes(random: Random) -> Sequence[Line]:
    """One of each kind of thing that is not private and looks like something that is."""
    wrong = luhn("4" + digits(random, 14))
    right = iban("DE", "".join(f"1{digits(random, 3)}" for _ in range(4)) + digits(random, 2))
    not_an_iban = f"DE{(int(right[2:4]) + 3) % 90 + 5:02}{right[4:]}"
    """No group of it begins as a card number does."""
    hexes = "0123456789abcdef"
    return [
        Line(before, value)
        for before, value in (
            ("Order no. ", digits(random, 10)),
            ("Tracking number ", digits(random, 12)),
            ("Invoice ", f"2026-{digits(random, 6)}"),
            ("Printed on ", f"{random.randint(10, 28)}.{random.randint(10, 12)}.2026 {random.randint(10, 23)}:14:07"),
            ("Version ", f"{random.randint(2, 30)}.{digits(random, 1)}.{digits(random, 4)}.{random.randint(1, 99)}"),
            ("IP address ", f"192.168.{random.randint(1, 254)}.{random.randint(1, 254)}"),
            ("MAC ", ":".join(f"{random.randrange(256):02x}" for _ in range(6))),
            ("Serial ", f"{mixed(random, 7, string.ascii_uppercase)}"),
            ("Not a card: ", grouped(wrong[:-1] + str((int(wrong[-1]) + 5) % 10), 4, " ")),
            ("Not an account: ", grouped(not_an_iban, 4, " ")),
            ("Total ", f"{random.randint(1, 999)},{digits(random, 3)}.{digits(random, 2)} EUR"),
            ("commit ", "".join(random.choice(hexes) for _ in range(40))),
            ("GUID ", "-".join("".join(random.choice(hexes) for _ in range(size)) for size in (8, 4, 4, 4, 12))),
            ("Error ", f"0x8007{digits(random, 4)} at offset {digits(random, 6)}"),
            ("", "Your password must have at least 12 characters."),
            ("", "Password expired. Please choose another password."),
            ("", "Unexpected token: } in line 14, column 3"),
            ("", "Forgot your password? Reset it here."),
            ("Meeting ID ", f"{digits(random, 3)} {digits(random, 4)} {digits(random, 4)}"),
            ("Ticket ", f"HT-{mixed(random, 4, string.ascii_uppercase)}-{mixed(random, 4, string.ascii_uppercase)}"),
            ("ISBN ", f"978-3-16-{digits(random, 6)}-{digits(random, 1)}"),
            ("Follow ", "@helpdesk on the intranet, room 3.14"),
            ("Size ", f"{digits(random, 8)} bytes, {digits(random, 5)} files"),
            ("cookies: ", "this page uses cookies"),
            ("token: ", random.choice(("System.Int32", "string", "System.Threading.CancellationToken", "Identifier"))),
            ("CancellationToken: ", "none"),
            ("password: ", random.choice(("required", "string", "System.Security.SecureString", "incorrect"))),
            ("key: ", "value"),
            ("", random.choice(("Passwort falsch", "Password must contain 8 characters", "Mot de passe incorrect"))),
            ("", random.choice(("The password is incorrect.", "Das Kennwort ist abgelaufen.", "Password: too short"))),
        )
    ]  # fmt: skip
