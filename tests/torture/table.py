"""The table in which a torture ends."""

from dataclasses import dataclass

from tests.torture.verdict import Verdict

_COLUMNS = ("nemesis", "runs", "ok", "lost", "doubled", "diverged", "stuck", "kills", "acts")


@dataclass(slots=True)
class Row:
    """One nemesis: runs, those that ended well, those with each kind of trouble, and what was done to whom."""

    nemesis: str
    runs: int = 0
    ok: int = 0
    lost: int = 0
    doubled: int = 0
    diverged: int = 0
    stuck: int = 0
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
        self.kills += kills
        self.acts += acts


def printed(rows: list[Row]) -> str:
    """The rows below one another, with their sum."""
    total = Row("all", *(sum(getattr(row, name) for row in rows) for name in _COLUMNS[1:]))
    lines = [_COLUMNS, *(tuple(str(getattr(row, name)) for name in _COLUMNS) for row in [*rows, total])]
    return "\n".join(f"{line[0]:<24}" + "".join(f"{cell:>10}" for cell in line[1:]) for line in lines)
