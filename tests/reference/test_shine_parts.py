"""What models learn of optical devices and of films, and what pages without them measure."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.nouns.capture_set import CaptureDevice
from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference import film_retro, ovd_devices
from docexam.reference.parts import NotLearned, Part

from .shine_pages import LAMPS, STARS, sample

if TYPE_CHECKING:
    from docexam.reference.page_sample import PageSample

MODULES = {"ovd": ovd_devices, "film": film_retro}


@cache
def copies() -> list[PageSample]:
    return [sample(seed, lamp=0.8 + 0.05 * seed) for seed in range(5)]


@cache
def learned(name: str) -> Part:
    part = MODULES[name].learn(copies())
    assert isinstance(part, Part)
    return part


def measured(name: str, page: PageSample) -> Measurement:
    (found,) = MODULES[name].measure(page, learned(name))
    assert isinstance(found, Measurement)
    return found


def fails(name: str, page: PageSample) -> bool:
    found = measured(name, page)
    low = learned(name).limits[found.name].low
    assert low is not None
    return found.value + 2 * found.uncertainty < low


@pytest.mark.parametrize("name", list(MODULES))
def test_another_genuine_copy_is_whole(name: str) -> None:
    found = measured(name, sample(11, lamp=0.7))
    assert found.value == pytest.approx(1.0, abs=0.15)
    assert not fails(name, sample(11, lamp=0.7))


def test_a_device_that_is_missing_or_only_drawn_fails() -> None:
    assert measured("ovd", sample(12, device=0.0)).value == pytest.approx(0.0, abs=0.1)
    assert fails("ovd", sample(12, device=0.0))


def test_a_device_may_sit_a_little_off() -> None:
    assert not fails("ovd", sample(13, shift_mm=0.6))
    assert fails("ovd", sample(13, shift_mm=9.0))


def test_an_image_that_is_missing_in_the_film_fails() -> None:
    assert measured("film", sample(14, image=0.0)).value == pytest.approx(0.0, abs=0.1)
    assert fails("film", sample(14, image=0.0))


def test_parts_know_what_took_their_pictures() -> None:
    """Sheen and flash depend on the lamps, so checks ask for the device."""
    names = ("desk", "booth", "desk", "desk")
    pages = [
        replace(page, device=CaptureDevice(name, "live"))
        for page, name in zip(copies(), names, strict=False)
    ]
    for module in MODULES.values():
        part = module.learn(pages)
        assert isinstance(part, Part)
        assert part.facts["captured_with"] == [
            {"kind": "live", "name": "booth"},
            {"kind": "live", "name": "desk"},
        ]


def test_what_a_film_sends_back_is_learned() -> None:
    limit = learned("film").limits["film.sheen"]
    assert learned("film").facts["sheen"] == pytest.approx(0.3 / (0.3 + 0.35 * 0.6), abs=0.04)
    assert limit.low is not None
    assert 0.3 < limit.low < 0.5
    assert limit.high is None


def test_pages_without_device_or_film_teach_none() -> None:
    bare = [sample(seed, device=0.0, film=0.02, image=0.0) for seed in range(4)]
    for module in MODULES.values():
        found = module.learn(bare)
        assert isinstance(found, NotLearned)
        assert found.code == "learn.no-such-print"


def test_a_film_without_an_image_is_known_by_its_sheen_alone() -> None:
    part = film_retro.learn([sample(seed, image=0.0) for seed in range(4)])
    assert isinstance(part, Part)
    assert (set(part.limits), part.pictures) == ({"film.sheen"}, {})
    assert film_retro.measure(copies()[0], part) == []


def test_pictures_of_the_parts_show_only_what_all_share() -> None:
    for name, picture in (("ovd", "flash"), ("film", "image")):
        level = learned(name).pictures[picture]
        # the holder's data lies elsewhere on each copy, the left rim has nothing fixed
        assert level[:, :100].max() == 0
        assert 0 < np.count_nonzero(level) < 0.1 * level.size
    for x, y in STARS:
        assert learned("film").pictures["image"][round(y * 8), round(x * 8)] > 100


@pytest.mark.parametrize(
    ("name", "lights", "lacks"),
    [
        ("ovd", ("white", "coaxial", LAMPS[0]), "oblique"),
        ("film", ("white", *LAMPS), "coaxial"),
    ],
)
def test_without_its_lights_nothing_is_learned_or_measured(
    name: str, lights: tuple[str, ...], lacks: str
) -> None:
    bare = [sample(seed, lights=lights) for seed in range(3)]
    assert isinstance(MODULES[name].learn(bare), NotLearned)
    (found,) = MODULES[name].measure(bare[0], learned(name))
    assert isinstance(found, NotMeasured)
    assert (found.code, found.params["light"]) == ("no-light", lacks)
