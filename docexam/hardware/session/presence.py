"""Is a document there, and does it lie still? Seen against the picture of the empty glass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.hardware.cameras.frame import Pixels

Presence = Literal["empty", "moving", "present"]
_SIZE = (64, 48)


@dataclass(frozen=True, slots=True)
class PresenceLimits:
    """Our starting values. A point differs from `level_step` grey levels of 255 on.

    `covered`: share of the glass that must differ from the empty one (an ID-1 card covers 0.37 of a
    passport's page). `moved`: share that may differ from the frame before.
    """

    level_step: float = 12.0
    covered: float = 0.10
    moved: float = 0.01


class PresenceWatch:
    """Fed with frames under the same light; remembers the empty glass and the last frame."""

    def __init__(self, empty: Pixels, limits: PresenceLimits | None = None) -> None:
        self._limits = limits or PresenceLimits()
        self._empty = _small(empty)
        self._last = self._empty

    def look(self, picture: Pixels) -> Presence:
        """What lies there now."""
        small = _small(picture)
        covered = self._share(small, self._empty)
        moved = self._share(small, self._last)
        self._last = small
        if covered < self._limits.covered:
            return "empty"
        return "moving" if moved > self._limits.moved else "present"

    def _share(self, one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
        return float(np.mean(np.abs(one - other) > self._limits.level_step))


def _small(picture: Pixels) -> NDArray[np.float32]:
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.resize(grey, _SIZE, interpolation=cv2.INTER_AREA), np.float32)
