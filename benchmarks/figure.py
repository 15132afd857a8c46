"""A speed as a ratio: an absolute time on a shared machine is noise, a ratio within one run is a result."""

from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure.

    Attributes:
        name: what was measured.
        ratio: ours to theirs.
        against: what theirs is.
        ours, theirs: both absolute values with their unit, for orientation.
    """

    name: str
    ratio: float
    against: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        """One line: name, ratio, against what, both absolute values."""
        return f"{self.name:<28} {self.ratio:>6.2f}x  of {self.against}: {self.ours} to {self.theirs}"


def median(values: list[float]) -> float:
    """The middle of the values."""
    return sorted(values)[len(values) // 2]


def percentile(values: list[float], percent: int) -> float:
    """The value that so many percent of the values do not exceed."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]
