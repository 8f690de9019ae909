"""Fronts of cards without a zone are found on a white bed and cropped close; no hand, no table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from docexam.capture.capture_set import open_capture_set
from docexam.nouns.capture_set import CaptureImage
from docexam.nouns.measurement import Measurement
from docexam.vision.close_crop import page_that_fills
from docexam.vision.light_pictures import LightPicture, decode_lights
from docexam.vision.locate_without_zone import documents_without_zone
from docexam.vision.measure_document import measure
from docexam.vision.page_from_capture import see_page
from tests.vision.page.conftest import TODAY, Taken, take

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

PPI = 200.0
TD1_PX = (425, 674)
"""Rows and columns of 53.98 x 85.60 mm at PPI."""


def _front(folder: Path, seed: int, **job: Any) -> Taken:
    return take(folder, design="uto-card", pages=("data",), seed=seed, **job)


def _pictures(taken: Taken, *lights: str) -> dict[str, LightPicture]:
    capture = open_capture_set(taken.folder)
    found = decode_lights(capture, capture.capture.pages[0]).by_light
    return {light: found[light] for light in lights or found}


def _white(pixels: Pixels, ppi: float | None = PPI) -> dict[str, LightPicture]:
    colour = pixels if pixels.ndim == 3 else np.repeat(pixels[..., None], 3, axis=2)
    return {"white": LightPicture(CaptureImage("white", "white.png", ppi=ppi), colour, ppi)}


@pytest.fixture(scope="module")
def close(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """The front of a card that fills its pictures."""
    return _front(tmp_path_factory.mktemp("close"), 104)


def test_a_front_cropped_close_is_found_and_its_size_left_unjudged(close: Taken) -> None:
    (seen,) = close.see().seen
    assert (seen.view.format, seen.view.anchor, seen.view.outline) == ("TD1", "frame", None)
    assert max(close.corner_errors_mm(seen.view).values()) < 0.4
    assert not [each for each in measure(seen.view, None) if isinstance(each, Measurement)]


@pytest.mark.parametrize(("seed", "wear"), [(41002, 0.1), (41062, 0.1)])
def test_no_printed_frame_is_the_outline_of_a_close_crop(
    tmp_path: Path, seed: int, wear: float
) -> None:
    (seen,) = _front(tmp_path, seed, wear=wear).see().seen
    assert (seen.view.format, seen.view.outline) == ("TD1", None)


@pytest.mark.parametrize(
    ("seed", "wear", "lights"),
    [
        (41055, 0.0, ("white", "ir", "uv")),
        (41026, 0.3, ("white", "ir", "uv")),
        (41026, 0.3, ("white", "ir")),
    ],
)
def test_a_white_front_on_a_white_bed_lies_within_a_fifth_of_a_millimetre(
    tmp_path: Path, seed: int, wear: float, lights: tuple[str, ...]
) -> None:
    taken = _front(tmp_path, seed, wear=wear, lights=lights)
    (seen,) = taken.see().seen
    assert max(taken.corner_errors_mm(seen.view).values()) < 0.2


def test_the_outline_in_ultraviolet_alone_finds_the_page(tmp_path: Path) -> None:
    taken = _front(tmp_path, 41026, wear=0.3, ppi=300.0)
    pictures = _pictures(taken)
    blank = {light: np.full_like(pictures[light].pixels, 230) for light in ("white", "ir")}
    for light, pixels in blank.items():
        pictures[light] = LightPicture(pictures[light].image, pixels, 300.0)
    (found,) = documents_without_zone(pictures, "data", None)
    corner = found.expected @ (0.0, 0.0, 1.0)
    true = np.array(taken.truth["corners_px"]["data"]["uv"][0])
    assert found.light == "white"
    assert np.linalg.norm(corner[:2] - true) < 0.5 / 25.4 * 300.0


def test_another_format_than_the_other_pages_is_not_assumed(close: Taken) -> None:
    pictures = _pictures(close)
    assert page_that_fills(pictures, "data", "TD1") is not None
    assert page_that_fills(pictures, "data", "TD3") is None


def test_a_cut_card_is_no_close_crop(close: Taken) -> None:
    picture = _pictures(close, "white")["white"].pixels
    assert page_that_fills(_white(picture), "data", None) is not None
    assert page_that_fills(_white(picture[:, : -round(2.0 / 25.4 * PPI)]), "data", None) is None


def test_a_card_in_the_middle_of_a_larger_frame_is_not_the_whole_frame(close: Taken) -> None:
    picture = _pictures(close, "white")["white"].pixels
    rows, columns = round(74 / 25.4 * PPI), round(105 / 25.4 * PPI)
    large = np.full((rows, columns, 3), picture[:6].mean(axis=(0, 1)), np.uint8)
    top, left = (rows - picture.shape[0]) // 2, (columns - picture.shape[1]) // 2
    large[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    assert page_that_fills(_white(large), "data", None) is None


def _wood(rng: np.random.Generator) -> Pixels:
    grain = cv2.GaussianBlur(rng.normal(size=TD1_PX), (0, 0), sigmaX=40, sigmaY=1.2)
    pores = cv2.GaussianBlur((rng.random(TD1_PX) < 0.004) * 1.0, (0, 0), sigmaX=4, sigmaY=0.8)
    return np.asarray(np.clip(140 + 25 * grain / grain.std() - 900 * pores, 0, 255), np.uint8)


def _cloth(rng: np.random.Generator) -> Pixels:
    y, x = np.mgrid[: TD1_PX[0], : TD1_PX[1]]
    weave = 40 * np.sin(x / 2.6) * np.sin(y / 2.6)
    return np.asarray(np.clip(120 + weave + rng.normal(0, 12, TD1_PX), 0, 255), np.uint8)


def _hand(rng: np.random.Generator) -> Pixels:
    picture = np.full(TD1_PX, 25.0, np.float32)
    for finger in range(4):
        y = 60 + 95 * finger
        cv2.line(picture, (0, y), (600, y + 10), 175.0, 80)
        for crease in rng.integers(80, 560, 6).tolist():
            cv2.line(picture, (crease, y - 36), (crease + 6, y + 36), 120.0, 2)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.5) + rng.normal(0, 3, TD1_PX), np.uint8)


def _lamp(rng: np.random.Generator) -> Pixels:
    y, x = np.mgrid[-1 : 1 : TD1_PX[0] * 1j, -1 : 1 : TD1_PX[1] * 1j]
    level = 225 * (1 - 0.12 * (x**2 + y**2) + 0.06 * x)
    return np.asarray(level + rng.normal(0, 2, TD1_PX), np.uint8)


@pytest.mark.parametrize("draw", [_wood, _cloth, _hand, _lamp])
@pytest.mark.parametrize("ppi", [PPI, None])
def test_what_is_no_document_is_not_found_though_its_picture_has_a_cards_size(
    draw: Callable[[np.random.Generator], Pixels], ppi: float | None
) -> None:
    for seed in range(4):
        picture = draw(np.random.default_rng(seed))
        assert documents_without_zone(_white(picture, ppi), "data", None) == []


def test_a_page_with_a_zone_does_not_take_this_way(
    passport: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("asked for")

    monkeypatch.setattr("docexam.vision.page_from_capture.documents_without_zone", fail)
    capture = open_capture_set(passport.folder)
    assert see_page(capture, capture.capture.pages[0], today=TODAY).seen[0].zone is not None


def test_two_fronts_on_the_glass_are_two_documents(tmp_path: Path) -> None:
    pictures = _pictures(_front(tmp_path, 41055))
    both = {
        light: LightPicture(each.image, np.concatenate([each.pixels, each.pixels]), each.ppi)
        for light, each in pictures.items()
    }
    found = documents_without_zone(both, "data", None)
    assert [each.format.name for each in found] == ["TD1", "TD1"]
    low, high = (each.expected @ (0.0, 0.0, 1.0) for each in found)
    assert high[1] - low[1] == pytest.approx(pictures["white"].pixels.shape[0], abs=4)
