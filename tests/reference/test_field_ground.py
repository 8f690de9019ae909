"""The ground around the fields, learned from pages with printed waves and then erased by number."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference import field_ground
from docexam.reference.field_ground_seen import as_levels, as_picture
from docexam.reference.page_sample import laid_on_model, window_of
from docexam.reference.parts import NotLearned, Part
from docexam.reference.placing import UNPLACED

from .text_pages import LAID, page_of, rows_of

if TYPE_CHECKING:
    from docexam.reference.page_sample import PageSample

EXPIRY = (6.0, 35.9, 18.0, 2.1)
BARE = np.array([0.85, 0.75, 0.65], np.float32)
GLOW = np.array([0.06, 0.03, 0.02], np.float32)


def lit(holder: int, *, lamp: float = 1.0) -> PageSample:
    """One holder's page in both lights on the model's grid."""
    sample = page_of(rows_of(holder), seed=holder)
    white, seen = laid_on_model(sample.view, "white", LAID)
    dark = np.clip(white.max(axis=2, keepdims=True) / 0.6, 0.2, 1)
    noise = np.random.default_rng(holder + 50).normal(0, 0.002, white.shape)
    uv = np.asarray(GLOW * dark + noise, np.float32)
    pictures = {"white": white * np.float32(lamp), "uv": uv}
    lights = dict.fromkeys(pictures, sample.view.lights["white"])
    view = replace(sample.view, lights=lights)
    return replace(sample, view=view, pictures=pictures, seen={"white": seen, "uv": seen})


def erased(
    sample: PageSample, *, faded: float = 0.0, tone: float = 1.0, glow: float = 1.0
) -> PageSample:
    """The page with its ground around the date of expiry faded, stained and glowing otherwise."""
    white, uv = sample.pictures["white"].copy(), sample.pictures["uv"].copy()
    left, top, width, height = EXPIRY
    here = window_of((left - 0.5, top - 0.5, width + 1, height + 1), white.shape)
    paper = cv2.erode(white.max(axis=2), np.ones((3, 3)))[here][..., None] > 0.5
    stained = (white[here] + faded * (BARE - white[here])) * tone
    white[here] = np.where(paper, stained, white[here])
    uv[here] *= glow
    return replace(sample, pictures={"white": white, "uv": uv})


@cache
def learned() -> Part:
    part = field_ground.learn([lit(holder) for holder in range(5)])
    assert isinstance(part, Part), part
    return part


def strangest(sample: PageSample) -> Measurement:
    (found,) = field_ground.measure(sample, learned())
    assert isinstance(found, Measurement), found
    return found


def limit() -> float:
    high = learned().limits[field_ground.STRANGE].high
    assert high is not None
    return high


def test_the_places_of_data_are_learned_and_what_all_share_is_none() -> None:
    boxes = learned().facts["fields_mm"]
    assert any(np.allclose(box[:2], EXPIRY[:2], atol=0.4) for box in boxes)
    assert all(not (box[0] > 28 and box[1] < 5) for box in boxes)
    assert "5 genuine captures" in learned().limits[field_ground.STRANGE].source


@pytest.mark.parametrize("lamp", [1.0, 0.8])
def test_another_genuine_page_is_within_the_limit(lamp: float) -> None:
    assert strangest(lit(5, lamp=lamp)).value < limit() / 1.5


@pytest.mark.parametrize(
    "changed",
    [
        {"faded": 0.7, "tone": 1.1},
        {"faded": 0.6, "glow": 0.7},
        {"tone": 0.9, "glow": 1.6},
    ],
)
def test_a_field_whose_ground_was_erased_is_beyond_it_and_named_by_place(
    changed: dict[str, float],
) -> None:
    found = strangest(erased(lit(5), **changed))
    assert found.value - 2 * found.uncertainty > limit()
    assert float(found.details["second"]) > 1.25
    assert found.box_mm is not None
    assert found.box_mm[:2] == pytest.approx(EXPIRY[:2], abs=0.4)


def test_what_is_told_is_what_was_done() -> None:
    found = strangest(erased(lit(5), faded=0.7, tone=1.1, glow=0.7)).details
    # right beside the letters the test page keeps its ground
    assert 0.25 < float(found["print_kept"]) < 0.6
    assert found["tone"] == pytest.approx(np.log(1.1), abs=0.03)
    assert found["glow"] == pytest.approx(np.log(0.7), abs=0.08)


def test_a_page_that_lies_on_no_model_is_left_open() -> None:
    (found,) = field_ground.measure(replace(lit(5), placing=UNPLACED), learned())
    assert isinstance(found, NotMeasured)
    assert (found.code, found.inconclusive) == ("model.not-placed", True)


def test_without_ultraviolet_nothing_is_learned_or_measured() -> None:
    dark = replace(lit(5), pictures={"white": lit(5).pictures["white"]})
    (found,) = field_ground.measure(dark, learned())
    assert isinstance(found, NotMeasured)
    assert found.code == "no-light"
    assert isinstance(field_ground.learn([dark] * 5), NotLearned)


def test_levels_survive_as_a_picture_and_only_what_is_widely_unknown_stays_so() -> None:
    levels = np.empty((80, 120, 3), np.float32)
    levels[:] = (0.0, -1.5, 3.0)
    letter, far = np.s_[30:45, 20:24], np.s_[:, 60:]
    levels[letter] = levels[far] = np.nan
    again = as_levels(as_picture(levels))
    assert again[10, 10] == pytest.approx(levels[10, 10], abs=0.011)
    assert again[37, 22] == pytest.approx(levels[10, 10], abs=0.1)  # nobody's letter shows
    assert np.isnan(again[far]).all()
