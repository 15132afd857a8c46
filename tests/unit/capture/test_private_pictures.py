"""What is private on a picture: found from its words, and gone from its pixels."""

import io
import struct
import zlib
from dataclasses import replace

import pytest
from PIL import Image, ImageChops, PngImagePlugin

from desktop.capture.error_text.on_picture import find_errors
from desktop.capture.redact.apply import NotAPicture, applied, open_picture, png
from desktop.capture.redact.on_picture import suggest
from desktop.capture.screen_text.words import TextLine, Word
from desktop.capture.screens.geometry import Rectangle
from desktop.tickets.marks import Mark, MarkKind, must_be_applied

WHOLE = Rectangle(0, 0, 2000, 1000)


def line(text: str, left: int = 10, top: int = 10) -> TextLine:
    """Words ten pixels a letter wide and twenty high, one letter apart."""
    words, at = [], left
    for word in text.split(" "):
        words.append(Word(text=word, box=Rectangle(at, top, 10 * len(word), 20)))
        at += 10 * len(word) + 10
    return TextLine(words=tuple(words))


def found(*lines: TextLine) -> list[tuple[str, str]]:
    return [(mark.found, mark.kind) for mark in suggest(lines)]


def mark(kind: MarkKind, left: int, top: int, right: int, bottom: int, text: str = "") -> Mark:
    return Mark(kind=kind, left=left, top=top, right=right, bottom=bottom, text=text)


def test_sure_finds_start_masked_and_the_rest_outlined() -> None:
    lines = (
        line("card 4111 1111 1111 1111"),
        line("mail kim@client.example", top=60),
        line("DE89 3704 0044 0532 0130 00", top=110),
        line("call (713) 555-0142", top=160),
        line("SSN 123-45-6789", top=210),
        line("Password: hunter2", top=260),
    )
    assert found(*lines) == [
        ("card number", "redact"),
        ("e-mail address", "outline"),
        ("bank account", "redact"),
        ("telephone number", "outline"),
        ("social security number", "outline"),
        ("password", "redact"),
    ]


def test_a_mark_covers_its_find_and_leaves_the_rest_readable() -> None:
    [card] = suggest([line("card 4111 1111 1111 1111 exp")])
    assert card.left <= 60
    assert card.right >= 60 + 190
    assert card.left > 50
    assert card.right < 60 + 190 + 10
    assert card.top < 10 < 30 < card.bottom


def test_part_of_a_word_is_covered_alone() -> None:
    [password] = suggest([line("postgres://app:s3cret@db")])
    assert 10 < password.left <= 10 + 10 * len("postgres://app:")
    assert 10 + 10 * len("postgres://app:s3cret") <= password.right < 10 + 10 * len("postgres://app:s3cret@db")


def test_a_number_in_several_pieces_is_one() -> None:
    pieces = (line("4111 1111"), line("1111 1111", left=120))
    assert found(*pieces) == [("card number", "redact")]


def test_signs_that_were_read_as_wide_ones() -> None:
    assert found(line("PIN：5617")) == [("password", "redact")]
    assert found(line("Cookie： sid=abc123")) == [("cookie", "redact")]


@pytest.mark.parametrize("text", ["密码 □ hunter2!xY", "密码· hunter2!xY", "密码：hunter2!xY"])
def test_a_wide_colon_is_one_however_it_was_read(text: str) -> None:
    assert found(line(text)) == [("password", "redact")]


def test_a_password_in_an_address_that_was_read_as_two_words() -> None:
    [password] = suggest([line("ftp://admin:sLI9UOv1 a@example.com/data")])
    assert password.found == "password"
    assert password.left <= 10 + 10 * len("ftp://admin:")
    assert password.right >= 10 + 10 * len("ftp://admin:sLI9UOv1 a")
    assert found(line("http://host:8080 kim@client.example")) == [("e-mail address", "outline")]


def test_a_key_whose_underscores_were_read_as_spaces() -> None:
    assert found(line("Stripe: sk live t07E3bdmG8otoQGQUjmv9S0a")) == [("key", "redact")]
    assert found(line("sk live transmissions are tested")) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("$ export API_T0KEN=q7Zt1mVx0c9LrPw2Hs4K", "token"),
        ("Passw0rd: sommer", "password"),
        ("X-Api-Key. 9f8d3c0b5e7a4412", "token"),
        ("Idapsearch -x -D cn=admin -w Kerze57 -b dc=x", "password"),
        ("net use \\srv\\ipc$ Gabel39 /user:admin", "password"),
    ],
)
def test_a_label_of_which_a_sign_was_read_for_another(text: str, kind: str) -> None:
    assert found(line(text)) == [(kind, "redact")]


@pytest.mark.parametrize(
    "text", ["The server lost the key. Error 0x80070005", "Use another key. 4711 is taken", "C0FFEE 0xC0DE"]
)
def test_sentences_behind_the_word_key_stay(text: str) -> None:
    assert found(line(text)) == []


def test_an_address_that_all_who_write_code_share_is_nobodys() -> None:
    assert found(line("git@code.example.com:contoso/app.git")) == []
    assert found(line("from git.kim@client.example")) == [("e-mail address", "outline")]


def test_words_with_little_between_them_are_not_one_password() -> None:
    words = [
        Word(text=text, box=box)
        for text, box in (
            ("Password:", Rectangle(10, 10, 70, 20)),
            ("too", Rectangle(84, 10, 24, 20)),
            ("short", Rectangle(111, 10, 40, 20)),
        )
    ]
    assert found(TextLine(words=tuple(words))) == []


def test_a_label_with_its_number_two_rows_below_a_password_is_none() -> None:
    lines = (
        line("Password"),
        line("Q0mEIBDh8m", left=200),
        line("Telephone", top=36),
        line("Customer number 48126", top=62),
    )
    assert [mark.top for mark in suggest(lines)] == [8]


def test_a_message_about_a_password_below_a_label_is_no_value() -> None:
    assert found(line("Password:"), line("Contraseña: obligatoria", top=40)) == []
    assert found(line("Password:"), line("obligat0ria7", top=40)) == [("password", "redact")]


def test_a_label_and_a_password_that_were_read_as_pieces() -> None:
    """Small letters of one width, as a console has them: `pas swo rd=Somme r61` was read for `password=Sommer61`."""
    words, at = [], 10
    for piece in ("pas", "swo", "rd=Somme", "r61"):
        words.append(Word(text=piece, box=Rectangle(at, 10, 10 * len(piece), 20)))
        at += 10 * len(piece) + 3
    [password] = suggest([TextLine(words=tuple(words))])
    assert (password.found, password.kind) == ("password", "redact")
    assert password.left <= 110
    assert password.right >= at - 3
    assert found(line("pas swo rd=Somme r61")) == []


@pytest.mark.parametrize("text", ["Invoice 2026-295971", "Printed on 28.12.2026 15:14:07", "Order 6502530000"])
def test_numbers_in_other_groups_than_telephones_have(text: str) -> None:
    assert suggest([line(text)]) == ()
    assert found(line("call 650 253 0000")) == [("telephone number", "outline")]


@pytest.mark.parametrize(
    ("pieces", "gap"),
    [
        (("jan", "de", "vries@x.nl"), 0),
        (("jan", "de_vries@x.nl"), 1),
        (("jan_de_vries@examp", "le.nl"), 1),
        (("jan_de_vries", "@x.nl"), 5),
        (("jan_de_vries@", "x.nl"), 5),
        (("jan.vries@x.n1",), 0),
        (("jan.vries@x.c0m",), 0),
    ],
)
def test_an_address_of_mail_is_outlined_whole_however_it_was_read(pieces: tuple[str, ...], gap: int) -> None:
    """Next to nothing lies between two words where the reader took an underscore for a space."""
    words, at = [Word(text="Write", box=Rectangle(10, 10, 50, 20))], 70
    for piece in pieces:
        words.append(Word(text=piece, box=Rectangle(at, 10, 10 * len(piece), 20)))
        at += 10 * len(piece) + gap
    words.append(Word(text="today", box=Rectangle(at + 10, 10, 50, 20)))

    [address] = suggest([TextLine(words=tuple(words))])

    assert (address.found, address.kind) == ("e-mail address", "outline")
    assert 60 < address.left <= 70
    assert at - gap <= address.right < at + 10


@pytest.mark.parametrize("text", ["Follow @anna.schmidt for more", "Meet me @ noon.today", "jan_de_vries wrote"])
def test_an_at_sign_alone_makes_no_address(text: str) -> None:
    assert found(line(text)) == []


def test_letters_that_were_read_for_digits() -> None:
    assert found(line("4111 11I1 1111 llll".replace("llll", "1l11"))) == [("card number", "redact")]


@pytest.mark.parametrize(("left", "top"), [(200, 10), (10, 40)])
def test_what_stands_beside_or_below_a_password_label_is_masked(left: int, top: int) -> None:
    [field] = suggest([line("Password"), line("Sommerregen", left=left, top=top), line("User", top=200)])
    assert (field.found, field.kind) == ("password", MarkKind.REDACT)
    assert field.left <= left < left + 110 <= field.right


@pytest.mark.parametrize("text", ["Sign in", "••••••", "Forgot password?", "E-mail:"])
def test_what_is_no_password_beside_its_label_stays(text: str) -> None:
    assert suggest([line("Password"), line(text, left=200)]) == ()


def test_a_label_in_the_next_column_is_no_password_and_what_stands_below_is() -> None:
    names = line("Password"), line("Domain", left=300)
    [field] = suggest([*names, line("hunter2x", top=40), line("PRAXIS", left=300, top=40)])
    assert (field.left <= 10, field.top <= 40, field.right >= 90) == (True, True, True)
    assert field.right < 120


def test_a_word_that_is_no_password_beside_the_label_hides_none_below_it() -> None:
    lines = line("Password"), line("Sommer", left=200), line("hunter2x", top=40)
    assert found(*lines) == [("password", "redact")] * 2


@pytest.mark.parametrize(
    ("label", "value"), [("PIN", "4711"), ("CVV:", "123"), ("API key", "abcdef1234567890abcd"), ("PW:", "Sommerregen")]
)
@pytest.mark.parametrize(("left", "top"), [(200, 10), (10, 60)])
def test_other_fields_are_masked_by_what_belongs_in_them(label: str, value: str, left: int, top: int) -> None:
    [field] = suggest([line(label), line(value, left=left, top=top)])
    assert field.kind is MarkKind.REDACT
    assert field.left <= left < left + 10 * len(value) <= field.right


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("PIN", "Status"),
        ("API key", "Description"),
        ("Password", "The password is incorrect"),
        ("Password", "8 or more characters"),
        ("Password", "required"),
        ("Password", "System.Security.SecureString"),
    ],
)
def test_what_does_not_belong_in_a_field_stays_readable(label: str, text: str) -> None:
    assert suggest([line(label), line(text, top=40)]) == ()
    assert suggest([line(label), line(text, left=200)]) == ()


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [("4111 1111", "1111 1111", "card number"), ("token=abcdef1234567890abcdef", "ghijkl1234567890", "token")],
)
def test_what_goes_on_in_the_row_below_is_masked_in_both(first: str, second: str, kind: str) -> None:
    assert found(line(first), line(second, top=36)) == [(kind, "redact")] * 2
    assert found(line("4111 1111"), line("1111 1112", top=36)) == []


def test_what_stands_beside_an_error_message_is_masked_and_what_stands_in_it_is_not() -> None:
    error = line("Error 0x80070005 for password=hunter2x", top=100)
    beside, below = line("password=sommer1x", left=700, top=100), line("Card 4111 1111 1111 1111", top=128)
    marks = suggest([error, beside, below], [error.box])
    assert [(one.kind, one.is_error) for one in marks] == [
        (MarkKind.OUTLINE, True),
        (MarkKind.REDACT, False),
        (MarkKind.REDACT, False),
    ]


def test_the_rows_of_a_private_key() -> None:
    lines = [
        line("-----BEGIN RSA PRIVATE KEY-----"),
        line("MIIEabc", top=40),
        line("-----END RSA PRIVATE KEY-----", top=70),
    ]
    assert found(*lines) == [("key", "redact")]


def test_nothing_inside_an_error_message_is_masked() -> None:
    lines = [line("Error 0x80070005 for kim@client.example password=hunter2x")]
    inside = suggest(lines, [WHOLE])
    assert [(one.kind, one.is_error) for one in inside] == [(MarkKind.OUTLINE, True)] * 2
    assert not must_be_applied(inside)


@pytest.mark.parametrize(("between", "kind"), [(400, MarkKind.REDACT), (40, MarkKind.OUTLINE)])
def test_on_a_small_picture_only_what_stands_by_the_error_is_of_it(between: int, kind: MarkKind) -> None:
    page = Rectangle(0, 0, 1000, 600)
    card, error = line("Card 4111 1111 1111 1111"), line("Error 0x80070005: access is denied", top=30 + between)
    lines = [replace(one, panel=page) for one in (card, error)]
    [message] = find_errors(lines)
    [mark] = suggest(lines, [one.box for one in message.lines])
    assert mark.kind is kind


def test_what_is_masked_is_no_longer_in_the_pixels() -> None:
    secret = Image.effect_noise((200, 100), 90).convert("RGB")
    new = applied(secret, [mark(MarkKind.REDACT, 20, 10, 120, 60)])
    assert new.crop((20, 10, 120, 60)).getcolors() == [(5000, (0, 0, 0))]
    assert ImageChops.difference(new, secret).getbbox() == (20, 10, 120, 60)


def test_drawing_goes_over_masks_and_never_shows_what_is_below_them() -> None:
    picture = Image.effect_noise((300, 200), 90).convert("RGB")
    covered = mark(MarkKind.REDACT, 0, 0, 300, 200)
    drawn = [
        mark(MarkKind.ARROW, 10, 10, 200, 150),
        mark(MarkKind.BOX, 30, 30, 90, 90),
        mark(MarkKind.TEXT, 40, 100, 0, 0, "Here"),
    ]
    other = Image.new("RGB", picture.size, "white")
    assert applied(picture, [covered, *drawn]).tobytes() == applied(other, [covered, *drawn]).tobytes()
    assert applied(picture, [covered, *drawn]).tobytes() != applied(picture, [covered]).tobytes()


def test_outlines_change_nothing() -> None:
    picture = Image.effect_noise((60, 40), 90).convert("RGB")
    assert applied(picture, [mark(MarkKind.OUTLINE, 0, 0, 60, 40)]).tobytes() == picture.tobytes()


@pytest.mark.parametrize(
    ("corners", "size"),
    [
        ((10, 5, 50, 25), (40, 20)),
        ((50, 25, 10, 5), (40, 20)),
        ((-5, -5, 500, 500), (60, 40)),
        ((80, 80, 90, 90), (1, 1)),
    ],
)
def test_a_crop_drops_all_outside(corners: tuple[int, int, int, int], size: tuple[int, int]) -> None:
    picture = Image.effect_noise((60, 40), 90).convert("RGB")
    assert applied(picture, [mark(MarkKind.CROP, *corners)]).size == size


def chunks(content: bytes) -> list[bytes]:
    kinds, at = [], 8
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        kinds.append(kind)
        at += 12 + length
    assert at == len(content), "bytes behind the end"
    return kinds


def dressed(picture: Image.Image) -> bytes:
    """A PNG with everything that a picture can carry along, and an older picture's bytes behind its end."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "SECRET-COMMENT")
    exif = Image.Exif()
    exif[270] = "SECRET-EXIF"
    whole = io.BytesIO()
    picture.save(whole, "PNG", pnginfo=info, exif=exif)
    return whole.getvalue() + zlib.compress(b"SECRET-TRAILER" * 100) + b"SECRET-TRAILER"


def test_a_new_file_has_pixels_and_nothing_else() -> None:
    old = dressed(Image.effect_noise((120, 80), 90).convert("RGB"))
    assert b"SECRET-TRAILER" in old
    new = b"".join(png(applied(open_picture(io.BytesIO(old)), [mark(MarkKind.CROP, 0, 0, 20, 10)])))
    assert set(chunks(new)) == {b"IHDR", b"IDAT", b"IEND"}
    assert b"SECRET" not in new
    with Image.open(io.BytesIO(new)) as read:
        read.load()
        assert read.size == (20, 10)
        assert read.info == {}


def test_a_photograph_is_turned_upright_and_loses_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[274] = 6
    exif.get_ifd(0x8825)[1] = "N"
    whole = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(whole, "JPEG", exif=exif)
    whole.seek(0)
    assert open_picture(whole).size == (20, 40)


def test_transparent_places_are_white() -> None:
    whole = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(whole, "PNG")
    whole.seek(0)
    assert open_picture(whole).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", dressed(Image.new("RGB", (9, 9)))[:60]])
def test_what_is_no_picture_says_so(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        open_picture(io.BytesIO(content))
