"""From pixels to text: any turn, several documents, a tight crop, small and large, or nothing."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from docexam.vision.read_zones import read_zones
from tests.vision.drawing import TD1, TD2, TD3, on_table, page


@pytest.mark.parametrize("lines", [TD3, TD2, TD1], ids=["TD3", "TD2", "TD1"])
@pytest.mark.parametrize("degrees", [0, 7, 90, 180, 261])
def test_a_page_on_a_table_is_read_to_the_letter_however_it_lies(
    lines: tuple[str, ...], degrees: float
) -> None:
    (zone,) = read_zones(on_table(page(lines), degrees=degrees))
    assert zone.lines == lines
    assert zone.confident


def test_every_document_on_the_glass_is_read() -> None:
    zones = read_zones(on_table(page(TD3), page(TD1), degrees=4))
    assert [zone.lines for zone in zones] == [TD3, TD1]


def test_a_crop_that_holds_nothing_but_the_zone_is_read() -> None:
    whole = page(TD3, 150)
    (zone,) = read_zones(np.ascontiguousarray(whole[-125:, :]))
    assert zone.lines == TD3


@pytest.mark.parametrize("ppi", [60, 250, 600])
def test_small_scans_and_large_ones_are_read(ppi: float) -> None:
    (zone,) = read_zones(page(TD3, ppi))
    assert zone.lines == TD3


def test_a_page_seen_from_the_side_is_read() -> None:
    flat = on_table(page(TD3, 150))
    h, w = flat.shape
    seen = np.array([[0, 0], [w, h * 0.08], [w, h * 0.92], [0, h]], np.float32)
    whole = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    tilted = cv2.warpPerspective(flat, cv2.getPerspectiveTransform(whole, seen), (w, h))
    (zone,) = read_zones(tilted.astype(np.uint8))
    assert zone.lines == TD3


def test_the_quad_lies_around_the_print() -> None:
    picture = page(TD3, 120)
    (zone,) = read_zones(picture)
    assert zone.quad_px is not None
    ink = np.argwhere(picture < 128)[:, ::-1]
    (left, top), (right, bottom) = ink.min(0), ink.max(0)
    pitch_px = 12.0
    corners = np.array(zone.quad_px)
    true = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    assert np.abs(corners - true).max() < 0.6 * pitch_px


def _other_print() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(5)
    letter = np.full((500, 700), 240, np.uint8)
    for row in range(12):
        words = "Dear passenger, your train leaves at 12:45 from track 7."
        cv2.putText(letter, words, (20, 40 + row * 36), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 20, 1)
    bars = np.repeat(rng.integers(0, 2, (1, 200)).astype(np.uint8) * 255, 3, axis=1)
    return {
        "blank": np.full((400, 600), 200, np.uint8),
        "noise": rng.integers(0, 256, (400, 600), np.uint8),
        "letter": letter,
        "bar code": np.repeat(bars, 120, axis=0),
        "one pixel": np.zeros((1, 1), np.uint8),
        "thin": np.full((2, 900), 128, np.uint8),
    }


@pytest.mark.parametrize("kind", sorted(_other_print()))
def test_no_zone_is_reported_where_there_is_none(kind: str) -> None:
    assert read_zones(_other_print()[kind]) == []
