"""The next page of the news, asked for while the last one is stored."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from threading import Thread

from desktop.sync.protocol import ChangePage


class ReadsAhead:
    """Pages of one feed, one behind the other. At most one is read ahead, and what is not asked for next is dropped.

    A page that was read ahead is of a moment before it was asked for. Rows and cursors do not mind: it is as if the
    network had been slow. Checksums would, for an answer of ours may have been stored meanwhile, so they are left off,
    and the page says that there may be more: the end of the news is always told anew.
    """

    def __init__(self, read: Callable[[str, int, str], ChangePage]) -> None:
        self._read = read
        self._wanted: str | None = None
        self._ahead: Future[ChangePage] = Future()

    def page(self, cursor: str, limit: int, seen: str) -> ChangePage:
        """The page after a cursor; raises what reading it has raised."""
        page = self._from_ahead(cursor)
        if page is not None and not page.more and page.cursor != cursor:
            return replace(page, more=True, checksums=())
        if page is None or not page.more:
            page = self._read(cursor, limit, seen)
        if page.more and page.cursor != cursor:
            self._begin(page.cursor, limit, seen)
        return page

    def drop(self) -> None:
        """Something else is asked for."""
        self._wanted = None

    def _from_ahead(self, wanted: str) -> ChangePage | None:
        is_ahead, self._wanted = self._wanted == wanted, None
        return self._ahead.result() if is_ahead else None

    def _begin(self, cursor: str, limit: int, seen: str) -> None:
        self._wanted, self._ahead = cursor, Future()
        asked = (cursor, limit, seen, self._ahead)
        Thread(target=self._fetch, args=asked, name="helptray-reads-ahead", daemon=True).start()

    def _fetch(self, cursor: str, limit: int, seen: str, ahead: "Future[ChangePage]") -> None:
        try:
            ahead.set_result(self._read(cursor, limit, seen))
        except BaseException as error:  # noqa: BLE001  (it is raised where the page is asked for)
            ahead.set_exception(error)
