"""A picture of what a model knows: each page in each light, with its regions marked and named."""

from __future__ import annotations

import colorsys
import io
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.document_model import DocumentModel, PageModel
    from docexam.reference.parts import Picture

_TILE_PX, _GAP_PX, _BAND_PX, _COLUMNS = 760, 12, 26, 3
_TEXT_MM = 2.0
_GROUND, _INK, _FAINT = (40, 43, 47), (236, 238, 240), (176, 182, 190)


def model_sheet(model: DocumentModel) -> bytes:
    """A PNG: a row of tiles a page, with the fixed print, every light and the parts' pictures."""
    rows = [
        tiles[at : at + _COLUMNS]
        for page in model.pages.values()
        for tiles in [list(_tiles(page))]
        for at in range(0, len(tiles), _COLUMNS)
    ]
    step = _TILE_PX + _GAP_PX
    heights = [max(tile.height for _, tile in row) + _BAND_PX + _GAP_PX for row in rows]
    across = min(_COLUMNS, max(len(row) for row in rows)) * step + _GAP_PX
    sheet = Image.new("RGB", (across, sum(heights) + 2 * _BAND_PX), _GROUND)
    draw = ImageDraw.Draw(sheet)
    heading = f"{model.key.name}   {model.format}   {model.learned_from} genuine captures"
    draw.text((_GAP_PX, 6), heading, font=_font(17), fill=_INK)
    y = 2 * _BAND_PX - _GAP_PX
    for row, height in zip(rows, heights, strict=True):
        for at, (title, tile) in enumerate(row):
            x = _GAP_PX + at * step
            draw.text((x, y + 3), title, font=_font(14), fill=_FAINT)
            sheet.paste(tile, (x, y + _BAND_PX))
        y += height
    kept = io.BytesIO()
    sheet.save(kept, "PNG")
    return kept.getvalue()


def _tiles(page: PageModel) -> Iterator[tuple[str, Image.Image]]:
    """Titles and tiles: the fixed print, each light with its regions, the parts' pictures."""
    yield f"{page.page}: fixed print", _tile(page.ground)
    for light, picture in page.looks.items():
        regions = [each for each in _regions(page) if _light_of(each[0]) == light]
        names = ", ".join(dict.fromkeys(part for part, _, _ in regions))
        title = f"{page.page}: {light}, where all are the same"
        tile = _marked(_tile(picture), regions, page)
        yield (f"{title}; marked: {names}" if names else title), tile
    for part in page.parts.values():
        for name, picture in part.pictures.items():
            yield f"{page.page}: {part.name}, {name}", _tile(_stretched(picture))


def _light_of(part: str) -> str:
    """The light in which a part's regions are marked."""
    return next((light for light in ("uv", "ir") if part.startswith(light)), "white")


def _stretched(picture: Picture) -> Picture:
    """A picture of small numbers, such as which motif stands where, so that they can be seen."""
    most = int(picture.max())
    if picture.ndim == 3 or not 0 < most < 100:
        return picture
    return np.asarray(picture * (255 // most), np.uint8)


def _regions(page: PageModel) -> Iterator[tuple[str, str, BoxMm]]:
    """(part, label, box) of every box among the facts, numbered where a part has several."""
    for part in page.parts.values():
        found = list(_boxes(part.facts, part.name))
        for at, (label, box) in enumerate(found, 1):
            own = label if label != part.name or len(found) == 1 else str(at)
            yield part.name, own, box


def _boxes(facts: Any, label: str) -> Iterator[tuple[str, BoxMm]]:  # noqa: ANN401 - any JSON
    if hasattr(facts, "items"):
        own = str(facts.get("name", label))
        if {"edge", "far", "baseline"} <= facts.keys():  # a line of text
            left, right = sorted((float(facts["edge"]), float(facts["far"])))
            yield own, (left, float(facts["baseline"]) - _TEXT_MM, right - left, _TEXT_MM)
        for name, value in facts.items():
            listed = isinstance(value, list | tuple) and str(name).endswith("mm")
            if listed and _is_box(value):
                yield own, (value[0], value[1], value[2], value[3])
            elif listed and all(_is_box(each) for each in value):
                yield from ((own, (each[0], each[1], each[2], each[3])) for each in value)
            else:
                yield from _boxes(value, own)
    elif isinstance(facts, list | tuple):
        for each in facts:
            yield from _boxes(each, label)


def _is_box(value: Any) -> bool:  # noqa: ANN401
    listed = isinstance(value, list | tuple) and len(value) == 4
    return listed and all(isinstance(side, int | float) for side in value)


def _tile(picture: Picture) -> Image.Image:
    colour = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR) if picture.ndim == 2 else picture
    height = max(1, round(colour.shape[0] * _TILE_PX / colour.shape[1]))
    if height > _TILE_PX:  # a tall little picture
        width = max(1, round(_TILE_PX * _TILE_PX / height))
        size = (width, _TILE_PX)
    else:
        size = (_TILE_PX, height)
    small = cv2.resize(colour, size, interpolation=cv2.INTER_AREA)
    return Image.fromarray(np.ascontiguousarray(small[..., ::-1]))


def _marked(tile: Image.Image, boxes: list[tuple[str, str, BoxMm]], page: PageModel) -> Image.Image:
    draw = ImageDraw.Draw(tile)
    scale = tile.width / page.size_mm[0]
    colours = _colours([part for part, _, _ in boxes])
    for part, label, (x, y, w, h) in boxes:
        corners = (x * scale, y * scale, (x + w) * scale, (y + h) * scale)
        draw.rectangle(corners, outline=colours[part], width=2)
        draw.text((corners[0] + 3, corners[1] + 1), label, font=_font(12), fill=colours[part],
                  stroke_width=2, stroke_fill=(0, 0, 0))  # fmt: skip
    return tile


def _colours(parts: list[str]) -> Mapping[str, tuple[int, int, int]]:
    """One colour a part, far from one another."""
    names = list(dict.fromkeys(parts))
    found = {}
    for at, name in enumerate(names):
        red, green, blue = colorsys.hsv_to_rgb(at / max(1, len(names)), 0.75, 1.0)
        found[name] = (round(255 * red), round(255 * green), round(255 * blue))
    return found


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
