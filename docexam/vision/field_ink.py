"""How the ink of each field of the visual zone answers to infrared, against white.

A field that was written anew in another ink answers otherwise than its neighbours (Doc 9303-2,
appendix C: IR-AB-ID, IR-TR-ID).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.nouns.report import FIELDS_OF_THE_HOLDER
from docexam.vision.field_runs import contrast_pair
from docexam.vision.field_spots import ink_spot
from docexam.vision.light_pair import levelled_pair
from docexam.vision.lost_ink import window_of
from docexam.vision.stroke_surround import Greyness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.nouns.report import VizField
    from docexam.vision.field_runs import ContrastPair, Field, TextRun
    from docexam.vision.page import PageView

NAMES = ("viz.ink-apart", "viz.ink")
_LEAST_FIELDS = 3
_ROOM_MM = 0.3
_CORE_SHARE = 0.7
_INK_FROM = 0.6
_LEAST_WHITE = 0.25
_AS_BLACK = 0.85
_BLACK = 0.75
_MANY_FIELDS, _LENS_APART = 5, 0.35
"""Strokes of one page are about alike: its lenses take about the same of each. Our starting value:
drawn genuine fields of one page differ by 0.02 where the lenses take 0.05."""


@dataclass(frozen=True, slots=True)
class FieldInk:
    """One field: what share of its contrast in white it keeps in infrared, and its uncertainty.

    `lens` is the part of it that the lenses of both lights have: fields of one page share most.
    """

    name: str
    box_mm: BoxMm
    white: float
    kept: float
    uncertainty: float
    lens: float = 0.0


def ink_of_runs(page: PageView, runs: Sequence[TextRun]) -> list[Measurement | NotMeasured]:
    """`viz.ink-apart` and `viz.ink` over runs of text that pass for fields."""
    missing = [light for light in ("ir", "white") if light not in page.lights]
    if missing:
        params = {"light": missing[0]}
        return [NotMeasured(n, page.page, ("ir",), "no-light", params) for n in NAMES]
    inks = field_inks(page, {f"{i + 1}": run.box_mm for i, run in enumerate(runs)})
    # captions in colour that pass for data vanish, and may be more than the data that were found
    inks = [ink for ink in inks if _is_black(page, ink.box_mm)]
    if inks:
        # other print that passes for text is paler than the black of the fields
        black = float(np.median([ink.white for ink in inks]))
        inks = [ink for ink in inks if ink.white >= _AS_BLACK * black]
    return _measured(page, inks)


def ink_of_fields(
    page: PageView, fields: Mapping[str, BoxMm], pair: ContrastPair | None = None
) -> list[Measurement | NotMeasured]:
    """Ink of fields whose places are known by name, such as those that a reader found.

    `viz.ink-apart`: the field whose ink answers farthest from the median of all; `viz.ink`: that
    median. Shares of the contrast in white; 1: as dark in infrared, 0: gone.
    """
    return _measured(page, field_inks(page, fields, pair))


def ink_of_viz(page: PageView, fields: Sequence[VizField]) -> list[Measurement]:
    """What the fields say that were read; empty without both lights.

    `viz.ink-apart.read` compares those of the holder with one another, from three on;
    `viz.ink-spot` looks within each of them and within the number where it is black: an ink in
    colour may half vanish by itself.
    """
    boxes = {field.name: field.box_mm for field in fields if field.name in FIELDS_OF_THE_HOLDER}
    number = {field.name: field.box_mm for field in fields if field.name == "document_number"}
    if not boxes or not {"white", "ir"} <= set(page.lights):
        return []
    pair = contrast_pair(page)
    apart = ink_of_fields(page, boxes, pair)[0]
    spot = ink_spot(page, boxes | {n: box for n, box in number.items() if _is_black(page, box)})
    found = []
    if isinstance(apart, Measurement):
        found.append(replace(apart, name=f"{apart.name}.read"))
    if isinstance(spot, Measurement):
        found.append(spot)
    return found


def _is_black(page: PageView, box: BoxMm) -> bool:
    pair = levelled_pair(page)
    return Greyness(page, pair, window_of(box, 0.0, pair)).of_print() >= _BLACK


def _measured(page: PageView, inks: list[FieldInk]) -> list[Measurement | NotMeasured]:
    if len(inks) < _LEAST_FIELDS:
        params = {"fields": float(len(inks))}
        return [NotMeasured(n, page.page, ("ir", "white"), "viz.few-fields", params) for n in NAMES]
    middle = float(np.median([ink.kept for ink in inks]))
    worst = max(inks, key=lambda ink: abs(ink.kept - middle))
    spread = 1.4826 * float(np.median([abs(ink.kept - middle) for ink in inks]))
    details: dict[str, float | str] = {
        "fields": float(len(inks)),
        "median": middle,
        "field": worst.name,
        "kept": worst.kept,
        "spread": spread,
    }
    wavelength = page.lights["ir"].wavelength_nm
    if wavelength is not None:
        details["wavelength_nm"] = wavelength
    apart = Measurement(
        name="viz.ink-apart",
        page=page.page,
        light=("ir", "white"),
        value=abs(worst.kept - middle),
        unit="1",
        uncertainty=float(np.hypot(_apart_u(worst, len(inks)), spread)),
        box_mm=worst.box_mm,
        details=details,
    )
    boxes = [ink.box_mm for ink in inks]
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, low = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    u = float(np.hypot(spread / np.sqrt(len(inks)), 0.02))
    whole = (left, top, right - left, low - top)
    level = Measurement(
        "viz.ink", page.page, ("ir", "white"), middle, "1", u, whole, details=details
    )
    return [apart, level]


def _apart_u(worst: FieldInk, fields: int) -> float:
    """Of one field against the others: where these are many, their spread shows what is shared."""
    share = _LENS_APART if fields >= _MANY_FIELDS else 1.0
    own = max(worst.uncertainty**2 - worst.lens**2, 0.0)
    return float(np.sqrt(own + (share * worst.lens) ** 2))


def field_inks(
    page: PageView, fields: Mapping[str, BoxMm], pair: ContrastPair | None = None
) -> list[FieldInk]:
    """The answer of each field whose ink shows in white; `pair` where it is known already."""
    pair = contrast_pair(page) if pair is None else pair
    white, infrared, scale = pair.white, pair.infrared, pair.px_per_mm
    spreads = [
        page.quality[light].edge_spread_mm if light in page.quality else None
        for light in ("white", "ir")
    ]
    found = []
    for name, box in fields.items():
        one = _part(white, scale, box)
        two = _part(infrared, scale, box)
        if one.size < 30 or one.shape != two.shape:
            continue
        deep = float(np.percentile(one, 98))
        if deep < _LEAST_WHITE:
            continue
        # the darkest points of each, as many as the middle of the strokes has: no need to lie alike
        core = max(5, round(_CORE_SHARE * float((one >= _INK_FROM * deep).sum())))
        shown = [float(np.sort(part, axis=None)[-core:].mean()) for part in (one, two)]
        blur = [0.05 if each is None else each for each in spreads]
        # the lenses of both lights take unequal parts of thin strokes
        unequal = 0.5 * abs(blur[1] ** 2 - blur[0] ** 2) / 0.25**2
        own = float(np.hypot(0.02, 0.3 / np.sqrt(core)))
        kept = shown[1] / max(shown[0], 1e-3)
        found.append(FieldInk(name, box, shown[0], kept, float(np.hypot(own, unequal)), unequal))
    return found


def _part(contrast: Field, scale: float, box: BoxMm) -> Field:
    x, y, w, h = box
    rows = slice(max(round((y - _ROOM_MM) * scale), 0), max(round((y + h + _ROOM_MM) * scale), 0))
    columns = slice(
        max(round((x - _ROOM_MM) * scale), 0), max(round((x + w + _ROOM_MM) * scale), 0)
    )
    return contrast[rows, columns]
