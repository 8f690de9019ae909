"""Optically variable devices: they flash in colours that change with the side the lamp stands on.

Print looks alike under lamps of all sides; relief changes its brightness, not its colour, and
hardly even that where opposite lamps are taken together. So what differs in colour between lamps
along the page and lamps across it is a diffractive device.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear, Mask

NAME = "ovd"
PRESENT = "ovd.present"
FEWEST = 3
ALONG, ACROSS = ("oblique-n", "oblique-s"), ("oblique-e", "oblique-w")
# Our starting values.
FLOOR = 0.45
"""How far the flash may fall below the enrolled: for other devices, wear and lamps."""
_UNCERTAIN = 0.06


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """Where all these pages flash; NotLearned where they have no device, or no such lamps."""
    lit = [(each, found) for each in samples if (found := _flash(each)) is not None]
    if len(lit) < FEWEST:
        return NotLearned(NAME, "learn.few-pages", {"pages": float(len(lit))})
    shine = common_shine([flash for _, (flash, _) in lit], [each for each, _ in lit])
    if shine is None:
        return NotLearned(NAME, "learn.no-such-print")
    devices = devices_of(each for each, _ in lit)
    facts = {**facts_of(shine), "copies": len(lit), "captured_with": devices}
    values = [share for _, (flash, seen) in lit if (share := shown(flash, seen, shine)) is not None]
    limits = {}
    if len(values) >= FEWEST:
        limits[PRESENT] = learned_limit(values, "1", floor=FLOOR, side="low")
    return Part(NAME, facts, {"flash": shine.level}, limits)


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """`ovd.present`: how strongly the devices flash in their places, 1 as on enrolled pages."""
    page = sample.view.page
    found = _flash(sample)
    if found is None:
        why = {"light": "oblique"}
        return [NotMeasured(PRESENT, page, (ALONG[0], ACROSS[0]), "no-light", why)]
    lights = tuple(light for light in (*ALONG, *ACROSS) if light in sample.pictures)
    share = shown(*found, shine_of(part, "flash"))
    if share is None:
        return [NotMeasured(PRESENT, page, lights, "ovd.not-seen", {}, inconclusive=True)]
    boxes = [sample.page_box(box_of(each)) for each in part.facts["boxes_mm"]]
    return [Measurement(PRESENT, page, lights, share, "1", _UNCERTAIN, around(boxes))]


def _flash(sample: PageSample) -> tuple[Linear, Mask] | None:
    """How far each place changes its colour between lamps along and across; and what was seen."""
    sides = [[one for one in pair if one in sample.pictures] for pair in (ALONG, ACROSS)]
    if not all(sides):
        return None
    along, across = (
        np.mean([_even(sample.pictures[light], sample.seen[light]) for light in lights], axis=0)
        for lights in sides
    )
    seen = np.logical_and.reduce([sample.seen[light] for lights in sides for light in lights])
    apart = across - along
    flash = apart.max(axis=2) - apart.min(axis=2)
    return np.asarray(flash, np.float32), np.asarray(seen)


def _even(picture: Linear, seen: Mask) -> Linear:
    """Against the middle of its surroundings in each channel: lamps are uneven."""
    ground = np.array([np.median(picture[..., c][seen]) if seen.any() else 1 for c in range(3)])
    relative = picture / np.maximum(ground, 1e-3)
    return against_ground(np.asarray(relative, np.float32), _ground, 0.05)


def _ground(small: Linear) -> Linear:
    return np.asarray(cv2.medianBlur(small, 5), np.float32)
