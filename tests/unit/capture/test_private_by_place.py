"""Secrets by their place in commands and lists, numbers of persons in many countries, and what looks like them."""

import pytest

from desktop.capture.redact.find import find
from desktop.capture.redact.secret import SecretKind
from desktop.capture.redact.text import mask

PASSWORDS = [
    ("machine ftp.example.com\n  login kim\n  password {}", "sommerwind"),
    ("default login anonymous password {}", "kim@"),
    ('ConvertTo-SecureString -AsPlainText "{}" -Force', "Winter2024!"),
    ("ConvertTo-SecureString {} -AsPlainText -Force", "Winter2024!"),
    ('"{}" | ConvertTo-SecureString -AsPlainText -Force', "Winter 2024!"),
    ('$pw = ConvertTo-SecureString "{}" -AsPlainText', "Winter2024!"),
    ('[System.Net.NetworkCredential]::new("kim", "{}")', "sonne"),
    ('New-Object System.Net.NetworkCredential("kim", "{}", "CORP")', "sonne"),
    ('requests.get(url, auth=("kim", "{}"))', "sonne"),
    (r"net use Z: \\srv01\daten /user:kim /persistent:yes {}", "Winter2024!"),
    (r"net use \\srv01\daten {} /user:CORP\kim", "sonne"),
    ("mysql -u root -p{} crm", "Winter2024"),
    ("sshpass -p{} ssh kim@host", "Winter2024"),
    ("plink -pw {} kim@host", "sonne"),
    ("sqlplus kim/{}@orcl", "tiger"),
    ("sqlplus -s system/{}@//db:1521/XE", "Manager_1"),
    ("expdp system/{} directory=DUMP", "Manager1"),
    ("echo 'kim:{}' | chpasswd", "Winter2024"),
    ("echo {} | docker login -u kim --password-stdin", "sonne"),
    ("htpasswd -b .htpasswd kim {}", "sonne"),
    ("htpasswd -nb kim {}", "sonne"),
    ("openssl enc -aes-256-cbc -k {} -in a -out b", "sonne"),
    ("rar x -hp{} a.rar", "sonne"),
    ("wpa_passphrase Home {}", "sommerwind"),
    ("nmcli device wifi connect Home password {}", "sommerwind"),
    ("netsh wlan set profileparameter name=Home keyMaterial={}", "Sommerwind24"),
    ("requirepass {}", "sonne"),
    ("CREATE USER kim IDENTIFIED BY {};", "sonne"),
    ("SET PASSWORD FOR 'kim'@'%' = PASSWORD('{}')", "sonne"),
    ("username admin privilege 15 password 0 {}", "Cisco123"),
    ("enable secret 5 {}", "$1$mERr$hx5rVt7rPNoS4wqbXKX7m0"),
    ("kim:{}:19000:0:99999:7:::", "$6$saltsalt$h4sh3dh4sh3dh4sh3dh4sh3dh4sh3d"),
    ("snmp-server community {} RO", "Pr1vate"),
    ("snmpwalk -v2c -c {} printer01", "geheim"),
    ("WLAN-Kennwort: {}", "Sommer Wind 24"),
    ("WPA2-Schlüssel: {}", "4711-0815-2342"),
    ("Code d'accès : {}", "soleil22"),
    ("Contraseña de la red: {}", "casa2024"),
    ("Senha do wifi: {}", "casa2024"),
    ("Recovery codes:\n{}\n", "1a2b-3c4d\n5e6f-7g8h\n9i0j-1k2l"),
    ("Recovery codes:\n1. {}\n", "1a2b3c4d5e\n2. 6f7g8h9i0j"),
    ("Backup codes: {}", "8723 1902 4417 0021"),
    ("Wiederherstellungscodes: {}", "84712219, 33910042"),
    ("Your recovery code is {}", "RXQ7-P2MM-9LKD"),
    ("TOTP secret: {}", "JBSW Y3DP EHPK 3PXP"),
    ("Votre code de vérification est {}", "482913"),
    ("Su código de verificación es {}", "482913"),
    ("{} is your verification code", "482913"),
    ("G-{} is your Google verification code", "482913"),
    ("{} ist Ihr Bestätigungscode", "482 913"),
    ("SMS-Code: {}", "482913"),
    ("mTAN {}", "482913"),
]

KEYS = [
    ("aws configure set aws_secret_access_key {}", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "token"),
    ("client-key-data: {}", "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFcEFJQkFBS0NBUUVB", "key"),
    ("bot {}", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "key"),
    ("Serial key: {}", "9QX4-77LM-02PD-KK31", "token"),
    ("Aktivierungscode: {}", "9QX4-77LM-02PD-KK31", "token"),
]

STAYS = [
    "ConvertTo-SecureString $plain -AsPlainText -Force",
    "ConvertTo-SecureString : Key not valid for use in specified state.",
    "$pw = Read-Host -AsSecureString",
    'NetworkCredential("user", "password")',
    r"net use Z: \\srv01\daten /persistent:yes",
    r"net use \\srv01\daten failed with error 67",
    "net use * /delete",
    "mysql -u root -p crm",
    "mysql -h db01 -P 3306 -u root",
    "sqlplus / as sysdba",
    "sqlcmd -S sql01 -E",
    "htpasswd -c .htpasswd kim",
    "openssl x509 -in cert.pem -noout",
    "rar x a.rar",
    "nmcli dev wifi list",
    "gpg --passphrase-fd 0 -d x",
    "echo hello | grep h",
    "login kim password required",
    "bypass mode",
    "requirepass is not set",
    "The device is identified by serial.",
    "password 8 characters",
    "Palabra clave: impresora",
    "Clave del registro: HKEY_LOCAL_MACHINE\\SOFTWARE",
    "Clave primaria duplicada: 4711",
    "Passwort: Bitte Neu Setzen",
    "Recovery code required",
    "Recovery codes: 0 of 10 left",
    "Wiederherstellungscode: 0xc000000f",
    "Backup code 0x807800C5",
    "Activation code: 0xC004F074",
    "SMS code expired after 10 minutes",
    "4096 is the default security level",
    "secret: only four word long here",
    "Access token 3f2504e0-4f89-11d3-9a0c-0305e82c3301 expired",
    "access token b77a5c561934e089aabbccddeeff0011 not found",
    "certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSURkekNDQWwrZ0F3SUJBZ0lFQWdBQXVU",
    "ED25519 key fingerprint is SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU.",
    "host key AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
    "cost $5 and $6 more",
]

PERSONS = [
    "AHV 756.9217.0769.85",
    "Codice fiscale RSSMRA85T10A562S",
    "NIR 2 95 10 99 126 111 93",
    "Steuer-ID 86 095 742 719",
    "Sozialversicherungsnummer: 65 170839 J 003",
    "SVNR 1237 010180",
    "BSN: 111222333",
    "SIN 123-456-782",
    "DNI 54362315-K",
    "National Insurance number: QQ 12 34 56 C",
]

NO_PERSONS = [
    "AHV 756.9217.0769.86",
    "Codice RSSMRA85T10A562T",
    "NIR 2 95 10 99 126 111 94",
    "Steuer-ID 86 095 742 710",
    "Version 756.9217.0769",
    "Ordner 65 170839 J 003",
    "BSN: 111222334",
    "Auftrag 86 095 742 719",
    "SIN 123-456-789",
    "DNI 54362315-A",
]


@pytest.mark.parametrize(("text", "value"), PASSWORDS)
def test_a_password_by_its_place_is_masked_whole(text: str, value: str) -> None:
    shown = text.format("[masked: password]")
    assert mask(text.format(value)).text == shown
    assert mask(shown).text == shown


@pytest.mark.parametrize(("text", "value", "kind"), KEYS)
def test_a_key_without_a_sign_is_masked(text: str, value: str, kind: str) -> None:
    assert mask(text.format(value)).text == text.format(f"[masked: {kind}]")


@pytest.mark.parametrize("text", STAYS)
def test_what_holds_no_secret_stays(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize("text", PERSONS)
def test_numbers_of_persons_are_pointed_out(text: str) -> None:
    assert [one.kind for one in find(text)] == [SecretKind.SOCIAL_SECURITY]
    assert mask(text).text == text


@pytest.mark.parametrize("text", NO_PERSONS)
def test_a_number_with_a_wrong_digit_or_without_its_name_is_none(text: str) -> None:
    assert SecretKind.SOCIAL_SECURITY not in [one.kind for one in find(text)]


@pytest.mark.parametrize("number", ["0049 30 901820", "0033 1 42 68 53 00", "0044 20 7946 0018"])
def test_a_telephone_number_with_noughts_for_the_plus_is_pointed_out(number: str) -> None:
    [one] = find(f"call {number} now")
    assert (one.kind, one.start, one.end) == (SecretKind.PHONE, 5, 5 + len(number))


@pytest.mark.parametrize(
    "text",
    [
        "Bestellnummer: 4500012345",
        "0000 0010 0020 0030",
        "4751 0049 6180 7989",
        "Artikel 0049 30",
        "00340434161094042557",
    ],
)
def test_orders_and_parcels_are_no_telephones(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(("text", "value"), PASSWORDS)
def test_a_password_in_the_midst_of_a_long_log_is_masked_as_if_it_were_alone(text: str, value: str) -> None:
    log = "Nov 28 17:41:56 host systemd[1]: Started Session 4 of user kim.\n" * 60
    shown = text.format("[masked: password]").rstrip()
    assert mask(f"{log}{text.format(value).rstrip()}\n\n{log}").text == f"{log}{shown}\n\n{log}"
