"""The addresses by which this computer can be reached."""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address

import psutil

from desktop.capture.computer.machine import Machine

LABELS = {"addresses": "Addresses"}


def read(machine: Machine) -> Mapping[str, str]:  # noqa: ARG001
    """The facts of `LABELS` that can be told."""
    up = {name for name, state in psutil.net_if_stats().items() if state.isup}
    texts = (found.address for name, list_ in psutil.net_if_addrs().items() if name in up for found in list_)
    return {"addresses": ", ".join(usable(texts))}


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
