"""Printing a picture by process colours: how a portrait, or a whole counterfeit, gets on paper."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.artwork.guilloche import swelling_lines
from docexam.specimens.physics.cameras import camera_for
from docexam.specimens.physics.lamps import lamp_named
from docexam.specimens.physics.materials import Material, material_named

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.design import Technique
    from docexam.specimens.grid import Coverage

_LUMA = (0.2126, 0.7152, 0.0722)


@dataclass(frozen=True)
class Process:
    """Inks in the order cyan, magenta, yellow, black; one ink alone prints grey.

    `screen` is continuous tone, rows of dots that grow ("dots", `lines_per_inch`), or droplets
    strewn at random ("droplets"), or engraved lines that swell ("lines", `lines_per_inch`).
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
    "line-work": Process(("offset-violet",), "lines", 75),
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
    """A picture (rows, columns, 3), linear reflectance 0..1 in RGB, as coverages of inks.

    What each ink takes from red, green and blue is known from its spectrum, so the print has the
    picture's colours as far as its inks reach. `density` below 1 prints paler.
    """
    target = np.clip(picture / sheet_white(), 0.015, 1.0).astype(np.float32)
    if density < 1.0:
        target = target ** np.float32(density)
    if len(process.inks) < 3:
        tones = _grey_tones(target, process.inks)
    else:
        tones = _colour_tones(target, process)
    inks = []
    for at, (name, tone) in enumerate(zip(process.inks, tones, strict=True)):
        screened = _screen(tone, process, px_per_mm, _ANGLES_DEG[at % 4], rng)
        inks.append((material_named(name), screened))
    return inks


_LEAST_DEPTH = 0.5


def _grey_tones(target: NDArray[np.float32], inks: tuple[str, ...]) -> list[Coverage]:
    """One or two inks for tones of grey; of two, the second prints the shadows."""
    grey = target @ np.asarray(_LUMA, np.float32)
    tones: list[Coverage] = []
    for at, ink in enumerate(inks):
        # a pale or unseen ink cannot reach the picture's depth: its coverage follows the tone
        deepest = np.float32(max(float(taken(ink).max()), _LEAST_DEPTH))
        part = grey if at == 0 else np.minimum(grey * 2, 1)
        tones.append(np.asarray(np.clip((1 - part) / deepest, 0, 1), np.float32))
    return tones


_ROUNDS = 4


def _colour_tones(target: NDArray[np.float32], process: Process) -> list[Coverage]:
    """Cyan, magenta, yellow (and black), each allowing for what the others take besides."""
    reach = np.stack([taken(ink) for ink in process.inks]).astype(np.float32)
    planes = [np.ascontiguousarray(target[..., channel]) for channel in range(3)]
    black = np.zeros(target.shape[:2], np.float32)
    if len(process.inks) == 4:
        lightest = np.maximum(np.maximum(planes[0], planes[1]), planes[2])
        black = np.clip((1 - lightest) * np.float32(process.black_share), 0, 1)
        planes = [
            np.minimum(plane / (1 - black * reach[3, channel]), 1)
            for channel, plane in enumerate(planes)
        ]
    tones = [np.zeros(target.shape[:2], np.float32) for _ in range(3)]
    for _ in range(_ROUNDS):
        for own in range(3):
            others = np.ones(target.shape[:2], np.float32)
            for other in range(3):
                if other != own:
                    others *= 1 - tones[other] * reach[other, own]
            wanted = (1 - planes[own] / others) / reach[own, own]
            tones[own] = np.clip(wanted, 0, 1)
    return [*tones, black] if len(process.inks) == 4 else tones


@cache
def taken(ink: str) -> NDArray[np.float64]:
    """What a solid film of `ink` takes from red, green and blue of the sheet, (3,)."""
    kept = material_named(ink).transmission ** 2
    return 1 - _seen(kept) / _seen(np.ones_like(kept))


@cache
def sheet_white() -> NDArray[np.float32]:
    """The bare sheet in red, green and blue, (3,), as a share of a perfect white."""
    lamp, camera = lamp_named("white"), camera_for("colour")
    white = (camera.sensitivities * lamp.spectrum).sum(axis=1)
    return np.asarray(_seen(np.ones_like(lamp.spectrum)) / white, np.float32)


def _seen(kept: NDArray[np.float64]) -> NDArray[np.float64]:
    lamp, camera = lamp_named("white"), camera_for("colour")
    sheet = material_named("security-paper").scatter
    light = camera.sensitivities * lamp.spectrum * sheet * kept
    return np.asarray(light.sum(axis=1))


def _screen(
    tone: Coverage, process: Process, px_per_mm: float, angle_deg: float, rng: np.random.Generator
) -> Coverage:
    if process.screen == "dots":
        return dots(tone, px_per_mm, process.lines_per_inch, angle_deg)
    if process.screen == "droplets":
        return droplets(tone, px_per_mm, rng)
    if process.screen == "lines":
        return swelling_lines(tone, px_per_mm, pitch_mm=25.4 / process.lines_per_inch)
    return tone


def _dot_levels() -> NDArray[np.float64]:
    """The level of the dots' hills above which each share of the area lies, in 129 steps."""
    wave = np.cos(np.linspace(0, 2 * math.pi, 256, endpoint=False))
    hills = np.sort((0.5 + 0.25 * (wave[:, None] + wave[None, :])).ravel())
    return np.asarray(hills[np.linspace(0, hills.size - 1, 129).round().astype(int)])


_LEVELS = _dot_levels()


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
    sharp = np.float32(max(1.5, period_px / 1.6))
    level = np.interp(tone.ravel(), np.linspace(0, 1, _LEVELS.size), _LEVELS).reshape(tone.shape)
    grown = (level.astype(np.float32) - threshold.astype(np.float32)) * sharp + np.float32(0.5)
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
