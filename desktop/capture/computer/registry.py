"""What `reg query` prints on Windows."""

import re

_VALUE = re.compile(r"^ {4}(.+?) {4}REG_(?:SZ|EXPAND_SZ|DWORD|QWORD) {4}(.*?)\s*$", re.MULTILINE)


def values(query: str) -> dict[str, str]:
    """The key's own texts and numbers by name; numbers stay as they are printed (`0x1a2b`)."""
    return dict(_VALUE.findall(query.replace("\r", "")))
