"""Counts of one reader on one set of pictures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.outside import Timed
    from benchmarks.truth import Picture


@dataclass(frozen=True, slots=True)
class Outcome:
    """One picture, and what one reader said of it."""

    picture: Picture
    timed: Timed

    @property
    def exact(self) -> bool:
        """Some zone reads every line as printed."""
        return any(zone.lines == self.picture.lines for zone in self.timed.zones)

    @property
    def missed(self) -> bool:
        """There is a zone, and it was not read to the letter."""
        return bool(self.picture.lines) and not self.exact

    @property
    def wrong(self) -> list[Any]:
        """The zones that say something that is not printed."""
        return [zone for zone in self.timed.zones if zone.lines != self.picture.lines]


@dataclass(frozen=True, slots=True)
class Summary:
    """One row of the table: `exact` of `n`, and how the rest went wrong; times in seconds."""

    n: int
    exact: int
    exact_confident: int
    nothing: int
    wrong_valid: int
    wrong_valid_confident: int
    extra: int
    false_found: int
    blanks: int
    errors: int
    median_s: float
    p95_s: float
    median_cpu_s: float
    by_format: dict[str, tuple[int, int]]


def quantile(values: list[float], share: float) -> float:
    """The smallest value that at least `share` of `values` do not exceed (nearest rank)."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def summarise(outcomes: list[Outcome]) -> Summary:
    """Count `outcomes`; pictures without a zone count only as `blanks` and `false_found`."""
    printed = [o for o in outcomes if o.picture.lines]
    blanks = [o for o in outcomes if not o.picture.lines]
    total = Counter(o.picture.format for o in printed)
    right = Counter(o.picture.format for o in printed if o.exact)
    wrong = [zone for o in outcomes for zone in o.wrong]
    walls = [o.timed.wall_s for o in printed]
    return Summary(
        n=len(printed),
        exact=sum(right.values()),
        exact_confident=sum(
            any(z.confident and z.lines == o.picture.lines for z in o.timed.zones) for o in printed
        ),
        nothing=sum(not o.timed.zones for o in printed),
        wrong_valid=sum(zone.valid for zone in wrong),
        wrong_valid_confident=sum(zone.valid and zone.confident for zone in wrong),
        extra=sum(max(0, len(o.timed.zones) - 1) for o in printed),
        false_found=sum(bool(o.timed.zones) for o in blanks),
        blanks=len(blanks),
        errors=sum(o.timed.error is not None for o in outcomes),
        median_s=quantile(walls, 0.5),
        p95_s=quantile(walls, 0.95),
        median_cpu_s=quantile([o.timed.cpu_s for o in printed], 0.5),
        by_format={f: (right[f], total[f]) for f in sorted(total)},
    )
