"""What a page measures against the fluorescent print of its model."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.uv_motifs import SAME_COLOUR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.reference.uv_excess import Excess
    from docexam.reference.uv_looks import Look, MotifSeen
    from docexam.reference.uv_motifs import Motif

PATTERN, OFFSET = "uv.pattern", "uv.pattern.offset"
COLOUR, OVER = "uv.pattern.colour", "model.uv-over-photo"
OVER_GLOW = "model.uv-over-photo.glow"
# What the measurements themselves may be off by: our starting values.
LIKENESS_ERROR, OVER_ERROR, COLOUR_ERROR = 0.03, 0.04, 0.015
REGISTERED_MM, IN_FRAME_MM = 0.04, 0.2
"""How well ultraviolet lies on white: by what both show; or by the camera's frame alone."""
TEXT_SHARE = 0.3
"""Print below the motifs changes the ground by this much of its level."""
SURE_OF = 0.5
"""Likeness from which the place of the print can be told."""
BEYOND_ERROR = 4.0
LEAST_GROUP_MM2 = 3.0


def pattern_of(sample: PageSample, page: Excess, look: Look, per_lamp: float) -> Measurement:
    """The mean likeness of all motifs, each by the root of its area."""
    weights = [math.sqrt(one.motif.area_mm2) for one in look.seen]
    value = float(np.average([one.likeness for one in look.seen], weights=weights))
    missing = [one for one in look.seen if one.likeness < SURE_OF / 2]
    u = math.hypot(LIKENESS_ERROR, _blunted(page, look, per_lamp))
    details: dict[str, float | str] = {
        "motifs": float(len(look.seen)), "missing": float(len(missing))
    }  # fmt: skip
    boxes = [one.motif.box_mm for one in (missing or look.seen)]
    box = sample.page_box(_around(boxes))
    return Measurement(PATTERN, sample.view.page, ("uv",), value, "1", u, box, details=details)


def _blunted(page: Excess, look: Look, per_lamp: float) -> float:
    """By how much noise and the ground's print lower the likeness of genuine motifs here.

    How bright they should be follows from what glows, or from how the lamp wakes the sheet: a
    dark picture tells nothing of motifs, a lit sheet without them does.
    """
    glows = [one.glow for one in look.seen if one.likeness > SURE_OF]
    bright = max(float(np.median(glows)) if glows else 0.0, page.lamp * per_lamp)
    rough = math.hypot(page.noise, TEXT_SHARE * float(page.ground.max()))
    return 1.0 - bright / math.hypot(bright, rough) if bright > 0 else 1.0


def offset_of(sample: PageSample, look: Look) -> Measurement | NotMeasured:
    """How far the motifs stand from their place in the print seen in white light, in mm."""
    page = sample.view.page
    if look.peak < SURE_OF:
        return NotMeasured(OFFSET, page, ("uv", "white"), "uv.no-motifs-here")
    if sample.placing.residual_mm is None:
        return NotMeasured(OFFSET, page, ("uv", "white"), "model.not-placed", {}, True)
    light = sample.view.lights["uv"]
    by_content = light.registered_by in ("content", "self")
    parts = [
        REGISTERED_MM if by_content else IN_FRAME_MM,
        sample.placing.residual_mm / math.sqrt(max(sample.placing.tiles / 4, 1.0)),
        (look.scatter_mm or 0.1) / math.sqrt(max(len(look.seen), 1)),
    ]
    # only the sure motifs prove it
    boxes = [one.motif.box_mm for one in look.seen if one.likeness > SURE_OF]
    x, y = look.shift_mm
    return Measurement(
        OFFSET,
        page,
        ("uv", "white"),
        math.hypot(x, y),
        "mm",
        math.hypot(*parts),
        sample.page_box(_around(boxes or [one.motif.box_mm for one in look.seen])),
        details={"x": x, "y": y, "motifs": float(len(boxes))},
    )


def colour_of(sample: PageSample, look: Look) -> Measurement | NotMeasured:
    """Of the motifs of one colour that differ most: the share of their light that does."""
    worst: tuple[float, float, list[MotifSeen]] | None = None
    for group in groups_of([one.motif for one in look.seen]):
        seen = [
            look.seen[at]
            for at in group
            if not look.seen[at].clipped and look.seen[at].glow > BEYOND_ERROR * look.seen[at].error
        ]
        if area_of(seen) < LEAST_GROUP_MM2:
            continue
        apart = [_apart(one) for one in seen]
        order = np.argsort(apart)
        passed = np.cumsum([seen[at].motif.area_mm2 for at in order])
        value = apart[order[int(np.searchsorted(passed, passed[-1] / 2))]]
        error = float(np.median([one.error / one.glow for one in seen])) / math.sqrt(len(seen))
        if worst is None or value > worst[0]:
            worst = (value, math.hypot(COLOUR_ERROR, error), seen)
    page = sample.view.page
    if worst is None:
        return NotMeasured(COLOUR, page, ("uv",), "uv.no-motifs-here")
    value, u, seen = worst
    box = sample.page_box(_around([one.motif.box_mm for one in seen]))
    details: dict[str, float | str] = {"motifs": float(len(seen))}
    return Measurement(COLOUR, page, ("uv",), value, "1", u, box, details=details)


def _apart(one: MotifSeen) -> float:
    """The share of the light that is in another channel than the model's, 0..1."""
    return 0.5 * sum(abs(a - b) for a, b in zip(one.colour, one.motif.colour, strict=True))


def overprint_of(
    sample: PageSample,
    look: Look,
    cells: Sequence[BoxMm],
    found: tuple[float, float] | None,
    page: Excess,
) -> list[Measurement | NotMeasured]:
    """Likeness and glow of the print across the portrait."""
    name = sample.view.page
    if found is None or look.peak < SURE_OF:
        return [NotMeasured(n, name, ("uv",), "uv.no-motifs-here") for n in (OVER, OVER_GLOW)]
    bright = float(np.median([one.glow for one in look.seen]))
    rough = math.hypot(page.noise, TEXT_SHARE * float(page.ground.max()))
    u = math.hypot(OVER_ERROR, rough / max(bright, rough) / 4)
    box = sample.page_box(_around(cells))
    alike, glow = found
    return [
        Measurement(OVER, name, ("uv",), alike, "1", u, box, details={"glow": glow}),
        Measurement(OVER_GLOW, name, ("uv",), glow, "1", u, box, details={"likeness": alike}),
    ]


def groups_of(motifs: Sequence[Motif]) -> list[list[int]]:
    """The places of the motifs of one colour, largest first."""
    groups: list[list[int]] = []
    for at, motif in enumerate(motifs):
        near = next((g for g in groups if _alike(motif, motifs[g[0]])), None)
        if near is None:
            groups.append([at])
        else:
            near.append(at)
    return groups


def _alike(one: Motif, other: Motif) -> bool:
    pairs = zip(one.colour, other.colour, strict=True)
    return 0.5 * sum(abs(a - b) for a, b in pairs) < SAME_COLOUR


def area_of(seen: Sequence[MotifSeen]) -> float:
    """Their area together, mm2."""
    return sum(one.motif.area_mm2 for one in seen)


def _around(boxes: Sequence[BoxMm]) -> BoxMm:
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, low = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return (left, top, right - left, low - top)
