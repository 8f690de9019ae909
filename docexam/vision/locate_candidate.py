"""Places in a picture that may be a machine readable zone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Xy = tuple[float, float]
FloatArray = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class LineCandidate:
    """One printed line: the middle of its capitals from its first to its last character.

    Pixels of the picture that was searched, (0, 0) being the middle of its first pixel.
    `height_px` is the height of a capital; `score` is 0..1.
    """

    start_xy: Xy
    end_xy: Xy
    height_px: float
    score: float

    @property
    def length_px(self) -> float:
        """From the first to the last character."""
        return float(np.hypot(self.end_xy[0] - self.start_xy[0], self.end_xy[1] - self.start_xy[1]))


@dataclass(frozen=True, slots=True)
class ZoneCandidate:
    """Lines from the top one down, all running the same way.

    `score` is 0..1. `direction_score` (0..1) tells how sure it is that the lines run from their
    first character to their last; at 0.5 the other way round is as likely.
    """

    lines: tuple[LineCandidate, ...]
    score: float
    direction_score: float = 0.5

    def turned(self) -> ZoneCandidate:
        """The same place, read upside down."""
        lines = tuple(
            LineCandidate(line.end_xy, line.start_xy, line.height_px, line.score)
            for line in reversed(self.lines)
        )
        return ZoneCandidate(lines, self.score, 1 - self.direction_score)

    def moved(self, matrix: FloatArray) -> ZoneCandidate:
        """The same place after the affine map `matrix` (2, 3) of the picture."""
        scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))

        def move(xy: Xy) -> Xy:
            x, y = matrix @ np.array([*xy, 1.0])
            return float(x), float(y)

        lines = tuple(
            LineCandidate(
                move(line.start_xy), move(line.end_xy), line.height_px * scale, line.score
            )
            for line in self.lines
        )
        return ZoneCandidate(lines, self.score, self.direction_score)
