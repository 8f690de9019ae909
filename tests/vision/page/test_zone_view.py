"""Where characters stand, measured from their ink, against the millimetres of Doc 9303."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from docexam.vision.page_from_capture import SeenPages
    from docexam.vision.zone_view import ZoneView
    from tests.vision.page.conftest import Taken


@pytest.fixture(scope="module")
def zone(passport_seen: SeenPages) -> ZoneView:
    found = passport_seen.seen[0].zone
    assert found is not None
    return found


@pytest.mark.parametrize("light", ["ir", "white"])
def test_lines_stand_where_the_standard_puts_them(zone: ZoneView, light: str) -> None:
    first, second = zone.lines[light]
    # 15.75 and 9.40 above the bottom edge of 88 mm; the first glyph's left edge at 6.0
    assert first.centre_mm == pytest.approx(72.25, abs=0.15)
    assert second.centre_mm == pytest.approx(78.60, abs=0.15)
    for line in (first, second):
        assert line.pitch_mm == pytest.approx(2.54, abs=0.008)
        assert line.first_x_mm == pytest.approx(6.88, abs=0.12)
        assert abs(line.skew_deg) < 0.1


def test_both_lights_are_read_to_the_letter(zone: ZoneView, passport: Taken) -> None:
    for light in ("white", "ir"):
        assert list(zone.readings[light].lines) == passport.truth["mrz"]


@pytest.mark.parametrize("light", ["ir", "white"])
def test_glyphs_have_the_size_of_ocr_b(zone: ZoneView, light: str) -> None:
    glyphs = [c for c in zone.characters[light] if c.glyph_mm is not None]
    assert len(glyphs) == 88
    heights = [c.glyph_mm[3] for c in glyphs if c.glyph_mm and c.character in "EHTLMNK"]
    assert np.median(heights) == pytest.approx(2.46, abs=0.12)
    widths = [c.glyph_mm[2] for c in glyphs if c.glyph_mm and c.character == "0"]
    assert np.median(widths) == pytest.approx(1.76, abs=0.15)
    off = [c.centre_mm[0] - c.cell_mm[0] - c.cell_mm[2] / 2 for c in glyphs if c.character in "0HT"]
    assert np.abs(off).max() < 0.15


def test_a_character_is_found_by_its_place(zone: ZoneView) -> None:
    first = zone.character("white", 1, 1)
    assert first is not None
    assert first.character == zone.text[0][0]
    assert zone.character("white", 3, 1) is None
    assert len(zone.cells()) == 88
    assert replace(zone, characters={}).cells() == {}
