"""Every light of one page on one grid: linked picture to picture first, then straightened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.vision.glyph_boxes import band_of, find_glyphs
from docexam.vision.locate_page import frame_of, rescaled, zone_corners_mm
from docexam.vision.outline import canvas_of, find_sides, fused
from docexam.vision.page import PageView
from docexam.vision.page_format import PITCH_MM
from docexam.vision.plane import apply, inverse, scaling, similarity
from docexam.vision.rectify import grid_scale, light_view
from docexam.vision.register_lights import Registered, detail_of, register
from docexam.vision.side_by_side import side_by_side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.nouns.reading import Reading
    from docexam.vision.light_pictures import LightPicture
    from docexam.vision.locate_page import PageFrame
    from docexam.vision.page import LightView
    from docexam.vision.page_format import PageFormat
    from docexam.vision.plane import Matrix

EDGE_LIGHTS = ("white", "ir", "uv", "coaxial")
"""Lights whose pictures show the page's edges, the best first."""
CROPPED_APART = 0.12
_WORTH_RESCALING = 3e-4
_FEWEST_GLYPHS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Where one document lies: roughly, in the picture of one light, `expected` (mm to pixels).

    `readings` of its zone by light, empty where it has none. Of a page that `fills` its picture no
    edge is looked for: the first straight line in it is print.
    """

    format: PageFormat
    light: str
    expected: Matrix
    readings: Mapping[str, Reading]
    fills: bool = False


def lay_lights(pictures: Mapping[str, LightPicture], page: str, found: Found) -> PageView:
    """The document under every light; its quality is left empty."""
    base = pictures[found.light]
    size = (found.format.width_mm, found.format.height_mm)
    links = _links(pictures, found, size)
    # a picture that shares nothing with the others may lie elsewhere, or show another document
    edged = [
        light
        for light in EDGE_LIGHTS
        if light in links and links[light].by != "frame" and not found.fills
    ]
    seen = side_by_side(
        lambda light: find_sides(canvas_of(pictures[light].pixels, links[light].to_px, size), size),
        edged,
    )
    sides = dict(zip(edged, seen, strict=True))
    has_zone = bool(found.readings)
    frame = frame_of(found.expected, found.format, fused(sides), ppi=base.ppi, has_zone=has_zone)
    if frame.scale_source == "mrz":
        frame = _scaled_by_pitch(base, page, frame, found)
    return _view(pictures, page, frame, found, links)


def _links(
    pictures: Mapping[str, LightPicture], found: Found, size: tuple[float, float]
) -> dict[str, Registered]:
    """Where each light has the page that the base light has at `expected`."""
    base = pictures[found.light]
    detail = detail_of(base.pixels, found.expected, size)

    def link_of(light: str) -> Registered:
        if light == found.light:
            return Registered(found.expected, "self", 0.0)
        guess, by_zone = _guess(pictures[light], base, found)
        link = register(detail, pictures[light].pixels, guess, size)
        return replace(link, by="zone") if link.by == "frame" and by_zone else link

    return dict(zip(pictures, side_by_side(link_of, [*pictures]), strict=True))


def _guess(picture: LightPicture, base: LightPicture, found: Found) -> tuple[Matrix, bool]:
    """Where a light should lie before it is compared: by its own zone, else in the same frame."""
    own, theirs = found.readings.get(picture.light), found.readings.get(base.light)
    if own is None or theirs is None or _lengths(own) != _lengths(theirs):
        own = None  # faint print read in part stretches over another place than the whole zone
    if own is not None and theirs is not None and own.quad_px and theirs.quad_px:
        move = similarity(np.array(theirs.quad_px), np.array(own.quad_px))
        return np.asarray(move @ found.expected), True
    growth = _growth(picture, base)
    return np.asarray(scaling(growth, growth) @ found.expected), False


def _growth(picture: LightPicture, base: LightPicture) -> float:
    """How much finer a picture is than the base light's: by their resolution, or by their size.

    Pictures of nearly one size are taken to be of one scale, and cropped each for itself.
    """
    if picture.ppi is not None and base.ppi is not None:
        return picture.ppi / base.ppi
    growth = picture.pixels.shape[1] / base.pixels.shape[1]
    return growth if abs(growth - 1) > CROPPED_APART else 1.0


def _scaled_by_pitch(base: LightPicture, page: str, frame: PageFrame, found: Found) -> PageFrame:
    """The frame in which the zone's characters have the pitch of Doc 9303-3, 4.4."""
    reading = found.readings[base.light]
    if reading.quad_px is None:
        return frame
    view = light_view(
        base,
        frame.to_px,
        frame.size_mm,
        grid_scale(frame.native_px_per_mm),
        registered_by="self",
        residual_mm=0.0,
    )
    alone = _page(page, frame, {base.light: view}, base)
    quad = apply(inverse(view.to_px), list(reading.quad_px))
    characters, lines = find_glyphs(band_of(alone, base.light, quad), quad, reading.lines)
    if sum(each.glyph_mm is not None for each in characters) < _FEWEST_GLYPHS:
        return frame
    growth = PITCH_MM / float(np.mean([line.pitch_mm for line in lines]))
    return rescaled(frame, growth) if abs(growth - 1) > _WORTH_RESCALING else frame


def _view(
    pictures: Mapping[str, LightPicture],
    page: str,
    frame: PageFrame,
    found: Found,
    links: Mapping[str, Registered],
) -> PageView:
    px_per_mm = grid_scale(frame.native_px_per_mm)
    onwards = inverse(found.expected) @ frame.to_px

    def laid(light: str) -> LightView:
        link = links[light]
        return light_view(
            pictures[light],
            np.asarray(link.to_px @ onwards),
            frame.size_mm,
            px_per_mm,
            registered_by=link.by,
            residual_mm=link.residual_mm,
        )

    lights = dict(zip(pictures, side_by_side(laid, [*pictures]), strict=True))
    base = pictures[found.light]
    return _page(page, frame, lights, base, zone_fit_mm=_zone_fit(found))


def _zone_fit(found: Found) -> float | None:
    """How far the corners of the zone are from where `expected` has them, root mean square."""
    reading = found.readings.get(found.light)
    if reading is None or reading.quad_px is None:
        return None
    miss = apply(inverse(found.expected), list(reading.quad_px)) - zone_corners_mm(found.format)
    return float(np.sqrt((miss**2).sum(axis=1).mean()))


def _lengths(reading: Reading) -> tuple[int, ...]:
    return tuple(len(line) for line in reading.lines)


def _page(
    page: str,
    frame: PageFrame,
    lights: Mapping[str, LightView],
    base: LightPicture,
    *,
    zone_fit_mm: float | None = None,
) -> PageView:
    return PageView(
        page=page,
        format=frame.format.name,
        size_mm=frame.size_mm,
        px_per_mm=grid_scale(frame.native_px_per_mm),
        lights=lights,
        quality={},
        scale_source=frame.scale_source,
        anchor=frame.anchor,
        scale_uncertainty=frame.scale_uncertainty,
        outline=frame.outline,
        ppi_claimed=base.ppi,
        turn_deg=frame.turn_deg,
        zone_fit_mm=zone_fit_mm,
    )
