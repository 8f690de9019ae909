"""How layers answer lamps: against the sum over the whole spectrum, and against plain physics."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.errors import SettingsError, UsageError
from docexam.specimens.grid import Coverage, Grid
from docexam.specimens.physics.answers import answer, diffracted
from docexam.specimens.physics.cameras import camera_for
from docexam.specimens.physics.exposure import gains
from docexam.specimens.physics.lamps import Lamp, lamp_named, lamps
from docexam.specimens.physics.materials import Grating, material_named, materials
from docexam.specimens.physics.render import render
from docexam.specimens.physics.spectra import WAVELENGTHS_NM, peaks, piecewise
from docexam.specimens.stack import Layer, PageStack, Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

GRID = Grid(6.0, 2.0, 4.0)
LAMP_940 = Lamp("940", peaks([[940, 50, 1.0]]), camera="infrared", wavelength_nm=940.0)


def _page(*inks: str, base: str = "security-paper", cover: float = 1.0) -> PageStack:
    """Ink `k` on columns 3k to 3k+2 of the page, each over the substrate."""
    layers = [_layer("substrate", base, GRID.empty() + 1)]
    for at, ink in enumerate(inks):
        coverage = GRID.empty()
        coverage[:, 3 * at : 3 * at + 3] = cover
        layers.append(_layer("viz", ink, coverage))
    return PageStack("data", GRID, tuple(layers), GRID.empty() + 1, material_named("bed-black"))


def _layer(role: Role, material: str, coverage: Coverage) -> Layer:
    return Layer(f"{role}-{material}", role, material_named(material), coverage)


def _levels(stack: PageStack, lamp: Lamp) -> NDArray[np.float32]:
    """Exposed linear levels, (channels, columns), of the first row."""
    camera = camera_for(lamp.camera)
    return render(stack, lamp, camera)[:, 0] * gains(lamp, camera)[:, None]


def _whole_spectrum(stack: PageStack, lamp: Lamp, row: int, column: int) -> NDArray[np.float64]:
    """The same physics at one point, wavelength by wavelength, in double precision."""
    camera = camera_for(lamp.camera)
    reflectance = stack.backing.scatter.copy()
    glow = np.zeros_like(WAVELENGTHS_NM)
    for layer in stack.layers:
        c = float(layer.coverage[row - layer.row, column - layer.column])
        given = answer(layer.material, lamp)
        between = 1 - given.sent_back * reflectance
        glow = glow * (1 - c + c * given.kept_ultraviolet * given.kept / between)
        above = given.sent_back + given.flash + given.kept**2 * reflectance / between
        reflectance = c * above + (1 - c) * reflectance
        if given.glow is not None:
            glow = glow + c * given.glow * (1 + reflectance) / 2
    light = lamp.spectrum * reflectance + glow
    return (camera.sensitivities * light).sum(axis=1) * gains(lamp, camera)


@pytest.mark.parametrize("light", ["white", "ir", "uv", "uv254", "oblique-n"])
@pytest.mark.parametrize("base", ["security-paper", "office-paper", "polycarbonate"])
def test_bands_lose_little_against_the_whole_spectrum(light: str, base: str) -> None:
    inks = ("offset-blue", "offset-rose", "uv-red", "carbon-black", "process-yellow", "laminate")
    stack = _page(base=base)
    for at, ink in enumerate(inks):
        coverage = GRID.empty() + np.linspace(0.1 * at, 1.0, GRID.columns, dtype=np.float32)
        stack = replace(
            stack, layers=(*stack.layers, _layer("background", ink, np.clip(coverage, 0, 1)))
        )
    lamp = replace(lamp_named(light), geometry="diffuse")
    levels = _levels(stack, lamp)
    for column in range(GRID.columns):
        exact = _whole_spectrum(stack, lamp, 0, column)
        assert levels[:, column] == pytest.approx(exact, abs=0.01)


@pytest.mark.parametrize("name", sorted(materials()))
def test_every_material_keeps_its_energy(name: str) -> None:
    material = materials()[name]
    assert material.transmission.min() >= 0
    assert material.scatter.min() >= 0
    assert (material.transmission + material.scatter).max() <= 1.0 + 1e-9
    for each in material.fluorescence:
        assert 0 <= each.excitation.min() <= each.excitation.max() <= 1
        assert each.emission.sum() <= 1.2
        # light is given out at longer wavelengths than it was taken in (Stokes)
        taken = (each.excitation * WAVELENGTHS_NM).sum() / each.excitation.sum()
        given = (each.emission * WAVELENGTHS_NM).sum() / each.emission.sum()
        assert given > taken


def test_light_passes_ink_twice() -> None:
    # grey 0.60 in one pass: the paper behind shows 0.36 of itself
    stack = _page("offset-grey")
    levels = _levels(stack, lamp_named("white"))
    assert (levels[:, 0] / levels[:, 10]) == pytest.approx(0.35, abs=0.015)


def test_carbon_stays_in_infrared_and_dye_vanishes() -> None:
    stack = _page("carbon-black", "dye-black", "offset-black-out", "laser-engraved")
    white, infrared = (_levels(stack, lamp_named(light)).mean(axis=0) for light in ("white", "ir"))
    carbon, dye, title, laser, paper = (slice(3 * at, 3 * at + 3) for at in range(5))
    for ink in (carbon, dye, title, laser):
        assert white[ink].max() < 0.15 * white[paper].min()
    assert (1 - infrared[carbon] / infrared[paper]).min() > 0.9
    assert (1 - infrared[laser] / infrared[paper]).min() > 0.9
    assert (1 - infrared[dye] / infrared[paper]).max() < 0.2
    assert (1 - infrared[title] / infrared[paper]).max() < 0.2


def test_a_lamp_that_no_table_holds_gives_a_plausible_picture() -> None:
    stack = _page("carbon-black", "dye-black", "offset-blue", "offset-blue-stay")
    level = _levels(stack, LAMP_940)
    assert level.shape[0] == 1
    carbon, dye, blue, stays, paper = (float(level[0, 3 * at]) for at in range(5))
    assert paper == pytest.approx(0.9 * 0.86, abs=0.03)
    assert 1 - carbon / paper > 0.9
    assert 1 - dye / paper < 0.2
    assert 1 - blue / paper < 0.1
    assert 0.5 < 1 - stays / paper < 0.9


def test_a_middle_lamp_lies_between_red_and_infrared() -> None:
    stack = _page("dye-black")
    lamp = replace(LAMP_940, spectrum=peaks([[740, 25, 1.0]]), camera="colour")
    far = Lamp("far-red", lamp.spectrum, camera="infrared")
    red = Lamp("red", peaks([[660, 20, 1.0]]))
    contrast = [
        1 - _levels(stack, each)[0, 0] / _levels(stack, each)[0, 10]
        for each in (red, far, lamp_named("ir"))
    ]
    assert contrast[0] > contrast[1] > contrast[2]


def test_security_paper_is_dull_and_office_paper_glows_bluish() -> None:
    uv = lamp_named("uv")
    dull = _levels(_page(), uv)[:, 0]
    bright = _levels(_page(base="office-paper"), uv)[:, 0]
    assert bright.max() == pytest.approx(0.85, abs=0.03)
    assert bright[2] > 1.3 * bright[1] > 1.3 * bright[0]
    assert dull.max() < 0.08


def test_fluorescent_inks_have_their_colours_and_are_pale_by_day() -> None:
    stack = _page("uv-red", "uv-green", "uv-blue")
    glow = _levels(stack, lamp_named("uv"))
    day = _levels(stack, lamp_named("white")).mean(axis=0)
    assert [int(glow[:, 3 * at].argmax()) for at in range(3)] == [0, 1, 2]
    assert (day[:9] / day[10]).min() > 0.93
    assert glow[:, :9].max(axis=0).min() > 5 * glow[:, 10].max()


def test_ink_above_quenches_the_glow_beneath() -> None:
    below = _page("uv-green")
    coverage = GRID.empty()
    coverage[:, :3] = 1
    ink = _layer("viz", "offset-brown", coverage)
    over = replace(below, layers=(*below.layers, ink))
    under = replace(below, layers=(below.layers[0], ink, below.layers[1]))
    uv = lamp_named("uv")
    bare, covered, beneath = (_levels(each, uv)[1, 0] for each in (below, over, under))
    # in through 0.3 of the ultraviolet, out through about half of the green
    assert covered < 0.25 * bare
    assert covered < beneath < bare


def test_a_bifluorescent_ink_changes_colour_with_the_lamp() -> None:
    stack = _page("uv-bi-red-green")
    long_wave, short_wave = (_levels(stack, lamp_named(light))[:, 0] for light in ("uv", "uv254"))
    assert long_wave.argmax() == 0
    assert short_wave.argmax() == 1


def test_ambient_light_leaks_into_a_fluorescence_picture() -> None:
    stack = _page()
    uv = lamp_named("uv")
    camera = camera_for("fluorescence")
    leaky = uv.with_leak(lamps()["ambient"].spectrum, 0.02)
    clean, lit = (render(stack, each, camera)[:, 0, 0] for each in (uv, leaky))
    assert (lit > clean).all()


def test_a_laminate_takes_ultraviolet_of_254_but_not_of_365() -> None:
    stack = _page("uv-only-254", "uv-red")
    film = _layer("laminate", "laminate", GRID.empty() + 1)
    covered = replace(stack, layers=(*stack.layers, film))
    short, long_wave = lamp_named("uv254"), lamp_named("uv")
    assert _levels(covered, short)[1, 0] < 0.15 * _levels(stack, short)[1, 0]
    assert _levels(covered, long_wave)[0, 3] > 0.5 * _levels(stack, long_wave)[0, 3]


def test_relief_shades_from_opposite_sides() -> None:
    grid = Grid(4.0, 4.0, 20.0)
    bump = grid.empty()
    bump[30:50, 30:50] = 1
    layers = (
        _layer("substrate", "security-paper", grid.empty() + 1),
        _layer("intaglio", "relief-only", bump),
    )
    stack = PageStack("data", grid, layers, grid.empty() + 1, material_named("bed-black"))
    camera = camera_for("colour")
    pictures = {name: render(stack, lamp_named(f"oblique-{name}"), camera)[1] for name in "nesw"}
    level = pictures["n"][5, 5]
    assert pictures["n"][29:31, 40].mean() > 1.2 * level > 1.4 * pictures["n"][49:51, 40].mean()
    assert pictures["s"][49:51, 40].mean() > 1.2 * level > 1.4 * pictures["s"][29:31, 40].mean()
    assert pictures["e"][40, 49:51].mean() > 1.2 * level
    assert pictures["w"][40, 29:31].mean() > 1.2 * level
    flat = render(stack, lamp_named("white"), camera)[1]
    assert flat.std() / flat.mean() < 0.02


def test_colour_shifting_ink_turns_from_green_to_magenta() -> None:
    stack = _page("ovi-green-magenta")
    above, slanted = (_levels(stack, lamp_named(light))[:, 0] for light in ("white", "oblique-e"))
    assert above[1] > above[0]
    assert above[1] > above[2]
    assert slanted[0] > slanted[1]
    assert slanted[2] > slanted[1]


def test_a_grating_sends_up_the_colour_of_its_equation() -> None:
    # 15 degrees above the sheet: sin(75 degrees) x 560 nm = 541 nm, from the lamp across its lines
    grating = Grating(pitch_nm=560, azimuth_deg=0, efficiency=1.0)
    across = diffracted(grating, lamp_named("oblique-e"))
    along = diffracted(grating, lamp_named("oblique-n"))
    visible = (WAVELENGTHS_NM > 400) & (WAVELENGTHS_NM < 700)
    assert WAVELENGTHS_NM[visible][across[visible].argmax()] == pytest.approx(541, abs=6)
    assert along.max() < 0.01 * across.max()


def test_a_grating_flashes_green_over_white_paper() -> None:
    stack = _page("ovd-0")
    east, north = (_levels(stack, lamp_named(f"oblique-{side}"))[:, 0] for side in "en")
    assert east[1] > 1.5 * north[1]
    assert east[1] > east[0]
    assert east[1] > east[2]


def test_retro_reflection_shows_only_in_coaxial_light() -> None:
    stack = _page("retro-dimple")
    film = _layer("laminate", "retro-overlay", GRID.empty() + 1)
    covered = replace(stack, layers=(stack.layers[0], film, stack.layers[1]))
    coaxial, white = (_levels(covered, lamp_named(light))[1] for light in ("coaxial", "white"))
    assert coaxial[10] > 2 * coaxial[0]
    assert white[10] == pytest.approx(white[0], rel=0.05)


def test_transmitted_light_shows_the_watermark_and_holes() -> None:
    stack = _page()
    mark = GRID.empty()
    mark[:, :3] = 1
    holes = GRID.empty()
    holes[:, 6:9] = 1
    watermark = _layer("watermark", "watermark", mark)
    stack = replace(stack, layers=(watermark, *stack.layers), holes=holes)
    through, white = (_levels(stack, lamp_named(light))[1] for light in ("transmitted", "white"))
    assert through[0] < 0.6 * through[10]
    assert through[6] > 3 * through[10]
    assert white[0] == pytest.approx(white[10], rel=0.03)
    assert white[6] < 0.2 * white[10]


def test_print_on_the_back_shines_through_more_in_infrared() -> None:
    stack = _page()
    mark = GRID.empty()
    mark[:, :3] = 1
    back = _layer("back-print", "carbon-black", mark)
    stack = replace(stack, layers=(back, *stack.layers), backing=material_named("bed-white"))
    contrast = {
        light: 1
        - _levels(stack, lamp_named(light))[-1, 0] / _levels(stack, lamp_named(light))[-1, 10]
        for light in ("white", "ir")
    }
    assert 0 < contrast["white"] < contrast["ir"] < 0.1


def test_a_dark_picture_is_dark() -> None:
    assert _levels(_page("uv-red"), lamp_named("dark")).max() == 0


def test_unknown_names_are_refused() -> None:
    with pytest.raises(UsageError, match="no material"):
        material_named("unobtainium")
    with pytest.raises(UsageError, match="no light"):
        lamp_named("ambient")
    with pytest.raises(SettingsError):
        piecewise([[500, 1.0], [400, 0.0]])
