"""More ways in which people and programs tell a secret, beside those in which they speak of one."""

import pytest

from desktop.capture.redact.text import mask

PASSWORD, TOKEN = "[masked: password]", "[masked: token]"


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("PIN-Nr. ", "4711", ""),
        ("PIN (4 digits): ", "4711", ""),
        ("cvv ", "1234", " exp 12/29"),
        ("CVV (on the back) = ", "987", ""),
        ("Password for user bob is ", "hunter2", ""),
        ("The password for the VPN is ", "Hunter2", " now"),
        ("Passwort für Kim ist ", "Sommer24", ""),
        ("password / ", "hunter2", ""),
        ("Password: ", "[abc123]", ""),
        ("User: kim\nPass: ", "hunter2", "\n"),
        ("login kim, pass: ", "hunter2", ""),
        (r"net use Z: \\srv\share /user:corp\bob ", "Hunter2", ""),
        (r"net use Z: \\srv\share ", "Hunter2", " /persistent:yes"),
        ("net user bob ", "Hunter2", " /add"),
        ('net user "Bob Lee" ', "sommer", " /add"),
        ('<Password value="', "hunter2", '"/>'),
        ('<DbPassword type="text" value="', "a;b c", '" />'),
        ("--password ", "PASSWORD1x", ""),
        ("Passwort neu: ", "Sommer24", ""),
        ("Kennwort des Benutzers: ", "geheim", ""),
        ("Passwort vom Admin: ", "geheim", ""),
        ("Passwort wurde auf ", "Sommer24", " geändert"),
        ("contrasena: ", "verano", ""),
        ("PIN - ", "1234", ""),
        ("PUK: ", "1234 5678", ""),
        ("Sicherheitscode: ", "123", ""),
        ("DB_PASS: ", "abc1", "\nDB_HOST: x"),
        ("next=%2Flogin%3Fpassword%3D", "abc123", ""),
        ("- name: DB_PASSWORD\n  value: ", "abc123", "\n- name: HOST\n  value: x"),
        ('- name: DB_PASSWORD\n  value: "', "abc def", '"'),
        ('<string name="password">', "geheim", "</string>"),
        ("<key>Password</key>\n\t<string>", "geheim", "</string>"),
        ('const PASSWORD: &str = "', "abc def", '";'),
        ("password: str = '", "geheim", "'"),
        ('user.setPassword("', "abc def", '");'),
        ("CREATE USER 'kim' IDENTIFIED BY '", "geheim", "'"),
        ('alter user kim identified with mysql_native_password by "', "geheim", '"'),
        ("curl -sSu kim:", "geheim", " https://x"),
        ("curl -fu 'kim:", "geheim", "' https://x"),
        ("docker login -u kim -p ", "geheim", " registry.example"),
        ("plink -ssh kim@host -pw ", "geheim", ""),
        ("schtasks /create /ru kim /rp ", "geheim", " /tn x"),
        ("xfreerdp /v:host /u:kim /p:'", "a b c", "'"),
        ("openssl rsa -in k.pem -passin pass:", "geheim", ""),
        ("keytool -list -storepass ", "geheim", " -keystore x"),
        ("unzip -P ", "geheim", " f.zip"),
        ("tool --password\t", "geheim", ""),
        ('-Password (ConvertTo-SecureString "', "geheim", '" -AsPlainText)'),
    ],
)
def test_a_password_is_masked_alone(before: str, value: str, after: str) -> None:
    assert mask(f"{before}{value}{after}").text == f"{before}{PASSWORD}{after}"


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("Authorization: Bearer '", "abcdefghi", "'"),
        ('{"Authorization": "Bearer ', "abcdefghijkl", '", "x": 1}'),
        ("headers = {'authorization': 'Token ", "qwertzuiop", "'}"),
    ],
)
def test_a_quoted_token_of_letters_alone_is_masked(before: str, value: str, after: str) -> None:
    assert mask(f"{before}{value}{after}").text == f"{before}{TOKEN}{after}"


@pytest.mark.parametrize(
    "said",
    [
        "password: String!",
        "password: str = None",
        "Password for 'https://kim@git.example':",
        "could not read Password for 'https://git.example': No such device",
        "Passwords: 2",
        "if sig == signal.SIGTERM:",
        "if token == Token.Operator2:",
        "def password(self) -> str:",
        "def __init__(self, password: str):",
        "def _strip(url: str, passwords: Collection[str]) -> str:",
        "self.token = AttributeEventToken(self, 1)",
        "private_key = DHPrivateKey",
        "create_key=_internal_create_key,",
        "password: 0",
        "password: 8 to 16 characters",
        'password: ["This field may not be blank."]',
        '{"errors":{"password":["is too short (minimum is 6 characters)"]}}',
        "Passwort der Anmeldung: falsch",
        "Password on server: required",
        "ssh -u kim -p 2222",
        "docker run -u root -p 8080:80 web",
        "docker run -u 1000 -p 127.0.0.1:53:53/udp dns",
        "install -u kim -p /srv/data2",
        "tool -u kim -p target",
        "curl -sSLu https://host.example:8443/x",
        "cookie = jar.get(name=1)",
        "name: password\nvalue: ${PASSWORD}",
        'setPassword("")',
        '<string name="password">Required</string>',
        "password: Type[str]",
        "Argument password: expected str",
        '"password": {"type": "string", "minLength": 8}',
        "{'password': {'required': True}}",
        "usage: tool [--password PASSWORD] [--token TOKEN]",
        "Password: -",
        "Pass: 12, Fail: 3",
        "Pass: login2 (3 ms)",
        "test_login: pass",
        "PIN (4 digits)",
        "PIN: 4 digits",
        "cvv 12345",
        "Password: [required]",
        "Password: <password1>",
        "Password: [field2]",
        "The net user experience improved",
        "net user bob /active:yes",
        "net user bob * /add",
        r"net use Z: \\srv\share /user:corp\bob *",
        '<Password value=""/>',
        "Username / Password / Domain",
        "Password for user bob is wrong",
        "The password for the VPN is required",
        '"Authorization": "Bearer credentials"',
        "'Authorization': 'Bearer undefined'",
    ],
)
def test_what_only_speaks_of_secrets_stays(said: str) -> None:
    assert mask(said).text == said
