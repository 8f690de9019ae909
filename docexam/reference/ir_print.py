"""Part `ir-print`: fixed print that vanishes in infrared, and coloured print that must stay.

Documents are printed in pairs of inks that look alike and answer otherwise to infrared (Doc 9303-2,
appendix C: IR-TR-IS, IR-AB-IS). A copy in carbon keeps the black print that should vanish, and
loses the coloured print that should stay; a copy in dye loses all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.ink_depth import (
    DEPTH_PX_PER_MM,
    as_depth,
    as_picture,
    box_around,
    cannot,
    coarse,
    depth_of,
    depth_window,
    grey_of,
)
from docexam.reference.parts import NotLearned, Part
from docexam.reference.portrait_place import LEAST_SAMPLES, holder_areas
from docexam.reference.tolerance import learned_limit
from docexam.vision.perforation_holes import number_boxes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear, Mask

NAME = "ir-print"
DROPOUT, SPLIT = "model.ir-dropout", "model.ir-split"
_LIGHTS = ("white", "ir")
# Our starting values.
_PRINT = 0.06
_GONE_SHARE = 0.25
_CARBON = 0.35
"""Print that takes as much from every colour is black, which copies print in carbon."""
_STEADY = (0.03, 0.3)
_LEAST_MM2 = {DROPOUT: 6.0, SPLIT: 8.0}
_RIM_MM = 2.0
_ZONE_ROOM_MM = 1.0
_TEXT_ROOM_MM = 0.7
_TEXT, _NEUTRAL = 0.12, 0.6
_FLOORS = {DROPOUT: 0.15, SPLIT: 0.35}
_LEAST_SEEN = 0.9


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """Which fixed print vanishes and which stays, from the genuine pages with both lights."""
    both = [each for each in samples if all(light in each.pictures for light in _LIGHTS)]
    if len(both) < LEAST_SAMPLES:
        return NotLearned(NAME, "learn.few-pages", {"pages": float(len(both))})
    white = np.array([depth_of(coarse(each, "white")[0]) for each in both])
    infrared = np.array([depth_of(coarse(each, "ir")[0]) for each in both])
    own = _not_of_holder(both)
    patterns = {
        DROPOUT: _vanishing(white, infrared, own),
        SPLIT: _staying(white, infrared, own),
    }
    pictures = {
        _key(name): as_picture(pattern)
        for name, pattern in patterns.items()
        if (pattern > 0).sum() >= _LEAST_MM2[name] * DEPTH_PX_PER_MM**2
    }
    if not pictures:
        return NotLearned(NAME, "learn.no-such-print")
    bare = Part(NAME, pictures=pictures)
    values: dict[str, list[float]] = {}
    for each in both:
        for found in measure(each, bare):
            if isinstance(found, Measurement):
                values.setdefault(found.name, []).append(found.value)
    sides = {DROPOUT: "high", SPLIT: "low"}
    limits = {
        name: learned_limit(seen, "1", floor=_FLOORS[name], side=sides[name])
        for name, seen in values.items()
    }
    facts = {
        _key(name): {
            "area_mm2": round(float((patterns[name] > 0).sum()) / DEPTH_PX_PER_MM**2, 1),
            "kept": round(float(np.mean(values[name])), 3),
            "box_mm": box_around(patterns[name] > 0),
        }
        for name in limits
    }
    return Part(NAME, facts=facts, pictures=pictures, limits=limits)


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """`model.ir-dropout`: what share of its depth in white the vanishing print keeps in infrared.

    `model.ir-split`: what share of its genuine depth the staying print has in infrared.
    """
    names = [name for name in (DROPOUT, SPLIT) if _key(name) in part.pictures]
    if unable := cannot(sample, names, _LIGHTS):
        return [*unable]
    white, in_white = coarse(sample, "white")
    infrared, in_infrared = coarse(sample, "ir")
    seen = in_white & in_infrared
    shown = {"white": depth_of(grey_of(white)), "ir": depth_of(infrared)}
    return [_kept(sample, name, as_depth(part.pictures[_key(name)]), shown, seen) for name in names]


def _kept(
    sample: PageSample, name: str, pattern: Linear, shown: dict[str, Linear], seen: Mask
) -> Measurement | NotMeasured:
    weight = np.where(seen, pattern, 0.0)
    whole, left = float((pattern**2).sum()), float((weight**2).sum())
    if left < _LEAST_SEEN * whole:
        params = {"seen": left / max(whole, 1e-6)}
        return NotMeasured(name, sample.view.page, _LIGHTS, "model.unseen", params, True)
    infrared = float((shown["ir"] * weight).sum())
    against = shown["white"] if name == DROPOUT else pattern
    full = float((against * weight).sum())
    if full < 0.3 * left:
        # worn off, or another page: white does not show it either
        params = {"white": full / max(left, 1e-6)}
        return NotMeasured(name, sample.view.page, _LIGHTS, "model.print-not-seen", params, True)
    noise = float(np.std((shown["ir"] - infrared / left * pattern)[weight > 0]))
    spots = max(float((weight > 0).sum()) / DEPTH_PX_PER_MM**2, 1.0)
    u = float(np.hypot(noise / np.sqrt(spots) / max(float(pattern[weight > 0].mean()), 0.02), 0.02))
    details: dict[str, float | str] = {"area_mm2": spots}
    wavelength = sample.view.lights["ir"].wavelength_nm
    if wavelength is not None:
        details["wavelength_nm"] = wavelength
    return Measurement(
        name=name,
        page=sample.view.page,
        light=("ir", "white"),
        value=infrared / full,
        unit="1",
        uncertainty=u,
        box_mm=sample.page_box(box_around(weight > 0)),
        details=details,
    )


def _vanishing(white: Linear, infrared: Linear, own: Mask) -> Linear:
    """Depth of print that vanishes, weighted to the black one, which a copy prints in carbon."""
    grey = white.mean(axis=3)
    depth, gone = np.median(grey, axis=0), np.median(infrared, axis=0)
    chosen = own & _steady(grey, depth) & (depth > _PRINT) & (gone < _GONE_SHARE * depth)
    black = np.median(white.min(axis=3), axis=0)
    carbon = chosen & (black > _CARBON)
    if carbon.sum() >= _LEAST_MM2[DROPOUT] * DEPTH_PX_PER_MM**2:
        return np.asarray(np.where(carbon, black, 0), np.float32)
    return np.asarray(np.where(chosen, depth, 0), np.float32)


def _staying(white: Linear, infrared: Linear, own: Mask) -> Linear:
    """Depth in infrared of print that stays there although it is coloured or pale in white."""
    depth = np.median(infrared, axis=0)
    # text of the holder and of the office is black: carbon copies keep it, and what five holders
    # have in common by chance the sixth has not
    least, most = white.min(axis=3), white.max(axis=3)
    text = ((least > _TEXT) & (least > _NEUTRAL * most)).any(axis=0)
    room = np.ones((round(2 * _TEXT_ROOM_MM * DEPTH_PX_PER_MM) + 1,) * 2, np.uint8)
    near_text = cv2.dilate(text.astype(np.uint8), room) > 0
    chosen = own & _steady(infrared, depth) & (depth > _PRINT) & ~near_text
    solid = cv2.morphologyEx(chosen.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return np.asarray(np.where(solid > 0, depth, 0), np.float32)


def _steady(depths: Linear, middle: Linear) -> Mask:
    """Where the print is the same on every genuine page."""
    least, share = _STEADY
    return np.asarray(depths.std(axis=0) < least + share * np.abs(middle))


def _not_of_holder(samples: Sequence[PageSample]) -> Mask:
    """Away from the rim, the zone, and areas that differ from holder to holder."""
    areas = holder_areas(samples).astype(np.uint8)
    shape = coarse(samples[0], "white")[1].shape
    held = cv2.resize(areas, shape[::-1], interpolation=cv2.INTER_NEAREST)
    own = cv2.dilate(held, np.ones((round(3 * DEPTH_PX_PER_MM),) * 2, np.uint8)) == 0
    rim = round(_RIM_MM * DEPTH_PX_PER_MM)
    own[:rim], own[-rim:], own[:, :rim], own[:, -rim:] = False, False, False, False
    for each in samples:
        boxes = number_boxes(each.view)
        for box in boxes if each.zone is None else (*boxes, each.zone.box_mm):
            x, y, w, h = each.model_box(box)
            room = _ZONE_ROOM_MM
            own[depth_window((x - room, y - room, w + 2 * room, h + 2 * room), shape)] = False
    return np.asarray(own)


def _key(name: str) -> str:
    return name.removeprefix("model.ir-")
