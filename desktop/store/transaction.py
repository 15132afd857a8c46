"""One transaction, as the engine (`desktop.sync.ledger.Ledger`) and the person's side see it."""

from typing import BinaryIO

from desktop.store.confirmed import Confirmed
from desktop.store.contents import Contents
from desktop.store.database import Connection
from desktop.store.drafts import Drafts, Kept
from desktop.store.own_outbox import Outbox
from desktop.store.seen import Seen
from desktop.store.settings import Profiles, StoredSettings
from desktop.store.vault import Vault
from desktop.store.views import Views
from desktop.store.work import Work
from desktop.tickets.clock import Clock

MUCH = 16
"""Changed tickets that are shown anew at once, a few milliseconds' worth."""


class Transaction:
    """What a job is given. It is good until the job returns, on the store's thread alone.

    Attributes:
        outbox: what the person did.
        confirmed: what the help desk told.
        settings: small named values.
        drafts: what the person is writing.
        kept: the person's values that lost against the help desk's.
        seen: which tickets have news for the person.
        contents: where the bytes of attachments lie.
    """

    def __init__(self, connection: Connection, clock: Clock, profiles: Profiles, vault: Vault) -> None:
        self.work = Work(connection, clock)
        self.settings = StoredSettings(self.work, profiles)
        self.outbox = Outbox(self.work)
        self.drafts = Drafts(self.work)
        self.kept = Kept(self.work)
        self.seen = Seen(self.work, self.settings)
        self.contents = Contents(self.work, vault)
        self.views = Views(self.work, self.settings)
        self.confirmed = Confirmed(self.work, self.views)

    def open_content(self, attachment: str) -> BinaryIO:
        """The plain bytes of a local attachment, seekable, good beyond the transaction; a `Trouble` when not here."""
        return self.contents.open(attachment)

    def catch_up(self) -> None:
        """Show anew what has changed so far, if that is much; what changes after that is shown once more."""
        if len(self.work.tickets) + len(self.work.marked) >= MUCH:
            self._show_anew()

    def finish(self) -> None:
        """Bring everything that follows from the job up to date; the store calls it before the commit."""
        self.confirmed.finish()
        self._show_anew()
        self.contents.let_go()

    def _show_anew(self) -> None:
        for ticket in self.work.tickets:
            self.views.refresh(ticket)
        for ticket in self.work.marked - self.work.tickets:
            self.views.refresh(ticket, text_too=False)
        self.work.told |= self.work.tickets | self.work.marked
        self.work.tickets.clear()
        self.work.marked.clear()
