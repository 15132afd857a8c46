"""What is private in a text: found, masked, shown as masked; everything else stays as it was."""

import pytest

from desktop.capture.redact.find import find
from desktop.capture.redact.numbers import in_order
from desktop.capture.redact.secret import SecretKind
from desktop.capture.redact.text import mask, without_secrets
from desktop.tickets.clock import SystemClock
from desktop.tickets.device import Device, Fact
from desktop.tickets.draft import Draft

MASKED = [
    ("Authorization: Bearer abc.def.ghi123", "Authorization: Bearer [masked: token]"),
    ("Authorization: Basic a2ltOmh1bnRlcjI=", "Authorization: Basic [masked: token]"),
    ('{"Authorization": "Token 9944b09199c62bcf"}', '{"Authorization": "Token [masked: token]"}'),
    (
        "-H 'authorization: AWS4-HMAC-SHA256 Credential=AKIA/2026'",
        "-H 'authorization: AWS4-HMAC-SHA256 [masked: token]'",
    ),
    ("Cookie: sid=abc; theme=dark", "Cookie: [masked: cookie]"),
    ("Set-Cookie: id=a3fWa; Secure", "Set-Cookie: [masked: cookie]"),
    ("postgres://app:s3cr:et@db.local:5432/x", "postgres://app:[masked: password]@db.local:5432/x"),
    ("https://user:pa@ss@host/", "https://user:[masked: password]@host/"),
    ("redis://:p4ss@10.0.0.1:6379/0", "redis://:[masked: password]@10.0.0.1:6379/0"),
    (
        "Server=db;User Id=sa;Password=p@ss w0rd;Encrypt=true",
        "Server=db;User Id=sa;Password=[masked: password];Encrypt=true",
    ),
    ("Server=db;Pwd=abc", "Server=db;Pwd=[masked: password]"),
    ("curl -u kim:hunter2 https://x", "curl -u kim:[masked: password] https://x"),
    ("tool --password geheim --verbose", "tool --password [masked: password] --verbose"),
    ("mysql -u root -pSecret1 db", "mysql -u root -p[masked: password] db"),
    ("net use z: \\\\srv\\share Sommer1 /user:kim", "net use z: \\\\srv\\share [masked: password] /user:kim"),
    ("Password: hunter2", "Password: [masked: password]"),
    ("failed for kim password=hunter2x", "failed for kim password=[masked: password]"),
    ("DB_PASSWORD=foo", "DB_PASSWORD=[masked: password]"),
    ("<password>geheim</password>", "<password>[masked: password]</password>"),
    ("Kennwort: Sommer2024!", "Kennwort: [masked: password]"),
    ("Mot de passe : soleil", "Mot de passe : [masked: password]"),
    ("PIN: 1234", "PIN: [masked: password]"),
    ("PIN 4711", "PIN [masked: password]"),
    ("Your one-time code is 123456", "Your one-time code is [masked: password]"),
    ("Ihr Bestätigungscode lautet 123 456", "Ihr Bestätigungscode lautet [masked: password]"),
    ("WLAN-Schlüssel: 12345678", "WLAN-Schlüssel: [masked: password]"),
    ("postgresql://svc:Zx9/kk@db:5432/app", "postgresql://svc:[masked: password]@db:5432/app"),
    ("jdbc:oracle:thin:scott/tiger@//db:1521/x", "jdbc:oracle:thin:scott/[masked: password]@//db:1521/x"),
    ("curl -uadmin:geheim1 https://x", "curl -uadmin:[masked: password] https://x"),
    ("sshpass -p 'Sommer22' ssh a@b", "sshpass -p '[masked: password]' ssh a@b"),
    ("Server=x;Password=nine n words;Encrypt=true", "Server=x;Password=[masked: password];Encrypt=true"),
    ('<add key="DbPassword" value="geheim9" />', '<add key="DbPassword" value="[masked: password]" />'),
    ('<Password xsi:type="s">geheim9</Password>', '<Password xsi:type="s">[masked: password]</Password>'),
    (r"{\"password\":\"abc12\"}", r"{\"password\":\"[masked: password]\"}"),
    ("Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic [masked: token]"),
    ('Authorization: Digest username="M", response="6629fae4"', "Authorization: Digest [masked: token]"),
    ("https://x.example/cb?code=4%2F0AX4XfWh&state=x", "https://x.example/cb?code=[masked: token]&state=x"),
    ("https://hooks.slack.com/services/T0/B0/XyzXyzXyz", "https://hooks.slack.com/services/[masked: token]"),
    ('{"access_token": "ya29.a0AfH6SMBx", "n": 1}', '{"access_token": "[masked: token]", "n": 1}'),
    ("https://x/y?access_token=abcdef123456&x=1", "https://x/y?access_token=[masked: token]&x=1"),
    ("X-Api-Key: 0123456789abcdef", "X-Api-Key: [masked: token]"),
    ("AccountKey=abc123==;EndpointSuffix=core", "AccountKey=[masked: token];EndpointSuffix=core"),
    ("key AKIAIOSFODNN7EXAMPLE.", "key [masked: key]."),
    ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "[masked: key]"),
    ("jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig_x", "jwt [masked: token]"),
    (
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----[masked: key]-----END RSA PRIVATE KEY-----",
    ),
    ("Windows key VK7JG-NPHTM-C97JM-9MPGT-3V66T", "Windows key [masked: key]"),
    ("card 4111 1111 1111 1111 exp", "card [masked: card number] exp"),
    ("1 4111-1111-1111-1111 2", "1 [masked: card number] 2"),
    ("3782 822463 10005", "[masked: card number]"),
    ("5555555555554444", "[masked: card number]"),
    ("DE89 3704 0044 0532 0130 00 BIC COBADEFF", "[masked: bank account] BIC COBADEFF"),
    ("gb82west12345698765432", "[masked: bank account]"),
    ("4111.1111.1111.1111", "[masked: card number]"),
    ("4111  1111  1111  1111", "[masked: card number]"),
    ("4111 - 1111 - 1111 - 1111", "[masked: card number]"),
    ("4111\u20111111\u20111111\u20111111", "[masked: card number]"),
    ("3782.822463.10005", "[masked: card number]"),
    ("DE89.3704.0044.0532.0130.00", "[masked: bank account]"),
    ("DE89  3704  0044  0532  0130  00", "[masked: bank account]"),
    ("IBAN DE89 3704 0044\n     0532 0130 00", "IBAN [masked: bank account]"),
    ("token=qwertzuiopasdfghjklyxcv", "token=[masked: token]"),
    (
        "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx\n  MjM0NTY3ODkwIn0.SflKxwRJSMeKKF2Q\nnext",
        "Authorization: Bearer [masked: token]\nnext",
    ),
]

UNTOUCHED = [
    "password is incorrect",
    "Error: password: incorrect",
    "The password you entered is wrong",
    "Forgot password? Sign in",
    "password=",
    "SyntaxError: Unexpected token: }",
    "Basic authentication failed",
    "Authorization required",
    "Cookie: please allow them",
    "order 4111111111111112",
    "invoice 2024-000123456 total 1234.56",
    "at 192.168.10.55 on 2026-11-24 version 10.0.19045.3570",
    "MAC 00:1A:2B:3C:4D:5E",
    "GUID 550e8400-e29b-41d4-a716-446655440000",
    "0x80070005 at 00007FF6A1B2C3D4",
    "HKLM\\Software key=HKLM\\Software",
    "https://example.com:8443/path?x=1",
    "DE12 3456 7890 1234 5678 90",
    "session id: 42",
    "password=***",
    "Incorrect password: try again",
    "Could not load 'X, Culture=neutral, PublicKeyToken=30ad4fe6b2a6aeed'",
    "PWD=/home/kim",
    "https://learn.example/codes?code=1603",
    "https://registry.example:443/@types/node",
    "PIN 13 is high",
    "token: Authentifizierungsfehler",
    "4111.1111.1111.1112 and 10.1111.1111.1111",
    "1024 2048 4096 8192 and 4111   1111   11",
    "refused the access token 0x80070005abcdef for the mailbox of the help desk\nRestarting now",
]


@pytest.mark.parametrize(("text", "shown"), MASKED)
def test_what_is_sure_is_masked_and_shown_as_masked(text: str, shown: str) -> None:
    assert mask(text).text == shown


@pytest.mark.parametrize(("text", "shown"), MASKED)
def test_masking_twice_is_masking_once(text: str, shown: str) -> None:
    assert mask(mask(text).text) == mask(shown)
    assert mask(shown).kinds == ()


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_not_private_stays(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize("text", ["password" + " " * 200_000, "authorization" + "\t" * 200_000, "PIN" + " " * 200_000])
def test_a_log_full_of_blanks_is_no_hard_work(text: str) -> None:
    """Tried at every length of the blanks it takes minutes, and the suite's time limit ends it."""
    assert mask(text).text == text


@pytest.mark.parametrize(
    "unit", ["a://b:c", "a://", "1111.", "4111 ", "DE89\n", "token=", "curl -u", 'a b="', "oracle:a:", "eyJaaaaaaaaa."]
)
def test_a_hostile_log_is_no_hard_work(unit: str) -> None:
    """Patterns without a bound look through all that follows, from each place: minutes for some of these."""
    mask(unit * (200_000 // len(unit)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("kim.o'hara+x@mail.client.example wrote", SecretKind.EMAIL),
        ("call (713) 555-0142", SecretKind.PHONE),
        ("call +49 89 123456", SecretKind.PHONE),
        ("Tel. 7135551234", SecretKind.PHONE),
        ("Tel. 030 90182000", SecretKind.PHONE),
        ("Mobil: 0171/2345678", SecretKind.PHONE),
        ("Phone 020 7946 0958", SecretKind.PHONE),
        ("SSN 123-45-6789", SecretKind.SOCIAL_SECURITY),
        ("social security number: 123456789", SecretKind.SOCIAL_SECURITY),
    ],
)
def test_what_may_be_private_is_found_and_not_masked(text: str, kind: SecretKind) -> None:
    assert [one.kind for one in find(text)] == [kind]
    assert mask(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "000-12-3456",
        "order 7135551234",
        "2026-11-24",
        "10.0.0.255",
        "02.03.2026 14:15",
        "030 90182000",
        "a@b",
        "@home",
        "12:34:56",
    ],
)
def test_what_looks_alike_is_not_found(text: str) -> None:
    assert find(text) == ()


def test_error_text_and_facts_are_masked_and_the_persons_own_words_are_not() -> None:
    said = "My password: hunter2"
    facts = (Fact(key="vpn", label="VPN", value="https://kim:s3cret@vpn.example"),)
    draft = Draft(
        id="d",
        changed_at=SystemClock().now(),
        summary=said,
        details=said,
        error_text="token=abc123def",
        device=Device(name="PC-1", facts=facts),
    )
    leaves = without_secrets(draft)
    assert (leaves.summary, leaves.details) == (said, said)
    assert leaves.error_text == "token=[masked: token]"
    assert leaves.device.facts[0].value == "https://kim:[masked: password]@vpn.example"


@pytest.mark.parametrize(
    ("system", "countries"),
    [
        ("de_DE", ("DE", "US")),
        ("zh_Hant_TW", ("TW", "US")),
        ("en_US", ("US",)),
        ("C", ("US",)),
        ("German_Germany", ("US",)),
    ],
)
def test_telephone_numbers_are_read_as_in_this_computers_country(system: str, countries: tuple[str, ...]) -> None:
    assert in_order(system) == countries
