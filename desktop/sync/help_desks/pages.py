"""A page of the change feed, read so that one bad row cannot stop the feed."""

from dataclasses import dataclass
from typing import Final

import msgspec

from desktop.sync.faults import ServerFault
from desktop.sync.help_desks.statuses import read_json
from desktop.sync.protocol import BucketChecksum, ChangedRow, ChangePage


@dataclass(frozen=True, slots=True, kw_only=True)
class _RawPage:
    rows: list[msgspec.Raw]
    cursor: str
    epoch: str
    more: bool
    checksums: tuple[BucketChecksum, ...] = ()
    organisation_etag: str = ""
    head: str = ""


_page: Final = msgspec.json.Decoder(ChangePage)
_raw_page: Final = msgspec.json.Decoder(_RawPage)
_row: Final = msgspec.json.Decoder(ChangedRow)


def decode_page(body: bytes) -> ChangePage:
    """The page in the bytes. A row of another shape is left out, and missed by the checksum; a bad page is a fault."""
    try:
        return _page.decode(body)
    except msgspec.ValidationError:
        raw = read_json(_raw_page.decode, body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as problem:
        raise ServerFault(detail=f"answer not understood: {problem}") from problem
    rows = tuple(row for piece in raw.rows if (row := _row_in(piece)) is not None)
    return ChangePage(
        rows=rows,
        cursor=raw.cursor,
        epoch=raw.epoch,
        more=raw.more,
        checksums=raw.checksums,
        organisation_etag=raw.organisation_etag,
        head=raw.head,
    )


def _row_in(piece: msgspec.Raw) -> ChangedRow | None:
    try:
        return _row.decode(piece)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
