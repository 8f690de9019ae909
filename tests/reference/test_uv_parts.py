"""Fluorescent print and fibres against what genuine pages taught."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.nouns.measurement import BoxMm, Measurement, NotMeasured
from docexam.reference import uv_fibres, uv_pattern
from docexam.reference.parts import NotLearned, Part
from docexam.reference.placing import UNPLACED

from .uv_model_pages import YELLOW, sample

if TYPE_CHECKING:
    from docexam.reference.page_sample import PageSample

COPIES = 5


@pytest.fixture(scope="module")
def copies() -> list[PageSample]:
    return [sample(seed, exposure=0.7 + 0.15 * seed) for seed in range(COPIES)]


@pytest.fixture(scope="module")
def pattern(copies: list[PageSample]) -> Part:
    learned = uv_pattern.learn(copies)
    assert isinstance(learned, Part)
    return learned


@pytest.fixture(scope="module")
def fibres(copies: list[PageSample]) -> Part:
    learned = uv_fibres.learn(copies)
    assert isinstance(learned, Part)
    return learned


def measured(module: object, part: Part, page: PageSample) -> dict[str, Measurement]:
    found = module.measure(page, part)  # type: ignore[attr-defined]
    return {each.name: each for each in found if isinstance(each, Measurement)}


def outside(part: Part, found: dict[str, Measurement]) -> set[str]:
    """What lies outside of the learned limits by twice its uncertainty."""
    bad = set()
    for name, each in found.items():
        limit, u = part.limits[name], 2 * each.uncertainty
        low, high = limit.low, limit.high
        if (low is not None and each.value < low - u) or (
            high is not None and each.value > high + u
        ):
            bad.add(name)
    return bad


def test_the_motifs_are_what_all_copies_share(pattern: Part) -> None:
    boxes: list[BoxMm] = [tuple(each["box_mm"]) for each in pattern.facts["motifs"]]
    colours = [each["colour"] for each in pattern.facts["motifs"]]
    # two stars and a comb
    assert len(boxes) == 3
    assert pattern.facts["colours"] == 2
    stars = [box for box, colour in zip(boxes, colours, strict=True) if colour[2] > 0.8]
    middles = sorted((x + w / 2, y + h / 2) for x, y, w, h in stars)
    assert np.allclose(middles, [(30, 22), (60, 45)], atol=0.5)
    # fibres and names are in no motif, nor is any place outside of the shared print kept
    glow = pattern.pictures["glow"]
    assert glow[60 * 8 :, :].max() == 0
    assert (glow > 0).mean() < 0.12


def test_another_genuine_copy_is_within_the_limits(pattern: Part, fibres: Part) -> None:
    for seed, exposure, noise in ((11, 0.6, 0.002), (12, 1.3, 0.001), (13, 0.35, 0.002)):
        page = sample(seed, exposure=exposure, noise=noise)
        found = measured(uv_pattern, pattern, page)
        assert set(found) >= {"uv.pattern", "uv.pattern.offset", "uv.pattern.colour"}
        assert not outside(pattern, found)
        assert not outside(fibres, measured(uv_fibres, fibres, page))


def test_print_out_of_place_is_measured_in_millimetres(pattern: Part) -> None:
    found = measured(uv_pattern, pattern, sample(21, shift_mm=(0.45, -0.36)))
    offset = found["uv.pattern.offset"]
    assert offset.value == pytest.approx(0.576, abs=0.03)
    assert float(offset.details["x"]) == pytest.approx(0.45, abs=0.03)
    assert outside(pattern, found) == {"uv.pattern.offset"}


def test_place_says_little_where_the_lights_lie_only_in_one_frame(pattern: Part) -> None:
    page = sample(21, shift_mm=(0.45, 0.0), registered_by="frame")
    assert not outside(pattern, measured(uv_pattern, pattern, page))
    lost = {each.name: each for each in uv_pattern.measure(sample(21, placing=UNPLACED), pattern)}
    offset = lost["uv.pattern.offset"]
    assert isinstance(offset, NotMeasured)
    assert (offset.code, offset.inconclusive) == ("model.not-placed", True)


def test_a_bought_colour_differs_though_place_and_shape_are_right(pattern: Part) -> None:
    found = measured(uv_pattern, pattern, sample(22, red=YELLOW))
    assert outside(pattern, found) == {"uv.pattern.colour"}
    assert found["uv.pattern.colour"].value == pytest.approx(0.65, abs=0.05)


def test_a_lit_sheet_without_motifs_fails_and_a_dark_picture_tells_nothing(pattern: Part) -> None:
    lit = measured(uv_pattern, pattern, sample(23, motifs=0.0, exposure=3.0))
    assert "uv.pattern" in outside(pattern, lit)
    assert set(lit) == {"uv.pattern"}
    dark = measured(uv_pattern, pattern, sample(23, motifs=0.0, exposure=0.0, noise=0.002))
    assert not outside(pattern, dark)
    assert dark["uv.pattern"].uncertainty > 0.4


def test_strokes_that_glow_less_are_no_fibres(fibres: Part) -> None:
    usual = measured(uv_fibres, fibres, sample(31))["uv.fibres"]
    assert usual.value == pytest.approx(1.0, abs=0.4)
    for brightness in (0.4, 0.0):
        found = measured(uv_fibres, fibres, sample(31, fibres=brightness))
        assert outside(fibres, found) == {"uv.fibres"}


def test_strokes_that_glow_like_fibres_but_leave_ink_are_printed(fibres: Part) -> None:
    clear = measured(uv_fibres, fibres, sample(33))["uv.fibres.ink"]
    assert clear.value == pytest.approx(0.0, abs=3 * clear.uncertainty)
    page = sample(33, ink=0.6)
    printed = measured(uv_fibres, fibres, page)
    # lines of 0.08 mm are painted 0.12 mm wide, their soft rim included
    assert printed["uv.fibres.ink"].value == pytest.approx(0.6 * 0.12, rel=0.3)
    half = measured(uv_fibres, fibres, sample(33, ink=0.3))["uv.fibres.ink"]
    assert half.value == pytest.approx(printed["uv.fibres.ink"].value / 2, rel=0.1)
    assert outside(fibres, printed) == {"uv.fibres.ink"}


def test_fibres_that_genuine_pages_show_in_white_are_no_ink() -> None:
    learned = uv_fibres.learn([sample(seed, ink=0.6) for seed in range(COPIES)])
    assert isinstance(learned, Part)
    assert not outside(learned, measured(uv_fibres, learned, sample(34, ink=0.6)))
    # nor are gaps in dark print, through which the sheet glows
    gaps = measured(uv_fibres, learned, sample(34, ink=-1.5))
    assert "uv.fibres.ink" not in gaps


def test_noise_that_hides_fibres_fails_nobody(fibres: Part) -> None:
    found = measured(uv_fibres, fibres, sample(32, noise=0.02))
    assert not outside(fibres, found)


def test_what_is_not_there_is_not_learned(copies: list[PageSample]) -> None:
    few = uv_pattern.learn(copies[:2])
    assert isinstance(few, NotLearned)
    assert few.code == "learn.few-pages"
    bare = [sample(seed, motifs=0.0, fibres=0.0) for seed in range(3)]
    for module in (uv_pattern, uv_fibres):
        assert isinstance(module.learn(bare), NotLearned)
    plain = uv_fibres.learn([sample(seed, fibres=0.0) for seed in range(3)])
    assert isinstance(plain, NotLearned)


def test_a_missing_light_is_named(pattern: Part, fibres: Part, copies: list[PageSample]) -> None:
    page = replace(copies[0], pictures={"white": copies[0].pictures["white"]})
    for module, part in ((uv_pattern, pattern), (uv_fibres, fibres)):
        for each in module.measure(page, part):
            assert isinstance(each, NotMeasured)
            assert (each.code, each.params["light"]) == ("no-light", "uv")
