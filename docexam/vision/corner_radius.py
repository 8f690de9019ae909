"""The radius of a page's rounded corner, in the light in which it stands out from the bed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from docexam.vision.page import PageView

Field = NDArray[np.float32]

PATCH_MM = 6.0
_EDGE_AT_MM = (4.3, 5.6)
_BESIDE_MM = 0.4
_LEAST_CONTRAST = 0.30
_UNEVEN = 0.25


def best_corner(
    page: PageView, corner: tuple[float, float], *, right: bool, low: bool
) -> tuple[str, float, float] | None:
    """The light that shows a corner best, its radius and the uncertainty; None for none."""
    tried = []
    for light in ("ir", "white"):
        if light not in page.lights or page.lights[light].bed is None:
            continue
        share, contrast = _page_share(page, light, corner, right=right, low=low)
        if share is None or contrast < _LEAST_CONTRAST:
            continue
        found = corner_radius(share, page.px_per_mm)
        if found is not None:
            tried.append((contrast, light, found))
    if not tried:
        return None
    _, light, (radius, u) = max(tried, key=lambda each: each[0])
    return light, radius, float(np.hypot(u, 0.6 * 25.4 / page.lights[light].native_ppi))


def _page_share(
    page: PageView, light: str, corner: tuple[float, float], *, right: bool, low: bool
) -> tuple[Field | None, float]:
    """How far each point near a corner is page and not bed, the corner turned to the top left.

    Also the contrast between the two. The patch begins `_BESIDE_MM` outside of the corner, or
    where the grid ends.
    """
    scale = page.px_per_mm
    rows, columns = page.shape
    reach = round(PATCH_MM * scale)
    x, y = round(corner[0] * scale), round(corner[1] * scale)
    beside = round(_BESIDE_MM * scale)
    left, end_x = (x - reach, x + beside) if right else (x - beside, x + reach)
    top, end_y = (y - reach, y + beside) if low else (y - beside, y + reach)
    window = (slice(max(top, 0), min(end_y, rows)), slice(max(left, 0), min(end_x, columns)))
    part = page.lights[light].grey[window]
    seen = page.lights[light].mask[window]
    if right:
        part, seen = part[:, ::-1], seen[:, ::-1]
    if low:
        part, seen = part[::-1], seen[::-1]
    if part.size == 0 or min(part.shape) < reach // 2:
        return None, 0.0
    bed = float(np.mean(page.lights[light].bed or (0.0,)))
    inner = part[part.shape[0] // 2 :, part.shape[1] // 2 :]
    level = float(np.median(inner))
    apart = abs(level - bed)
    contrast = apart / max(level, bed, 1e-3)
    if float(np.percentile(np.abs(inner - level), 75)) > _UNEVEN * apart:
        return None, 0.0  # print of the page is as strong as its difference from the bed
    share = np.clip((part - bed) / (level - bed if abs(level - bed) > 1e-4 else 1e-4), 0, 1)
    share = np.where(seen, share, 0.0)
    return np.asarray(cv2.GaussianBlur(share.astype(np.float32), (0, 0), 0.7), np.float32), contrast


def corner_radius(share: Field, px_per_mm: float) -> tuple[float, float] | None:
    """(radius, standard deviation) in mm of the corner at the top left of `share` (h, w).

    The two edges are found beyond the curve; along lines parallel to the diagonal, the distance t
    of the curve from the corner gives R = sqrt(2) t + sqrt(t^2 - s^2), s being the line's offset.
    """
    first, last = (round(v * px_per_mm) for v in _EDGE_AT_MM)
    x0 = _edge(share[first:last])
    y0 = _edge(share[:, first:last].T)
    if x0 is None or y0 is None:
        return None
    radii = []
    for offset in np.linspace(-0.4, 0.4, 9):
        t = _along_diagonal(share, x0, y0, offset * px_per_mm, px_per_mm)
        if t is not None and t >= abs(offset):
            radii.append(np.sqrt(2) * t + np.sqrt(max(t**2 - offset**2, 0.0)))
    if len(radii) < 5:
        return None
    value = float(np.median(radii))
    scatter = 1.4826 * float(np.median(np.abs(np.array(radii) - value)))
    return value, float(np.hypot(scatter, 0.03))


def _edge(rows: Field) -> float | None:
    """Where rows change from bed to page, the median place, in pixels; 0 where all is page."""
    places = [_crossing(row) for row in rows]
    known = [place for place in places if place is not None]
    return float(np.median(known)) if len(known) >= 0.6 * max(len(places), 1) else None


def _crossing(profile: Field) -> float | None:
    """Where a profile first reaches one half, in pixels from its outer end."""
    above = np.flatnonzero(profile >= 0.5)
    if not len(above):
        return None
    at = int(above[0])
    if at == 0:
        return 0.0
    low, high = float(profile[at - 1]), float(profile[at])
    return at + 0.5 - (high - 0.5) / max(high - low, 1e-6)


def _along_diagonal(
    share: Field, x0: float, y0: float, offset_px: float, px_per_mm: float
) -> float | None:
    """How far from the corner a line beside the diagonal meets the page, in millimetres."""
    steps = np.arange(-0.3 * px_per_mm, 4.0 * px_per_mm, 0.5)
    root = np.sqrt(2)
    x = (x0 + (steps - offset_px) / root - 0.5).astype(np.float32)[None]
    y = (y0 + (steps + offset_px) / root - 0.5).astype(np.float32)[None]
    profile = cv2.remap(share, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)[0]
    at = _crossing(profile)
    if at is None:
        return None
    return float((steps[0] + (at - 0.5) * 0.5) / px_per_mm)
