"""What can go wrong between this machine and the help desk: six kinds, each with words for a person."""

from typing import Final

from desktop.tickets.trouble import Trouble

SAVED_HERE: Final = " Saved here."
"""Begins what a sentence promises about the things that wait; it stands after the reason."""


class SyncFault(Trouble):
    """A transport failure, mapped once at the edge.

    Attributes:
        retry: whether trying again without a person can help.
        retry_after: seconds that the help desk asked us to wait, or None.
        undelivered: true only when certainly no byte of the request left.
        status: the HTTP status that said so, 0 where there was none; `code` is the problem's stable short name.
    """

    retry = True
    sentence_of_kind = "Something went wrong on the way to the help desk. Your words are safe here."

    def __init__(
        self,
        sentence: str = "",
        *,
        detail: str = "",
        retry_after: float | None = None,
        undelivered: bool = False,
        status: int = 0,
        code: str = "",
    ) -> None:
        super().__init__(sentence or self.sentence_of_kind, detail=detail)
        self.retry_after = retry_after
        self.undelivered = undelivered
        self.status = status
        self.code = code

    def nothing_is_saved(self) -> None:
        """Take that promise out of the sentence: for what is done online or not at all."""
        before, _, _ = self.sentence.partition(SAVED_HERE)
        self.sentence = before


class Offline(SyncFault):
    """No answer: no network, no route, refused, reset or timed out."""

    title = "Not connected"
    sentence_of_kind = "The help desk cannot be reached. Saved here. It will go out when you are online."


class OutOfTime(Offline):
    """The help desk answers, but not everything could go out in the time that was given."""

    title = "Not everything yet"
    sentence_of_kind = "There was no time to send everything. Saved here. The rest goes out later."


class SignInNeeded(SyncFault):
    """The help desk no longer knows this device (401), or it was revoked."""

    title = "Please connect again"
    retry = False
    sentence_of_kind = (
        "The help desk no longer knows this computer. Ask your provider for a new code, then connect again."
    )


class Refused(SyncFault):
    """The help desk understood and said no; asking again the same way is useless."""

    title = "Not accepted"
    retry = False
    sentence_of_kind = "The help desk did not accept this. You can change it and try again."


class ServerFault(SyncFault):
    """The help desk has a problem of its own (5xx, 429, an answer that breaks off or makes no sense)."""

    title = "The help desk has a problem"
    sentence_of_kind = "The help desk has a problem of its own. Saved here. We keep trying."


class NotTheServer(SyncFault):
    """Somebody else answered: a captive portal's page, a proxy's HTML, our own id not echoed. Never success."""

    title = "Wi-Fi sign-in needed"
    sentence_of_kind = "This Wi-Fi wants you to sign in first. Saved here. It will go out after that."


class LocalFault(SyncFault):
    """This machine cannot do its part: a file is gone or has changed, the disk is full."""

    title = "A problem on this computer"
    retry = False
    sentence_of_kind = "This computer could not read what should be sent."
