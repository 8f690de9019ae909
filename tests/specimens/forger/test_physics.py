"""What severity does, measured on layers and pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.specimens.forger.figures import contrast_900, height_at_mm, uv_level, whole
from docexam.specimens.forger.forge import forge
from docexam.specimens.forger.inks import mixed, stays_in_infrared, swapped
from docexam.specimens.physics.materials import material_named

from .conftest import Seen, drawn, picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.document import Document

SEVERITIES = (0.1, 0.5, 1.0)


def figure(name: str, key: str) -> list[float]:
    found = []
    for severity in SEVERITIES:
        value = forge(drawn(), (name,), severity)[1][0].figures[key]
        assert not isinstance(value, str)
        found.append(float(value))
    return found


def zone_contrast(document: Document, light: str) -> float:
    """(paper - darkest print) / paper of the zone on pixels."""
    page = document.mrz_page
    stack = document.pages[page]
    column, row, columns, rows = stack.grid.box_px(document.boxes_mm[page]["mrz"])
    zone: NDArray[np.float32] = picture(stack, light)[
        :, row : row + rows, column : column + columns
    ]
    grey = zone.mean(axis=0)
    paper, ink = np.quantile(grey, 0.8), np.quantile(grey, 0.02)
    return float((paper - ink) / paper)


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("counterfeit-dye-inkjet-dull", False),
        ("counterfeit-pigment-inkjet-dull", True),
        ("counterfeit-laser-dull", True),
        ("counterfeit-laser-composite-dull", False),
    ],
)
def test_carbon_stays_in_infrared_and_dye_and_composite_black_vanish(
    name: str, stays: bool
) -> None:
    forged, attacks = forge(drawn(), (name,), 0.5)
    assert zone_contrast(forged, "white") > 0.6
    contrast = zone_contrast(forged, "ir")
    assert contrast > 0.6 if stays else contrast < 0.25
    assert ("ir.b900" in attacks[0].expect) is not stays


@pytest.mark.parametrize("name", ["mrz-character", "mrz-character-recomputed"])
@pytest.mark.parametrize(("severity", "varies"), [(0.05, False), (1.0, True)])
def test_a_character_in_another_ink_is_told_by_the_zones_contrast_where_infrared_shows_it(
    name: str, severity: float, varies: bool
) -> None:
    """Doc 9303-3, 4.11: the contrast of one character is less than 1.5 times another's."""
    attack = forge(drawn(), (name,), severity)[1][0]
    own, usual = attack.figures["contrast_900"], attack.figures["contrast_900_genuine"]
    assert not isinstance(own, str)
    assert not isinstance(usual, str)
    assert (usual > 1.5 * own) is varies
    assert ("ir.mrz-defects" in attack.expect) is varies


@pytest.mark.parametrize(
    ("name", "key", "rising"),
    [
        ("counterfeit-laser-bright", "uv_level", True),
        ("counterfeit-laser-dull", "uv_level", True),
        ("laminate-replaced", "uv_level", True),
        ("stolen-blank", "mrz_contrast_900", False),
        ("mrz-character", "contrast_900", False),
        ("erasure-chemical", "halo_contrast", True),
        ("erasure-mechanical", "light_through_change", True),
        ("photo-over-laminate", "border_step_mm", True),
        ("photo-under-laminate", "border_step_mm", True),
        ("mrz-pitch", "line_shorter_mm", True),
        ("mrz-position", "right_mm", True),
        ("ghost-missing", "ghost_density", False),
        ("printed-fibres", "fibre_glow", False),
        ("page-substitution", "trimmed_mm", True),
        ("stamp-erased", "halo_contrast", True),
    ],
)
def test_crude_work_is_further_from_the_genuine(name: str, key: str, rising: bool) -> None:
    skilled, middle, crude = figure(name, key)
    assert skilled < middle < crude if rising else skilled > middle > crude


def test_bright_paper_glows_and_dull_paper_does_not(seen: Seen) -> None:
    page = "data"
    genuine = seen(drawn().pages[page], "uv").mean(axis=(1, 2))
    bright = picture(forge(drawn(), ("counterfeit-laser-bright",), 1.0)[0].pages[page], "uv")
    dull = picture(forge(drawn(), ("counterfeit-laser-dull",), 0.3)[0].pages[page], "uv")
    blue, red = bright.mean(axis=(1, 2))[2], bright.mean(axis=(1, 2))[0]
    assert blue > 0.3
    assert blue > 2 * red
    assert dull.mean(axis=(1, 2))[2] < 0.1
    assert genuine[2] < 0.1


def test_half_severity_is_half_the_contrast() -> None:
    skilled, middle, crude = figure("stolen-blank", "mrz_contrast_900")
    assert skilled > 0.90
    assert 0.45 < middle < 0.60
    assert crude < 0.10


def test_the_photograph_stands_up_and_hides_the_glow() -> None:
    genuine = drawn()
    forged, _ = forge(genuine, ("photo-over-laminate",), 1.0)
    x, y, w, h = genuine.boxes_mm["data"]["portrait"]
    middle = (x + 3, y + 3, w - 6, h - 6)
    step = height_at_mm(forged.pages["data"], middle) - height_at_mm(genuine.pages["data"], middle)
    assert step == pytest.approx(0.20, abs=0.01)
    raking = picture(forged.pages["data"], "oblique-n").mean(axis=0)
    grid = forged.pages["data"].grid
    column, row, columns, _rows = grid.box_px((x + 5, y - 1.5, w - 10, 3.0))
    edge = raking[row : row + _rows, column : column + columns]
    before = picture(genuine.pages["data"], "oblique-n").mean(axis=0)
    level = float(np.median(before[row : row + _rows, column : column + columns]))
    assert float(edge.max()) > 1.3 * level


def test_mixed_inks_lie_between_their_parts() -> None:
    carbon, dye = material_named("carbon-black"), material_named("dye-black")
    assert mixed(carbon, dye, 0.0) is carbon
    assert mixed(carbon, dye, 1.0) is dye
    half = mixed(carbon, dye, 0.5).transmission
    assert np.all(half >= np.minimum(carbon.transmission, dye.transmission) - 1e-9)
    assert np.all(half <= np.maximum(carbon.transmission, dye.transmission) + 1e-9)
    assert stays_in_infrared((carbon,))
    assert not stays_in_infrared((swapped(carbon, 1.0),))
    assert not stays_in_infrared((dye,))
    assert stays_in_infrared((swapped(dye, 1.0),))


def test_figures_know_paper_and_carbon() -> None:
    genuine = drawn()
    stack = genuine.pages["data"]
    zone = genuine.boxes_mm["data"]["mrz"]
    assert contrast_900(stack, zone, lambda layer: layer.role == "mrz") > 0.9
    assert contrast_900(stack, zone, lambda layer: layer.role == "stamp") == 0.0
    assert uv_level(stack, whole(stack)) < 0.1
