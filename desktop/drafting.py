"""What a person is writing: drafts, the files that they take in, and pictures before they leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.capture.report import SCREEN
from desktop.pictures import Pictures, Searched
from desktop.reading import Reading
from desktop.tickets import filing
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.identity import new_id
from desktop.tickets.marks import must_be_applied

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from desktop.capture.this_computer import ThisComputer
    from desktop.store.store import Store
    from desktop.store.transaction import Transaction
    from desktop.sync.worker import Worker
    from desktop.tickets.clock import Clock


class Drafting(Reading):
    """The part of the desk in which nothing is said to anyone yet.

    Args:
        follow: lets a picture that was held follow the ticket of its draft, in the transaction.
    """

    def __init__(
        self,
        store: Store,
        worker: Worker,
        computer: ThisComputer,
        clock: Clock,
        random: Random,
        *,
        follow: Callable[[Transaction, DraftFile, Draft], None],
    ) -> None:
        super().__init__(store, worker, computer, clock)
        self._random = random
        self._slow = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._pictures = Pictures(
            store, lambda: computer.reader, new_id=self._id, follow=follow, wake=self._worker.wake
        )

    def new_draft(self, ticket: str = "") -> Draft:
        """A draft with a new id, not yet saved."""
        return Draft(id=self._id(), changed_at=self._clock.now(), ticket=ticket)

    def unfinished(self) -> Draft | None:
        """The ticket that was being written last; what a crash has left with no more than pictures is forgotten."""
        drafts = sorted((draft for draft in self.drafts() if not draft.ticket), key=lambda draft: draft.changed_at)
        for left in [draft for draft in drafts if not is_begun(draft)]:
            self.discard_draft(left.id)
        return next((draft for draft in reversed(drafts) if is_begun(draft)), None)

    def save_draft(self, draft: Draft) -> Future[None]:
        """Keep what has been typed so far."""
        return self._store.write(lambda tx: tx.drafts.save(replace(draft, changed_at=self._clock.now())))

    def discard_draft(self, draft: str) -> Future[None]:
        """Forget the draft and its files."""
        return self._store.write(lambda tx: tx.drafts.discard(draft))

    def forget_files(self, files: Sequence[DraftFile]) -> Future[None]:
        """Delete what was taken in and has come to nothing; what a draft or a ticket has stays."""
        return self._store.write(lambda tx: tx.drafts.let_go(files))

    def import_file(self, source: Path, *, name: str = "") -> Future[DraftFile]:
        """Copy, hash and encrypt a file into our own keeping, now, whatever becomes of the original.

        A photograph is taken in without what the camera has written into it.
        """
        return self._slow.submit(self._take_in, source, name)

    def _take_in(self, source: Path, name: str) -> DraftFile:
        from desktop.capture.bare_picture import bare

        return self._store.files.import_file(source, attachment=self._id(), name=name, bare=bare)

    def import_bytes(self, content: bytes, *, name: str, media_type: str, origin: str, label: str) -> Future[DraftFile]:
        """The same for bytes."""
        return self._slow.submit(self._import, (content,), name, media_type, origin, label)

    def import_picture(self, pieces: Iterable[bytes], *, name: str, origin: str, label: str) -> Future[DraftFile]:
        """The same for a PNG file that is being made: its pieces are asked for here, and never held all together."""
        return self._slow.submit(self._import, pieces, name, "image/png", origin, label)

    def _import(self, pieces: Iterable[bytes], name: str, media_type: str, origin: str, label: str) -> DraftFile:
        file = self._store.files.import_pieces(pieces, attachment=self._id(), name=name, media_type=media_type)
        return replace(file, origin=origin, label=label)

    def must_be_searched(self, file: DraftFile) -> bool:
        """Whether the picture is to be looked through before it leaves, and can be."""
        return self._pictures.waits(file)

    def search_picture(self, attachment: str) -> Future[Searched]:
        """Look through an imported picture for what may be private and for errors; cancelling ends the work."""
        return self._pictures.search(attachment)

    def finish_pictures(self) -> Future[None]:
        """Let pictures that are held follow their tickets, as soon as they have been looked through."""
        return self._pictures.finish_held()

    def _made_ready(self, draft: Draft) -> Draft:
        whole = self._with_long_texts(draft)
        return replace(whole, files=self._made_anew(whole.files))

    def _must_be_made_anew(self, file: DraftFile) -> bool:
        return file.included and must_be_applied(file.marks) and not self._pictures.waits(file)

    def _made_anew(self, files: Sequence[DraftFile]) -> tuple[DraftFile, ...]:
        return tuple(self._pictures.made_anew(file) if self._must_be_made_anew(file) else file for file in files)

    def _with_long_texts(self, draft: Draft) -> Draft:
        files = [
            self._import((text.encode(),), name, "text/plain", "file", name) for name, text in filing.too_long(draft)
        ]
        return filing.with_texts_as_files(draft, files)

    def _id(self) -> str:
        return new_id(self._clock, self._random)


def is_begun(draft: Draft) -> bool:
    """Whether there are words, or files that the person has chosen: pictures of the screen come by themselves."""
    return bool(draft.summary or draft.arriving or any(file.origin != SCREEN for file in draft.files))
