from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from docexam.specimens.design import design_named
from docexam.specimens.document import Document, draw_document
from docexam.specimens.physics.cameras import camera_for
from docexam.specimens.physics.exposure import gains
from docexam.specimens.physics.lamps import lamp_named
from docexam.specimens.physics.render import render
from docexam.specimens.stack import PageStack

PPI = 150.0
Seen = Callable[[PageStack, str], NDArray[np.float32]]


@cache
def drawn(design: str = "uto-passport", seed: int = 7) -> Document:
    """A genuine document with all its pages."""
    made = design_named(design)
    return draw_document(made, seed, ppi=PPI, pages=tuple(made.pages))


def picture(stack: PageStack, light: str) -> NDArray[np.float32]:
    """(channels, rows, columns), linear, exposed, without lens and noise."""
    lamp = lamp_named(light)
    camera = camera_for(lamp.camera)
    return render(stack, lamp, camera) * gains(lamp, camera)[:, None, None]


@pytest.fixture(scope="session")
def seen() -> Seen:
    """Pictures of pages by light, each taken once."""
    taken: dict[tuple[int, str], tuple[PageStack, NDArray[np.float32]]] = {}

    def look(stack: PageStack, light: str) -> NDArray[np.float32]:
        key = (id(stack), light)
        if key not in taken:
            taken[key] = (stack, picture(stack, light))
        return taken[key][1]

    return look
