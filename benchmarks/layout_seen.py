"""Pages of `layout_pages` as they are seen: taken, found, straightened, and kept for later."""

from __future__ import annotations

import datetime as dt
import pickle
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from benchmarks.layout_pages import draw_layout
from docexam.evaluation.held_capture import held_capture
from docexam.specimens.capturing.devices import device_named
from docexam.specimens.capturing.shoot import shoot
from docexam.specimens.series import Job, Specimen
from docexam.specimens.wear import worn
from docexam.vision.page_from_capture import see_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.layout_pages import Layout
    from docexam.nouns.capture_set import Light
    from docexam.vision.page_from_capture import SeenPage

TODAY = dt.date(2026, 6, 1)
LIGHTS: tuple[Light, ...] = ("white", "ir")


@dataclass(frozen=True)
class Kept:
    """One drawn page as it was seen."""

    layout: Layout
    seen: SeenPage


def drawn(design: str, captions: str, seed: int, ppi: float, device: str) -> Kept | None:
    """One page as it is seen; None where its fields do not fit or no page is found."""
    layout = draw_layout(design, captions, seed, ppi)
    if layout is None:
        return None
    wear = (0.0, 0.15, 0.3)[seed % 3]
    stack = worn(layout.document.pages[layout.page], wear, seed)
    shots = shoot(stack, LIGHTS, device_named(device), ppi=ppi, seed=f"{design}/{seed}")
    job = Job("layout", design, seed, lights=LIGHTS, ppi=ppi, device=device, wear=wear)
    specimen = Specimen(job, layout.document, {layout.page: shots})
    capture, _ = held_capture(specimen)
    expected = layout.document.design.format
    seen = see_page(capture, capture.capture.pages[0], today=TODAY, expected=expected).seen
    return Kept(layout, seen[0]) if seen else None


def kept_page(folder: Path | None, key: str, draw: Callable[[], Kept | None]) -> Kept | None:
    """The page of this key from `folder`, drawn and put there where it is not."""
    file = folder / f"{key}.pickle" if folder is not None else None
    if file is not None and file.exists():
        kept: Kept | None = pickle.loads(file.read_bytes())  # noqa: S301 - written here
        return kept
    kept = draw()
    if kept is not None:  # layers are large, and nothing here asks for them
        bare = replace(kept.layout, document=replace(kept.layout.document, pages={}))
        kept = replace(kept, layout=bare)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pickle.dumps(kept))
    return kept
