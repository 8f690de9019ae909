"""A zone that is printed in the wrong place is measured against the page's edges, not its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docexam.specimens.mrz_print import MrzPrint
from docexam.specimens.personal import draw_zone
from tests.vision.page.conftest import take

if TYPE_CHECKING:
    from pathlib import Path

    from docexam.specimens.document import Document
    from docexam.specimens.truth import Attack


def moved_and_stretched(document: Document) -> tuple[Document, tuple[Attack, ...]]:
    page = document.pages["data"]
    style = MrzPrint(shift_mm=(-1.6, 1.2), pitch_mm=2.50)
    placed = draw_zone(page.grid, document.design, document.lines, style=style)
    change = document.pages["data"].changed(lambda old: placed.layers if old.name == "mrz" else old)
    return document.with_page(change), ()


def test_place_and_pitch_are_those_of_the_print(tmp_path: Path) -> None:
    taken = take(tmp_path, design="uto-passport", change=moved_and_stretched)
    (seen,) = taken.see().seen
    assert seen.view.anchor == "outline"
    assert max(taken.corner_errors_mm(seen.view).values()) < 0.12
    assert seen.zone is not None
    first, second = seen.zone.lines["ir"]
    assert first.centre_mm == pytest.approx(72.25 + 1.2, abs=0.15)
    assert second.centre_mm == pytest.approx(78.60 + 1.2, abs=0.15)
    assert first.first_x_mm == pytest.approx(6.88 - 1.6, abs=0.12)
    assert first.pitch_mm == pytest.approx(2.50, abs=0.008)
