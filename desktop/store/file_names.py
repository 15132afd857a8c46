"""File names that come from anywhere, made safe to show and to suggest. They never become a path of ours."""

import re
import unicodedata

LONGEST = 120
"""Characters."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE)
"""Names that Windows gives to devices, whatever follows the dot (Microsoft, Naming Files, Paths, and Namespaces)."""


def safe_name(name: str) -> str:
    """The last part of the name without what could deceive or break: control, format and reserved characters.

    Long names keep their ending. `file` when nothing is left.
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(" " if character.isspace() else character for character in unicodedata.normalize("NFC", last))
    shown = "".join(character for character in shown if unicodedata.category(character)[0] != "C")
    shown = re.sub(r'[<>:"|?*]', "_", re.sub(" +", " ", shown)).strip(" .")
    if len(shown) > LONGEST:
        stem, dot, ending = shown.rpartition(".")
        ending = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
        shown = shown[: LONGEST - len(ending) - 1].rstrip(" .") + "…" + ending
    if _RESERVED.fullmatch(shown):
        shown = f"_{shown}"
    return shown or "file"
