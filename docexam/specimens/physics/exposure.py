"""How a device sets its exposure: on a white tile, or on office paper under ultraviolet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.errors import UsageError
from docexam.specimens.physics.answers import answer
from docexam.specimens.physics.lamps import Lamp, lamp_named
from docexam.specimens.physics.materials import material_named

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.physics.cameras import Camera

WHITE_LEVEL = 0.90
"""Linear level of a perfect white tile in white and infrared light."""
PAPER_GLOW_LEVEL = 0.85
"""Linear level of the brightest channel of office paper under ultraviolet."""
_LIGHT_THROUGH_PAPER = 0.30


def gains(lamp: Lamp, camera: Camera) -> NDArray[np.float32]:
    """Gain of each channel, (channels,), for the nominal `lamp`."""
    if lamp.camera == "fluorescence":
        if lamp.geometry == "off":
            lamp = lamp_named("uv")
        return np.full(camera.channels, PAPER_GLOW_LEVEL / paper_glow(lamp, camera), np.float32)
    white = (camera.sensitivities * lamp.spectrum).sum(axis=1)
    level = WHITE_LEVEL
    if lamp.geometry == "transmitted":
        level = WHITE_LEVEL / _LIGHT_THROUGH_PAPER
    return np.asarray(level / white, np.float32)


def paper_glow(lamp: Lamp, camera: Camera) -> float:
    """The brightest channel of ordinary office paper's own glow under `lamp`, before exposure."""
    paper = material_named("office-paper")
    given = answer(paper, lamp)
    if given.glow is None:
        raise UsageError(
            f"The lamp {lamp.name!r} excites no glow, so a fluorescence camera has no exposure.",
            code="specimen.lamp",
            hint='Set its camera to "colour" or "infrared".',
        )
    glow = given.glow * (1 + paper.scatter) / 2
    return float((camera.sensitivities * glow).sum(axis=1).max())
