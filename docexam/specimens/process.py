"""Printing a picture by process colours: how a portrait, or a whole counterfeit, gets on paper."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.physics.materials import Material, material_named

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.design import Technique
    from docexam.specimens.grid import Coverage

_LUMA = (0.2126, 0.7152, 0.0722)
_PAPER = 0.82
"""Reflectance of the sheet under the print, in each third of the spectrum."""
_INK_REACH = 0.93
"""What a solid process ink takes from its own third of the spectrum."""


@dataclass(frozen=True)
class Process:
    """Inks in the order cyan, magenta, yellow, black; one ink alone prints grey.

    `screen` is continuous tone, rows of dots that grow ("dots", `lines_per_inch`), or droplets
    strewn at random ("droplets").
    """

    inks: tuple[str, ...]
    screen: str = "continuous"
    lines_per_inch: float = 0.0
    black_share: float = 0.0


PROCESSES: dict[str, Process] = {
    "dye-sublimation": Process(("process-cyan", "process-magenta", "process-yellow")),
    "laser": Process(("laser-engraved",)),
    "inkjet-dye": Process(
        ("process-cyan", "process-magenta", "process-yellow", "dye-black"), "droplets", 0, 0.7
    ),
    "inkjet-pigment": Process(
        ("process-cyan", "process-magenta", "process-yellow", "pigment-black"), "droplets", 0, 0.7
    ),
    "toner": Process(
        ("toner-cyan", "toner-magenta", "toner-yellow", "toner-black"), "dots", 150, 0.8
    ),
    "photo": Process(("process-cyan", "process-magenta", "process-yellow")),
}
_ANGLES_DEG = (15.0, 75.0, 0.0, 45.0)


def process_for(technique: Technique | str, inks: tuple[str, ...] | None = None) -> Process:
    """The process of `technique`, with other inks where `inks` names them."""
    process = PROCESSES[technique]
    if inks is None:
        return process
    return Process(inks, process.screen, process.lines_per_inch, process.black_share)


def printed(
    picture: NDArray[np.float32],
    process: Process,
    px_per_mm: float,
    rng: np.random.Generator,
    *,
    density: float = 1.0,
) -> list[tuple[Material, Coverage]]:
    """A picture (rows, columns, 3), linear reflectance 0..1 in RGB, as coverages of inks."""
    target = np.clip(picture / np.float32(_PAPER), 0.02, 1.0)
    if len(process.inks) == 1:
        grey = target @ np.asarray(_LUMA, np.float32)
        tones = [1 - grey]
    elif len(process.inks) == 2:
        grey = target @ np.asarray(_LUMA, np.float32)
        tones = [1 - target[..., 0], 1 - grey]
    else:
        tones = list(np.moveaxis(1 - target, -1, 0))
    reach = np.float32(density / _INK_REACH)
    tones = [np.clip(tone * reach, 0, 1).astype(np.float32) for tone in tones]
    if len(process.inks) == 4:
        black = np.minimum(np.minimum(tones[0], tones[1]), tones[2]) * process.black_share
        tones = [np.clip((tone - black) / (1 - black), 0, 1) for tone in tones]
        tones.append(black.astype(np.float32))
    inks = []
    for at, (name, tone) in enumerate(zip(process.inks, tones, strict=True)):
        screened = _screen(tone, process, px_per_mm, _ANGLES_DEG[at % 4], rng)
        inks.append((material_named(name), screened))
    return inks


def _screen(
    tone: Coverage, process: Process, px_per_mm: float, angle_deg: float, rng: np.random.Generator
) -> Coverage:
    if process.screen == "dots":
        return dots(tone, px_per_mm, process.lines_per_inch, angle_deg)
    if process.screen == "droplets":
        return droplets(tone, px_per_mm, rng)
    return tone


def dots(tone: Coverage, px_per_mm: float, lines_per_inch: float, angle_deg: float) -> Coverage:
    """`tone` as rows of growing dots, antialiased on the grid."""
    period_px = px_per_mm * 25.4 / lines_per_inch
    turn = math.radians(angle_deg)
    scale = 2 * math.pi / period_px
    x = np.arange(tone.shape[1], dtype=np.float32)[None, :]
    y = np.arange(tone.shape[0], dtype=np.float32)[:, None]
    across = np.cos(scale * (x * math.cos(turn) + y * math.sin(turn)))
    down = np.cos(scale * (y * math.cos(turn) - x * math.sin(turn)))
    threshold = 0.5 + 0.25 * (across + down)
    # the flank of a dot spans about one grid point
    sharp = np.float32(max(1.5, period_px / math.pi))
    grown = (tone - threshold.astype(np.float32)) * sharp + np.float32(0.5)
    return np.asarray(np.clip(grown, 0, 1), np.float32)


_DROPLET_MM = 0.045


def droplets(tone: Coverage, px_per_mm: float, rng: np.random.Generator) -> Coverage:
    """`tone` as droplets strewn at random, about 45 micrometres wide."""
    grain = max(1.0, _DROPLET_MM * px_per_mm)
    rows, columns = tone.shape
    small = (max(1, math.ceil(rows / grain)), max(1, math.ceil(columns / grain)))
    noise = rng.random(small, dtype=np.float32)
    if grain > 1.0:
        noise = np.asarray(
            cv2.resize(noise, (columns, rows), interpolation=cv2.INTER_NEAREST), np.float32
        )
    hard = np.clip((tone - noise) * np.float32(6) + np.float32(0.5), 0, 1)
    # where a grid point is wider than a droplet it holds several, and the grain averages out
    share = np.float32(min(1.0, (_DROPLET_MM * px_per_mm) ** 2))
    return np.asarray(tone + (hard - tone) * share, np.float32)
