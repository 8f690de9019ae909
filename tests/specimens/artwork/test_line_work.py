"""Line work and motifs: true to the millimetre, the same at every resolution, by seed alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from docexam.errors import SettingsError, UsageError
from docexam.specimens.artwork import (
    grounds,
    guilloche,
    microtext,
    motifs,
    rainbow,
    register,
    shapes,
    sheet,
)
from docexam.specimens.artwork.canvas import band_coverage, fill, shape_px, strokes
from docexam.specimens.artwork.signature import signature

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Map = NDArray[np.float32]
    Draw = Callable[[tuple[float, float], float, np.random.Generator], Map]

LOW, HIGH = 150 / 25.4, 600 / 25.4
SIZE_MM = (30.0, 20.0)

ARTWORKS: dict[str, Draw] = {
    "rosette": guilloche.rosette,
    "waves": guilloche.wave_field,
    "interleaved": lambda size, px, rng: guilloche.interleaved(size, px, rng)[1],
    "net": lambda size, px, rng: grounds.net(size, px, rng)[0],
    "ripples": lambda size, px, _: grounds.ripples(size, px, centre_mm=(40.0, -5.0)),
    "scales": lambda size, px, _: grounds.scales(size, px),
    "braid": lambda size, px, _: guilloche.braid(size, px, swing_mm=1.5, wavelength_mm=5.0),
    "microtext": lambda size, px, rng: microtext.lines(size, px, rng, text="UTOPIA"),
    "medallion": lambda size, px, _: motifs.medallion(size, px, shape="ship"),
    "engraved": lambda size, px, _: motifs.motif(size, px, shape="sun", style="engraved"),
    "outline": lambda size, px, _: motifs.motif(size, px, shape="bird", style="outline"),
    "strewn": lambda size, px, rng: motifs.strewn(size, px, rng, shapes=("bird", "star")),
    "watermark": lambda size, px, _: motifs.watermark(size, px, shape="tree"),
    "latent": lambda size, px, _: register.latent_image(size, px),
    "device": lambda size, px, _: register.device_zones(size, px)[1],
    "fibres": lambda size, px, rng: sheet.fibres(size, px, rng, per_cm2=8.0)[0],
    "planchettes": lambda size, px, rng: sheet.planchettes(size, px, rng, per_cm2=2.0),
    "thread": lambda size, px, _: sheet.thread(size, px, text="UTOPIA"),
    "formation": sheet.formation,
    "signature": lambda size, px, rng: signature(size, px, rng, name="Aldergrove"),
}


def seeded(seed: int = 7) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("name", ARTWORKS)
def test_artwork_is_coverage_of_the_asked_size_and_the_same_by_seed(name: str) -> None:
    draw = ARTWORKS[name]
    first = draw(SIZE_MM, LOW, seeded())
    assert first.shape == (118, 177)
    assert first.dtype == np.float32
    assert float(first.min()) >= 0
    assert float(first.max()) <= 1.0001
    assert float(first.max()) > 0.3
    np.testing.assert_array_equal(first, draw(SIZE_MM, LOW, seeded()))


@pytest.mark.parametrize("name", [name for name in ARTWORKS if name != "formation"])
def test_artwork_is_the_same_drawing_at_every_resolution(name: str) -> None:
    low, high = ARTWORKS[name](SIZE_MM, LOW, seeded()), ARTWORKS[name](SIZE_MM, HIGH, seeded())
    fitted = cv2.resize(high, low.shape[::-1], interpolation=cv2.INTER_AREA)
    assert float(low.mean()) == pytest.approx(float(fitted.mean()), rel=0.12)
    blur = [cv2.GaussianBlur(each, (0, 0), 1.2).ravel() for each in (low, fitted)]
    assert np.corrcoef(*blur)[0, 1] > 0.85


@pytest.mark.parametrize("name", ["rosette", "waves", "fibres", "strewn", "signature"])
def test_another_seed_is_another_drawing(name: str) -> None:
    one, other = (ARTWORKS[name](SIZE_MM, LOW, seeded(seed)) for seed in (1, 2))
    assert not np.array_equal(one, other)


def test_lines_are_as_wide_as_asked_also_below_a_pixel() -> None:
    # 0.1 mm at 5 px/mm is half a pixel
    for wide_mm, px_per_mm in ((0.1, 5.0), (0.2, 15.748), (0.37, 23.6)):
        level = np.array([(0.0, 5.0), (10.0, 5.0)])
        drawn = strokes((10, 10), px_per_mm, [level], wide_mm)
        middle = drawn[:, drawn.shape[1] // 2]
        assert float(middle.sum()) / px_per_mm == pytest.approx(wide_mm, rel=0.03)
        y = (np.arange(50, dtype=np.float32) + 0.3) - 25
        exact = band_coverage(np.abs(y), wide_mm * px_per_mm / 2)
        assert float(exact.sum()) == pytest.approx(wide_mm * px_per_mm, rel=1e-4)


def test_a_wave_field_keeps_pitch_and_width() -> None:
    drawn = guilloche.wave_field(
        (40, 40), HIGH, seeded(), pitch_mm=0.8, line_mm=0.2, amplitude_mm=0.0
    )
    assert float(drawn.mean()) == pytest.approx(0.2 / 0.8, rel=0.02)
    column = drawn[:, 100]
    crossings = np.flatnonzero((column[1:] > 0.5) & (column[:-1] <= 0.5))
    assert np.diff(crossings).mean() / HIGH == pytest.approx(0.8, rel=0.02)


def test_interleaved_inks_take_turns_and_never_meet() -> None:
    first, second = guilloche.interleaved((40, 40), HIGH, seeded(), amplitude_mm=0.0)
    assert float((first * second).max()) == 0.0
    assert float(first.mean()) == pytest.approx(float(second.mean()), rel=0.05)


def test_a_rosette_stays_within_its_radius_and_turns_onto_itself() -> None:
    ring = guilloche.Ring(inner_mm=5, outer_mm=12, lobes=8, curves=4)
    drawn = guilloche.ring_pattern((30, 30), 16.0, [ring])
    rows, columns = np.nonzero(drawn > 0.05)
    radius = np.hypot(rows + 0.5 - 240, columns + 0.5 - 240) / 16.0
    assert 4.7 < radius.min() < 5.3
    assert 11.7 < radius.max() < 12.3
    np.testing.assert_allclose(drawn, np.rot90(drawn), atol=0.02)


def test_a_fill_has_the_area_of_its_polygon() -> None:
    square = np.array([(2.0, 3.0), (7.0, 3.0), (7.0, 9.0), (2.0, 9.0)])
    for px_per_mm in (6.0, 15.748):
        drawn = fill((10, 10), px_per_mm, [(square, 1.0)])
        assert float(drawn.sum()) / px_per_mm**2 == pytest.approx(30.0, rel=0.02)


def test_fibres_keep_their_count_length_and_colours() -> None:
    rng = seeded()
    curves = sheet.fibre_curves((100, 100), rng, per_cm2=1.5, length_mm=(2.0, 4.0), curl=1.0)
    assert len(curves) == pytest.approx(150, abs=40)
    lengths = [float(np.hypot(*np.diff(curve, axis=0).T).sum()) for curve in curves]
    assert 1.99 < min(lengths) < 2.3
    assert 3.7 < max(lengths) < 4.01
    maps = sheet.fibres((40, 40), LOW, seeded(), kinds=3)
    assert len(maps) == 3
    assert not np.array_equal(maps[0], maps[1])


def test_microtext_letters_are_a_quarter_of_a_millimetre() -> None:
    row = microtext.text_row((20, 2), 80.0, text="UTOPIA", letter_mm=0.25)
    inked = np.flatnonzero(row.max(axis=1) > 0.5)
    assert (inked[-1] - inked[0] + 1) / 80.0 == pytest.approx(0.25, abs=0.03)


def test_the_two_halves_of_a_register_complete_each_other() -> None:
    front, back = register.see_through((12, 12), 16.0, shape="star")
    whole = motifs.motif((12, 12), 16.0, shape="star")
    np.testing.assert_allclose(front + back, whole, atol=1e-6)
    assert float((front * back).max()) == 0.0
    assert float(front.mean()) > 0.2 * float(whole.mean())


def test_a_latent_image_is_one_grey_from_above() -> None:
    drawn = register.latent_image((14, 14), HIGH, shape="star")
    soft = cv2.GaussianBlur(drawn, (0, 0), 0.36 * HIGH)[60:-60, 60:-60]
    inside = motifs.relief((14, 14), HIGH, shape="star", soft_mm=0.0)[60:-60, 60:-60] > 0.3
    assert float(soft[inside].mean()) == pytest.approx(float(soft[~inside].mean()), abs=0.05)


def test_a_rainbow_runs_smoothly_through_its_stops() -> None:
    share = rainbow.split_fountain((50, 20), LOW, stops=((0.2, 0.0), (0.5, 1.0), (0.8, 0.25)))
    row = share[10]
    assert row[0] == 0.0
    assert row[len(row) // 2] == pytest.approx(1.0, abs=0.01)
    assert row[-1] == pytest.approx(0.25, abs=0.01)
    assert float(np.abs(np.diff(row)).max()) < 0.03
    line = np.full_like(share, 0.6)
    np.testing.assert_allclose(sum(rainbow.inks(line, share)), line, atol=1e-6)


def test_a_watermark_has_several_grey_levels() -> None:
    drawn = motifs.watermark((20, 20), LOW, shape="mountains")
    share = np.histogram(drawn[drawn > 0.05], bins=8, range=(0, 1))[0]
    assert int((share > 0.01 * share.sum()).sum()) >= 4


def test_swelling_lines_hold_the_tone() -> None:
    tones = np.full((300, 300), 0.4, np.float32)
    assert float(guilloche.swelling_lines(tones, HIGH).mean()) == pytest.approx(0.4, abs=0.02)


def test_ripples_run_around_their_centre_a_pitch_apart() -> None:
    drawn = grounds.ripples((20, 20), HIGH, centre_mm=(10, 10), pitch_mm=1.0, lobe_mm=0.0)
    from_centre = drawn[drawn.shape[0] // 2, drawn.shape[1] // 2 :]
    spectrum = np.abs(np.fft.rfft(from_centre - from_centre.mean()))
    assert int(spectrum.argmax()) == pytest.approx(10, abs=1)
    # the same line comes back after a quarter turn
    assert float(np.abs(drawn - np.rot90(drawn)).mean()) < 0.01


def test_scales_lie_in_rows_that_repeat_after_their_width() -> None:
    drawn = grounds.scales((24, 24), 20.0, scale_mm=6.0, pitch_mm=0.6)
    assert float(np.abs(drawn[:, :120] - drawn[:, 120:240]).mean()) < 0.01
    # every other row is shifted by half a scale, a quarter of one further down
    assert float(np.abs(drawn[:-30, :-60] - drawn[30:, 60:]).mean()) < 0.01
    assert float(np.abs(drawn[:-30] - drawn[30:]).mean()) > 0.1


def test_the_lines_of_a_net_cross() -> None:
    rising, falling = grounds.net((20, 20), HIGH, seeded(), amplitude_mm=0.0, angle_deg=30.0)
    for lines, sign in ((rising, -1), (falling, 1)):
        down, across = np.gradient(lines)
        # across the lines the coverage changes: the mean direction of its gradient is upright
        turn = 0.5 * np.arctan2(2 * (down * across).sum(), (across**2 - down**2).sum())
        assert np.degrees(turn) % 180 == pytest.approx((90 + sign * 30) % 180, abs=6)


@pytest.mark.parametrize("name", shapes.SHAPES)
def test_shapes_stay_within_the_unit_square(name: str) -> None:
    points = np.concatenate([part for part, _ in shapes.SHAPES[name]()])
    assert float(points.min()) > -0.02
    assert float(points.max()) < 1.02


def test_what_cannot_be_drawn_costs_a_sentence() -> None:
    with pytest.raises(UsageError, match="0 x 10 mm"):
        shape_px((0, 10), 10)
    with pytest.raises(UsageError, match="too large"):
        shape_px((1000, 1000), 100)
    with pytest.raises(SettingsError, match="no motif 'dragon'"):
        motifs.motif((10, 10), 10, shape="dragon")


@pytest.mark.parametrize("name", ["rosette", "waves", "medallion", "watermark"])
def test_the_place_in_memory_changes_no_bit(name: str) -> None:
    first = ARTWORKS[name](SIZE_MM, LOW, seeded())
    held = []
    for at in range(24):
        # arrays of odd sizes push the next ones to other places
        held.append(np.empty(1000 + 977 * at, np.uint8))
        np.testing.assert_array_equal(first, ARTWORKS[name](SIZE_MM, LOW, seeded()))
