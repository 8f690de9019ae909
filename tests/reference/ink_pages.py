"""Pages of one issue, drawn in literal millimetres on the model's grid, genuine and otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.page_sample import PageSample
from docexam.reference.placing import UNPLACED, Placing
from docexam.vision.page import LightView, PageView, Quality

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCALE = 8
ROWS, COLUMNS = 88 * SCALE, 125 * SCALE
PAPER = 0.8
TITLE = (5, 4, 34, 4)
MOTIF = (98, 16, 20, 14)
PORTRAIT = (6, 20, 30, 40)
GHOST = (100, 40, 15, 20)
FIELDS_Y = (20, 27, 34, 41, 48)


@dataclass(frozen=True)
class Look:
    """What one page shows: shares of the light that inks keep in infrared, and whose faces.

    `ghost_wider` is how much wider the face of the second portrait is drawn, in a box of one size.
    """

    title_ir: float = 0.95
    motif_ir: float = 0.6
    text_ir: float = 0.15
    face_ir: float = 0.0
    colour: float = 0.0
    ghost: float = 0.5
    ghost_of: int | None = None
    ghost_wider: float = 0.0
    ghost_ir: float = 0.0
    blur_ir_mm: float = 0.06


def page(
    holder: int, look: Look | None = None, *, lights: str = "white ir", placed: bool = True
) -> PageSample:
    """One page; `holder` is the face, the text and the noise."""
    look = look or Look()
    white, infrared = _printed(holder, look)
    pictures = {
        "white": _taken(white, 0.04, holder),
        "ir": _taken(infrared, look.blur_ir_mm, holder + 500),
    }
    pictures = {light: pictures[light] for light in lights.split()}
    seen = {light: np.ones((ROWS, COLUMNS), np.bool_) for light in pictures}
    view = PageView(
        page="data",
        format="TD3",
        size_mm=(125.0, 88.0),
        px_per_mm=float(SCALE),
        lights={light: _light(light, each) for light, each in pictures.items()},
        quality={light: Quality(300.0, 1.0, 0.0, 0.0, 0.003, 0.05) for light in pictures},
        scale_source="ppi",
        anchor="outline",
        scale_uncertainty=0.002,
    )
    placing = Placing(np.eye(3), 0.03, 0.9, 200) if placed else UNPLACED
    return PageSample(view, None, None, (), None, placing, pictures, seen)


def genuine(many: int = 5) -> list[PageSample]:
    """So many holders' pages."""
    return [page(holder) for holder in range(1, many + 1)]


def _printed(holder: int, look: Look) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    white = np.full((ROWS, COLUMNS, 3), PAPER, np.float32)
    infrared = np.full((ROWS, COLUMNS), PAPER, np.float32)
    bars = _bars(1.2, 0.6)
    for box, kept, stays in (
        (TITLE, (0.15, 0.15, 0.15), look.title_ir),
        (MOTIF, (0.45, 0.6, 0.95), look.motif_ir),
    ):
        cut = _window(box)
        for channel, share in enumerate(kept):
            white[(*cut, channel)] *= np.where(bars[cut], share, 1.0)
        infrared[cut] *= np.where(bars[cut], stays, 1.0)
    rng = np.random.default_rng(holder)
    for top in FIELDS_Y:
        cut = _window((44, top, 30, 2))
        ink = rng.random((1, 75)).repeat(3, axis=1)[:, : 30 * SCALE] < 0.5
        ink = np.repeat(cv2.resize(ink.astype(np.float32), (30 * SCALE, 1)), 2 * SCALE, axis=0)
        white[cut] *= (1 - 0.85 * ink)[..., None]
        infrared[cut] *= 1 - (1 - look.text_ir) * ink
    _lay_face(white, infrared, PORTRAIT, holder, 1.0, look.face_ir, look.colour)
    other = holder if look.ghost_of is None else look.ghost_of
    _lay_face(white, infrared, GHOST, other, look.ghost, look.ghost_ir, 0.0, look.ghost_wider)
    return white, infrared


def _lay_face(
    white: NDArray[np.float32],
    infrared: NDArray[np.float32],
    box: tuple[int, int, int, int],
    holder: int,
    strength: float,
    stays: float,
    colour: float,
    wider: float = 0.0,
) -> None:
    cut = _window(box)
    rows, columns = box[3] * SCALE, box[2] * SCALE
    shown = face(holder)
    if wider:
        middle = shown.shape[1] / 2
        stretch = np.array([[1 + wider, 0, -wider * middle], [0, 1, 0]])
        whole = cv2.warpAffine(shown, stretch, shown.shape[::-1], borderMode=cv2.BORDER_REFLECT)
        shown = np.asarray(whole, np.float32)
    dark = cv2.resize(shown, (columns, rows), interpolation=cv2.INTER_AREA) * strength
    tint = cv2.resize(face(holder + 900), (columns, rows), interpolation=cv2.INTER_AREA) - 0.5
    for channel, way in enumerate((-colour, 0.0, colour)):
        white[(*cut, channel)] *= np.clip(1 - dark + way * tint, 0.05, 1)
    infrared[cut] *= 1 - stays * dark


def face(holder: int) -> NDArray[np.float32]:
    """(320, 240) darkness 0.1 to 0.9 with coarse and fine features, other for each holder."""
    rng = np.random.default_rng(7000 + holder)
    total = np.zeros((320, 240), np.float32)
    for sigma, weight in ((30, 1.0), (8, 0.8), (4, 0.5)):
        field = cv2.GaussianBlur(rng.standard_normal((320, 240)).astype(np.float32), (0, 0), sigma)
        total += weight * field / field.std()
    return np.asarray(np.clip(0.5 + 0.16 * total, 0.1, 0.9), np.float32)


def _bars(pitch_mm: float, wide_mm: float) -> NDArray[np.bool_]:
    across = np.arange(COLUMNS) / SCALE % pitch_mm < wide_mm
    return np.repeat(across[None, :], ROWS, axis=0)


def _window(box: tuple[int, int, int, int]) -> tuple[slice, slice]:
    x, y, w, h = (side * SCALE for side in box)
    return slice(y, y + h), slice(x, x + w)


def _taken(printed: NDArray[np.float32], blur_mm: float, seed: int) -> NDArray[np.float32]:
    picture = cv2.GaussianBlur(printed, (0, 0), blur_mm * SCALE)
    noise = np.random.default_rng(seed).normal(0, 0.004, picture.shape)
    return np.asarray(np.clip(picture + noise, 0.002, 1), np.float32)


def _light(light: str, pixels: NDArray[np.float32]) -> LightView:
    mask = np.ones(pixels.shape[:2], np.bool_)
    corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    return LightView(light, pixels, mask, 300.0, np.eye(3), corners, wavelength_nm=870.0)
