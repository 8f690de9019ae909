"""Read a perforated number: its holes drawn as strokes, and the strokes read as a line of type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.line_columns import ALPHABET
from docexam.vision.line_strip import straight_path
from docexam.vision.line_view import view_lines

if TYPE_CHECKING:
    from docexam.vision.line_view import LineView
    from docexam.vision.perforation_holes import Holes

Points = NDArray[np.float64]
Picture = NDArray[np.uint8]

_CHARACTERS = ALPHABET.replace("<", "")
# Our starting values.
_PX_PER_PITCH = 8.0
_STROKE = 1.15
"""In pitches: so wide, neighbouring holes run together and those of the next stroke do not."""
_SOFT = 0.28
_MARGIN = 3.0
_POSSIBLE = 0.02
_BLANK = 0.5
_OFF_LINE = 1.4
"""In pitches: no two rows of one line are further apart."""


@dataclass(frozen=True, slots=True)
class PerforatedText:
    """What holes say, read one way round.

    `possible` are, for each character, those that it may be, the likeliest first. `surety` 0..1
    is that of the least sure character, `mean` that of all. `mirrored`: read from the back of the
    sheet.
    """

    possible: tuple[str, ...]
    surety: float
    mean: float
    mirrored: bool
    rows: int

    @property
    def text(self) -> str:
        """The likeliest character of each."""
        return "".join(each[0] for each in self.possible)


def read_holes(holes: Holes) -> list[PerforatedText]:
    """The holes read all ways round (turned, and from the back), the surest first.

    Raises:
        ModelError: the text model is missing or altered.
    """
    level, rows = _levelled(holes)
    found = []
    for mirrored in (False, True):
        for turned in (False, True):
            points = level * (-1.0 if mirrored != turned else 1.0, -1.0 if turned else 1.0)
            picture, height_px = _drawn(points, holes.pitch_mm)
            h, w = picture.shape
            margin = _MARGIN * _PX_PER_PITCH
            path = straight_path((margin, h / 2), (w - margin, h / 2), height_px)
            (view,) = view_lines(picture, [path])
            text = None if view is None else _text(view, mirrored=mirrored, rows=rows)
            if text is not None:
                found.append(text)
    return sorted(found, key=lambda each: -each.mean)


def _levelled(holes: Holes) -> tuple[Points, int]:
    """The holes about their middle, the line of text lying level; and how many rows they form."""
    at = holes.at_mm - holes.at_mm.mean(axis=0)
    (_, _), (w, h), angle = cv2.minAreaRect(at.astype(np.float32))
    turn = np.radians(angle if w >= h else angle + 90)
    turn = (turn + np.pi / 2) % np.pi - np.pi / 2
    best, least = at, np.inf
    for more in np.radians(np.arange(-3.0, 3.01, 0.1)):
        c, s = np.cos(turn + more), np.sin(turn + more)
        level = at @ np.array([[c, -s], [s, c]])
        y = np.sort(level[:, 1])
        # rows of a lattice are sharp only when it lies level
        spread = float(np.minimum(np.diff(y), 0.25 * holes.pitch_mm).sum())
        if spread < least:
            best, least = level, spread
    best = _in_one_line(best, holes.pitch_mm)
    rows = 1 + int((np.diff(np.sort(best[:, 1])) > 0.5 * holes.pitch_mm).sum())
    return best, rows


def _in_one_line(points: Points, pitch_mm: float) -> Points:
    """Without what lies above or below the line of text: lint and scratches let light through."""
    order = np.argsort(points[:, 1])
    gaps = np.flatnonzero(np.diff(points[order, 1]) > _OFF_LINE * pitch_mm) + 1
    return points[max(np.split(order, gaps), key=len)]


def _drawn(points: Points, pitch_mm: float) -> tuple[Picture, float]:
    """The holes as black strokes on white, and how high the text is, pixels."""
    scale = _PX_PER_PITCH / pitch_mm
    low = points.min(axis=0) - _MARGIN * pitch_mm
    w, h = (np.ptp(points, axis=0) + 2 * _MARGIN * pitch_mm) * scale
    picture = np.full((round(float(h)), round(float(w))), 255, np.uint8)
    radius = round(_STROKE * _PX_PER_PITCH / 2 * 16)
    for x, y in (points - low) * scale:
        cv2.circle(picture, (round(x * 16), round(y * 16)), radius, 0, -1, cv2.LINE_AA, 4)
    soft = cv2.GaussianBlur(picture, (0, 0), _SOFT * _PX_PER_PITCH)
    height = float(np.ptp(points[:, 1])) * scale + _STROKE * _PX_PER_PITCH
    return np.asarray(soft, np.uint8), height


def _text(view: LineView, *, mirrored: bool, rows: int) -> PerforatedText | None:
    """The cells that hold a character; None where there is none, or a gap between two."""
    probability = np.exp(view.cells.log_probability)
    filled = np.flatnonzero(probability[:, -1] < _BLANK)
    if len(filled) == 0:
        return None
    cells = probability[filled[0] : filled[-1] + 1, : len(_CHARACTERS)]
    cells = cells / np.maximum(cells.sum(axis=1, keepdims=True), 1e-9)
    best = cells.max(axis=1)
    possible = tuple(
        "".join(_CHARACTERS[at] for at in np.argsort(-cell) if cell[at] >= _POSSIBLE)
        for cell in cells
    )
    return PerforatedText(possible, float(best.min()), float(best.mean()), mirrored, rows)
