"""Zones are found where they were drawn; other print and odd pictures do no harm."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

import docexam
from docexam.vision.locate_mrz import LineCandidate, ZoneCandidate, locate_zones

FONTS = Path(docexam.__file__).parent / "specimens" / "fonts"
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
LICENCE = ("D1UTO12345678<<<ERIKSSON<<ANNA",)
FONT_SIZE = 28  # capitals are then 20 px high, characters 20.24 px apart
PITCH_PX = FONT_SIZE * 0.723
CAPITAL_PX = FONT_SIZE * 0.72
SURE_DIRECTION = 0.9


def draw_page(
    lines: tuple[str, ...], *, left: int = 50, top: int = 480, size: tuple[int, int] = (1000, 700)
) -> tuple[np.ndarray, list[np.ndarray]]:
    """A light page (grey) with print above the zone; and each line's ends (2, 2)."""
    page = Image.new("L", size, 226)
    draw = ImageDraw.Draw(page)
    small = ImageFont.load_default(22)
    for row, words in enumerate(("UTOPIA  Passport", "Eriksson", "Anna Maria", "12 AUG 1974")):
        draw.text((320, 40 + 60 * row), words, fill=40, font=small)
    draw.rectangle((40, 40, 260, 330), fill=150)
    font = ImageFont.truetype(str(FONTS / "OCRB.otf"), FONT_SIZE)
    ends = []
    for row, text in enumerate(lines):
        y = top + 52 * row
        draw.text((left, y), text, fill=35, font=font, anchor="lm")
        box = np.array(font.getbbox("H", anchor="lm"), float)
        middle = y + (box[1] + box[3]) / 2
        ends.append(np.array([[left, middle], [left + PITCH_PX * len(text), middle]]))
    return np.array(page), ends


def warp(
    page: np.ndarray, ends: list[np.ndarray], matrix: np.ndarray, size: tuple[int, int]
) -> tuple[np.ndarray, list[np.ndarray]]:
    """The page through a homography, onto a grey ground."""
    picture = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_AREA, borderValue=128)
    return picture, [cv2.perspectiveTransform(e[None], matrix)[0] for e in ends]


def turn(angle: float, scale: float, size: tuple[int, int]) -> np.ndarray:
    matrix = np.vstack([cv2.getRotationMatrix2D((500, 350), angle, scale), [0, 0, 1]])
    matrix[:2, 2] += np.array(size) / 2 - (500, 350)
    return matrix


def is_found(line: LineCandidate, ends: np.ndarray, capital_px: float) -> bool:
    """In reading direction, within the tolerances that the recogniser lives with."""
    axis = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
    offset = np.array([line.start_xy, line.end_xy]) - ends
    along, across = offset @ axis, offset @ np.array([-axis[1], axis[0]])
    return bool(
        np.abs(across).max() < 0.3 * capital_px
        and np.abs(along).max() < 1.6 * capital_px
        and 0.75 < line.height_px / capital_px < 1.33
    )


def assert_found(zone: ZoneCandidate, ends: list[np.ndarray], capital_px: float) -> None:
    """Every line and no other; the wrong way round only where the finder says that it may be."""
    assert len(zone.lines) == len(ends)
    if np.linalg.norm(zone.lines[0].start_xy - ends[0][0]) > np.ptp(ends, axis=(0, 1)).max() / 2:
        assert zone.direction_score < SURE_DIRECTION
        zone = zone.turned()
    for line, truth in zip(zone.lines, ends, strict=True):
        assert is_found(line, truth, capital_px)


@pytest.mark.parametrize("lines", [TD3, TD1, LICENCE], ids=["TD3", "TD1", "one line"])
def test_upright_page(lines: tuple[str, ...]) -> None:
    page, ends = draw_page(lines)
    zone = locate_zones(page)[0]
    assert_found(zone, ends, CAPITAL_PX)
    assert zone.score > 0.6
    assert zone.direction_score > 0.6


@pytest.mark.parametrize("angle", [5, 47, 90, 180, 255, 341])
def test_any_rotation(angle: float) -> None:
    page, ends = draw_page(TD3)
    picture, ends = warp(page, ends, turn(angle, 1.0, (1300, 1300)), (1300, 1300))
    assert_found(locate_zones(picture)[0], ends, CAPITAL_PX)


@pytest.mark.parametrize("scale", [0.28, 0.5, 2.0])
def test_small_and_large(scale: float) -> None:
    page, ends = draw_page(TD1)
    size = (round(1000 * scale), round(700 * scale))
    picture = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
    ends = [(e + 0.5) * scale - 0.5 for e in ends]
    assert_found(locate_zones(picture)[0], ends, CAPITAL_PX * scale)


def test_perspective() -> None:
    page, ends = draw_page(TD3)
    corners = np.float32([[0, 0], [1000, 0], [1000, 700], [0, 700]])
    seen = np.float32([[140, 90], [1010, 160], [1100, 800], [60, 770]])
    matrix = cv2.getPerspectiveTransform(corners, seen)
    picture, ends = warp(page, ends, matrix, (1200, 900))
    assert_found(locate_zones(picture)[0], ends, CAPITAL_PX)


def test_small_document_far_away_in_a_large_photograph() -> None:
    page, ends = draw_page(TD3)
    scale = 0.75  # 250 of 1000 px when the picture is looked at as a whole
    picture = np.full((3000, 4000), 95, np.uint8)
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    picture[1900 : 1900 + small.shape[0], 2300 : 2300 + small.shape[1]] = small
    ends = [(e + 0.5) * scale - 0.5 + (2300, 1900) for e in ends]
    assert_found(locate_zones(picture)[0], ends, CAPITAL_PX * scale)


def test_tight_crop_of_the_zone_and_of_one_line() -> None:
    page, ends = draw_page(TD3)
    zone = page[462:552, 44:948]
    assert_found(locate_zones(zone)[0], [e - (44, 462) for e in ends], CAPITAL_PX)
    line = page[464:498, 44:948]
    assert_found(locate_zones(line)[0], [ends[0] - (44, 464)], CAPITAL_PX)


def test_two_documents_in_one_picture() -> None:
    (first, above), (second, below) = draw_page(TD3), draw_page(TD1)
    picture = np.vstack([first, np.full((60, 1000), 60, np.uint8), second])
    zones = locate_zones(picture)
    shift = np.array([0, 760])
    for ends in (above, [e + shift for e in below]):
        assert any(
            len(zone.lines) == len(ends)
            and all(is_found(c, e, CAPITAL_PX) for c, e in zip(zone.lines, ends, strict=True))
            for zone in zones
        )


@pytest.mark.parametrize("damage", ["blur", "dark", "jpeg", "noise", "glare beside"])
def test_degraded(damage: str) -> None:
    page, ends = draw_page(TD1)
    rng = np.random.default_rng(5)
    if damage == "blur":
        page = cv2.GaussianBlur(page, (0, 0), 0.1 * PITCH_PX)
    elif damage == "dark":
        page = (page * 0.4).astype(np.uint8)
    elif damage == "jpeg":
        page = cv2.imdecode(cv2.imencode(".jpg", page, [1, 20])[1], cv2.IMREAD_GRAYSCALE)
    elif damage == "noise":
        page = np.clip(page + rng.normal(0, 15, page.shape), 0, 255).astype(np.uint8)
    else:
        cv2.ellipse(page, (420, 380), (150, 60), 0, 0, 360, 255, -1)
    assert_found(locate_zones(page)[0], ends, CAPITAL_PX)


def test_colour_and_grey_agree() -> None:
    page, _ = draw_page(TD3)
    assert locate_zones(cv2.cvtColor(page, cv2.COLOR_GRAY2BGR)) == locate_zones(page)


@pytest.mark.parametrize(
    "shape", [(1, 1), (1, 4000), (4000, 1), (3, 5), (31, 33), (200, 300)], ids=str
)
@pytest.mark.parametrize("level", [0, 128, 255])
def test_nothing_in_nothing(shape: tuple[int, int], level: int) -> None:
    assert locate_zones(np.full(shape, level, np.uint8)) == []


def test_noise_and_pages_of_text_convince_nobody() -> None:
    rng = np.random.default_rng(3)
    noise = rng.integers(0, 256, (500, 700), dtype=np.uint8)
    text, _ = draw_page(())
    letter = Image.new("L", (800, 1000), 250)
    draw = ImageDraw.Draw(letter)
    font = ImageFont.load_default(20)
    for row in range(30):
        words = ("lorem ipsum dolor sit amet consectetur " * 3)[row : row + 70]
        draw.text((40, 30 + 31 * row), words, fill=20, font=font)
    for picture in (noise, text, np.array(letter)):
        assert all(zone.score < 0.6 for zone in locate_zones(picture))


def test_turned_and_moved() -> None:
    top = LineCandidate((0.0, 0.0), (10.0, 0.0), 2.0, 0.9)
    low = LineCandidate((0.0, 5.0), (10.0, 5.0), 2.0, 0.8)
    zone = ZoneCandidate((top, low), 0.85, 0.7)
    turned = zone.turned()
    assert turned.lines[0].start_xy == (10.0, 5.0)
    assert turned.lines[1].end_xy == (0.0, 0.0)
    assert turned.direction_score == pytest.approx(0.3)
    moved = zone.moved(np.array([[0.0, -2.0, 100.0], [2.0, 0.0, 50.0]]))
    assert moved.lines[1].end_xy == pytest.approx((90.0, 70.0))
    assert moved.lines[0].height_px == pytest.approx(4.0)
    assert moved.lines[0].length_px == pytest.approx(20.0)
