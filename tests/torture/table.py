"""The table in which a torture ends."""

from dataclasses import dataclass
from typing import Final

from tests.torture.verdict import Verdict

_COLUMNS = ("runs", "ok", "lost", "doubled", "diverged", "stuck", "told", "kills", "acts")
_HEADS = ("runs", "ok", "lost", "doubled", "view differs", "stuck", "told", "kills", "acknowledged")

PUBLISHED: Final = {
    "no fault": (("none",), "0 %"),
    "a process is paused": (("pause a client", "pause the relay"), "0 %"),
    "a process is killed": (("random kills", "kill clients", "kill the relay", "kill any"), "0.5 %"),
    "the network is parted": (("partition one", "partition all", "answers lost", "requests lost"), "30 to 40 %"),
}
"""Our nemeses of each kind, and how many runs of PowerSync's clients failed of that kind (about), mostly with uploads
that were stuck for ever: github.com/nurturenature/jepsen-powersync, 5 to 10 clients, 100 to 300 s a run."""


@dataclass(slots=True)
class Row:
    """One nemesis: runs, those that ended well, those with each kind of trouble, and what was done to whom.

    Attributes:
        told: acknowledged acts that the help desk did not accept in the end, or not over somebody else's; their people
            were told, and still have them.
    """

    nemesis: str
    runs: int = 0
    ok: int = 0
    lost: int = 0
    doubled: int = 0
    diverged: int = 0
    stuck: int = 0
    told: int = 0
    kills: int = 0
    acts: int = 0

    def count(self, verdict: Verdict, *, kills: int, acts: int) -> None:
        """One more run."""
        self.runs += 1
        self.ok += verdict.is_ok
        self.lost += bool(verdict.lost)
        self.doubled += bool(verdict.doubled)
        self.diverged += bool(verdict.diverged)
        self.stuck += bool(verdict.stuck)
        self.told += len(verdict.told)
        self.kills += kills
        self.acts += acts


def printed(rows: list[Row], first: str = "nemesis") -> str:
    """The rows below one another, with their sum; `first`: what a row is."""
    total = Row("all", *(sum(getattr(row, name) for row in rows) for name in _COLUMNS))
    lines = [(first, *_HEADS), *((row.nemesis, *(getattr(row, name) for name in _COLUMNS)) for row in [*rows, total])]
    return "\n".join(f"{line[0]:<24}" + "".join(f"{cell:>13}" for cell in line[1:]) for line in lines)


def beside_the_published(rows: list[Row]) -> str:
    """How many runs failed of each kind for which somebody has published it, here and there."""
    lines = [("", "runs here", "failed here", "failed there")]
    for kind, (nemeses, there) in PUBLISHED.items():
        ours = [row for row in rows if row.nemesis in nemeses]
        runs, ok = sum(row.runs for row in ours), sum(row.ok for row in ours)
        lines.append((kind, str(runs), f"{100 * (runs - ok) / runs:.1f} %" if runs else "-", there))
    return "\n".join(f"{line[0]:<24}" + "".join(f"{cell:>16}" for cell in line[1:]) for line in lines)
