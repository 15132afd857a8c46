"""One pass to the help desk and back, as JSON, as lines and as an exit code."""

from desktop.cli.outcome import Exit, exit_of
from desktop.desk import Desk, SyncResult
from desktop.sync.faults import SignInNeeded

NOT_CONNECTED = "This computer is not connected to a help desk yet. Connect it with: helptray enrol URL CODE"


def need_connection(desk: Desk) -> None:
    """For what is only done online: `SignInNeeded` where this computer is not connected."""
    if desk.account() is None:
        raise SignInNeeded(NOT_CONNECTED)


def pass_value(result: SyncResult) -> dict[str, int | bool]:
    """A pass as JSON."""
    return {
        "pushed": result.pushed,
        "pulled": result.pulled,
        "pending": result.pending,
        "needs_attention": result.needs_attention,
        "online": result.online,
    }


def pass_lines(result: SyncResult) -> list[str]:
    """A pass for people."""
    return [f"Sent {result.pushed}, read {result.pulled}, {result.pending} waiting."]


def pass_remarks(desk: Desk, result: SyncResult) -> list[str]:
    """What stands in the way, a sentence each."""
    remarks = [f"{result.needs_attention} not accepted. See why: helptray waiting"] if result.needs_attention else []
    if desk.account() is None:
        remarks.append(NOT_CONNECTED)
    elif result.trouble is not None:
        remarks.append(result.trouble.sentence)
    return remarks


def pass_exit(desk: Desk, result: SyncResult) -> Exit:
    """The highest exit code that applies to a pass."""
    codes = [Exit.DONE]
    if desk.account() is None:
        codes.append(Exit.SIGN_IN)
    if result.trouble is not None:
        codes.append(exit_of(result.trouble))
    if not result.online:
        codes.append(Exit.NOT_REACHED)
    if result.needs_attention:
        codes.append(Exit.ATTENTION)
    return max(codes)
