"""The icons parse, scale, and can be seen on light and on dark."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SVG = "{http://www.w3.org/2000/svg}"
ICONS = sorted(
    (icon for icon in files("resources.icons").iterdir() if icon.name.endswith(".svg")), key=lambda i: i.name
)
NEEDED = {
    *("helptray", "tray-idle", "tray-waiting", "tray-attention", "tray-offline"),
    *("reply", "attach", "screenshot", "check", "clock", "phone", "search", "close", "warning"),
}
LIGHT, DARK = "#ffffff", "#202124"


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_needed_icon_is_there() -> None:
    assert {icon.name.removesuffix(".svg") for icon in ICONS} >= NEEDED


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.name)
def test_an_icon_is_plain_svg_that_scales(icon: Traversable) -> None:
    text = icon.read_text(encoding="utf-8")

    root = ElementTree.fromstring(text)

    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 24 24"
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "title", "g", "path", "rect", "circle"}
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text
    assert len(text) < 2000


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.name)
def test_its_outline_can_be_seen_on_light_and_dark(icon: Traversable) -> None:
    outline = re.search(r"#[0-9a-f]{6}", icon.read_text(encoding="utf-8"))

    assert outline
    assert contrast(outline[0], LIGHT) >= 3  # WCAG 2.2, 1.4.11: non-text contrast
    assert contrast(outline[0], DARK) >= 3


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.name)
def test_the_toolkit_draws_it(icon: Traversable) -> None:
    renderer = QSvgRenderer(QByteArray(icon.read_bytes()))
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))

    painter = QPainter(image)
    renderer.render(painter)
    painter.end()

    assert renderer.isValid()
    assert sum(image.pixelColor(x, y).alpha() > 128 for x in range(32) for y in range(32)) > 30


def test_the_states_of_the_tray_differ() -> None:
    states = {
        icon.read_text(encoding="utf-8").partition("</title>")[2] for icon in ICONS if icon.name.startswith("tray-")
    }

    assert len(states) == 4
