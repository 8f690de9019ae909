"""Process printing: the colours of the picture, by inks that answer infrared as they should."""

from __future__ import annotations

import numpy as np
import pytest

from docexam.specimens.grid import Grid
from docexam.specimens.physics.cameras import camera_for
from docexam.specimens.physics.exposure import WHITE_LEVEL, gains
from docexam.specimens.physics.lamps import lamp_named
from docexam.specimens.physics.materials import material_named
from docexam.specimens.physics.render import render
from docexam.specimens.process import PROCESSES, dots, printed, process_for
from docexam.specimens.seeds import rng_for
from docexam.specimens.stack import Layer, PageStack

COLOURS = np.array(
    [(0.7, 0.7, 0.7), (0.3, 0.3, 0.3), (0.6, 0.4, 0.3), (0.3, 0.18, 0.12), (0.2, 0.3, 0.45)]
)
GRID = Grid(2.0 * len(COLOURS), 2.0, 20.0)


def _print(technique: str, light: str) -> np.ndarray:
    """Mean linear colour of each patch, (patches, channels), as a share of white."""
    picture = np.repeat(COLOURS[None], GRID.rows, axis=0).repeat(40, axis=1).astype(np.float32)
    layers = [Layer("sheet", "substrate", material_named("security-paper"), GRID.empty() + 1)]
    inks = printed(picture, process_for(technique), GRID.px_per_mm, rng_for("test"))
    layers += [Layer(ink.name, "portrait", ink, coverage) for ink, coverage in inks]
    stack = PageStack("data", GRID, tuple(layers), GRID.empty() + 1, material_named("bed-white"))
    lamp = lamp_named(light)
    camera = camera_for(lamp.camera)
    levels = render(stack, lamp, camera) * gains(lamp, camera)[:, None, None] / WHITE_LEVEL
    return levels.reshape(camera.channels, GRID.rows, len(COLOURS), 40).mean(axis=(1, 3)).T


@pytest.mark.parametrize("technique", ["dye-sublimation", "toner", "inkjet-dye", "inkjet-pigment"])
def test_colours_come_out_as_in_the_picture(technique: str) -> None:
    assert _print(technique, "white") == pytest.approx(COLOURS, abs=0.1)


def test_engraving_gives_the_tones_in_grey() -> None:
    shown = _print("laser", "white")
    luma = COLOURS @ [0.2126, 0.7152, 0.0722]
    assert shown.mean(axis=1) == pytest.approx(luma, abs=0.07)
    assert np.ptp(shown, axis=1).max() < 0.1


def test_what_remains_in_infrared() -> None:
    left = {technique: _print(technique, "ir")[:, 0] for technique in PROCESSES}
    for vanishes in ("dye-sublimation", "inkjet-dye", "photo"):
        assert left[vanishes].min() > 0.70
    for stays in ("laser", "toner", "inkjet-pigment"):
        assert left[stays][3] < 0.55


def test_dots_keep_the_tone_and_the_ruling() -> None:
    tone = np.full((400, 400), 0.3, np.float32)
    screened = dots(tone, px_per_mm=40.0, lines_per_inch=150.0, angle_deg=0.0)
    assert screened.mean() == pytest.approx(0.3, abs=0.03)
    spectrum = np.abs(np.fft.rfft(screened.mean(axis=0) - screened.mean()))
    # 150 lines to the inch over 10 mm
    assert spectrum.argmax() == pytest.approx(59, abs=1)
