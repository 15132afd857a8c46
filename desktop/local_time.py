"""A moment on this computer's clock."""

from datetime import datetime


def local(moment: datetime) -> datetime:
    """The moment in the computer's zone; as it stands where there is none for it.

    Help desks say 0001-01-01 or 9999-12-31 for never, and a zone leads out of the calendar there. Windows knows no zone
    before 1970 and after 3000 at all.
    """
    try:
        return moment.astimezone()
    except (OverflowError, ValueError, OSError):
        return moment
