"""Print contrast in infrared: values that were drawn come back."""

from __future__ import annotations

import numpy as np
import pytest

from docexam.vision.measure_zone_contrast import measure
from tests.vision.measure.ir_pages import PAPER, coverage, missed, named, page, zone

INK = coverage()


def _ir(contrast: float) -> np.ndarray:
    return np.asarray(PAPER * (1 - contrast * INK), np.float32)


@pytest.mark.parametrize("contrast", [0.95, 0.62, 0.30, 0.12])
def test_the_contrast_of_the_zone_is_the_one_that_was_drawn(contrast: float) -> None:
    found = named(measure(page(_ir(contrast), _ir(0.95)), zone(INK)))
    measured = found["mrz.contrast"]
    assert measured.value == pytest.approx(contrast, abs=max(2 * measured.uncertainty, 0.03))
    assert measured.details["wavelength_nm"] == 870.0
    assert measured.details["characters"] == 88.0
    assert measured.details["white"] == pytest.approx(0.95, abs=0.05)


def test_the_lamp_may_be_uneven_and_of_any_level() -> None:
    lamp = np.linspace(0.3, 0.9, INK.shape[1], dtype=np.float32)[None, :]
    found = named(measure(page(_ir(0.8) * lamp), zone(INK)))
    assert found["mrz.contrast"].value == pytest.approx(0.8, abs=0.05)


def test_one_character_in_another_ink_is_found_with_its_place() -> None:
    ir = _ir(0.95)
    # line 2, column 12 is at 6.873 + 11 * 2.54 = 34.8 mm
    window = page(ir).window((34.8 - 1.2, 78.6 - 1.8, 2.4, 3.6))
    ir[window] = PAPER * (1 - 0.30 * INK[window])
    found = named(measure(page(ir, _ir(0.95)), zone(INK)))
    weak = found["mrz.contrast-weakest"]
    assert (weak.details["line"], weak.details["column"]) == (2.0, 12.0)
    assert weak.value == pytest.approx(0.30, abs=0.05)
    assert found["mrz.contrast"].value > 0.9
    assert found["mrz.contrast-variation"].value > 2.5


def test_structure_around_the_zone_counts_in_infrared_only_where_it_stays() -> None:
    columns = np.arange(INK.shape[1], dtype=np.float32)
    lines = (np.sin(columns * 2 * np.pi / 10) > 0.0).astype(np.float32)[None, :]
    structured = np.asarray(_ir(0.95) * (1 - 0.4 * lines), np.float32)
    plain = named(measure(page(_ir(0.95), structured), zone(INK)))["mrz.background"]
    stays = named(measure(page(structured, structured), zone(INK)))["mrz.background"]
    assert plain.value < 0.05
    assert plain.details["white"] == pytest.approx(stays.value, abs=0.05)
    assert stays.value > 0.25


def test_without_infrared_nothing_is_said_to_have_been_measured() -> None:
    found = measure(page(None, _ir(0.9)), zone(INK, ("white",)))
    assert not named(found)
    assert {each.code for each in missed(found).values()} == {"no-light"}


def test_a_page_without_a_zone_has_nothing_to_say() -> None:
    assert measure(page(_ir(0.9)), None) == []
