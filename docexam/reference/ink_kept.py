"""Part `ink`: how the black ink of the visual zone's fields and of the zone answers to infrared.

A genuine blank that a thief filled in has the right paper and the wrong ink (Doc 9303-2, appendix
C: IR-AB-ID, IR-TR-ID). Within one page all inks may then be alike; only genuine documents tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.ink_depth import (
    DEPTH_PX_PER_MM,
    cannot,
    coarse,
    depth_of,
    depth_window,
)
from docexam.reference.ink_fields import field_boxes
from docexam.reference.parts import NotLearned, Part
from docexam.reference.portrait_place import LEAST_SAMPLES
from docexam.reference.tolerance import learned_limit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear, Mask

NAME = "ink"
FIELDS, FIELD, ZONE = "model.viz-ink", "model.viz-ink-field", "model.mrz-ink"
_LIGHTS = ("white", "ir")
# Our starting values.
_BLACK = 0.30
_LEAST_MM2 = 0.6
_ROOM_MM = 0.5
_ALIKE = 0.15
_LEAST_FIELDS = 1
_FLOORS = {FIELDS: 0.15, FIELD: 0.25, ZONE: 0.15}


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """Where the fields stand and what their ink and the zone's keep in infrared."""
    both = [each for each in samples if all(light in each.pictures for light in _LIGHTS)]
    if len(both) < LEAST_SAMPLES:
        return NotLearned(NAME, "learn.few-pages", {"pages": float(len(both))})
    shown = [_Shown(each) for each in both]
    boxes = field_boxes(both)
    kept = {i: [k for each in shown if (k := each.kept(box))] for i, box in enumerate(boxes)}
    usual = {i: float(np.mean([k for k, _ in of])) for i, of in kept.items()
             if len(of) >= LEAST_SAMPLES}  # fmt: skip
    if usual:
        # a signature, or a stamp of the office, may be in another ink than the fields
        middle = float(np.median(list(usual.values())))
        usual = {i: level for i, level in usual.items() if abs(level - middle) < _ALIKE}
    facts: dict[str, object] = {}
    if len(usual) >= _LEAST_FIELDS:
        facts["fields_mm"] = [[round(side, 2) for side in boxes[i]] for i in usual]
        facts["kept"] = [round(level, 3) for level in usual.values()]
    if sum(each.zone is not None for each in both) >= LEAST_SAMPLES:
        facts["zone"] = "read"
    values: dict[str, list[float]] = {}
    for each in both:
        for found in measure(each, Part(NAME, facts=facts)):
            if isinstance(found, Measurement):
                values.setdefault(found.name, []).append(found.value)
    limits = {
        name: learned_limit(seen, "1", floor=_FLOORS[name], side="both")
        for name, seen in values.items()
        if len(seen) >= LEAST_SAMPLES
    }
    if not limits:
        return NotLearned(NAME, "learn.no-fields")
    return Part(NAME, facts=facts, limits=limits)


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """What share of its depth in white the black print keeps in infrared.

    `model.viz-ink`: the middle of all fields; `model.viz-ink-field`: how far the oddest field is
    from its own genuine share; `model.mrz-ink`: the zone.
    """
    boxes: list[BoxMm] = [tuple(each) for each in part.facts.get("fields_mm", ())]
    unable = cannot(sample, (FIELDS, FIELD) if boxes else (), _LIGHTS)
    found: list[Measurement | NotMeasured] = [*unable]
    shown = _Shown(sample) if all(light in sample.pictures for light in _LIGHTS) else None
    if shown is not None and boxes and not unable:
        found += _fields(shown, boxes, part.facts["kept"])
    if "zone" in part.facts:
        # the zone tells its own place, so the page need not lie on the model
        found += cannot(sample, (ZONE,), _LIGHTS) if shown is None else [_zone(shown)]
    return found


class _Shown:
    """One page: its black print in white, and the depth of both lights."""

    def __init__(self, sample: PageSample) -> None:
        self.sample = sample
        white, in_white = coarse(sample, "white")
        infrared, in_infrared = coarse(sample, "ir")
        depths = depth_of(white)
        self.white: Linear = np.asarray(depths.mean(axis=2), np.float32)
        self.ir = depth_of(infrared)
        self.seen: Mask = in_white & in_infrared
        self.black: Mask = np.asarray(depths.min(axis=2) > _BLACK)

    def kept(self, box_mm: BoxMm) -> tuple[float, float] | None:
        """The share kept in a box of the model and its uncertainty; None for too little print."""
        x, y, w, h = box_mm
        room = _ROOM_MM
        window = depth_window((x - room, y - room, w + 2 * room, h + 2 * room), self.seen.shape)
        black = self.black[window]
        if black.sum() < _LEAST_MM2 * DEPTH_PX_PER_MM**2 or not self.seen[window].all():
            return None
        # with the flanks: what a softer lens takes from the middle of a stroke lies there
        ink = cv2.dilate(black.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        white, infrared = self.white[window][ink], self.ir[window][ink]
        share = float(infrared.sum() / max(float(white.sum()), 1e-3))
        scatter = float(np.std(infrared - share * white)) / max(float(white.mean()), 1e-3)
        spots = max(float(ink.sum()) / DEPTH_PX_PER_MM**2, 1.0)
        return share, float(np.hypot(scatter / np.sqrt(spots), 0.02))


def _fields(
    shown: _Shown, boxes: Sequence[BoxMm], usual: Sequence[float]
) -> list[Measurement | NotMeasured]:
    page = shown.sample.view.page
    found = {i: kept for i, box in enumerate(boxes) if (kept := shown.kept(box)) is not None}
    if len(found) < _LEAST_FIELDS:
        params = {"fields": float(len(found))}
        return [NotMeasured(n, page, _LIGHTS, "viz.few-fields", params, True)
                for n in (FIELDS, FIELD)]  # fmt: skip
    shares = [kept for kept, _ in found.values()]
    middle = float(np.median(shares))
    spread = 1.4826 * float(np.median(np.abs(np.array(shares) - middle)))
    u = float(np.hypot(spread / np.sqrt(len(shares)), 0.02))
    apart = {i: kept - usual[i] for i, (kept, _) in found.items()}
    odd = max(apart, key=lambda i: abs(apart[i]))
    details = _details(shown, {"fields": float(len(found)), "median": middle})
    whole = _whole([boxes[i] for i in found])
    return [
        _measured(shown, FIELDS, middle, u, whole, details),
        _measured(
            shown, FIELD, apart[odd], found[odd][1], boxes[odd],
            {**details, "kept": found[odd][0], "usual": usual[odd]},
        ),
    ]  # fmt: skip


def _zone(shown: _Shown) -> Measurement | NotMeasured:
    zone = shown.sample.zone
    page = shown.sample.view.page
    if zone is None:
        return NotMeasured(ZONE, page, _LIGHTS, "no-zone")
    box = shown.sample.model_box(zone.box_mm)
    kept = shown.kept(box)
    if kept is None:
        return NotMeasured(ZONE, page, _LIGHTS, "zone.no-print", {}, True)
    return _measured(shown, ZONE, *kept, box, _details(shown, {}))


def _measured(
    shown: _Shown,
    name: str,
    value: float,
    u: float,
    box: BoxMm,
    details: Mapping[str, float | str],
) -> Measurement:
    sample = shown.sample
    page, place = sample.view.page, sample.page_box(box)
    return Measurement(name, page, ("ir", "white"), value, "1", u, place, details=details)


def _details(shown: _Shown, more: Mapping[str, float | str]) -> dict[str, float | str]:
    wavelength = shown.sample.view.lights["ir"].wavelength_nm
    return {**more, **({} if wavelength is None else {"wavelength_nm": wavelength})}


def _whole(boxes: Sequence[BoxMm]) -> BoxMm:
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, low = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    return (left, top, right - left, low - top)
