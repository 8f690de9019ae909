"""Fluorescent print that runs across the portrait: whether it is there on this page.

A portrait that was put on top hides it; one that was put in below the film tears it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from docexam.reference.page_sample import GRID_PX_PER_MM, window_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.uv_excess import Excess
    from docexam.reference.uv_looks import Look
    from docexam.reference.uv_motifs import Labels
    from docexam.vision.page import Linear

CELL_MM = 4.0
LEAST_MM2 = 1.0
LEAST_TOGETHER_MM2 = 8.0
# Our starting values.
NEAR_MM = 25.0
"""Motifs so near the portrait are lit like it."""
LEAST_AROUND = 30


def cells_of(portrait: BoxMm, labels: Labels) -> list[BoxMm]:
    """The cells of the portrait's box across which motifs run; none where they hardly do."""
    x, y, w, h = portrait
    across, down = max(1, round(w / CELL_MM)), max(1, round(h / CELL_MM))
    found, together = [], 0.0
    for column in range(across):
        for row in range(down):
            cell = (x + column * w / across, y + row * h / down, w / across, h / down)
            area = float((labels[window_of(cell, labels.shape)] > 0).sum()) / GRID_PX_PER_MM**2
            if area >= LEAST_MM2:
                found.append(cell)
                together += area
    return found if together >= LEAST_TOGETHER_MM2 else []


def overprint(
    page: Excess, look: Look, cells: Sequence[BoxMm], labels: Labels, glow: Linear
) -> tuple[float, float] | None:
    """(likeness, glow) of the print across the portrait, the medians of its cells.

    `likeness` -1..1 is the correlation with the model's; `glow` is its share of the glow that the
    motifs beside the portrait let expect. None where nothing beside it tells.
    """
    expected = _beside(look, cells)
    if expected is None:
        return None
    right, down = (round(part * GRID_PX_PER_MM) for part in look.shift_mm)
    alike, glows = [], []
    for cell in cells:
        rows, columns = window_of(cell, labels.shape)
        there = (slice(max(rows.start + down, 0), max(rows.stop + down, 0)),
                 slice(max(columns.start + right, 0), max(columns.stop + right, 0)))  # fmt: skip
        level, model, own = page.level[there], glow[rows, columns], labels[rows, columns] > 0
        if level.shape != model.shape or not page.seen[there].all():
            continue
        free = model <= 0
        ground = float(np.median(level[free])) if free.sum() >= LEAST_AROUND else 0.0
        glows.append(float(level[own].mean() - ground) / (float(model[own].mean()) * expected))
        alike.append(_correlation(level, model))
    if not glows:
        return None
    return float(np.median(alike)), float(np.median(glows))


def _beside(look: Look, cells: Sequence[BoxMm]) -> float | None:
    """The glow of the motifs beside the portrait against the model's, the nearest counting most."""
    x = float(np.mean([cell[0] + cell[2] / 2 for cell in cells]))
    y = float(np.mean([cell[1] + cell[3] / 2 for cell in cells]))
    left, right = min(c[0] for c in cells), max(c[0] + c[2] for c in cells)
    top, low = min(c[1] for c in cells), max(c[1] + c[3] for c in cells)
    shares, weights = [], []
    for one in look.seen:
        bx, by, bw, bh = one.motif.box_mm
        middle = (bx + bw / 2, by + bh / 2)
        if left <= middle[0] <= right and top <= middle[1] <= low:
            continue
        far = math.hypot(middle[0] - x, middle[1] - y) / NEAR_MM
        shares.append(one.glow / one.motif.level)
        weights.append(math.sqrt(one.motif.area_mm2) * math.exp(-0.5 * far * far) + 1e-6)
    if not shares:
        return None
    order = np.argsort(shares)
    passed = np.cumsum(np.asarray(weights)[order])
    middle_share = float(np.asarray(shares)[order][np.searchsorted(passed, passed[-1] / 2)])
    return middle_share if middle_share > 0 else None


def _correlation(level: Linear, model: Linear) -> float:
    a, b = level - level.mean(), model - model.mean()
    size = math.sqrt(float((a * a).sum()) * float((b * b).sum()))
    return float((a * b).sum()) / size if size > 0 else 0.0
