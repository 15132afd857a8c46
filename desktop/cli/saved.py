"""The answer of every command that saves something."""

from desktop.cli.outcome import Outcome
from desktop.desk import Desk, Saved


def saved(desk: Desk, done: Saved) -> Outcome:
    """What was saved, with the state that it has now."""
    state = desk.operation_state(done.operation)
    value = {"operation": done.operation, "ticket": done.ticket, "reference": done.reference, "state": state}
    return Outcome(value=value, lines=[f"{done.reference}  Saved on this computer."])
