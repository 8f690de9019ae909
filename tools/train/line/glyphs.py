"""Glyph atlases: every character of the alphabet in several faces and stroke weights.

Cells are CELL_W x CELL_H pixels with a capital height of CAP pixels; values 0..1 are ink coverage.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

# the alphabet of the zone, and the one letter outside it that issuers are known to print
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<Ñ"
CAP = 30
CELL_W = 44
CELL_H = 52
SUPER = 4
HERE = Path(__file__).resolve()
OCRB = HERE.parents[3] / "docexam/specimens/fonts/OCRB.otf"
# (path, share of lines, draw every glyph on the centre of its own ink instead of its advance)
FACES: tuple[tuple[str, float, bool], ...] = (
    (str(OCRB), 0.76, False),
    ("/usr/share/fonts/opentype/ocr-b/OCRBL.otf", 0.02, False),
    ("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf", 0.03, False),
    ("/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf", 0.04, False),
    ("/usr/share/fonts/truetype/liberation/LiberationMono-Bold.ttf", 0.02, False),
    ("/usr/share/fonts/truetype/freefont/FreeMonoBold.ttf", 0.02, False),
    ("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf", 0.06, True),
    ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 0.03, True),
    ("/usr/share/fonts/truetype/ocr-a/OCRA.ttf", 0.02, False),
)
# stroke growth in pixels of the atlas (capital height 30): thin print to fat, smeared print
WEIGHTS = (-1.1, -0.6, 0.0, 0.5, 1.1, 1.8)


def _glyph(font: ImageFont.FreeTypeFont, char: str, centred: bool) -> np.ndarray:
    """Ink of one character at SUPER times the atlas size, baseline at a fixed row."""
    w, h = CELL_W * SUPER, CELL_H * SUPER
    image = Image.new("L", (w, h), 0)
    baseline = (CELL_H + CAP) / 2 * SUPER
    base = "N" if char == "Ñ" else char
    left, _, right, _ = font.getbbox(base, anchor="ls")
    x = w / 2 - (left + right) / 2 if centred else w / 2 - font.getlength(base) / 2
    ImageDraw.Draw(image).text((x, baseline), base, font=font, fill=255, anchor="ls")
    ink = np.array(image, np.uint8)
    if char == "Ñ":
        _tilde(ink, w / 2, baseline - CAP * SUPER)
    return ink


def _tilde(ink: np.ndarray, middle: float, top: float) -> None:
    """A tilde over a capital, in place."""
    x = np.linspace(-0.28, 0.28, 25) * CAP * SUPER
    y = top - CAP * SUPER * (0.17 + 0.055 * np.sin(x / (0.28 * CAP * SUPER) * np.pi))
    points = np.stack([x + middle, y], 1).round().astype(np.int32)
    cv2.polylines(ink, [points], False, 255, round(0.12 * CAP * SUPER), cv2.LINE_AA)


def _weigh(ink: np.ndarray, grow_px: float) -> np.ndarray:
    """The glyph with its stroke grown (or thinned) by `grow_px` atlas pixels on each side."""
    inside = cv2.distanceTransform((ink > 127).astype(np.uint8), cv2.DIST_L2, 5)
    outside = cv2.distanceTransform((ink <= 127).astype(np.uint8), cv2.DIST_L2, 5)
    signed = inside - outside + grow_px * SUPER
    soft = np.clip(signed / 2 + 0.5, 0, 1).astype(np.float32)
    return cv2.resize(soft, (CELL_W, CELL_H), interpolation=cv2.INTER_AREA)


def atlas(path: str, centred: bool) -> np.ndarray:
    """(weights, characters, CELL_H, CELL_W) float32 coverage of one face."""
    probe = ImageFont.truetype(path, 200)
    _, top, _, bottom = probe.getbbox("H", anchor="ls")
    size = 200 * CAP * SUPER / (bottom - top)
    font = ImageFont.truetype(path, round(size))
    inks = [_glyph(font, char, centred) for char in ALPHABET]
    return np.stack([[_weigh(ink, grow) for ink in inks] for grow in WEIGHTS]).astype(np.float32)


def load_faces() -> list[tuple[np.ndarray, float]]:
    """Atlases of the faces found on this machine with their shares; OCR-B must be there."""
    found = [(atlas(p, c), share) for p, share, c in FACES if Path(p).is_file()]
    total = sum(share for _, share in found)
    return [(faces, share / total) for faces, share in found]
