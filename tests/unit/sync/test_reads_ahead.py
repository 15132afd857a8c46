"""The next page of the news is on its way while the last one is stored, and nothing is told that is too old."""

from threading import Event

import pytest

from desktop.sync.faults import Offline
from desktop.sync.help_desks.ahead import ReadsAhead
from desktop.sync.protocol import BucketChecksum, ChangePage

SUMS = (BucketChecksum(bucket="all", checksum="0" * 16, rows=3),)
LONGEST = 10.0


class Feed:
    """Three pages and their end; `news` come behind it. `asked` is every cursor that was asked for, in order."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.news = 0
        self.is_broken = False
        self.gate = Event()
        self.gate.set()

    def read(self, cursor: str, limit: int, seen: str) -> ChangePage:
        assert limit == 10
        if cursor:
            assert self.gate.wait(LONGEST)
        self.asked.append(cursor)
        if self.is_broken and cursor:
            raise Offline(detail="cut")
        position, end = int(cursor or 0), 3 + self.news
        more = position + 1 < end
        return ChangePage(
            rows=(), cursor=str(min(position + 1, end)), epoch="e", more=more, checksums=() if more else SUMS
        )


def test_every_page_is_asked_for_once_and_the_end_anew() -> None:
    feed = Feed()
    ahead = ReadsAhead(feed.read)
    pages = [ahead.page("", 10, ""), ahead.page("1", 10, ""), ahead.page("2", 10, "")]
    assert [(page.cursor, page.more, page.checksums) for page in pages] == [
        ("1", True, ()),
        ("2", True, ()),
        ("3", True, ()),
    ]
    feed.news = 1
    last = ahead.page("3", 10, "")
    assert (last.cursor, last.more, last.checksums) == ("4", False, SUMS)
    assert feed.asked == ["", "1", "2", "3"]


def test_the_next_page_is_on_its_way_while_the_last_is_stored() -> None:
    feed = Feed()
    feed.gate.clear()
    ahead = ReadsAhead(feed.read)
    assert ahead.page("", 10, "").cursor == "1"
    feed.gate.set()
    assert ahead.page("1", 10, "").cursor == "2"
    assert feed.asked[:2] == ["", "1"]


def test_what_is_not_asked_for_next_is_dropped() -> None:
    feed = Feed()
    ahead = ReadsAhead(feed.read)
    ahead.page("", 10, "")
    assert ahead.page("", 10, "").cursor == "1"
    ahead.drop()
    feed.news = -1
    page = ahead.page("1", 10, "")
    assert (page.more, page.checksums) == (False, SUMS)


def test_an_end_without_rows_is_asked_for_anew() -> None:
    asked = []

    def read(cursor: str, limit: int, seen: str) -> ChangePage:
        asked.append(cursor)
        return ChangePage(rows=(), cursor="1", epoch="e", more=not cursor, checksums=SUMS if cursor else ())

    ahead = ReadsAhead(read)
    ahead.page("", 10, "")
    page = ahead.page("1", 10, "")
    assert (page.more, page.checksums, asked) == (False, SUMS, ["", "1", "1"])


def test_what_goes_wrong_ahead_is_told_when_it_is_asked_for_and_once() -> None:
    feed = Feed()
    feed.is_broken = True
    ahead = ReadsAhead(feed.read)
    assert ahead.page("", 10, "").cursor == "1"
    with pytest.raises(Offline):
        ahead.page("1", 10, "")
    feed.is_broken = False
    assert ahead.page("1", 10, "").cursor == "2"


def test_a_feed_that_does_not_move_is_not_read_ahead() -> None:
    asked = []

    def read(cursor: str, limit: int, seen: str) -> ChangePage:
        asked.append(cursor)
        return ChangePage(rows=(), cursor="1", epoch="e", more=True)

    ahead = ReadsAhead(read)
    assert ahead.page("1", 10, "").more
    assert ahead.page("1", 10, "").more
    assert asked == ["1", "1"]
