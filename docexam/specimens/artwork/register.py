"""Features that need two maps to meet: see-through registers, latent images, device zones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.artwork.canvas import axes_mm, band_coverage, fill
from docexam.specimens.artwork.motifs import motif, relief

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Map = NDArray[np.float32]


def see_through(
    size_mm: tuple[float, float],
    px_per_mm: float,
    *,
    shape: str = "star",
    sectors: int = 8,
) -> tuple[Map, Map]:
    """A motif whose sectors are on the front and on the back by turns: (front, back).

    Both are as seen from the front, so that they complete each other in transmitted light.
    """
    whole = motif(size_mm, px_per_mm, shape=shape)
    x, y = axes_mm(size_mm, px_per_mm)
    angle = np.arctan2(y - size_mm[1] / 2, x - size_mm[0] / 2)
    inner = np.hypot(x - size_mm[0] / 2, y - size_mm[1] / 2) < min(size_mm) * 0.24
    turns = np.floor((angle / math.pi + 1) * sectors / 2 + 1e-6).astype(np.int32)
    front = ((turns + inner) % 2 == 0).astype(np.float32)
    return whole * front, whole * (1 - front)


def see_through_front(
    size_mm: tuple[float, float], px_per_mm: float, *, shape: str = "star", sectors: int = 8
) -> Map:
    """The half of a see-through register that is printed on this side."""
    return see_through(size_mm, px_per_mm, shape=shape, sectors=sectors)[0]


def see_through_back(
    size_mm: tuple[float, float], px_per_mm: float, *, shape: str = "star", sectors: int = 8
) -> Map:
    """The half of a see-through register that is printed on the other side."""
    return see_through(size_mm, px_per_mm, shape=shape, sectors=sectors)[1]


def latent_image(
    size_mm: tuple[float, float],
    px_per_mm: float,
    *,
    shape: str = "star",
    pitch_mm: float = 0.36,
    line_mm: float = 0.18,
    frame_mm: float = 0.5,
) -> Map:
    """Intaglio lines, level in the ground and upright in the motif, within a frame.

    Seen from above both are the same grey; raking light throws the shadow of one direction.
    """
    x, y = axes_mm(size_mm, px_per_mm)
    half = line_mm * px_per_mm / 2

    def ruled(run: Map) -> Map:
        field = run / np.float32(pitch_mm)
        distance = np.abs(field - np.rint(field)) * np.float32(pitch_mm * px_per_mm)
        return band_coverage(distance.astype(np.float32), half)

    inside = relief(size_mm, px_per_mm, shape=shape, soft_mm=0.0) > 0.3
    lines = np.where(inside, ruled(x), ruled(y)).astype(np.float32)
    w, h = size_mm
    outer = np.array([(0, 0), (w, 0), (w, h), (0, h)], float)
    inner = np.array(
        [
            (frame_mm, frame_mm),
            (w - frame_mm, frame_mm),
            (w - frame_mm, h - frame_mm),
            (frame_mm, h - frame_mm),
        ]
    )
    return np.maximum(lines, fill(size_mm, px_per_mm, [(outer, 1.0), (inner, 0.0)]))


def device_zones(
    size_mm: tuple[float, float],
    px_per_mm: float,
    *,
    shape: str = "sun",
    rays: int = 24,
    ground: float = 0.35,
) -> tuple[Map, Map, Map]:
    """A diffractive device as three maps, one for each direction of its grating lines.

    The motif is in the first; the rays around it alternate between the second and the third, so
    that light seems to run around when the lamp moves. `ground` is the coverage of the rays.
    """
    x, y = axes_mm(size_mm, px_per_mm)
    dx, dy = x - size_mm[0] / 2, y - size_mm[1] / 2
    radius = np.sqrt((dx / (size_mm[0] / 2)) ** 2 + (dy / (size_mm[1] / 2)) ** 2)
    edge = np.clip((1 - radius) * min(size_mm) * px_per_mm / 2 + 0.5, 0, 1).astype(np.float32)
    angle = np.arctan2(dy, dx) / (2 * math.pi)
    # rings turn the rays against each other
    ring = np.floor(radius * 4)
    field = angle * rays + ring * 0.5
    first = ((field - np.floor(field)) < 0.5).astype(np.float32)
    core = motif(size_mm, px_per_mm, shape=shape) * edge
    free = edge * (1 - core) * np.float32(ground)
    return core, free * first, free * (1 - first)
