"""A contact sheet: all lights of a specimen side by side, with the truth marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageDraw

from docexam.specimens.text import load_font
from docexam.specimens.truth import box_corners

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.capturing.shoot import Shot
    from docexam.specimens.series import Specimen

_TILE_PX = 760
_BAND_PX = 30
_GAP_PX = 10
_COLUMNS = 3
_GROUND = (52, 56, 60)
_PAGE = (255, 214, 64)
_ZONE = (90, 220, 120)
_ATTACK = (255, 70, 60)


def contact_sheet(specimen: Specimen, *, marked: bool = True) -> bytes:
    """The sheet as a PNG: the page's outline in yellow, the zone in green, attacks in red."""
    rows = _rows(specimen, marked=marked)
    heights = [max(tile.height for _, tile in row) + _BAND_PX + _GAP_PX for row in rows]
    across = max(len(row) for row in rows) * (_TILE_PX + _GAP_PX) + _GAP_PX
    sheet = Image.new("RGB", (across, sum(heights) + _GAP_PX + _BAND_PX), _GROUND)
    draw = ImageDraw.Draw(sheet)
    font = load_font("sans", 17.0)
    draw.text((_GAP_PX, 5), _heading(specimen), font=font, fill=(235, 235, 235))
    y = _BAND_PX + _GAP_PX
    for row, height in zip(rows, heights, strict=True):
        for at, (title, tile) in enumerate(row):
            x = _GAP_PX + at * (_TILE_PX + _GAP_PX)
            draw.text((x, y), title, font=font, fill=(200, 205, 210))
            sheet.paste(tile, (x, y + _BAND_PX))
        y += height
    return _png(np.asarray(sheet))


def _rows(specimen: Specimen, *, marked: bool) -> list[list[tuple[str, Image.Image]]]:
    """Titles and tiles; each page begins a new row."""
    rows = []
    for page, shots in specimen.shots.items():
        tiles = [
            (f"{page} - {shot.image.light}", _tile(specimen, page, shot, marked=marked))
            for shot in shots
        ]
        rows += [tiles[at : at + _COLUMNS] for at in range(0, len(tiles), _COLUMNS)]
    return rows


def _heading(specimen: Specimen) -> str:
    job = specimen.job
    parts = [job.name, job.design, f"seed {job.seed}", job.device, f"wear {job.wear:g}"]
    if not specimen.attacks:
        parts.append("genuine")
    parts += [f"{each.attack} {each.severity:g}" for each in specimen.attacks]
    return " | ".join(parts)


def _tile(specimen: Specimen, page: str, shot: Shot, *, marked: bool) -> Image.Image:
    picture = shot.picture
    if picture.ndim == 2:
        picture = np.repeat(picture[..., None], 3, axis=2)
    scale = _TILE_PX / picture.shape[1]
    size = (_TILE_PX, max(1, round(picture.shape[0] * scale)))
    small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
    tile = Image.fromarray(np.ascontiguousarray(small[..., ::-1]))
    if not marked:
        return tile
    draw = ImageDraw.Draw(tile)

    def outline(points: tuple[tuple[float, float], ...], colour: tuple[int, int, int]) -> None:
        draw.polygon([(x * scale, y * scale) for x, y in points], outline=colour)

    outline(shot.page_px, _PAGE)
    document = specimen.document
    if page == document.mrz_page and "mrz" in document.boxes_mm[page]:
        outline(_box_px(shot, document.boxes_mm[page]["mrz"]), _ZONE)
    for attack in specimen.attacks:
        if attack.page == page:
            for box in attack.boxes_mm:
                outline(_box_px(shot, box), _ATTACK)
    return tile


def _box_px(shot: Shot, box: tuple[float, float, float, float]) -> tuple[tuple[float, float], ...]:
    return shot.placement.to_px(box_corners(box))


def _png(picture: NDArray[np.uint8]) -> bytes:
    return cv2.imencode(".png", np.ascontiguousarray(picture[..., ::-1]))[1].tobytes()
