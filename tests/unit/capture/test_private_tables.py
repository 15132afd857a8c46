"""Passwords in tables that were copied as text, and cards and accounts in their columns."""

import pytest

from desktop.capture.redact.text import mask


@pytest.mark.parametrize(
    ("table", "shown"),
    [
        ("user,password\nkim,sommer\nana,Lorbeer99\n", "user,password\nkim,{}\nana,{}\n"),
        ("username\tpassword\tnote\r\nkim\tSafran\tx\r\n", "username\tpassword\tnote\r\nkim\t{}\tx\r\n"),
        ('Benutzer;Kennwort\nkim;"Zimt;101"\n\nkim;x', 'Benutzer;Kennwort\nkim;"{}"\n\nkim;x'),
        (
            "| user | password | role |\n|------|:---------|---|\n| kim  | Estragon | a |\nend",
            "| user | password | role |\n|------|:---------|---|\n| kim  | {} | a |\nend",
        ),
        ("E-Mail;Passwort;Passwort 2\nk;eins;zwei", "E-Mail;Passwort;Passwort 2\nk;{};{}"),
        ("user, password\nkim, sommer7", "user, password\nkim, {}"),
        ("user,password\nkim,\nana,b c", "user,password\nkim,\nana,{}"),
    ],
)
def test_each_cell_below_the_head_is_masked(table: str, shown: str) -> None:
    assert mask(table).text == shown.replace("{}", "[masked: password]")


@pytest.mark.parametrize(
    "text",
    [
        "user,password\nfailed,incorrect\n",
        "user, password from auth\nfirst, second\n",
        "Type your user name, password\nand the domain, then press Enter",
        "Domain, user name, password\nfill all of them, please, now",
        "column,password_policy\nkim,strict\n",
        "error,password\n1326,none\n",
        "The user,password pair is wrong\nkim,sommer",
    ],
)
def test_a_line_that_is_no_head_has_nothing_below_it(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("name,card,exp\nKim Lee,4539148803436467,09/28", "4539148803436467"),
        ("id,pan,amount\n7,6011000990139424,12.50", "6011000990139424"),
        ("iban,DE89370400440532013000,EUR", "DE89370400440532013000"),
    ],
)
def test_a_number_between_commas_is_masked(text: str, number: str) -> None:
    before, _, after = text.partition(number)
    shown = mask(text).text
    assert shown.startswith(f"{before}[masked: ")
    assert shown.endswith(f"]{after}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "[SQL: INSERT INTO users (name, `password`, age) VALUES ('kim', 'a,b)''c', 7), ('ana', 'sommer', now())]",
            "[SQL: INSERT INTO users (name, `password`, age) VALUES ('kim', '{}', 7), ('ana', '{}', now())]",
        ),
        ("insert into t(pwd,a)\n  values (N'x', 'y')", "insert into t(pwd,a)\n  values (N'{}', 'y')"),
        ("INSERT INTO t (name, password) VALUES (?, ?)", "INSERT INTO t (name, password) VALUES (?, ?)"),
        ("INSERT INTO t (name, password) VALUES ('kim', NULL)", "INSERT INTO t (name, password) VALUES ('kim', NULL)"),
        ("insert into t (name, note) values ('kim', 'x')", "insert into t (name, note) values ('kim', 'x')"),
        ("insert it into the (password) field", "insert it into the (password) field"),
    ],
)
def test_what_a_statement_writes_into_a_column_for_passwords_is_masked(text: str, shown: str) -> None:
    assert mask(text).text == shown.replace("{}", "[masked: password]")


@pytest.mark.parametrize("text", ["0,4539148803436467", "x = 265.3589838486224153", "(300 265.3589838486224153)"])
def test_a_fraction_is_no_card(text: str) -> None:
    assert mask(text).text == text
