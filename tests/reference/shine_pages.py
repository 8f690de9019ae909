"""Small pages in raking and coaxial light, laid on their model: a device, a film and its image."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.page_sample import PageSample
from docexam.vision.page import PageView, Quality

from .uv_model_pages import LAID, PX_PER_MM, SIZE_MM, view

if TYPE_CHECKING:
    from docexam.vision.page import Linear

DEVICE = (60.0, 20.0)
STARS = ((30.0, 15.0), (30.0, 50.0), (80.0, 50.0))
GOLD, BLUE = (0.02, 0.25, 0.40), (0.40, 0.10, 0.02)
LAMPS = ("oblique-n", "oblique-e")


def sample(
    seed: int,
    *,
    device: float = 1.0,
    shift_mm: float = 0.0,
    film: float = 0.3,
    image: float = 1.0,
    lamp: float = 1.0,
    lights: tuple[str, ...] = ("white", "coaxial", *LAMPS),
) -> PageSample:
    """One copy: a device of two colours, a film with stars in it, and data elsewhere on each.

    `device` and `image` are how strongly they show, the genuine being 1; `film` is what the film
    sends back of coaxial light, of which paper sends 0.35.
    """
    rng = np.random.default_rng(seed)
    shape = (round(SIZE_MM[1] * PX_PER_MM), round(SIZE_MM[0] * PX_PER_MM))
    paper = np.full((*shape, 3), 0.6, np.float32)
    for row in range(30):
        x = float(rng.uniform(2, 85))
        paper[_box(x, 3 + 2.2 * row, 9, 1.0)] = 0.03
    disc, star = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    at = [round((part + shift_mm) * PX_PER_MM) for part in DEVICE]
    cv2.circle(disc, at, round(6 * PX_PER_MM), 1.0, -1)
    cv2.circle(disc, at, round(3 * PX_PER_MM), 0.0, -1)
    for x, y in STARS:
        cv2.circle(star, (round(x * PX_PER_MM), round(y * PX_PER_MM)), 30, 1.0, -1)
    flash = device * disc[..., None]
    made: dict[str, np.ndarray] = {
        "white": paper,
        "oblique-n": (paper + flash * np.asarray(GOLD, np.float32)) * lamp,
        "oblique-e": (paper + flash * np.asarray(BLUE, np.float32)) * lamp,
        "coaxial": (0.35 * paper + film + 0.3 * image * star[..., None]) * lamp,
    }
    views = {light: view(light, _seen(made[light], rng)) for light in lights}
    page = PageView(
        page="data",
        format="TD3",
        size_mm=SIZE_MM,
        px_per_mm=PX_PER_MM,
        lights=views,
        quality={light: Quality(203.2, 1.0, 0.0, 0.0, 0.002) for light in lights},
        scale_source="ppi",
        anchor="outline",
        scale_uncertainty=0.002,
    )
    return PageSample(
        view=page,
        zone=None,
        fields=None,
        viz=(),
        captured_on=None,
        placing=LAID,
        pictures={light: each.pixels for light, each in views.items()},
        seen={light: each.mask for light, each in views.items()},
    )


def _seen(picture: np.ndarray, rng: np.random.Generator) -> Linear:
    soft = cv2.GaussianBlur(np.asarray(picture, np.float32), (0, 0), 0.5)
    noise = rng.normal(0, 0.002, soft.shape)
    return np.asarray(np.clip(soft + noise, 0, 1), np.float32)


def _box(x: float, y: float, w: float, h: float) -> tuple[slice, slice]:
    left, top, right, low = (round(part * PX_PER_MM) for part in (x, y, x + w, y + h))
    return slice(top, low), slice(left, right)
