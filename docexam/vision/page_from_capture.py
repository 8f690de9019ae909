"""From one page of a capture set to what lies on the glass: pages on a grid, with their zones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.vision.glyph_boxes import band_of, find_glyphs
from docexam.vision.light_pictures import decode_lights
from docexam.vision.locate_page import page_from_zone
from docexam.vision.page import PageView, Quality
from docexam.vision.page_format import FORMATS, format_of_zone
from docexam.vision.plane import apply, inverse, scaling, similarity
from docexam.vision.quality import quality_of
from docexam.vision.read_picture import reading_of
from docexam.vision.read_zones import read_zones
from docexam.vision.rectify import grid_scale, light_view
from docexam.vision.register_lights import Registered, detail_of, register
from docexam.vision.zone_view import ZoneView

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from docexam.capture.capture_set import OpenCapture
    from docexam.nouns.capture_set import CapturePage
    from docexam.nouns.reading import Quad, Reading
    from docexam.vision.light_pictures import LightPicture, LightPictures
    from docexam.vision.locate_page import PageFrame
    from docexam.vision.page import LightView
    from docexam.vision.plane import Matrix, Points

READ_IN = ("white", "ir")
_SAME_PLACE_SHARE = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class SeenPage:
    """One page on the glass; `zone` is None where it has none that could be read."""

    view: PageView
    zone: ZoneView | None


@dataclass(frozen=True, slots=True, eq=False)
class SeenPages:
    """All that lies on the glass, none, one or several, from the top down.

    `unusable` says, for each light that was captured in vain, why: (code, parameters). `zones` are
    readings of zones whose page could not be laid out, by light.
    """

    page: str
    seen: tuple[SeenPage, ...]
    unusable: Mapping[str, tuple[str, Mapping[str, float | str]]]
    zones: Mapping[str, tuple[Reading, ...]]


def see_page(capture: OpenCapture, page: CapturePage, *, today: dt.date) -> SeenPages:
    """Find, straighten and read what lies on the glass of one captured page.

    A picture that cannot be decoded is named in `unusable`, and the rest still seen.

    Raises:
        ModelError: a model is missing or altered.
    """
    pictures = decode_lights(capture, page)
    zones = {
        light: _read(pictures.by_light[light], today)
        for light in READ_IN
        if light in pictures.by_light
    }
    together = _together(zones)
    seen: list[SeenPage] = []
    left_over: dict[str, tuple[Reading, ...]] = {}
    for readings in together:
        found = _see_document(pictures, page.page, readings)
        if found is None:
            for light, reading in readings.items():
                left_over[light] = (*left_over.get(light, ()), reading)
        else:
            seen.append(found)
    return SeenPages(page.page, tuple(seen), pictures.unusable, left_over)


def _read(picture: LightPicture, today: dt.date) -> list[Reading]:
    """The zones in one picture."""
    return [
        replace(reading_of(zone, today=today), file=picture.image.file, index=index, engine="onnx")
        for index, zone in enumerate(read_zones(picture.grey), start=1)
    ]


def _together(zones: Mapping[str, Sequence[Reading]]) -> list[dict[str, Reading]]:
    """The readings of one and the same zone under each light, from the top zone down."""
    found: list[dict[str, Reading]] = [{"white": each} for each in zones.get("white", ())]
    for reading in zones.get("ir", ()):
        match = next(
            (each for each in found if "ir" not in each and _same_place(each["white"], reading)),
            None,
        )
        if match is None:
            found.append({"ir": reading})
        else:
            match["ir"] = reading
    return found


def _same_place(one: Reading, other: Reading) -> bool:
    """Whether two zones lie in nearly the same place of their pictures."""
    if one.quad_px is None or other.quad_px is None:
        return False
    a, b = np.array(one.quad_px), np.array(other.quad_px)
    width = float(np.linalg.norm(a[1] - a[0]))
    return float(np.linalg.norm(a.mean(0) - b.mean(0))) < _SAME_PLACE_SHARE * width


def _see_document(
    pictures: LightPictures, page: str, readings: Mapping[str, Reading]
) -> SeenPage | None:
    """One document around its zone, under every light."""
    base_light = "white" if "white" in readings else "ir"
    reading = readings[base_light]
    place = format_of_zone(reading.format, reading.lines)
    if place is None or reading.quad_px is None:
        return None
    base = pictures.by_light[base_light]
    frame = page_from_zone(base.pixels, reading.quad_px, place, ppi=base.ppi, light=base_light)
    view = _page_view(pictures, page, frame, base_light, readings)
    zone = _zone_view(view, readings, place.name)
    view = replace(view, quality=_quality(view, zone))
    return SeenPage(view, zone)


def _page_view(
    pictures: LightPictures,
    page: str,
    frame: PageFrame,
    base_light: str,
    readings: Mapping[str, Reading],
) -> PageView:
    place = frame.format
    size = (place.width_mm, place.height_mm)
    px_per_mm = grid_scale(frame.native_px_per_mm)
    base = pictures.by_light[base_light]
    detail = detail_of(base.pixels, frame.to_px, size)
    lights: dict[str, LightView] = {}
    for light, picture in pictures.by_light.items():
        if light == base_light:
            found = Registered(frame.to_px, "self", 0.0)
        else:
            expected, by_zone = _expected(picture, base, frame.to_px, readings, base_light)
            found = register(detail, picture.pixels, expected, size)
            if found.by == "frame" and by_zone:
                found = replace(found, by="zone")
        lights[light] = light_view(
            picture,
            found.to_px,
            size,
            px_per_mm,
            registered_by=found.by,
            residual_mm=found.residual_mm,
        )
    return PageView(
        page=page,
        format=place.name,
        size_mm=size,
        px_per_mm=px_per_mm,
        lights=lights,
        quality={},
        scale_source=frame.scale_source,
        anchor=frame.anchor,
        scale_uncertainty=frame.scale_uncertainty,
        outline=frame.outline,
        ppi_claimed=base.ppi,
        turn_deg=frame.turn_deg,
    )


def _expected(
    picture: LightPicture,
    base: LightPicture,
    to_px: Matrix,
    readings: Mapping[str, Reading],
    base_light: str,
) -> tuple[Matrix, bool]:
    """Where a light should lie before it is compared: by its own zone, else in the same frame."""
    own, theirs = readings.get(picture.light), readings[base_light]
    if own is not None and own.quad_px and theirs.quad_px and len(own.lines) == len(theirs.lines):
        move = similarity(np.array(theirs.quad_px), np.array(own.quad_px))
        return np.asarray(move @ to_px), True
    growth = picture.pixels.shape[1] / base.pixels.shape[1]
    return np.asarray(scaling(growth, growth) @ to_px), False


def _zone_view(view: PageView, readings: Mapping[str, Reading], place_name: str) -> ZoneView | None:
    characters, lines = {}, {}
    best = readings.get("ir") or readings.get("white")
    if best is None or best.quad_px is None:
        return None
    for light in READ_IN:
        if light not in view.lights:
            continue
        reading = readings.get(light, best)
        seen_in = light if light in readings else ("ir" if best is readings.get("ir") else "white")
        if reading.quad_px is None:
            continue
        quad = _on_page(view, seen_in, reading.quad_px)
        band = band_of(view, light, quad)
        characters[light], lines[light] = find_glyphs(band, quad, reading.lines)
    seen_in = "ir" if "ir" in readings else "white"
    quad = _on_page(view, seen_in, best.quad_px)
    low, high = quad.min(0), quad.max(0)
    box = (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))
    return ZoneView(
        page=view.page,
        format=FORMATS.get(place_name),
        text=best.lines,
        box_mm=box,
        readings=readings,
        characters=characters,
        lines=lines,
    )


def _on_page(view: PageView, light: str, quad_px: Quad) -> Points:
    """(4, 2) a quad of that light's picture in millimetres."""
    return apply(inverse(view.lights[light].to_px), list(quad_px))


def _quality(view: PageView, zone: ZoneView | None) -> dict[str, Quality]:
    found = {}
    for light in view.lights:
        glyphs = () if zone is None else zone.characters.get(light, ())
        boxes = tuple(c.glyph_mm for c in glyphs if c.glyph_mm is not None and c.character != "<")
        found[light] = quality_of(view, light, boxes)
    return found
