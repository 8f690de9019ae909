from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from docexam.capture.capture_set import open_capture_set
from docexam.specimens.series import Job, draw_specimen, write_specimen
from docexam.vision.page_from_capture import SeenPages, see_page
from docexam.vision.plane import apply, inverse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docexam.specimens.document import Document
    from docexam.specimens.truth import Attack
    from docexam.vision.page import PageView

TODAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Taken:
    """A capture set on the disk and what is true of it."""

    folder: Path
    truth: dict[str, Any]

    def see(self, page: str = "data") -> SeenPages:
        capture = open_capture_set(self.folder)
        wanted = next(each for each in capture.capture.pages if each.page == page)
        return see_page(capture, wanted, today=TODAY)

    def corner_errors_mm(self, view: PageView) -> dict[str, float]:
        """By light, how far the farthest true corner lies from the nominal one."""
        width, height = view.size_mm
        nominal = np.array([[0, 0], [width, 0], [width, height], [0, height]])
        return {
            light: float(np.linalg.norm(self.corners_mm(view, light) - nominal, axis=1).max())
            for light in view.lights
        }

    def corners_mm(self, view: PageView, light: str) -> np.ndarray[Any, Any]:
        # truth counts from the corner of the first pixel, the page from its middle
        corners = np.array(self.truth["corners_px"][view.page][light]) - 0.5
        return np.asarray(apply(inverse(view.lights[light].to_px), corners))


def take(
    folder: Path,
    change: Callable[[Document], tuple[Document, tuple[Attack, ...]]] | None = None,
    **job: Any,
) -> Taken:
    specimen = draw_specimen(Job(**{"name": "one", "seed": 7, "ppi": 200.0, **job}), change)
    where = write_specimen(specimen, folder)
    truth = json.loads((folder / "truth" / f"{specimen.job.name}.json").read_text())
    return Taken(where, truth)


@pytest.fixture(scope="session")
def passport(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """A passport on the flatbed, three lights some pixels apart."""
    return take(tmp_path_factory.mktemp("passport"), design="uto-passport")


@pytest.fixture(scope="session")
def passport_seen(passport: Taken) -> SeenPages:
    return passport.see()
