"""What stands beside a line of text, alone or running into it, and captions printed in colour."""

from __future__ import annotations

import numpy as np
import pytest

from docexam.vision.viz_captions import coloured_caption_picture
from docexam.vision.viz_lines import PX_PER_MM, TextLine, VizInk, find_lines, runs_on

LINE = TextLine((20.0, 20.0, 12.0, 2.0), 2.0, 6, 20.0)


def _ink(*boxes_mm: tuple[float, float, float, float], depth: float = 1.0) -> np.ndarray:
    """A zone of 60 x 40 mm with these boxes of full ink."""
    ink = np.zeros((round(40 * PX_PER_MM), round(60 * PX_PER_MM)), np.float32)
    for x, y, w, h in boxes_mm:
        rows = slice(round(y * PX_PER_MM), round((y + h) * PX_PER_MM))
        ink[rows, round(x * PX_PER_MM) : round((x + w) * PX_PER_MM)] = depth
    return ink


def _letters(
    x: float, y: float, count: int, tall: float
) -> list[tuple[float, float, float, float]]:
    return [(x + 2.0 * at, y, 1.0, tall) for at in range(count)]


@pytest.mark.parametrize(
    ("beside", "runs"),
    [
        ((33.0, 18.0, 6.0, 6.0), True),  # a motif over the next letters
        ((14.0, 18.0, 5.0, 6.0), True),  # and over the first ones
        ((36.0, 18.0, 6.0, 6.0), False),  # a blank away
        ((15.0, 20.9, 4.0, 1.1), False),  # a caption in front, lower than the value
        ((33.0, 21.6, 6.0, 0.4), False),  # a line under the text
    ],
)
def test_a_line_runs_into_what_is_as_high_as_its_letters(
    beside: tuple[float, float, float, float], *, runs: bool
) -> None:
    assert runs_on(VizInk(_ink(beside), 1.0), LINE) is runs


@pytest.mark.parametrize(("y", "tall", "found"), [(20.0, 1.4, 2), (21.5, 1.4, 1), (20.2, 1.2, 1)])
def test_a_low_lone_letter_counts_beside_text_of_its_height(
    y: float, tall: float, found: int
) -> None:
    ink = _ink(*_letters(10.0, 20.0, 5, 1.4), (40.0, y, 1.0, tall))
    assert len(find_lines(VizInk(ink, 1.0))) == found


def test_a_pale_caption_in_colour_is_black_and_a_long_line_of_the_ground_is_gone() -> None:
    letters = _letters(20.0, 18.4, 5, 0.8)
    ink = np.maximum(_ink(*letters, depth=0.3), _ink((10.0, 17.6, 40.0, 0.2), depth=0.3))
    picture = coloured_caption_picture(ink, LINE, [LINE])
    assert picture is not None
    rows = np.flatnonzero(picture.min(axis=1) < 64)
    # enlarged by half; the caption's place ends 0.15 mm above the line of text
    assert (rows[-1] - rows[0]) / PX_PER_MM / 1.5 == pytest.approx(0.8, abs=0.15)
