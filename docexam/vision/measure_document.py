"""The document's own shape: size, corners and trim (Doc 9303-4, 2.3; -5, 2.3; -7, 2.2)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.corner_radius import PATCH_MM, best_corner
from docexam.vision.page_format import PITCH_MM

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import OutlineSeen, PageView
    from docexam.vision.zone_view import ZoneView

CORNERS = ("top-left", "top-right", "bottom-right", "bottom-left")
WHOLE = (
    "doc.width",
    "doc.height",
    *(f"doc.corner.{each}" for each in CORNERS),
    "doc.corner-spread",
)
NAMES = (*WHOLE, "doc.edge-wave")
SHARP_MM = 1.0
"""Two neighbouring corners that are sharper than this are on the bound side of a leaf."""
PPI_BORNE_OUT = 0.001
"""How well the device's resolution is known where the zone's pitch bears it out; our estimate."""
_STRIP_MM = 2.0


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """A page's size, corners and trim, as far as its edges are seen.

    `doc.width`, `doc.height`, `doc.corner.NAME`, `doc.corner-spread` (how much smaller the second
    sharpest corner's radius is than the roundest one's) and `doc.edge-wave.SIDE`.
    """
    lights = tuple(each for each in ("white", "ir") if each in page.lights)
    if not lights:
        return [
            NotMeasured(name, page.page, (), "no-light", {"light": "white, ir"}) for name in NAMES
        ]
    found = page.outline
    waves = _waves(page, found, lights)
    if found is None or not found.is_whole:
        return [
            *(NotMeasured(name, page.page, lights, "outline.not-whole") for name in WHOLE),
            *waves,
        ]
    corners = _corners(page, found)
    return [*_size(page, zone, found, lights), *corners, _spread(page, corners, lights), *waves]


def _size(
    page: PageView, zone: ZoneView | None, found: OutlineSeen, lights: tuple[str, ...]
) -> list[Measurement | NotMeasured]:
    names = ("doc.width", "doc.height")
    if page.scale_source != "ppi":
        code = "scale.from-zone" if page.scale_source == "mrz" else "scale.from-outline"
        return [NotMeasured(name, page.page, lights, code) for name in names]
    size = found.size_mm
    if size is None:
        return []
    light = found.seen_in.get("left", lights[0])
    pixel = 0.3 * 25.4 / page.lights[light].native_ppi
    box = _page_box(found)
    scale = _scale_uncertainty(page, zone)
    measured: list[Measurement | NotMeasured] = []
    for name, value in zip(names, size, strict=True):
        u = float(np.sqrt((value * scale) ** 2 + found.residual_mm**2 + pixel**2))
        details: dict[str, float | str] = {"format": page.format, "ppi": page.ppi_claimed or 0.0}
        measured.append(
            Measurement(name, page.page, (light,), value, "mm", u, box, details=details)
        )
    return measured


def _scale_uncertainty(page: PageView, zone: ZoneView | None) -> float:
    """Of a known resolution: the zone's pitch bears it out, or makes it as doubtful as they differ.

    The zone is not the ruler here: print of another pitch only makes sizes less certain.
    """
    pitches = [
        line.pitch_mm
        for light in ("ir", "white")
        for line in (zone.lines.get(light, ()) if zone is not None else ())
    ]
    if not pitches:
        return page.scale_uncertainty
    return float(np.hypot(PPI_BORNE_OUT, np.median(pitches) / PITCH_MM - 1))


def _waves(
    page: PageView, found: OutlineSeen | None, lights: tuple[str, ...]
) -> list[Measurement | NotMeasured]:
    """How far each side swings about its own gentle bow; not in a photograph, where pages curve."""
    if found is None or not found.wave_mm or page.scale_source != "ppi":
        code = "outline.not-whole" if page.scale_source == "ppi" else "scale.from-zone"
        return [NotMeasured("doc.edge-wave", page.page, lights, code)]
    return [
        Measurement(
            f"doc.edge-wave.{side}",
            page.page,
            (found.seen_in[side],),
            wave,
            "mm",
            u,
            _side_box(page, found, side),
            details={"side": side, "format": page.format},
        )
        for side, (wave, u) in found.wave_mm.items()
    ]


def _side_box(page: PageView, found: OutlineSeen, side: str) -> BoxMm:
    """A strip of the page along one side."""
    width, height = page.size_mm
    left, top = found.left or 0.0, found.top or 0.0
    right, bottom = found.right or width, found.bottom or height
    if side in ("left", "right"):
        return (left if side == "left" else right - _STRIP_MM, top, _STRIP_MM, bottom - top)
    return (left, top if side == "top" else bottom - _STRIP_MM, right - left, _STRIP_MM)


def _page_box(found: OutlineSeen) -> BoxMm:
    left, top = found.left or 0.0, found.top or 0.0
    size = found.size_mm or (0.0, 0.0)
    return (left, top, size[0], size[1])


def _corners(page: PageView, found: OutlineSeen) -> list[Measurement | NotMeasured]:
    box = _page_box(found)
    measured: list[Measurement | NotMeasured] = []
    for at, name in enumerate(CORNERS):
        right, low = at in (1, 2), at in (2, 3)
        corner = (box[0] + box[2] * right, box[1] + box[3] * low)
        seen = best_corner(page, corner, right=right, low=low)
        key = f"doc.corner.{name}"
        area = (
            corner[0] - PATCH_MM * right,
            corner[1] - PATCH_MM * low,
            PATCH_MM,
            PATCH_MM,
        )
        if seen is None:
            lights = tuple(each for each in ("white", "ir") if each in page.lights)
            measured.append(NotMeasured(key, page.page, lights, "corner.not-seen", {}, False))
            continue
        light, radius, u = seen
        details: dict[str, float | str] = {"corner": name, "format": page.format}
        measured.append(
            Measurement(key, page.page, (light,), radius, "mm", u, area, details=details)
        )
    return _with_neighbours(measured)


def _with_neighbours(
    corners: list[Measurement | NotMeasured],
) -> list[Measurement | NotMeasured]:
    """Each corner with the radius of the sharper one of the two beside it, where both are known."""
    found: list[Measurement | NotMeasured] = []
    for at, corner in enumerate(corners):
        beside = [
            other.value
            for other in (corners[at - 1], corners[(at + 1) % 4])
            if isinstance(other, Measurement)
        ]
        if isinstance(corner, Measurement) and len(beside) == 2:
            details = {**corner.details, "neighbour": min(beside)}
            found.append(replace(corner, details=details))
        else:
            found.append(corner)
    return found


def _spread(
    page: PageView, corners: list[Measurement | NotMeasured], lights: tuple[str, ...]
) -> Measurement | NotMeasured:
    """The roundest corner's radius less that of the second sharpest: one alone may be damaged."""
    known = sorted(
        (each for each in corners if isinstance(each, Measurement) and not is_bound(each)),
        key=lambda each: each.value,
    )
    if len(known) < 3:
        return NotMeasured("doc.corner-spread", page.page, lights, "corner.too-few")
    sharp, round_ = known[1], known[-1]
    return replace(
        sharp,
        name="doc.corner-spread",
        value=round_.value - sharp.value,
        uncertainty=float(np.hypot(round_.uncertainty, sharp.uncertainty)),
    )


def is_bound(corner: Measurement) -> bool:
    """Whether a corner and one beside it are too sharp to be the free corners of a leaf."""
    return corner.value < SHARP_MM and float(corner.details.get("neighbour", 0.0)) < SHARP_MM
