"""Short strokes that turn one letter into another by closing a ring of its ink."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from docexam.vision.stroke_bridge import closes_ring, is_bridge

PX_PER_MM = 12.0
SHAPE = (60, 48)
MIDDLE, AXES, THICK = (24, 30), (9, 12), 4


def _letter(*, gap: bool) -> np.ndarray:
    """An oval, open at the right like a C or closed like a nought."""
    ink = np.zeros(SHAPE, np.uint8)
    start, end = (20, 340) if gap else (0, 360)
    cv2.ellipse(ink, MIDDLE, AXES, 0, start, end, 1, THICK)
    return ink.astype(bool)


def _piece(rows: slice, columns: slice, letter: np.ndarray) -> np.ndarray:
    piece = np.zeros(SHAPE, bool)
    piece[rows, columns] = True
    return np.asarray(piece & ~letter)


WHERE_OPEN = (slice(27, 34), slice(31, 36))
"""As high as it is wide, but for a pixel or two."""


@pytest.mark.parametrize("upright", [False, True])
def test_a_piece_that_closes_a_letter_is_a_bridge_whatever_its_shape(upright: bool) -> None:
    letter = _letter(gap=True)
    piece = _piece(*WHERE_OPEN, letter)
    if upright:
        letter, piece = letter.T.copy(), piece.T.copy()
    assert closes_ring(piece, letter, PX_PER_MM)
    assert is_bridge(piece, letter, PX_PER_MM)


def test_a_bar_across_a_closed_letter_parts_its_ground() -> None:
    letter = _letter(gap=False)
    assert closes_ring(_piece(slice(27, 33), slice(17, 32), letter), letter, PX_PER_MM)


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (slice(27, 34), slice(36, 41)),  # outside, beside the stroke
        (slice(27, 33), slice(17, 20)),  # inside, at one wall
        (slice(17, 22), slice(20, 28)),  # within the stroke's own curve
        (slice(2, 7), slice(2, 7)),  # off the letter
    ],
)
def test_a_speck_closes_nothing(rows: slice, columns: slice) -> None:
    letter = _letter(gap=False)
    piece = np.zeros(SHAPE, bool)
    piece[rows, columns] = True
    assert not closes_ring(piece, letter, PX_PER_MM)
    assert not is_bridge(piece, letter, PX_PER_MM)


def test_a_pore_that_a_speck_leaves_beside_a_stroke_is_no_ring() -> None:
    letter = np.zeros(SHAPE, bool)
    letter[10:50, 20:24] = True
    letter[20:22, 24:28] = True
    speck = np.zeros(SHAPE, bool)
    speck[22:28, 27:30] = True
    speck[26:28, 24:27] = True
    assert not closes_ring(speck, letter, PX_PER_MM)


def test_ink_at_the_edge_of_the_picture_encloses_nothing_by_it() -> None:
    letter = np.zeros(SHAPE, bool)
    letter[:, :3] = True
    piece = np.zeros(SHAPE, bool)
    piece[20:26, 3:20] = True
    assert not closes_ring(piece, letter, PX_PER_MM)
