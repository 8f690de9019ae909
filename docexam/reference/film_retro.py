"""The film in coaxial light: how much of the light it sends back, and the image that it holds.

A retro-reflective overlay flares up under a lamp beside the lens, with an image printed in it;
bought film only shines. The sheen of the page is `film.sheen` of vision; the image is what shines
beyond print and sheen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.ink_depth import grey_of
from docexam.reference.page_sample import devices_of
from docexam.reference.parts import NotLearned, Part
from docexam.reference.shine_motifs import (
    against_ground,
    around,
    box_of,
    common_shine,
    facts_of,
    shine_of,
    shown,
)
from docexam.reference.tolerance import learned_limit
from docexam.vision.measure_film_sheen import LIGHTS, PHOTO, SHEEN
from docexam.vision.measure_film_sheen import measure as measure_sheen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from docexam.nouns.finding import Limit
    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear, Mask

NAME = "film"
RETRO = "film.retro"
FEWEST = 3
# Our starting values.
SHEEN_FLOOR, PHOTO_FLOOR, RETRO_FLOOR = 0.12, 0.20, 0.45
LEAST_SHEEN = 0.3
"""Pages that shine less have no film, and nothing to lose."""
_UNCERTAIN = 0.06
_CLIPPED = 0.97


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """How these pages shine, and what image all of them show; NotLearned without film."""
    lit = [(each, *sheen) for each in samples if (sheen := _measured(each, SHEEN)) is not None]
    if len(lit) < FEWEST:
        return NotLearned(NAME, "learn.few-pages", {"pages": float(len(lit))})
    sheens = [sheen for _, sheen, _ in lit]
    if float(np.median(sheens)) < LEAST_SHEEN:
        return NotLearned(NAME, "learn.no-such-print")
    limits: dict[str, Limit] = {SHEEN: learned_limit(sheens, "1", floor=SHEEN_FLOOR, side="low")}
    apart = [value for each, _, _ in lit if (value := _measured(each, PHOTO)) is not None]
    if len(apart) >= FEWEST:
        limits[PHOTO] = learned_limit(
            [value for value, _ in apart], "1", floor=PHOTO_FLOOR, side="low"
        )
    facts: dict[str, Any] = {
        "sheen": round(float(np.median(sheens)), 4),
        "copies": len(lit),
        "captured_with": devices_of(each for each, _, _ in lit),
    }
    maps = [_shine(each, sheen) for each, sheen, _ in lit]
    shine = common_shine([each for each, _ in maps], [each for each, _, _ in lit])
    if shine is None:
        return Part(NAME, {**facts, "boxes_mm": []}, {}, limits)
    values = [share for one, seen in maps if (share := shown(one, seen, shine)) is not None]
    if len(values) >= FEWEST:
        limits[RETRO] = learned_limit(values, "1", floor=RETRO_FLOOR, side="low")
    return Part(NAME, facts | facts_of(shine), {"image": shine.level}, limits)


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """`film.retro`: how strongly the film's image shows, 1 as on enrolled pages.

    The limits of `film.sheen` and `film.sheen-photo` are held against what vision measured.
    """
    if RETRO not in part.limits:
        return []
    page = sample.view.page
    missing = [light for light in LIGHTS if light not in sample.pictures]
    if missing:
        return [NotMeasured(RETRO, page, LIGHTS, "no-light", {"light": missing[0]})]
    sheen = _measured(sample, SHEEN)
    share = None if sheen is None else shown(*_shine(sample, sheen[0]), shine_of(part, "image"))
    if share is None:
        return [NotMeasured(RETRO, page, LIGHTS, "film.image-not-seen", {}, inconclusive=True)]
    x, y, w, h = around([box_of(box) for box in part.facts["boxes_mm"]])
    box = sample.page_box((x, y, w, h))
    return [Measurement(RETRO, page, LIGHTS, share, "1", _UNCERTAIN, box)]


def _measured(sample: PageSample, name: str) -> tuple[float, float] | None:
    """(value, uncertainty) of a sheen; None where it cannot be told."""
    for each in measure_sheen(sample.view, sample.zone):
        if each.name == name and isinstance(each, Measurement):
            return each.value, each.uncertainty
    return None


def _shine(sample: PageSample, sheen: float) -> tuple[Linear, Mask]:
    """What shines beyond print and film, against the ground; and where that can be told."""
    coaxial, white = (
        against_ground(grey_of(sample.pictures[light]), _ground, 0.02) for light in LIGHTS
    )
    seen = sample.seen["coaxial"] & sample.seen["white"]
    expected = sheen + (1 - sheen) * white
    return np.asarray(coaxial - expected, np.float32), np.asarray(seen)


def _ground(small: Linear) -> Linear:
    """The page without its print, which is darker."""
    return np.asarray(cv2.dilate(cv2.medianBlur(small, 3), np.ones((3, 3), np.uint8)), np.float32)
