"""What devices make of a page: true corners, lights, noise, and the same bytes each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.errors import UsageError
from docexam.nouns.capture_set import LIGHTS
from docexam.specimens.capturing.devices import Device, device_named, devices
from docexam.specimens.capturing.placement import placed
from docexam.specimens.capturing.sensor import to_file
from docexam.specimens.capturing.shoot import Shot, shoot
from docexam.specimens.design import design_named
from docexam.specimens.document import draw_document
from docexam.specimens.physics.lamps import Lamp
from docexam.specimens.physics.spectra import peaks
from docexam.specimens.wear import worn

if TYPE_CHECKING:
    from docexam.specimens.stack import PageStack

PPI = 200


@pytest.fixture(scope="module")
def visa() -> PageStack:
    return draw_document(design_named("qmb-visa"), 5, ppi=PPI).pages["visa"]


@pytest.fixture(scope="module")
def passport() -> PageStack:
    return draw_document(design_named("uto-passport"), 5, ppi=PPI).pages["data"]


def _on_black(visa: PageStack, **where: float) -> Shot:
    device = device_named("flatbed").model_copy(update={"bed": ("bed-black",)})
    placement = placed(visa.grid, PPI, **where)
    return shoot(visa, ("white",), device, ppi=PPI, seed=1, placement=placement)[0]


@pytest.mark.parametrize(
    ("turn_deg", "tilt_deg"), [(0, 0), (1.2, 0), (-7, 0), (90, 0), (183, 0), (4, 9), (275, 12)]
)
def test_the_true_corners_are_where_the_page_is(
    visa: PageStack, turn_deg: float, tilt_deg: float
) -> None:
    shot = _on_black(visa, turn_deg=turn_deg, tilt_deg=tilt_deg, towards=0.7)
    grey = shot.picture.astype(float).mean(axis=2)
    corners = np.array(shot.page_px)
    centre = corners.mean(axis=0)
    for at in range(4):
        start, end = corners[at], corners[(at + 1) % 4]
        inward = centre - (start + end) / 2
        inward /= np.hypot(*inward)
        crossings = []
        for share in np.linspace(0.1, 0.9, 33):
            steps = np.arange(-6, 6, 0.25)
            # picture coordinates count from the corner of the first pixel
            line = start + (end - start) * share + steps[:, None] * inward - 0.5
            low, fraction = np.floor(line).astype(int), line % 1
            x, y = low.T
            values = (
                grey[y, x] * (1 - fraction[:, 0]) * (1 - fraction[:, 1])
                + grey[y, x + 1] * fraction[:, 0] * (1 - fraction[:, 1])
                + grey[y + 1, x] * (1 - fraction[:, 0]) * fraction[:, 1]
                + grey[y + 1, x + 1] * fraction[:, 0] * fraction[:, 1]
            )
            half = (values[:4].mean() + values[-4:].mean()) / 2
            crossings.append(steps[np.argmax(values > half)])
        assert abs(np.median(crossings)) < 0.6


def test_the_zone_of_the_truth_is_where_the_ink_is(passport: PageStack) -> None:
    document = draw_document(design_named("uto-passport"), 5, ppi=PPI)
    shot = shoot(passport, ("ir",), device_named("flatbed"), ppi=PPI, seed=11)[0]
    x, y, w, h = document.boxes_mm["data"]["mrz"]
    corners = np.array(shot.placement.to_px([(x, y), (x + w, y), (x + w, y + h), (x, y + h)]))
    low, high = corners.min(axis=0) - 12, corners.max(axis=0) + 12
    around = shot.picture[int(low[1]) : int(high[1]), int(low[0]) : int(high[0])]
    rows, columns = np.nonzero(around < 110)
    assert columns.min() + int(low[0]) == pytest.approx(corners[:, 0].min(), abs=3)
    assert columns.max() + int(low[0]) == pytest.approx(corners[:, 0].max(), abs=3)
    assert rows.min() + int(low[1]) == pytest.approx(corners[:, 1].min(), abs=4)
    assert rows.max() + int(low[1]) == pytest.approx(corners[:, 1].max(), abs=4)


def test_lights_lie_apart_no_further_than_the_device_says(passport: PageStack) -> None:
    shots = shoot(passport, ("white", "ir", "uv"), device_named("camera-box"), ppi=PPI, seed=3)
    white = np.array(shots[0].page_px)
    apart = [np.abs(np.array(shot.page_px) - white).max() for shot in shots[1:]]
    assert max(apart) <= 3.0
    assert min(apart) > 0.0


def test_every_light_of_a_flatbed_gives_its_own_picture(passport: PageStack) -> None:
    shots = shoot(passport, LIGHTS, device_named("flatbed"), ppi=PPI, seed=3)
    assert [shot.image.light for shot in shots] == list(LIGHTS)
    assert {shot.picture.shape[:2] for shot in shots} == {shots[0].picture.shape[:2]}
    levels = {shot.image.light: shot.picture.mean() for shot in shots}
    assert levels["dark"] < 12
    assert levels["uv"] < 60 < levels["white"]
    pictures = [
        shot.picture.astype(float).mean(axis=-1) for shot in shots if shot.picture.ndim == 3
    ]
    for at, one in enumerate(pictures):
        for other in pictures[at + 1 :]:
            assert np.abs(one - other).mean() > 0.5
    dark = shots[-1].image
    assert dark.for_light == "uv"


def test_the_dark_picture_holds_the_room_that_leaked_into_the_glow(passport: PageStack) -> None:
    still = {"leak": (0.3, 0.3), "unevenness": (0.0, 0.0), "lamp_level": (1.0, 1.0)}
    still |= {"encoding": "linear", "light_shift_px": (0.0, 0.0)}
    leaky = device_named("camera-box").model_copy(update=still)
    closed = leaky.model_copy(update={"leak": (0.0, 0.0)})
    lit, dark = (shot.picture.astype(float) for shot in _pair(passport, leaky))
    clean, black = (shot.picture.astype(float) for shot in _pair(passport, closed))
    assert dark.mean() > black.mean() + 1
    assert lit.mean() > clean.mean() + 1
    assert (lit - dark).mean() == pytest.approx((clean - black).mean(), abs=0.4)


def _pair(stack: PageStack, device: Device) -> list[Shot]:
    return shoot(stack, ("uv", "dark"), device, ppi=PPI, seed=3)


def test_infrared_is_one_channel_and_ultraviolet_has_a_reference(passport: PageStack) -> None:
    _, infrared, glow = shoot(
        passport, ("white", "ir", "uv"), device_named("flatbed"), ppi=PPI, seed=3
    )
    assert infrared.picture.ndim == 2
    assert infrared.image.wavelength_nm == 870
    patch = glow.image.reference
    assert patch is not None
    x, y, w, h = (round(side) for side in patch.box_px)
    inside = glow.picture[y + 2 : y + h - 2, x + 2 : x + w - 2].reshape(-1, 3).mean(axis=0)
    # level 0.5 of office paper: bluish white, well above the dull page
    assert inside[0] > 120
    assert inside[0] > inside[1] > inside[2]


def test_a_lamp_of_940_nm_is_enough_to_get_its_picture(passport: PageStack) -> None:
    lamp = Lamp("ir", peaks([[940, 50, 1.0]]), camera="infrared", wavelength_nm=940.0)
    device = device_named("flatbed")
    own, usual = (
        shoot(passport, ("ir",), device, ppi=PPI, seed=3, extra_lamps=lamps)[0]
        for lamps in ({"ir": lamp}, None)
    )
    assert own.image.wavelength_nm == 940
    assert own.picture.shape == usual.picture.shape
    # both show the carbon print on a pale page, and are not the same picture
    for shot in (own, usual):
        assert np.percentile(shot.picture, 60) > 180
        assert (shot.picture < 90).mean() > 0.005
    assert np.corrcoef(own.picture.ravel(), usual.picture.ravel())[0, 1] > 0.9
    assert (own.picture != usual.picture).mean() > 0.3


def test_the_same_seed_gives_the_same_bytes_whatever_came_before(passport: PageStack) -> None:
    device = device_named("camera-box")
    alone = shoot(passport, ("uv",), device, ppi=PPI, seed=7)[0]
    among = shoot(passport, ("white", "ir", "uv"), device, ppi=PPI, seed=7)[2]
    other = shoot(passport, ("uv",), device, ppi=PPI, seed=8)[0]
    assert to_file(alone.picture, 90) == to_file(among.picture, 90)
    assert alone.page_px != other.page_px


def test_the_patch_never_lies_on_the_page_and_close_crops_have_none(passport: PageStack) -> None:
    close = 0
    device = device_named("flatbed").model_copy(update={"close_crop": 0.5})
    for seed in range(8):
        shot = shoot(passport, ("uv",), device, ppi=150, seed=seed)[0]
        highest = min(y for _, y in shot.page_px)
        patch = shot.image.reference
        if highest < 4 * 150 / 25.4:
            close += 1
            assert patch is None
        else:
            assert patch is not None
            assert patch.box_px[1] + patch.box_px[3] < highest
    assert 1 <= close <= 7


def test_degradation_blurs_and_adds_noise(passport: PageStack) -> None:
    device = device_named("flatbed").model_copy(
        update={"unevenness": (0.0, 0.0), "lamp_level": (1, 1)}
    )
    placement = placed(passport.grid, PPI)
    spread = []
    for degree in (0.0, 0.5, 1.0):
        worse = device.degraded(degree)
        shot = shoot(passport, ("ir",), worse, ppi=PPI, seed=2, placement=placement)[0]
        zone = shot.picture[-180:-80, 100:700].astype(float)
        spread.append(float(np.percentile(zone, 98) - np.percentile(zone, 2)))
    assert spread[0] > spread[1] > spread[2]
    for degree in (-0.1, 1.1):
        with pytest.raises(UsageError):
            device.degraded(degree)


def test_lint_lies_still_and_glows(passport: PageStack) -> None:
    fixed = {"light_shift_px": (0.0, 0.0), "unevenness": (0.0, 0.0), "bed": ("bed-black",)}
    clean = device_named("flatbed").model_copy(update=fixed)
    dusty = clean.model_copy(update={"lint": 25})
    seen = []
    for light in ("white", "uv"):
        bare, with_lint = (
            shoot(passport, (light,), each, ppi=PPI, seed=4, placement=placed(passport.grid, PPI))[
                0
            ]
            for each in (clean, dusty)
        )
        seen.append(with_lint.picture.max(axis=2).astype(int) - bare.picture.max(axis=2) > 60)
    white, glow = seen
    assert 0 < glow.mean() < 0.01
    # where a piece shows against the black bed it also glows
    assert (white & glow).sum() > 0.5 * white.sum() > 0


def test_a_telephone_offers_white_light_only(passport: PageStack) -> None:
    with pytest.raises(UsageError, match="no light"):
        shoot(passport, ("ir",), device_named("telephone"), ppi=PPI, seed=1)
    shot = shoot(passport, ("white",), device_named("telephone"), ppi=PPI, seed=1)[0]
    assert shot.image.ppi is None


_FOR_BORDERS = [name for name, each in devices().items() if "ir" in each.lights]


@pytest.mark.parametrize("name", _FOR_BORDERS)
def test_a_device_for_borders_gives_pictures_that_can_be_used(
    passport: PageStack, name: str
) -> None:
    white, infrared, glow = shoot(
        passport, ("white", "ir", "uv"), device_named(name), ppi=PPI, seed=9
    )
    document = draw_document(design_named("uto-passport"), 5, ppi=PPI)
    x, y, w, h = document.boxes_mm["data"]["mrz"]
    for shot in (white, infrared):
        corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
        points = np.array(shot.placement.to_px(corners)).round().astype(int)
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        zone = shot.picture[top:bottom, left:right].reshape(-1, *shot.picture.shape[2:])
        grey = zone if zone.ndim == 1 else zone.mean(axis=1)
        # black on pale, and nothing burnt out
        assert np.percentile(grey, 1) < 0.5 * np.percentile(grey, 60)
        assert (grey >= 255).mean() < 0.001
    bright = glow.picture.max(axis=2)
    # motifs stand out of a dull page
    assert np.percentile(bright, 99) > 90 > 2 * np.median(bright)
    assert (bright >= 255).mean() < 0.01


def test_the_final_devices_are_of_other_makes() -> None:
    assert {"ferry-reader", "counter-reader"} <= {
        name for name, each in devices().items() if each.final_only
    }
    assert set(device_named("ferry-reader").lights) == {"white", "ir", "uv"}
    assert not device_named("ferry-reader").reference
    assert "coaxial" in device_named("counter-reader").lights
    assert not device_named("counter-reader").reference


def test_unknown_devices_are_refused() -> None:
    assert set(devices()) >= {"flatbed", "camera-box", "telephone"}
    with pytest.raises(UsageError, match="no device"):
        device_named("fax")


def test_wear_grows_with_its_degree_and_spares_the_new(passport: PageStack) -> None:
    assert worn(passport, 0.0, 1) is passport
    device = device_named("flatbed")
    placement = placed(passport.grid, PPI)

    def picture(degree: float, light: str) -> np.ndarray:
        stack = worn(passport, degree, 1)
        shots = shoot(stack, (light,), device, ppi=PPI, seed=2, placement=placement)
        return shots[0].picture.astype(float)

    new = picture(0.0, "white")
    changes = [np.abs(picture(degree, "white") - new).mean() for degree in (0.2, 0.6, 1.0)]
    assert changes[0] < changes[1] < changes[2]
    # old inks glow less
    assert picture(1.0, "uv").max(axis=2).mean() < 0.9 * picture(0.0, "uv").max(axis=2).mean()
    # and carbon stays dark in infrared
    assert np.percentile(picture(1.0, "ir"), 1) < 80
