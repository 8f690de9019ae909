"""The fluorescent print of an issue: learned from genuine pages, and looked for on a page.

It is there (`uv.pattern`), stands in register with the print seen in white light
(`uv.pattern.offset`), has its colours (`uv.pattern.colour`), and runs across the portrait
(`model.uv-over-photo`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.parts import NotLearned, Part
from docexam.reference.tolerance import learned_limit
from docexam.reference.uv_excess import excess_of
from docexam.reference.uv_looks import look_at
from docexam.reference.uv_measures import (
    COLOUR,
    OFFSET,
    OVER,
    OVER_GLOW,
    PATTERN,
    area_of,
    colour_of,
    groups_of,
    offset_of,
    overprint_of,
    pattern_of,
)
from docexam.reference.uv_motifs import Motif, common_motifs
from docexam.reference.uv_overprint import cells_of, overprint
from docexam.reference.uv_personal import personal_mask, portrait_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.nouns.finding import Limit
    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.reference.uv_excess import Excess
    from docexam.reference.uv_motifs import Motifs

NAME = "uv-pattern"
NAMES = (PATTERN, OFFSET, COLOUR, OVER, OVER_GLOW)
FEWEST = 3
# Floors of what genuine documents may differ by, for other devices, wear and printers: ours.
LIKENESS_FLOOR = 0.35
OFFSET_FLOOR_MM = 0.25
COLOUR_FLOOR = 0.15
LEAST_LAMP = 0.002
"""A ground that glows less tells nothing of the lamp."""
OVER_FLOOR, OVER_GLOW_FLOOR = 0.45, 0.6
LEAST_SHARE = 0.42
"""Of the dimmest copy learned from: print across the portrait that shows less is not whole."""


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """The motifs that all these pages share, with what genuine pages measure against them."""
    pairs = [(each, page) for each in samples if (page := excess_of(each)) is not None]
    if len(pairs) < FEWEST:
        return NotLearned(NAME, "learn.few-pages", {"pages": float(len(pairs))})
    pages = [page for _, page in pairs]
    shape = pages[0].level.shape
    motifs = common_motifs(pages, personal_mask([each for each, _ in pairs], shape))
    if motifs is None:
        return NotLearned(NAME, "learn.no-such-print")
    # what is measured must be measured against what is kept: 8 bits
    peak = float(max(motifs.glow.max(), 1e-3))
    picture = np.asarray(np.clip(np.rint(motifs.glow / peak * 255), 0, 255), np.uint8)
    portrait = portrait_of([each for each, _ in pairs])
    cells = [] if portrait is None else cells_of(portrait, motifs.labels)
    facts = {
        "motifs": [_told(motif) for motif in motifs.motifs],
        "colours": len(groups_of(motifs.motifs)),
        "copies": len(pairs),
        "glow_peak": peak,
        "per_lamp": _per_lamp(motifs, pages),
        "portrait_cells_mm": [list(cell) for cell in cells],
    }
    part = Part(NAME, facts, {"motifs": motifs.labels, "glow": picture})
    limits = _limits([measure(each, part) for each, _ in pairs])
    return Part(NAME, facts, part.pictures, limits)


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """All of NAMES, the last two where print runs across the portrait."""
    names = [*NAMES[:3], *(NAMES[3:] if part.facts["portrait_cells_mm"] else ())]
    page_name = sample.view.page
    if "uv" not in sample.pictures:
        return [NotMeasured(n, page_name, ("uv",), "no-light", {"light": "uv"}) for n in names]
    page = excess_of(sample)
    if page is None:
        return [NotMeasured(n, page_name, ("uv",), "uv.no-colour", {}, True) for n in names]
    motifs = _motifs(part)
    labels = part.pictures["motifs"]
    glow = part.pictures["glow"].astype(np.float32) * np.float32(part.facts["glow_peak"] / 255)
    look = look_at(page, motifs, labels, glow)
    if look is None or area_of(look.seen) < 0.5 * sum(motif.area_mm2 for motif in motifs):
        return [NotMeasured(n, page_name, ("uv",), "uv.not-seen", {}, True) for n in names]
    found: list[Measurement | NotMeasured] = [
        pattern_of(sample, page, look, float(part.facts["per_lamp"]))
    ]
    found.append(offset_of(sample, look))
    found.append(colour_of(sample, look))
    if len(names) > 3:
        cells = [_box(cell) for cell in part.facts["portrait_cells_mm"]]
        found += overprint_of(sample, look, cells, overprint(page, look, cells, labels, glow), page)
    return found


def _limits(measured: Sequence[Sequence[Measurement | NotMeasured]]) -> dict[str, Limit]:
    floors = {
        PATTERN: (LIKENESS_FLOOR, "low"),
        OFFSET: (OFFSET_FLOOR_MM, "high"),
        COLOUR: (COLOUR_FLOOR, "high"),
        OVER: (OVER_FLOOR, "low"),
        OVER_GLOW: (OVER_GLOW_FLOOR, "low"),
    }
    limits = {}
    for name, (floor, side) in floors.items():
        found = [
            each
            for page in measured
            for each in page
            if each.name == name and isinstance(each, Measurement)
        ]
        if len(found) >= FEWEST:
            values = [each.value for each in found]
            limit = learned_limit(values, found[0].unit, floor=floor, side=side)
            if name in (OVER, OVER_GLOW):
                # few copies that differ say little: this share of the dimmest is the least
                limit = replace(limit, low=max(limit.low or 0.0, LEAST_SHARE * min(values)))
            limits[name] = limit
    return limits


def _per_lamp(motifs: Motifs, pages: Sequence[Excess]) -> float:
    """How many times brighter the motifs are than the blue-white glow of the ground."""
    level = float(np.median([motif.level for motif in motifs.motifs]))
    shares = [
        gain * level / max(page.lamp, LEAST_LAMP)
        for gain, page in zip(motifs.gains, pages, strict=True)
    ]
    # light of the room hides the ground's own glow, so the smallest share is the true one
    return float(np.min(shares))


def _told(motif: Motif) -> dict[str, Any]:
    return {
        "box_mm": [round(part, 3) for part in motif.box_mm],
        "colour": [round(part, 4) for part in motif.colour],
        "level": round(motif.level, 4),
        "area_mm2": round(motif.area_mm2, 3),
    }


def _motifs(part: Part) -> list[Motif]:
    kept: Sequence[Mapping[str, Any]] = part.facts["motifs"]
    return [
        Motif(
            _box(one["box_mm"]),
            (float(one["colour"][0]), float(one["colour"][1]), float(one["colour"][2])),
            float(one["level"]),
            float(one["area_mm2"]),
        )
        for one in kept
    ]


def _box(parts: Sequence[float]) -> BoxMm:
    x, y, w, h = (float(part) for part in parts)
    return (x, y, w, h)
