"""The short reference of a ticket, for people: `HT-7F3K-Q2MX-9DWC`."""


def reference(ticket: str) -> str:
    """Eleven Crockford base32 symbols from the random bits of the id, and one Luhn-mod-32 check."""
    raise NotImplementedError


def read_reference(text: str) -> str:
    """What a person typed, normalised (case, dashes, O for 0, I and L for 1); ValueError when the check fails."""
    raise NotImplementedError
