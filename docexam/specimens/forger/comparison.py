"""One attack beside the genuine document: a row for each severity, a column for each light.

`python -m docexam.specimens.forger.comparison FOLDER ATTACK...` writes one JPEG an attack.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageDraw

from docexam.nouns.capture_set import LIGHTS
from docexam.specimens.capturing.devices import device_named
from docexam.specimens.capturing.placement import placed
from docexam.specimens.capturing.shoot import shoot
from docexam.specimens.design import design_named
from docexam.specimens.document import draw_document
from docexam.specimens.forger.catalogue import attack_named
from docexam.specimens.forger.forge import forge
from docexam.specimens.forger.work import grown, joined
from docexam.specimens.text import load_font

if TYPE_CHECKING:
    from docexam.nouns.capture_set import Light
    from docexam.specimens.capturing.shoot import Shot
    from docexam.specimens.design import BoxMm
    from docexam.specimens.document import Document
    from docexam.specimens.stack import PageStack

SEVERITIES = (1.0, 0.5, 0.1)
_TILE_PX, _HIGHEST_PX, _BAND_PX, _GAP_PX = 440, 420, 24, 6
_GROUND, _WRITING = (52, 56, 60), (225, 228, 230)
_MARGIN_MM = 4.0
_PPI = 300.0
_DESIGN, _SEED = "uto-passport", 7


def comparison(
    document: Document, name: str, lights: tuple[Light, ...] | None = None
) -> Image.Image:
    """The genuine document above and the attack at three severities below, cut to its place.

    `lights` None takes white, infrared, ultraviolet and those that show the attack best.

    Raises:
        UsageError: an attack that is unknown, or that the document does not allow.
    """
    kind = attack_named(name)
    wanted = lights or tuple(each for each in LIGHTS if each in {"white", "ir", "uv", *kind.lights})
    forged = [(f"{severity:g}", *forge(document, (name,), severity)) for severity in SEVERITIES]
    page = forged[0][2][0].page
    boxes = [box for _, _, told in forged for each in told if each.page == page
             for box in each.boxes_mm]  # fmt: skip
    place = grown(joined(*boxes), _MARGIN_MM, document.pages[page].grid)
    rows = [("genuine", document.pages[page])]
    rows += [(f"severity {label}", changed.pages[page]) for label, changed, _ in forged]
    scale = min(_TILE_PX / place[2], _HIGHEST_PX / place[3])
    width, height = round(scale * place[2]), round(scale * place[3])
    size = (
        len(wanted) * (width + _GAP_PX) + _GAP_PX,
        len(rows) * (height + _BAND_PX + _GAP_PX) + _GAP_PX,
    )
    sheet = Image.new("RGB", size, _GROUND)
    draw, font = ImageDraw.Draw(sheet), load_font("sans", 14.0)
    for row, (label, stack) in enumerate(rows):
        y = _GAP_PX + row * (height + _BAND_PX + _GAP_PX)
        for column, shot in enumerate(_shots(stack, wanted)):
            x = _GAP_PX + column * (width + _GAP_PX)
            title = f"{label}, {shot.image.light}"
            draw.text((x, y + 3), title, font=font, fill=_WRITING)
            sheet.paste(_tile(shot, place, (width, height)), (x, y + _BAND_PX))
    return sheet


def _shots(stack: PageStack, lights: tuple[Light, ...]) -> list[Shot]:
    ppi = stack.grid.ppi
    where = placed(stack.grid, ppi)
    return shoot(
        stack, lights, device_named("flatbed"), ppi=ppi, seed="comparison", placement=where
    )


def _tile(shot: Shot, place: BoxMm, size_px: tuple[int, int]) -> Image.Image:
    x, y, w, h = place
    (left, top), (right, bottom) = shot.placement.to_px([(x, y), (x + w, y + h)])
    picture = shot.picture[max(0, round(top)) : round(bottom), max(0, round(left)) : round(right)]
    if picture.ndim == 2:
        picture = np.repeat(picture[..., None], 3, axis=2)
    how = cv2.INTER_AREA if picture.shape[1] > size_px[0] else cv2.INTER_CUBIC
    fitted = np.asarray(cv2.resize(picture, size_px, interpolation=how))
    return Image.fromarray(np.ascontiguousarray(fitted[..., ::-1]))


def example(name: str, lights: tuple[Light, ...] | None = None) -> Image.Image:
    """The comparison on the passport of Utopia with all its pages."""
    design = design_named(_DESIGN)
    document = draw_document(design, _SEED, ppi=_PPI, pages=tuple(design.pages))
    return comparison(document, name, lights)


if __name__ == "__main__":
    for attack in sys.argv[2:]:
        picture = example(attack)
        picture.save(Path(sys.argv[1]) / f"forger-{attack}.jpg", quality=78, optimize=True)
