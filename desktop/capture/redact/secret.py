"""What may be private, by kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class SecretKind(StrEnum):
    """Kinds of private things; the value is what a person reads."""

    PASSWORD = "password"  # noqa: S105
    KEY = "key"
    TOKEN = "token"  # noqa: S105
    COOKIE = "cookie"
    CARD = "card number"
    IBAN = "bank account"
    SOCIAL_SECURITY = "social security number"
    EMAIL = "e-mail address"
    PHONE = "telephone number"

    @property
    def is_sure(self) -> bool:
        """Whether it is masked from the start; the rest is pointed out."""
        return self not in (SecretKind.SOCIAL_SECURITY, SecretKind.EMAIL, SecretKind.PHONE)


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Something private in a text: from character `start` up to `end`."""

    start: int
    end: int
    kind: SecretKind


def without_overlaps(found: Iterable[Found]) -> tuple[Found, ...]:
    """In order of place. Of what overlaps the surer, else the longer counts; what is sure stays covered as a whole."""
    chosen: list[Found] = []
    for one in sorted(found):
        if not chosen or chosen[-1].end <= one.start:
            chosen.append(one)
            continue
        last = chosen.pop()
        better, other = (one, last) if _rank(one) > _rank(last) else (last, one)
        if other.kind.is_sure:
            better = Found(min(one.start, last.start), max(one.end, last.end), better.kind)
        chosen.append(better)
    return tuple(chosen)


def _rank(found: Found) -> tuple[bool, int]:
    return found.kind.is_sure, found.end - found.start
