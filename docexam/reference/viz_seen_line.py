"""One line of data as a page shows it near its place: how far off it stands, and its strokes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from docexam.reference.text_strip import cut_strip, find_letters, strokes_mm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.reference.text_places import TextPlace

# Our starting values.
FARTHEST_MM = 1.0
LEAST_STROKES = 4
SLOPE_PLACES = 5
LEAST_RISE_MM = 4.0
MOST_SLOPE = 0.004
ASKEW_SLOPE = 0.010
"""0.2 mm over 20 mm of data: no printer does so, a page badly straightened does."""
PLACE_U_MM = 0.015


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One line on one page: how far it stands below and right of its place, millimetres.

    `baseline` is that of its place, `scatter` that of its letters' feet. `strokes` are the widths
    of its letters' strokes as if they were of full black: the lower quartile, the median and the
    upper one; None where too few letters were seen.
    """

    name: str
    baseline: float
    down: float
    right: float
    letters: int
    scatter: float
    strokes: tuple[float, float, float] | None
    box_mm: BoxMm


def look(sample: PageSample, places: Sequence[TextPlace]) -> list[SeenLine]:
    """The lines that stand near these places."""
    return [line for place in places if (line := _line(sample, place)) is not None]


def _line(sample: PageSample, place: TextPlace) -> SeenLine | None:
    strip = cut_strip(sample, place.strip_mm)
    if strip is None:
        return None
    letters = find_letters(strip, place.cap)
    if not letters:
        return None
    feet = np.array([letter.bottom for letter in letters])
    foot = float(np.median(feet))
    on_line = [letter for letter in letters if abs(letter.bottom - foot) <= 0.25 * place.cap]
    end = letters[0].left if place.align == "left" else letters[-1].right
    down, right = foot - place.baseline, end - place.edge
    if abs(down) > FARTHEST_MM or len(on_line) < 2:
        return None
    widths = [width * strip.depth for width in strokes_mm(strip, on_line)]
    left, last = on_line[0].left, max(letter.right for letter in on_line)
    top = min(letter.top for letter in on_line)
    return SeenLine(
        name=place.name,
        baseline=place.baseline,
        down=down,
        right=right,
        letters=len(on_line),
        scatter=1.4826 * float(np.median(np.abs(feet - foot))),
        strokes=_quartiles(widths),
        box_mm=sample.page_box((left, top, last - left, foot - top)),
    )


def _quartiles(values: Sequence[float]) -> tuple[float, float, float] | None:
    if len(values) < LEAST_STROKES:
        return None
    low, middle, high = (float(value) for value in np.percentile(values, (25, 50, 75)))
    return low, middle, high


def off_the_rest(lines: Sequence[SeenLine]) -> list[float]:
    """How far each line stands from where the others have it, millimetres.

    A page may be a little longer than the model all over: the median of all slopes between two
    lines takes that off, and one line alone does not move it.
    """
    down = np.array([line.down for line in lines])
    at = np.array([line.baseline for line in lines])
    one, two = np.triu_indices(len(lines), 1)
    far = np.abs(at[two] - at[one]) >= LEAST_RISE_MM
    slope = 0.0
    if len(lines) >= SLOPE_PLACES and far.any():
        slopes = (down[two] - down[one])[far] / (at[two] - at[one])[far]
        slope = float(np.clip(np.median(slopes), -MOST_SLOPE, MOST_SLOPE))
    level = down - slope * at
    return [float(off) for off in np.abs(level - np.median(level))]


def lies_askew(lines: Sequence[SeenLine]) -> bool:
    """Whether the page itself was laid longer or shorter than the model than print ever is.

    One slope over its height then explains the most of what strays; one line alone does not.
    """
    down = np.array([line.down for line in lines])
    at = np.array([line.baseline for line in lines])
    one, two = np.triu_indices(len(lines), 1)
    far = np.abs(at[two] - at[one]) >= LEAST_RISE_MM
    if not far.any():
        return False
    slope = float(np.median((down[two] - down[one])[far] / (at[two] - at[one])[far]))
    level = down - slope * at
    before, after = (float(np.abs(each - np.median(each)).max()) for each in (down, level))
    return abs(slope) > ASKEW_SLOPE and after < before / 2


def foot_u(line: SeenLine) -> float:
    """How well the foot of a line is known, millimetres."""
    return float(np.hypot(1.25 * line.scatter / np.sqrt(line.letters), PLACE_U_MM))
