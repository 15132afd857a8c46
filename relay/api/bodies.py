"""JSON bodies: bounded in length, in number of parts and in depth before anything reads them."""

import re
from itertools import accumulate
from typing import Final, TypeVar

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import InternalServerException

from desktop.sync.protocol import MAX_DEPTH
from relay.incoming import UNREADABLE
from relay.problems import Refusal, malformed

T = TypeVar("T")

MOST_PARTS: Final = 1_000_000
"""Most quotation marks and brackets in a body: far more than a full batch has, and measured in a moment."""

_STRINGS: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\Z)', re.DOTALL)
_BRACKETS: Final = b"[]{}"
_PARTS: Final = (b"[", b"]", b"{", b"}", b'"', b"\\")
_OTHERS: Final = bytes(byte for byte in range(256) if byte not in _BRACKETS)
_STEPS: Final = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def depth(body: bytes) -> int:
    """How deep the JSON nests; strings do not count, whatever is in them. Linear in the length of the body."""
    brackets = _STRINGS.sub(b"", body).translate(None, _OTHERS)
    return max(accumulate(map(_STEPS.__getitem__, brackets)), default=0)


async def read_body(request: Request[None, None, State], decoder: msgspec.json.Decoder[T]) -> T:
    """The request's body as a value; raises `Refusal` (400) where it broke off, is too deep or not of that shape."""
    try:
        body = await request.body()
    except InternalServerException as error:  # Litestar's word for a client that has left, which is no fault of ours
        raise Refusal(400, "broken-off", "Broken off", "What was sent broke off.") from error
    if sum(map(body.count, _PARTS)) > MOST_PARTS:
        raise malformed("What was sent has too many parts.", "too-many-parts")
    if depth(body) > MAX_DEPTH:
        raise malformed("What was sent is nested too deeply.", "too-deep")
    try:
        return decoder.decode(body)
    except UNREADABLE as error:
        raise malformed("What was sent could not be read.") from error
