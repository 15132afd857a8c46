"""What the person is writing, saved as they type."""

from collections.abc import Iterable

from desktop.store.codec import decode_draft, encode, to_number
from desktop.store.work import Work
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.view import KeptValue


class Drafts:
    """Drafts, and the files that they hold."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def save(self, draft: Draft) -> None:
        """Keep the draft as it stands. A file that was taken off it loses its bytes, unless it is used elsewhere."""
        self._work.attachments.update(self._files(draft.id))
        self._work.run(
            "INSERT INTO draft(id, changed, body) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET changed = excluded.changed, body = excluded.body",
            (draft.id, to_number(draft.changed_at), encode(draft)),
        )
        self._work.run("DELETE FROM draft_file WHERE draft = ?", (draft.id,))
        self._work.run_many(
            "INSERT OR IGNORE INTO draft_file(draft, attachment) VALUES (?, ?)",
            [(draft.id, file.attachment) for file in draft.files],
        )

    def discard(self, draft: str) -> None:
        """Forget the draft, and the bytes of its files unless they are used elsewhere."""
        self._work.attachments.update(self._files(draft))
        self._work.run("DELETE FROM draft WHERE id = ?", (draft,))

    def let_go(self, files: Iterable[DraftFile]) -> None:
        """These files are wanted by nobody who writes any more: their bytes go, unless they are used elsewhere."""
        self._work.attachments.update(file.attachment for file in files)

    def get(self, draft: str) -> Draft | None:
        """One draft, or None."""
        row = self._work.run("SELECT body FROM draft WHERE id = ?", (draft,)).fetchone()
        return decode_draft(row[0]) if row else None

    def all(self) -> tuple[Draft, ...]:
        """Every draft, the last changed first."""
        return tuple(
            decode_draft(row[0]) for row in self._work.run("SELECT body FROM draft ORDER BY changed DESC, id DESC")
        )

    def _files(self, draft: str) -> list[str]:
        return [row[0] for row in self._work.run("SELECT attachment FROM draft_file WHERE draft = ?", (draft,))]


class Kept:
    """The person's values that lost against the help desk's, until they are applied again or let go."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, operation: str, field: str) -> KeptValue | None:
        """One value, or None."""
        row = self._work.run(
            "SELECT operation, field, mine, theirs FROM kept WHERE operation = ? AND field = ?", (operation, field)
        ).fetchone()
        return KeptValue(operation=row[0], field=row[1], mine=row[2], theirs=row[3]) if row else None

    def drop(self, operation: str, field: str) -> None:
        """Let the value go."""
        gone = self._work.run(
            "DELETE FROM kept WHERE operation = ? AND field = ? RETURNING ticket", (operation, field)
        ).fetchone()
        if gone is not None:
            self._work.told.add(gone[0])
