"""Which addresses other machines could use."""

from collections.abc import Iterable
from ipaddress import ip_address


def usable(texts: Iterable[str]) -> list[str]:
    """IP addresses other machines could use, IPv4 first; hardware, loopback and link-local ones are left out."""
    found = []
    for text in dict.fromkeys(texts):
        try:
            address = ip_address(text.partition("%")[0])
        except ValueError:
            continue
        if not (address.is_loopback or address.is_link_local or address.is_unspecified):
            found.append(address)
    return [str(address) for address in sorted(found, key=lambda address: address.version)]
