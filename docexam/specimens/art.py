"""Calling the artwork that a design names, and keeping what every document of it shares."""

from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from docexam.errors import SettingsError
from docexam.specimens.physics.materials import material_named
from docexam.specimens.seeds import rng_for
from docexam.specimens.stack import Layer, trimmed

if TYPE_CHECKING:
    from docexam.specimens.design import Art
    from docexam.specimens.grid import Coverage, Grid

Artwork = Callable[..., Any]
_PACKAGE = "docexam.specimens.artwork"


def artwork_named(name: str) -> Artwork:
    """The function `module.function` of the artwork; SettingsError where there is none."""
    module, _, function = name.rpartition(".")
    try:
        found = getattr(importlib.import_module(f"{_PACKAGE}.{module}"), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingsError(
            f"There is no artwork {name!r}.",
            code="specimen.artwork",
            hint="Name it as module.function below docexam/specimens/artwork.",
        ) from error
    return cast("Artwork", found)


def art_layers(art: Art, grid: Grid, design: str, sheet: int) -> list[Layer]:
    """The layers of one entry of a design on `grid`; `sheet` is the document's seed."""
    text = json.dumps(art.model_dump(mode="json"), sort_keys=True)
    if art.each_sheet:
        return _drawn(text, grid, design, sheet)
    return list(_shared(text, grid, design))


@lru_cache(maxsize=64)
def _shared(text: str, grid: Grid, design: str) -> tuple[Layer, ...]:
    return tuple(_drawn(text, grid, design, -1))


def _drawn(text: str, grid: Grid, design: str, sheet: int) -> list[Layer]:
    from docexam.specimens.design import Art

    art = Art.model_validate_json(text)
    box = art.box_mm or (0.0, 0.0, grid.width_mm, grid.height_mm)
    column, row, columns, rows = grid.box_px(box)
    size_mm = (columns / grid.px_per_mm, rows / grid.px_per_mm)
    rng = rng_for("art", design, art.name, art.seed, sheet)
    maps = _maps(art, size_mm, grid.px_per_mm, rng)
    if len(maps) != len(art.inks):
        raise SettingsError(
            f"The layer {art.name!r} of the design {design!r} names {len(art.inks)} inks, "
            f"and its artwork has {len(maps)}.",
            code="specimen.design-file",
            hint="Name one ink for each map.",
        )
    layers = []
    for at, (ink, drawn) in enumerate(zip(art.inks, maps, strict=True)):
        coverage = np.asarray(drawn, np.float32) * np.float32(art.density)
        for left in art.leave_mm:
            _leave(coverage, grid, left, column, row)
        for place in art.pale_mm:
            _pale(coverage, grid, place, art.pale, (column, row))
        name = art.name if len(maps) == 1 else f"{art.name}-{at + 1}"
        layer = trimmed(
            name, art.role, material_named(ink), coverage, row=row, column=column, group=art.name
        )
        if layer is not None:
            layer.coverage.setflags(write=False)
            layers.append(layer)
    return layers


def _maps(
    art: Art, size_mm: tuple[float, float], px_per_mm: float, rng: np.random.Generator
) -> tuple[Coverage, ...]:
    try:
        function = artwork_named(art.art)
        drawing = (rng,) if "rng" in inspect.signature(function).parameters else ()
        drawn = function(size_mm, px_per_mm, *drawing, **_tuples(art.parameters))
        maps = tuple(drawn) if isinstance(drawn, tuple | list) else (drawn,)
        if art.rainbow is not None:
            from docexam.specimens.artwork import rainbow

            share = rainbow.split_fountain(size_mm, px_per_mm, **_tuples(art.rainbow))
            maps = tuple(each for one in maps for each in rainbow.inks(one, share))
    except TypeError as error:
        raise SettingsError(
            f"The parameters of the layer {art.name!r} do not fit {art.art}: {error}.",
            code="specimen.design-file",
        ) from error
    return maps


def _tuples(parameters: dict[str, Any]) -> dict[str, Any]:
    """Lists of the file as tuples, which is what artwork takes."""

    def one(value: Any) -> Any:  # noqa: ANN401 - a value of a TOML file
        return tuple(one(each) for each in value) if isinstance(value, list) else value

    return {key: one(value) for key, value in parameters.items()}


def _leave(
    coverage: Coverage, grid: Grid, box_mm: tuple[float, float, float, float], column: int, row: int
) -> None:
    left, top, columns, rows = grid.box_px(box_mm)
    x0, y0 = max(0, left - column), max(0, top - row)
    x1, y1 = max(0, left + columns - column), max(0, top + rows - row)
    coverage[y0:y1, x0:x1] = 0


_SOFT_MM = 2.5


def _pale(
    coverage: Coverage,
    grid: Grid,
    box_mm: tuple[float, float, float, float],
    share: float,
    corner: tuple[int, int],
) -> None:
    """Thin the print within a box out to `share`, easing over its border."""
    x, y, w, h = box_mm
    across = (np.arange(coverage.shape[1]) + corner[0] + 0.5) / grid.px_per_mm
    down = (np.arange(coverage.shape[0]) + corner[1] + 0.5) / grid.px_per_mm
    inside_x = np.clip(np.minimum(across - x, x + w - across) / _SOFT_MM + 0.5, 0, 1)
    inside_y = np.clip(np.minimum(down - y, y + h - down) / _SOFT_MM + 0.5, 0, 1)
    inside = np.outer(inside_y, inside_x).astype(np.float32)
    coverage *= 1 - np.float32(1 - share) * inside
