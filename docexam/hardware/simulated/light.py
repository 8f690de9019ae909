"""What really shines: the levels of a simulated lamp over time, with rise, fall and age.

The scene's camera and the safety tests ask this trace, never the controller's answers.
"""

from __future__ import annotations

import bisect
import itertools
from dataclasses import dataclass, field

from docexam.hardware.simulated.device import SimulatedDevice


@dataclass(slots=True)
class LightTrace:
    """Set levels of one channel by time; the light follows linearly within rise and fall."""

    rise_s: float = 0.0
    fall_s: float = 0.0
    times_s: list[float] = field(default_factory=lambda: [float("-inf")])
    levels: list[float] = field(default_factory=lambda: [0.0])

    def set(self, level: float, at_s: float) -> None:
        """Drive the channel at `level` from `at_s` on; what was planned for later is dropped."""
        place = bisect.bisect_left(self.times_s, at_s)
        del self.times_s[place:], self.levels[place:]
        if level != self.levels[-1]:
            self.times_s.append(at_s)
            self.levels.append(level)

    def driven(self, at_s: float) -> float:
        """The level that the controller drives at `at_s`."""
        return self.levels[bisect.bisect_right(self.times_s, at_s) - 1]

    def light(self, at_s: float) -> float:
        """The light at `at_s`, 0..1: the driven level after rise or fall."""
        place = bisect.bisect_right(self.times_s, at_s) - 1
        if place == 0:
            return self.levels[0]
        before, after = self.levels[place - 1], self.levels[place]
        needed_s = self.rise_s if after > before else self.fall_s
        passed_s = at_s - self.times_s[place]
        if needed_s <= 0 or passed_s >= needed_s:
            return after
        return before + (after - before) * passed_s / needed_s

    def mean(self, from_s: float, to_s: float) -> float:
        """Mean light over an interval; exact, since the light is piecewise linear."""
        if to_s <= from_s:
            return self.light(from_s)
        cuts = {from_s, to_s}
        # Only changes that can still be felt in the interval: histories are long.
        earliest_s = from_s - max(self.rise_s, self.fall_s)
        first = max(1, bisect.bisect_left(self.times_s, earliest_s))
        for index in range(first, bisect.bisect_right(self.times_s, to_s)):
            change_s = self.times_s[index]
            for cut in (change_s, change_s + self.rise_s, change_s + self.fall_s):
                if from_s < cut < to_s:
                    cuts.add(cut)
        ordered = sorted(cuts)
        area = 0.0
        for left, right in itertools.pairwise(ordered):
            # Just inside the piece: a step belongs to the piece that follows it.
            inside = (right - left) * 1e-9
            area += (right - left) * (self.light(left + inside) + self.light(right - inside)) / 2
        return area / (to_s - from_s)

    def dark_since(self, at_s: float) -> float | None:
        """When the drive last went to 0; None while it is lit at `at_s`."""
        place = bisect.bisect_right(self.times_s, at_s) - 1
        return None if self.levels[place] else self.times_s[place]


class SimulatedLamp(SimulatedDevice):
    """A controller with lamps on it. `stuck`: no longer goes dark; `dim`: half the light."""

    moods = frozenset({"silent", "refuse", "stuck", "dim"})

    def __init__(
        self,
        channels: tuple[int, ...],
        *,
        reply_after_s: float = 0.001,
        rise_s: float = 0.0,
        fall_s: float = 0.0,
    ) -> None:
        super().__init__(reply_after_s=reply_after_s)
        self.traces = {channel: LightTrace(rise_s, fall_s) for channel in channels}

    def drive(self, channel: int, level: float, at_s: float) -> None:
        """The controller drives `channel` at `level` from `at_s` on."""
        if level == 0 and self.is_in("stuck"):
            return
        self.traces[channel].set(level * (0.5 if self.is_in("dim") else 1.0), at_s)

    def drive_all(self, level: float, at_s: float) -> None:
        """The same for all channels."""
        for channel in self.traces:
            self.drive(channel, level, at_s)

    def is_dark(self, at_s: float) -> bool:
        """No channel is driven."""
        return not any(trace.driven(at_s) for trace in self.traces.values())
