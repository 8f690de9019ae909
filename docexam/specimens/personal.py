"""Personalisation: what the issuing office prints for one holder on a blank page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.faces import Face, draw_face, draw_signature
from docexam.specimens.mrz_print import GENUINE_PRINT, MrzPrint, draw_mrz, zone_quad_mm
from docexam.specimens.physics.materials import material_named
from docexam.specimens.physics.spectra import WAVELENGTHS_NM
from docexam.specimens.process import printed, process_for
from docexam.specimens.seeds import rng_for
from docexam.specimens.stack import Layer, Role, trimmed
from docexam.specimens.text import draw_text, text_width_mm

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.design import (
        BoxMm,
        Design,
        FieldPlace,
        PortraitPlace,
        SignaturePlace,
    )
    from docexam.specimens.grid import Coverage, Grid
    from docexam.specimens.physics.materials import Material

_FONTS_BY_SCRIPT = {"latn": "sans", "cyrl": "sans", "arab": "arabic"}


@dataclass(frozen=True)
class Placed:
    """Layers, and the boxes (x, y, w, h) in mm of what they show, by its name.

    `visa_lines` is the zone of a visa among them.
    """

    layers: tuple[Layer, ...]
    boxes_mm: dict[str, BoxMm]
    visa_lines: tuple[str, ...] = ()


def field_em_mm(place: FieldPlace, text: str) -> float:
    """The em of a value: smaller than planned where the text would not fit."""
    font = field_font(place)
    width = text_width_mm(text, font=font, em_mm=place.em_mm, script=place.script)
    return place.em_mm * min(1.0, place.width_mm / width) if width > 0 else place.em_mm


def field_font(place: FieldPlace) -> str:
    """The font of a field's value; Arabic text always takes the Arabic font."""
    return "arabic" if place.script == "arab" else place.font


def draw_field(
    grid: Grid, place: FieldPlace, text: str, ink: str, *, font: str | None = None
) -> Placed:
    """The value of one field; `font` replaces the design's."""
    coverage = grid.empty()
    em_mm = field_em_mm(place, text)
    font = font or field_font(place)
    draw_text(
        coverage,
        grid,
        text,
        x_mm=place.x_mm,
        baseline_mm=place.baseline_mm,
        font=font,
        em_mm=em_mm,
        align=place.align,
        script=place.script,
    )
    name = f"{place.role}-{place.field}"
    layer = trimmed(name, place.role, material_named(ink), coverage, group=place.field)
    if layer is None:
        return Placed((), {})
    return Placed((layer,), {place.field: layer.box_mm(grid)})


def draw_labels(grid: Grid, places: tuple[FieldPlace, ...]) -> tuple[Layer, ...]:
    """The captions above the fields, one layer an ink."""
    by_ink: dict[str, Coverage] = {}
    for place in places:
        if not place.label:
            continue
        coverage = by_ink.setdefault(place.label_ink, grid.empty())
        draw_text(
            coverage,
            grid,
            place.label,
            x_mm=place.x_mm,
            baseline_mm=place.baseline_mm - place.em_mm * 1.02,
            font=_FONTS_BY_SCRIPT[place.label_script],
            em_mm=place.label_em_mm,
            align=place.align,
            script=place.label_script,
        )
    layers = [
        trimmed(f"labels-{ink}", "captions", material_named(ink), coverage, group="labels")
        for ink, coverage in by_ink.items()
    ]
    return tuple(layer for layer in layers if layer is not None)


def draw_portrait(
    grid: Grid, place: PortraitPlace, face: Face, *, role: Role = "portrait", name: str = "portrait"
) -> Placed:
    """The holder's face by the place's technique."""
    column, row, columns, rows = grid.box_px(place.box_mm)
    size_mm = (columns / grid.px_per_mm, rows / grid.px_per_mm)
    process = process_for(place.technique, place.inks)
    few = len(process.inks) < 3
    shines = few and all(_only_glows(material_named(ink)) for ink in process.inks)
    picture = draw_face(size_mm, grid.px_per_mm, face, cut_out=few, in_light=shines)
    rng = rng_for("print", face.seed, name)
    border = _soft_border((rows, columns), place.fade_mm * grid.px_per_mm)
    layers: list[Layer] = []
    if place.technique == "photo":
        base = material_named("photo-paper")
        layers.append(Layer(f"{name}-base", role, base, border, row, column, name))
    if shines:
        inks = _in_light(picture, process.inks, place.density)
    else:
        inks = printed(picture, process, grid.px_per_mm, rng, density=place.density)
    for at, (material, coverage) in enumerate(inks):
        layer = trimmed(
            f"{name}-{at + 1}",
            role,
            material,
            np.asarray(coverage * border, np.float32),
            row=row,
            column=column,
            group=name,
        )
        if layer is not None:
            layers.append(layer)
    return Placed(tuple(layers), {name: place.box_mm})


_CLEAR = 0.9
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


def _in_light(
    picture: NDArray[np.float32], inks: tuple[str, ...], density: float
) -> list[tuple[Material, Coverage]]:
    """A picture in fluorescent ink: the lighter the face, the more ink."""
    light = np.clip(picture @ _LUMA, 0, 1).astype(np.float32) * np.float32(density)
    return [(material_named(ink), light) for ink in inks]


def _only_glows(ink: Material) -> bool:
    """Whether an ink is unseen by day and fluoresces: its picture is made of light."""
    visible = ink.transmission[(WAVELENGTHS_NM >= 450) & (WAVELENGTHS_NM <= 700)]
    return bool(ink.fluorescence) and float(visible.mean()) > _CLEAR


def _soft_border(shape: tuple[int, int], fade_px: float) -> Coverage:
    border = np.ones(shape, np.float32)
    if fade_px < 1:
        return border
    width = max(1, round(fade_px))
    ramp = (np.arange(width, dtype=np.float32) + 0.5) / width
    ramp = ramp * ramp * (3 - 2 * ramp)
    border[:width] *= ramp[:, None]
    border[-width:] *= ramp[::-1, None]
    border[:, :width] *= ramp[None, :]
    border[:, -width:] *= ramp[None, ::-1]
    return border


def draw_holder_signature(grid: Grid, place: SignaturePlace, name: str, seed: int) -> Placed:
    """The signature in its box."""
    column, row, columns, rows = grid.box_px(place.box_mm)
    size_mm = (columns / grid.px_per_mm, rows / grid.px_per_mm)
    coverage = draw_signature(size_mm, grid.px_per_mm, name, seed)
    layer = trimmed(
        "signature",
        "signature",
        material_named(place.ink),
        coverage,
        row=row,
        column=column,
        group="signature",
    )
    return Placed(() if layer is None else (layer,), {"signature": place.box_mm})


_GRAIN_MM = 0.12
_GRAIN_DEPTH = 0.06


def print_grain(shape: tuple[int, int], px_per_mm: float, rng: np.random.Generator) -> Coverage:
    """How evenly a printer lays its ink: 1 at best, a few hundredths less in grains."""
    step = max(1.0, _GRAIN_MM * px_per_mm)
    small = (max(2, round(shape[0] / step)), max(2, round(shape[1] / step)))
    lattice = rng.random(small, dtype=np.float32)
    grains = cv2.resize(lattice, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(1 - np.float32(_GRAIN_DEPTH) * grains, np.float32)


def draw_zone(
    grid: Grid,
    design: Design,
    lines: tuple[str, ...],
    *,
    style: MrzPrint = GENUINE_PRINT,
    ink: str | None = None,
) -> Placed:
    """The machine readable zone."""
    coverage = grid.empty()
    draw_mrz(coverage, grid, design.place, lines, style)
    layer = trimmed("mrz", "mrz", material_named(ink or design.mrz_ink), coverage, group="mrz")
    if layer is not None:
        grain = print_grain(layer.coverage.shape, grid.px_per_mm, rng_for("grain", *lines))
        layer = replace(layer, coverage=layer.coverage * grain)
    (left, top), (right, _), (_, bottom), _ = zone_quad_mm(design.place, lines, style)
    box = (left, top, right - left, bottom - top)
    return Placed(() if layer is None else (layer,), {"mrz": box})
