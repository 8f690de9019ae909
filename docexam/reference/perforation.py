"""Part `perforation`: that the page is pierced, where, and by holes of what width and pitch.

Nothing of the number is kept: only whether the holes of all enrolled pages said the zone's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.ink_depth import grey_of
from docexam.reference.page_sample import GRID_PX_PER_MM, window_of
from docexam.reference.parts import NotLearned, Part
from docexam.reference.tolerance import learned_limit
from docexam.vision.perforation_holes import LIGHT, find_holes
from docexam.vision.perforation_text import read_holes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear
    from docexam.vision.perforation_holes import Holes

NAME = "perforation"
HOLES, DIAMETER, PITCH, OFFSET = (
    "model.perforation-holes",
    "model.perforation-diameter",
    "model.perforation-pitch",
    "model.perforation-offset",
)
FEWEST = 3
# Floors of what genuine documents may differ by: our starting values.
LEAST_SHARE = 0.4
"""Of the usual number of holes: numbers of narrow characters have fewer."""
DIAMETER_FLOOR_MM, PITCH_FLOOR_MM, OFFSET_FLOOR_MM = 0.12, 0.05, 2.5
# Where holes of the known width would be seen, so that none means none: our starting values.
_OPAQUE = 0.01
_AS_BRIGHT = 0.4
"""Of the light that came through enrolled sheets: less, and other pages lie over the holes."""
_HEADROOM = 0.3
_COARSEST_PX = 0.5
"""Of the diameter: the largest pixel."""
_AS_SHARP, _FINE_MM, _COARSE_MM = 0.75, 0.08, 0.3
"""Of the fine detail of enrolled pages, in which the holes were seen: a lens that blurs transmitted
light by 0.1 mm leaves as much, and a hole of 0.35 mm three quarters of its light."""


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """The holes that all these pages have; NotLearned where one of them has none."""
    lit = [each for each in samples if LIGHT in each.view.lights]
    if len(lit) < FEWEST:
        return NotLearned(NAME, "learn.few-pages", {"pages": float(len(lit))})
    found = [_holes_of(each) for each in lit]
    pierced = [each for each in found if each is not None]
    if len(pierced) < len(lit):
        return NotLearned(NAME, "learn.no-such-print")
    boxes = [sample.model_box(one.box_mm) for sample, one in zip(lit, pierced, strict=True)]
    middles = np.array([_middle(box) for box in boxes])
    usual = np.median(middles, axis=0)  # a page that lies on its head is one of few
    count = float(np.median([len(one.at_mm) for one in pierced]))
    diameters = [float(np.median(one.diameter_mm)) for one in pierced]
    pitches = [one.pitch_mm for one in pierced]
    offsets = [
        float(np.linalg.norm(middle - usual))
        for sample, middle in zip(lit, middles, strict=True)
        if sample.placing.residual_mm is not None
    ]
    if len(offsets) < FEWEST:
        return NotLearned(NAME, "learn.few-pages", {"pages": float(len(offsets))})
    details = [_detail(each, [box]) for each, box in zip(lit, boxes, strict=True)]
    facts = {
        "holes": count,
        "diameter_mm": round(float(np.mean(diameters)), 3),
        "pitch_mm": round(float(np.mean(pitches)), 3),
        "middle_mm": [round(float(part), 2) for part in usual],
        "says_number": all(_says_number(*each) for each in zip(lit, pierced, strict=True)),
        "sheet": round(float(np.median([_sheet(each) for each in lit])), 4),
        "detail": round(float(np.median(details)), 4),
        "copies": len(lit),
    }
    source = f"enrolled: {len(lit)} genuine captures, {count:.0f} holes usual; floor ours"
    limits = {
        HOLES: Limit(LEAST_SHARE, None, "1", source),
        DIAMETER: learned_limit(diameters, "mm", floor=DIAMETER_FLOOR_MM, side="both"),
        PITCH: learned_limit(pitches, "mm", floor=PITCH_FLOOR_MM, side="both"),
        OFFSET: learned_limit(offsets, "mm", floor=OFFSET_FLOOR_MM, side="high"),
    }
    return Part(NAME, facts, {}, limits)


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """How many holes there are (the usual number being 1), their width, pitch and place.

    Too few are nothing that speaks against a page whose picture would not show them.
    """
    page = sample.view
    names = (HOLES, DIAMETER, PITCH, OFFSET)
    if LIGHT not in page.lights:
        return [NotMeasured(n, page.page, (LIGHT,), "no-light", {"light": LIGHT}) for n in names]
    groups = find_holes(page)
    usual = float(part.facts["holes"])
    at = (float(part.facts["middle_mm"][0]), float(part.facts["middle_mm"][1]))
    if groups is None:
        return [_unseen(sample, name, "perforation.too-many") for name in names]
    unseen = _why_unseen(sample, part)
    if not groups:
        if unseen is not None:
            return [_unseen(sample, HOLES, unseen)]
        box = sample.page_box((at[0] - 20.0, at[1] - 3.0, 40.0, 6.0))
        return [_measured(sample, HOLES, 0.0, "1", 0.02, box)]
    holes = groups[0]
    box = holes.box_mm
    x, y = _middle(sample.model_box(box))
    apart = float(np.hypot(x - at[0], y - at[1]))
    share = len(holes.at_mm) / usual
    fine = 0.5 / page.px_per_mm
    return [
        _unseen(sample, HOLES, unseen)
        if unseen is not None and share < LEAST_SHARE
        else _measured(sample, HOLES, share, "1", 0.05, box),
        _measured(sample, DIAMETER, float(np.median(holes.diameter_mm)), "mm", fine, box),
        _measured(sample, PITCH, holes.pitch_mm, "mm", 0.2 * fine, box),
        NotMeasured(OFFSET, page.page, (LIGHT,), "model.not-placed")
        if sample.placing.residual_mm is None
        else _measured(sample, OFFSET, apart, "mm", sample.placing.residual_mm, box),
    ]


def _holes_of(sample: PageSample) -> Holes | None:
    groups = find_holes(sample.view)
    return groups[0] if groups else None


def _why_unseen(sample: PageSample, part: Part) -> str | None:
    """Why holes as wide as the known may be missed in this picture; None where they would show."""
    page = sample.view
    sheet, diameter = _sheet(sample), float(part.facts["diameter_mm"])
    if sheet < max(_OPAQUE, _AS_BRIGHT * float(part.facts.get("sheet", 0.0))):
        return "perforation.too-dim"
    if sheet > 1 - _HEADROOM:
        return "perforation.too-bright"
    pixel_mm = 25.4 / page.lights[LIGHT].native_ppi
    sharp = _detail(sample, [_around(part)]) >= _AS_SHARP * float(part.facts.get("detail", np.inf))
    return None if sharp and pixel_mm <= _COARSEST_PX * diameter else "perforation.too-coarse"


def _around(part: Part) -> BoxMm:
    """Where genuine pages have their holes, with room, on the model."""
    x, y = (float(each) for each in part.facts["middle_mm"])
    return (x - 25.0, y - 8.0, 50.0, 16.0)


def _detail(sample: PageSample, holes: Sequence[BoxMm]) -> float:
    """How much fine detail the sheet shows in both lights, as a share of the coarse: sharpness.

    Noise is not common to both, so it does not count; `holes` (on the model) are left out.
    """
    if not {LIGHT, "white"} <= sample.pictures.keys():
        return 0.0
    keep = sample.seen[LIGHT] & sample.seen["white"]
    for box in holes:
        keep[window_of(box, keep.shape)] = False
    through, back = (grey_of(sample.pictures[light]) for light in (LIGHT, "white"))
    fine, coarse = (
        float((_band(through, mm) * _band(back, mm))[keep].mean()) if keep.any() else 0.0
        for mm in (_FINE_MM, _COARSE_MM)
    )
    return fine / coarse if coarse > 0 else 0.0


def _band(picture: Linear, mm: float) -> Linear:
    """What is about as large as `mm`."""
    near, far = (cv2.GaussianBlur(picture, (0, 0), by * mm * GRID_PX_PER_MM) for by in (1.0, 2.0))
    return np.asarray(near - far, np.float32)


def _sheet(sample: PageSample) -> float:
    """How much of the lamp's light the sheet lets through, 0..1 of full scale."""
    view = sample.view.lights[LIGHT]
    return float(np.median(view.grey[view.mask])) if view.mask.any() else 0.0


def _unseen(sample: PageSample, name: str, code: str) -> NotMeasured:
    return NotMeasured(name, sample.view.page, (LIGHT,), code, {}, inconclusive=True)


def _says_number(sample: PageSample, holes: Holes) -> bool:
    number = sample.fields.document_number if sample.fields is not None else None
    ways = read_holes(holes)
    return bool(number) and bool(ways) and ways[0].text == number


def _middle(box: BoxMm) -> tuple[float, float]:
    x, y, w, h = box
    return x + w / 2, y + h / 2


def _measured(
    sample: PageSample, name: str, value: float, unit: str, u: float, box: BoxMm
) -> Measurement:
    return Measurement(name, sample.view.page, (LIGHT,), value, unit, u, box)
