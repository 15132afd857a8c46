"""What a maker has written into a computer, as far as it says something."""

import re

_LABEL = (
    "system|sys|base|board|mother|main|chassis|enclosure|product|machine|computer|bios|oem|type1|your|vendor|serial"
    "|number|num|no|sn|name|model|version|manufacturer|manufacture|maker|family|sku|uuid|asset|tag|config|id|string|info"
)
_NOTHING = re.compile(
    r"(?:to)?be(?:ing)?(?:filled|set|assigned|defined|specified|programmed|updated).*|fill(?:ed)?(?:in)?by.*"
    r"|default.*|not(?:specified|available|applicable|set|defined|present|provided|known|assigned|supported|found|filled|used).*"
    r"|no(?:ne|thing|data|value|enclosure)(?:set|specified|provided|available)?|na|nil|null|nan|unknown|undefined"
    r"|unspecified|unset|invalid|empty|blank|tbd|tba|test|dummy|sample|reserved|changeme|outofspec|badindex|0x[0f]*|[0x]+"
    rf"|(?:{_LABEL})+"
)
"""Such words without their capitals, spaces and stops; a field that names itself says nothing."""
_COMPLAINT = re.compile(
    r"(?:[\w./-]+ ?: |(?:error|warning|usage|fehler|erreur|errore|cannot|could not|failed)\b)", re.IGNORECASE
)
"""How tools begin to say that they have failed."""


def written(text: str) -> str:
    """The text in one line, or empty: a placeholder that was never filled in, or a tool's complaint."""
    text = text.strip()
    key = re.sub(r"[\W_]+", "", text[:100].casefold())
    if len(set(key)) < 2 or "\n" in text or _COMPLAINT.match(text) or _NOTHING.fullmatch(key) or _is_counted(key):
        return ""
    return text


def _is_counted(key: str) -> bool:
    """Whether somebody has typed one key after the other: `0123456789`, `MB-1234567890`."""
    digits = key.lstrip("abcdefghijklmnopqrstuvwxyz")
    letters = len(key) - len(digits)
    counted = digits in "0123456789" * 4 or digits in "1234567890" * 4
    return (counted and digits[:1] in "01" and len(digits) >= (8 if letters else 4) and letters < 6) or (
        len(key) > 3 and key in "0123456789abcdefghijklmnopqrstuvwxyz"
    )
