"""Which system's log is read here."""

from desktop.capture.error_text.system_log.entry import LogHandler
from desktop.capture.error_text.system_log.journald import Journald
from desktop.capture.error_text.system_log.macos import UnifiedLog
from desktop.capture.error_text.system_log.windows import WindowsEvents
from desktop.capture.surroundings import Surroundings
from desktop.tickets.clock import Clock


def log_handlers(surroundings: Surroundings, clock: Clock) -> tuple[LogHandler, ...]:
    """Every way to read the log that works here, best first; empty where there is none."""
    known: tuple[LogHandler, ...] = (Journald(clock), WindowsEvents(clock), UnifiedLog(clock))
    return tuple(handler for handler in known if handler.is_compatible(surroundings) and handler.is_installed())
