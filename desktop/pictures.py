"""Pictures before they leave: looked through for what may be private, and made anew with their marks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from desktop.answers import tells_kept_back
from desktop.capture.report import CHOSEN, CLIPBOARD, SCREEN
from desktop.tickets.marks import Mark, MarkKind, must_be_applied
from desktop.tickets.trouble import Trouble

if TYPE_CHECKING:
    from desktop.capture.error_text.on_picture import FoundError
    from desktop.capture.screen_text.reader import Reading, TextReader
    from desktop.capture.screen_text.words import TextLine
    from desktop.store.store import Store
    from desktop.store.transaction import Transaction
    from desktop.tickets.draft import Draft, DraftFile

_log = logging.getLogger(__name__)

NO_READER = "Nothing here looks for private things on pictures: please check them yourself."
_SEARCHED_ORIGINS = (SCREEN, CLIPBOARD, CHOSEN)
"""Pictures that are looked through. A file of any other origin goes as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was found on a picture.

    Attributes:
        marks: what may be private, masked where that is sure.
        errors: error messages, from the top.
        lines: all text on it.
    """

    marks: tuple[Mark, ...] = ()
    errors: tuple[FoundError, ...] = ()
    lines: tuple[TextLine, ...] = ()


class Pictures:
    """Searches pictures and makes them anew, on a thread of its own.

    Args:
        store: where they are kept.
        reader: what reads them; asked for when the first is searched.
        new_id: makes an id.
        follow: lets a picture follow the ticket of what is held, in the transaction.
        wake: there is something to send.
    """

    def __init__(
        self,
        store: Store,
        reader: Callable[[], TextReader],
        *,
        new_id: Callable[[], str],
        follow: Callable[[Transaction, DraftFile, Draft], None],
        wake: Callable[[], None],
    ) -> None:
        self._store = store
        self._reader = reader
        self._new_id = new_id
        self._follow = follow
        self._wake = wake
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
        self._is_closing = False
        self._has_read = False

    def waits(self, file: DraftFile) -> bool:
        """Whether the picture has to be looked through before it may leave."""
        return is_looked_through(file) and self._reader().is_installed()

    def search(self, attachment: str) -> Future[Searched]:
        """Look through a picture that is in our keeping; fails with a `Trouble`. Cancelling ends the work."""
        wanted: Future[Searched] = Future()

        def begin() -> None:
            if wanted.cancelled():
                return
            try:
                reading = self._read(attachment)
            except Trouble as trouble:
                _give(wanted, trouble)
                return
            wanted.add_done_callback(lambda done: reading.cancel() if done.cancelled() else None)
            reading.add_done_callback(lambda done: _settle(wanted, done))

        self._thread.submit(begin)
        return wanted

    def made_anew(self, file: DraftFile) -> DraftFile:
        """The file, or where marks change it a new one with them in its pixels; blocks. Raises a `Trouble`."""
        if not must_be_applied(file.marks):
            return file
        from desktop.capture.redact.apply import applied, open_picture, png

        with self._store.files.open(file.attachment) as content:
            picture = open_picture(content)
        new = self._store.files.import_pieces(
            png(applied(picture, file.marks)),
            attachment=self._new_id(),
            name=f"{PurePath(file.name).stem}.png",
            media_type="image/png",
        )
        return replace(new, origin=file.origin, label=file.label, included=file.included, is_searched=True)

    def finish_held(self) -> Future[None]:
        """Look through all that is held and let it follow its ticket; done when nothing is left to do now."""
        if self._is_closing:
            done: Future[None] = Future()
            done.set_result(None)
            return done
        return self._thread.submit(self._finish_all)

    def close(self) -> None:
        """Stop; what is held stays held, and is finished after the next start."""
        self._is_closing = True
        if self._has_read:
            self._reader().close()
        self._thread.shutdown(cancel_futures=True)

    def _read(self, attachment: str) -> Reading:
        with self._store.files.open(attachment) as content:
            picture = content.read()
        self._has_read = True
        return self._reader().read(picture)

    def _finish_all(self) -> None:
        drafts = self._store.write(lambda tx: tx.drafts.all()).result()
        for held in (draft for draft in reversed(drafts) if draft.held):
            for file in held.files:
                if self._is_closing:
                    return
                self._finish(held, file)

    def _finish(self, held: Draft, file: DraftFile) -> None:
        try:
            ready = self._ready(file)
        except CancelledError:
            return
        except Trouble as trouble:
            if not self._is_closing:
                _log.info("a picture could not be looked through: %s %s", trouble.sentence, trouble.detail)
                self._store.write(lambda tx: _give_back(tx, held, file)).result()
            return

        def follow(tx: Transaction) -> None:
            if _take_off(tx, held.id, file.attachment):
                self._follow(tx, ready, held)
                if not _is_attached(tx, held.ticket, ready.attachment):
                    _tell_kept_back(tx, held, file)

        self._store.write(follow).result()
        self._wake()

    def _ready(self, file: DraftFile) -> DraftFile:
        marks = file.marks
        if self.waits(file):
            marks = (*marks, *self._found_on(file))
        return self.made_anew(replace(file, marks=marks, is_searched=True))

    def _found_on(self, file: DraftFile) -> Sequence[Mark]:
        """What counts of what may be private on a picture that was saved before it was looked through.

        The person knows a picture that they chose: what is not sure stays as it is there, and one that cannot be
        read, such as a damaged one that the ticket is about, goes along all the same.
        """
        is_chosen = file.origin == CHOSEN
        try:
            found = _searched(self._read(file.attachment).result()).marks
        except Trouble:
            if is_chosen and not self._is_closing:
                return ()
            raise
        return found if is_chosen else [unseen(mark) for mark in found]


def is_looked_through(file: DraftFile) -> bool:
    """Whether it is a picture that has yet to be looked through, where something can read it."""
    return file.media_type.startswith("image/") and file.origin in _SEARCHED_ORIGINS and not file.is_searched


def unseen(mark: Mark) -> Mark:
    """The mark when nobody has seen it: what may be private is masked, and in an error message what surely is."""
    from desktop.capture.redact.secret import SecretKind

    is_left = mark.is_error and not SecretKind(mark.found).is_sure
    return mark if is_left or mark.kind is not MarkKind.OUTLINE else replace(mark, kind=MarkKind.REDACT)


def _searched(lines: Sequence[TextLine]) -> Searched:
    from desktop.capture.error_text.on_picture import find_errors
    from desktop.capture.redact.on_picture import suggest

    errors = find_errors(lines)
    return Searched(
        marks=suggest(lines, [line.box for error in errors for line in error.lines]), errors=errors, lines=tuple(lines)
    )


def _settle(wanted: Future[Searched], reading: Reading) -> None:
    if wanted.cancelled() or reading.cancelled():
        return
    failure = reading.exception()
    if failure is not None:
        _give(wanted, failure)
        return
    found = _searched(reading.result())
    if wanted.set_running_or_notify_cancel():
        wanted.set_result(found)


def _give(wanted: Future[Searched], failure: BaseException) -> None:
    if wanted.set_running_or_notify_cancel():
        wanted.set_exception(failure)


def _take_off(tx: Transaction, held: str, attachment: str) -> bool:
    """Take a picture off what is held; false where somebody else has done so already."""
    draft = tx.drafts.get(held)
    if draft is None or attachment not in [file.attachment for file in draft.files]:
        return False
    left = tuple(file for file in draft.files if file.attachment != attachment)
    if left:
        tx.drafts.save(replace(draft, files=left))
    else:
        tx.drafts.discard(held)
    return True


def _is_attached(tx: Transaction, ticket: str, attachment: str) -> bool:
    attached = (entry.operation.attach_file for entry in tx.outbox.of_ticket(ticket))
    return any(one is not None and one.attachment == attachment for one in attached)


def _tell_kept_back(tx: Transaction, held: Draft, file: DraftFile) -> None:
    """A rule came after the ticket was saved and keeps the picture here: its name stays, for the person to see."""
    told = next((draft for draft in tx.drafts.all() if draft.ticket == held.ticket and tells_kept_back(draft)), None)
    draft = told or replace(held, id=file.attachment, files=(), arriving=())
    tx.drafts.save(replace(draft, arriving=(*draft.arriving, file.label or file.name)))
    tx.work.told.add(held.ticket)
    tx.work.outbox = True


def _give_back(tx: Transaction, held: Draft, file: DraftFile) -> None:
    """A picture that cannot be looked through waits for the person, as a reply that is not sent yet.

    It is a reply of its own: one that is being written on screen would be kept again without it.
    """
    if not _take_off(tx, held.id, file.attachment):
        return
    given = replace(file, is_searched=True)
    tx.drafts.save(replace(held, id=file.attachment, held=False, note="", files=(given,)))
    tx.work.told.add(held.ticket)
