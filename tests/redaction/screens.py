"""The set of screens that masking is measured on: private things and look-alikes, each with its place."""

import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from random import Random

from PIL import Image

from desktop.capture.redact.secret import SecretKind
from tests.reading.drawn import Drawn, Look
from tests.redaction.values import SECRETS, Line, email, look_alikes, mixed, password, phone

FONTS = ("DejaVuSans.ttf", "DejaVuSansMono.ttf", "DejaVuSerif.ttf", "DejaVuSansCondensed.ttf")
_LINE = 1.6
"""Heights of a letter from line to line, as `Drawn.text` sets them."""
_LONG = 8
"""Letters of what stands beside something private and has to stay readable; a mark may take one or two of them."""


class Part(StrEnum):
    """What a piece of text is to masking."""

    PRIVATE = "private"
    ALIKE = "look-alikes left alone"
    BESIDE = "words beside left readable"
    IN_ERROR = "left readable in errors"
    """Private, and within an error message, which stays readable."""


@dataclass(frozen=True)
class Placed:
    """A piece of text on a screen, with the pixels around its letters; `kind` of what is private."""

    value: str
    part: Part
    box: tuple[int, int, int, int]
    kind: SecretKind | None = None


@dataclass(frozen=True)
class Screen:
    """One screen of the set."""

    name: str
    look: Look
    png: bytes
    placed: Sequence[Placed] = field(default_factory=tuple)

    def image(self) -> Image.Image:
        with Image.open(io.BytesIO(self.png)) as image:
            return image.convert("RGB")


def screens(count: int, seed: int = 20261128) -> Iterator[Screen]:
    """So many screens: fonts, sizes, scales, dark and light in turn, what is on them by the seed."""
    random = Random(seed)
    looks = [
        Look(size=size, scale=scale, is_dark=is_dark, font=font)
        for font, size, scale, is_dark in itertools.product(
            FONTS, (11, 12, 13, 14, 16), (1.0, 1.25, 1.5, 2.0), (False, True)
        )
    ]
    yield from _made(count, looks, random)


def unusual_screens(count: int, seed: int = 20261129) -> Iterator[Screen]:
    """So many screens with coloured edges (ClearType), on shaded grounds, or of faint letters."""
    looks = [
        replace(look, size=size, scale=scale, is_dark=is_dark, font=font)
        for look, font, size, scale, is_dark in itertools.product(
            (Look(is_subpixel=True), Look(shade=60), Look(fade=0.45)), FONTS, (11, 12, 14), (1.0, 1.25), (False, True)
        )
    ]
    yield from _made(count, looks, Random(seed))


def _made(count: int, looks: list[Look], random: Random) -> Iterator[Screen]:
    random.shuffle(looks)
    for number, look in zip(range(count), itertools.cycle(looks), strict=False):
        make = (page, form, error)[number % 3]
        yield make(f"{make.__name__} {number}", look, random)


def page(name: str, look: Look, random: Random) -> Screen:
    """Lines below each other, as in a letter, a console or a list."""
    lines = [random.choice(SECRETS)(random) for _ in range(9)] + random.sample(look_alikes(random), 9)
    random.shuffle(lines)
    drawn = Drawn(1280, 60 + len(lines) * look.size * _LINE, look)
    return Screen(name, look, *_written(drawn, 30, 20, lines))


def form(name: str, look: Look, random: Random) -> Screen:
    """Fields with their labels beside them or above, one of them for a password."""
    above = random.random() < 0.5
    secret, address, number = password(random), email(random), phone(random)
    rows = [
        ("User name", Line("", address.value, "", address.kind)),
        (random.choice(("Password", "Password:", "Kennwort", "Mot de passe")), Line("", secret.value, "", secret.kind)),
        ("Telephone", Line("", number.value, "", number.kind)),
        ("Customer number", Line("", str(random.randint(10_000, 99_999)))),
        ("Device", Line("", f"PC-{mixed(random, 4)}".upper())),
    ]
    step = look.size * (3.6 if above else 2.4)
    drawn = Drawn(900, 60 + len(rows) * step, look)
    placed: list[Placed] = []
    for row, (label, line) in enumerate(rows):
        top = 24 + row * step
        drawn.text(30, top, label)
        left, below = (30, look.size * 1.7) if above else (30 + look.size * 11, 0)
        placed += _placed(drawn, left, top + below, line)
        drawn.text(left, top + below, line.text)
    return Screen(name, look, drawn.png(), placed)


def error(name: str, look: Look, random: Random) -> Screen:
    """An error message with an address in it, and a page with private things behind."""
    lines = [random.choice(SECRETS)(random) for _ in range(4)] + random.sample(look_alikes(random), 3)
    random.shuffle(lines)
    drawn = Drawn(1280, 380 + len(lines) * look.size * _LINE, look)
    top = 60 + len(lines) * look.size * _LINE
    who = email(random)
    message = Line("Error 0x80070005: access is denied for ", who.value, "", who.kind)
    drawn.dialog(60, top, "Mail program", ("The mailbox cannot be opened.", message.text))
    inside = _placed(drawn, 60 + 60, top + 48 + look.size * _LINE, message, Part.IN_ERROR)
    png, placed = _written(drawn, 30, 20, lines)
    return Screen(name, look, png, [*placed, *inside])


def _written(drawn: Drawn, left: float, top: float, lines: Sequence[Line]) -> tuple[bytes, list[Placed]]:
    placed: list[Placed] = []
    for number, line in enumerate(lines):
        at = top + number * drawn.look.size * _LINE
        drawn.text(left, at, line.text)
        placed += _placed(drawn, left, at, line)
    return drawn.png(), placed


def _placed(drawn: Drawn, left: float, top: float, line: Line, part: Part = Part.PRIVATE) -> Iterator[Placed]:
    """The value of a line with its place, and longer words before and behind it."""
    at, place = drawn.look.pixels(left), ""
    pieces = (
        (line.before, Part.BESIDE),
        (line.value, part if line.kind is not None else Part.ALIKE),
        (line.after, Part.BESIDE),
    )
    top = drawn.look.pixels(top)
    for piece, is_part in pieces:
        start, place = at + drawn.width(place), place + piece
        box = (round(start), top, round(at + drawn.width(place)), top + drawn.look.pixels(drawn.look.size * 1.3))
        if is_part is not Part.BESIDE or len(piece) > _LONG:
            yield Placed(piece, is_part, box, line.kind if is_part is not Part.BESIDE else None)
