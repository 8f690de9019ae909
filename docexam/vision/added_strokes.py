"""Strokes added to a printed character, told from stamps, notes and underlines by their place.

A stroke that turns one character into another is as black as the print, joins ink that stays, and
lies within that character: no higher than the letters of its row, no wider than one of them, and
nothing of its ink around it. A stamp or a note runs on beyond the row, is of another colour, or
lies over more of the text. Rows of dark letters are looked at, whether they could be read or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.field_spots import lost_area_u
from docexam.vision.light_pair import levelled_pair
from docexam.vision.lost_ink import lost_ink, staying_ink, window_of
from docexam.vision.overprint import overprint
from docexam.vision.photo_place import find_portrait
from docexam.vision.stroke_pieces import LEAST_MM2, band_of, confined
from docexam.vision.stroke_surround import AROUND_MM, grown
from docexam.vision.text_rows import dark_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.vision.light_pair import LightPair
    from docexam.vision.lost_ink import PrintInk, Window
    from docexam.vision.page import PageView
    from docexam.vision.stroke_surround import Box
    from docexam.vision.viz_lines import TextLine
    from docexam.vision.zone_view import ZoneView

NAME = "viz.ink-stroke"

# Our starting values; heights are those of the row's letters.
_ROOM_MM = 0.25
_CELL_HEIGHTS = 0.5
_AS_USUAL = 0.8
"""Of what the page's rows keep in infrared: a caption over a dark motif seems to keep some."""
_CHARACTERS_MOST, _OVERPRINTED = 2, 0.1
_BELOW_PRINT_MM2 = 0.3
"""What print in colour over a letter makes it seem to lose came to 0.15."""
_OVERPRINTED_MM2 = 0.4
"""What SPECIMEN across a page takes from its text is 0.1; a stamp that takes more may go on."""
_ELSEWHERE_MM2, _ELSEWHERE_SHARE = 0.02, 0.10
"""Lost ink in the rest of the text: 0.03 at most on drawn pages with one altered character of 0.2,
the edges of SPECIMEN over other fields; a stamp or a note loses many times that."""


@dataclass(frozen=True, slots=True)
class _RowLost:
    """Lost ink of one row: what lies within single characters, (mm2, box), and all the rest.

    What lies under print in colour, where black seems to lose ink, stands apart.
    """

    strokes: tuple[tuple[float, BoxMm], ...] = ()
    elsewhere_mm2: float = 0.0
    overprinted_mm2: float = 0.0


def ink_stroke(page: PageView, zone: ZoneView | None) -> Measurement | NotMeasured:
    """`viz.ink-stroke`: the ink, in mm2, that only white shows within one character of any row.

    Rows whose ink vanishes in infrared are left out. Not measured, and that without a verdict,
    where such ink lies over more of the text: a page that was stamped or written on tells nothing.
    """
    lights = ("ir", "white")
    missing = [light for light in lights if light not in page.lights]
    if missing:
        return NotMeasured(NAME, page.page, ("ir",), "no-light", {"light": missing[0]})
    pair = levelled_pair(page)
    rows = [
        (row, ink)
        for row in _outside_portrait(page, zone)
        if (ink := staying_ink(pair, window_of(row.box_mm, _ROOM_MM, pair))) is not None
    ]
    if not rows:
        return NotMeasured(NAME, page.page, lights, "viz.few-fields", {"fields": 0.0})
    usual = float(np.median([ink.kept for _, ink in rows]))
    rows = [(row, ink) for row, ink in rows if ink.kept >= _AS_USUAL * usual]
    lost = [_lost_in_row(page, pair, row, ink) for row, ink in rows]
    strokes = [stroke for each in lost for stroke in each.strokes]
    elsewhere = sum(each.elsewhere_mm2 for each in lost)
    overprinted = sum(each.overprinted_mm2 for each in lost)
    elsewhere += max(overprinted - _OVERPRINTED_MM2, 0.0) if strokes else overprinted
    area, place = max(strokes, default=(0.0, _whole([row.box_mm for row, _ in rows])))
    marked = elsewhere > _ELSEWHERE_MM2 + _ELSEWHERE_SHARE * area
    if marked or len(strokes) > _CHARACTERS_MOST:
        params = {"area": elsewhere + sum(area for area, _ in strokes)}
        return NotMeasured(NAME, page.page, lights, "viz.ink-marked", params, inconclusive=True)
    details: dict[str, float | str] = {"rows": float(len(rows)), "elsewhere": elsewhere}
    wavelength = page.lights["ir"].wavelength_nm
    if wavelength is not None:
        details["wavelength_nm"] = wavelength
    u = lost_area_u(page)
    return Measurement(NAME, page.page, lights, area, "mm2", u, place, details=details)


def _outside_portrait(page: PageView, zone: ZoneView | None) -> list[TextLine]:
    """Rows of dark letters; beard and brows of a portrait may look like one."""
    portrait = find_portrait(page, zone)
    return [
        row
        for row in dark_rows(page, zone)
        if portrait is None or not _lies_in(row.box_mm, portrait)
    ]


def _lies_in(box: BoxMm, outer: BoxMm) -> bool:
    """Whether all of a box lies in another."""
    x, y, w, h = outer
    return x <= box[0] and y <= box[1] and box[0] + box[2] <= x + w and box[1] + box[3] <= y + h


def _lost_in_row(page: PageView, pair: LightPair, row: TextLine, ink: PrintInk) -> _RowLost:
    """Looks closer only where ink is lost: most rows have none."""
    close = window_of(row.box_mm, _ROOM_MM, pair)
    per_mm2 = pair.px_per_mm**2
    if float((lost_ink(pair, close, ink) * band_of(pair, close, row)).sum()) < LEAST_MM2 * per_mm2:
        return _RowLost()
    window = window_of(row.box_mm, AROUND_MM + 1.0, pair)
    lost = lost_ink(pair, window, ink)
    band = band_of(pair, window, row)
    boxes, aside = confined(page, pair, row, ink)
    elsewhere = lost * (band & ~aside)
    printed_over = overprint(page)[0][window]
    flanks = lost_ink(pair, window, ink, faint=True) * band
    strokes = []
    for box in boxes:
        # parts of one stroke may have the character's own ink between them
        cell = grown(box, round(_CELL_HEIGHTS * row.letter_mm * pair.px_per_mm))
        area = float(flanks[cell].sum()) / per_mm2
        below = float(printed_over[grown(box, 0)].mean()) > _OVERPRINTED
        if below and area < _BELOW_PRINT_MM2:
            continue
        elsewhere[cell] = 0.0
        strokes.append((area, _on_page(pair, window, box)))
    return _RowLost(
        tuple(strokes),
        float(elsewhere[~printed_over].sum()) / per_mm2,
        float(elsewhere[printed_over].sum()) / per_mm2,
    )


def _on_page(pair: LightPair, window: Window, box: Box) -> BoxMm:
    scale = pair.px_per_mm
    x, y, w, h = box
    return (window[1].start + x) / scale, (window[0].start + y) / scale, w / scale, h / scale


def _whole(boxes: Sequence[BoxMm]) -> BoxMm:
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, low = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    return (left, top, right - left, low - top)
