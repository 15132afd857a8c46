"""The address of a help desk as a person types it."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from desktop.tickets.trouble import InputRefused

_WRONG = "This is not the address of a help desk. It looks like help.example.com and is in your provider's invitation."
_UNSAFE = "This address is not safe to use: it must start with https://. Ask your provider for the right one."


def checked_server(typed: str) -> str:
    """The address in one form: scheme, host, port, path, no slash at the end. Raises `InputRefused`.

    Without a scheme https is meant, to this computer itself http. Plain http goes nowhere else.
    """
    text = typed.strip()
    bare = "://" not in text
    try:
        parts = urlsplit(f"//{text}" if bare else text)
        host, port = parts.hostname, parts.port
    except ValueError as problem:
        raise InputRefused(_WRONG, detail=str(problem)) from problem
    odd = parts.username or parts.password or parts.query or parts.fragment or any(c.isspace() for c in text)
    if parts.scheme not in ("", "https", "http") or not host or odd or not text.isprintable():
        raise InputRefused(_WRONG, detail=f"address {typed[:200]!r}")
    scheme = parts.scheme or ("http" if _is_this_computer(host) else "https")
    if scheme == "http" and not _is_this_computer(host):
        raise InputRefused(_UNSAFE, detail=f"address {typed[:200]!r}")
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


def _is_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
