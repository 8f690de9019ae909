"""From one page of a capture set to what lies on the glass: pages on a grid, with their zones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.vision.glyph_boxes import band_of, find_glyphs
from docexam.vision.lay_lights import Found, lay_lights
from docexam.vision.light_pictures import decode_lights
from docexam.vision.locate_page import expected_from_zone
from docexam.vision.locate_without_zone import documents_without_zone
from docexam.vision.page_format import FORMATS, format_of_zone
from docexam.vision.plane import apply, inverse
from docexam.vision.quality import quality_of
from docexam.vision.read_picture import reading_of
from docexam.vision.read_zones import read_zones
from docexam.vision.side_by_side import side_by_side
from docexam.vision.zone_view import ZoneView

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from docexam.capture.capture_set import OpenCapture
    from docexam.nouns.capture_set import CapturePage
    from docexam.nouns.reading import Quad, Reading
    from docexam.vision.light_pictures import LightPicture
    from docexam.vision.page import PageView, Quality
    from docexam.vision.plane import Points

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


def see_page(
    capture: OpenCapture,
    page: CapturePage,
    *,
    today: dt.date,
    expected: str | None = None,
    zone_elsewhere: bool = False,
) -> SeenPages:
    """Find, straighten and read what lies on the glass of one captured page.

    `expected` is the format that another page of the document has, if one has been seen; it helps
    where this page has no zone. With `zone_elsewhere`, the zone being on the other side, only one
    whose check digits are right counts as a second. A picture that cannot be decoded is named in
    `unusable`, and the rest still seen.

    Raises:
        ModelError: a model is missing or altered.
    """
    pictures = decode_lights(capture, page)
    usable = pictures.by_light
    lights = [light for light in READ_IN if light in usable]
    read = side_by_side(lambda light: _read(usable[light], today), lights)
    zones = {
        light: [each for each in readings if each.valid or not zone_elsewhere]
        for light, readings in zip(lights, read, strict=True)
    }
    found: list[Found] = []
    left_over: dict[str, tuple[Reading, ...]] = {}
    for readings in _together(zones):
        document = _by_zone(readings)
        if document is not None:
            found.append(document)
            continue
        for light, reading in readings.items():
            left_over[light] = (*left_over.get(light, ()), reading)
    if not found:
        found = documents_without_zone(usable, page.page, expected)
    seen = tuple(_see(usable, page.page, document) for document in found)
    return SeenPages(page.page, seen, pictures.unusable, left_over)


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


def _by_zone(readings: Mapping[str, Reading]) -> Found | None:
    """The document around a zone, None where the zone is of no known shape."""
    light = "white" if "white" in readings else "ir"
    reading = readings[light]
    place = format_of_zone(reading.format, reading.lines)
    if place is None or reading.quad_px is None:
        return None
    return Found(place, light, expected_from_zone(reading.quad_px, place), readings)


def _see(pictures: Mapping[str, LightPicture], page: str, document: Found) -> SeenPage:
    view = lay_lights(pictures, page, document)
    zone = _zone_view(view, document) if document.readings else None
    return SeenPage(replace(view, quality=_quality(view, zone)), zone)


def _zone_view(view: PageView, document: Found) -> ZoneView | None:
    """The zone in millimetres; in a light in which it was not read, where the other has it."""
    readings = document.readings
    # infrared shows the zone best where its ink is what it should be; other ink is read in white
    best_light = max(readings, key=lambda light: (readings[light].confident, light == "ir"))
    best = readings[best_light]
    if best.quad_px is None:
        return None
    characters, lines = {}, {}
    for light in READ_IN:
        if light not in view.lights:
            continue
        source = light if light in readings else best_light
        quad = _on_page(view, source, readings[source].quad_px or best.quad_px)
        found = find_glyphs(band_of(view, light, quad), quad, readings[source].lines)
        characters[light], lines[light] = found
    quad = _on_page(view, best_light, best.quad_px)
    low, high = quad.min(0), quad.max(0)
    return ZoneView(
        page=view.page,
        format=FORMATS.get(document.format.name),
        text=best.lines,
        box_mm=(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])),
        readings=readings,
        characters=characters,
        lines=lines,
    )


def _on_page(view: PageView, light: str, quad_px: Quad) -> Points:
    """(4, 2) a quad of that light's picture in millimetres."""
    return apply(inverse(view.lights[light].to_px), list(quad_px))


def _quality(view: PageView, zone: ZoneView | None) -> dict[str, Quality]:
    def of(light: str) -> Quality:
        glyphs = () if zone is None else zone.characters.get(light, ())
        boxes = tuple(c.glyph_mm for c in glyphs if c.glyph_mm is not None and c.character != "<")
        return quality_of(view, light, boxes)

    return dict(zip(view.lights, side_by_side(of, [*view.lights]), strict=True))
