"""Taking the pictures of one page: each light through the same lens, onto the same glass."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.errors import UsageError
from docexam.nouns.capture_set import CaptureImage, Light, ReferencePatch
from docexam.specimens.capturing.lint import lint_on_glass
from docexam.specimens.capturing.placement import Placement, Quad, place, warp
from docexam.specimens.capturing.sensor import Encoded, Planes, blurred, encoded, falloff, noisy
from docexam.specimens.physics.answers import answer
from docexam.specimens.physics.cameras import Camera, camera_for
from docexam.specimens.physics.exposure import gains
from docexam.specimens.physics.lamps import Lamp, lamp_named, lamps
from docexam.specimens.physics.materials import Material, material_named
from docexam.specimens.physics.render import render
from docexam.specimens.physics.surface import mirrored
from docexam.specimens.seeds import rng_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.capturing.devices import Device
    from docexam.specimens.stack import PageStack

PATCH_LEVEL = 0.5
_PATCH_MM = (8.0, 4.0)
_ULTRAVIOLET_BOOST = 4.0
"""Gain under ultraviolet against white light: so much larger is the noise."""


@dataclass(frozen=True, eq=False)
class Shot:
    """One picture, 8-bit (rows, columns) or BGR, with what is true of it.

    `image` describes it (its `file` is empty until it is written); `page_px` says where the page
    lies, clockwise from its top left.
    """

    image: CaptureImage
    picture: Encoded
    placement: Placement
    page_px: Quad


_EXPOSURES_MS = {"colour": 12.0, "infrared": 16.0, "fluorescence": 400.0}
_GAINS = {"colour": 1.0, "infrared": 1.0, "fluorescence": _ULTRAVIOLET_BOOST}


@dataclass(frozen=True)
class _Conditions:
    """What is the same for all pictures of one capture: bed, room, lens, exposure."""

    bed: Material
    lint: NDArray[np.float32] | None
    leak: float
    vignetting: float
    uv_exposure: float


@dataclass(frozen=True, eq=False)
class _Exposure:
    """What one picture is taken with: the lamp as it burns, and the camera."""

    lamp: Lamp
    camera: Camera
    placement: Placement

    def flat(self, material: Material) -> NDArray[np.float32]:
        """What the camera sees of a bare sheet of `material`, (channels,), before gain."""
        given = answer(material, self.lamp)
        light = np.asarray(given.sent_back * self.lamp.spectrum)
        if given.glow is not None:
            light = light + given.glow * (1 + given.sent_back) / 2
        return np.asarray((self.camera.sensitivities * light).sum(axis=1), np.float32)

    def white(self) -> NDArray[np.float32]:
        """What the camera sees of a perfect white, (channels,), before gain."""
        light = self.camera.sensitivities * self.lamp.spectrum
        return np.asarray(light.sum(axis=1), np.float32)


def shoot(
    stack: PageStack,
    lights: tuple[Light, ...] | list[Light],
    device: Device,
    *,
    ppi: float,
    seed: str | int,
    placement: Placement | None = None,
    extra_lamps: dict[str, Lamp] | None = None,
) -> list[Shot]:
    """Pictures of one page under `lights`.

    `seed` names the capture: the same seed gives the same placement and noise, whatever else is
    drawn before. `placement` lays the page by hand. `extra_lamps` replaces lamps of the table.

    Raises:
        UsageError: a light that the device or the table does not have.
    """
    rng = rng_for("placement", device.name, str(seed), stack.page)
    where = placement or place(stack.grid, device, ppi, rng)
    conditions = _Conditions(
        bed=material_named(str(rng.choice(list(device.bed)))),
        lint=lint_on_glass(where, device.lint, rng) if device.lint else None,
        leak=float(rng.uniform(*device.leak)),
        vignetting=float(rng.uniform(*device.vignetting)),
        uv_exposure=float(rng.uniform(*device.uv_exposure)),
    )
    shots = []
    for light in lights:
        if light not in device.lights:
            raise UsageError(
                f"The device {device.name!r} has no light {light!r}.",
                code="specimen.light",
                hint=f"It has {', '.join(device.lights)}.",
            )
        lamp = (extra_lamps or {}).get(light) or lamp_named(light)
        own = rng_for("light", device.name, str(seed), stack.page, light)
        lamp = replace(lamp, name=light)
        shots.append(_one(stack, lamp, device, where, conditions=conditions, rng=own))
    return shots


def _one(
    stack: PageStack,
    lamp: Lamp,
    device: Device,
    placement: Placement,
    *,
    conditions: _Conditions,
    rng: np.random.Generator,
) -> Shot:
    camera = camera_for(lamp.camera)
    level = float(rng.uniform(*device.lamp_level))
    reach = float(rng.uniform(*device.light_shift_px))
    direction = float(rng.uniform(0, 2 * np.pi))
    if lamp.name != "white":
        placement = placement.shifted(reach * np.cos(direction), reach * np.sin(direction))
    gain = gains(lamp, camera)
    if lamp.camera == "fluorescence":
        gain = gain * np.float32(conditions.uv_exposure)
    # the lamps stand still: to a page that lies turned, an oblique lamp stands elsewhere
    burning = replace(lamp, azimuth_deg=lamp.azimuth_deg - placement.turn_deg).at_level(level)
    burning = burning.with_leak(lamps()["ambient"].spectrum, conditions.leak)
    exposure = _Exposure(burning, camera, placement)
    planes, inside = _on_bed(render(stack, burning, camera), stack, conditions.bed, exposure)
    glare = float(rng.uniform(*device.glare))
    if glare > 0:
        _add_glare(planes, inside, stack, exposure, glare, rng=rng)
    if conditions.lint is not None:
        paper = exposure.flat(material_named("office-paper"))
        planes *= 1 - conditions.lint
        planes += conditions.lint * paper[:, None, None]
    patch = None
    has_patch = device.reference and _room_above_mm(stack, placement) > _PATCH_MM[1] + 0.5
    if has_patch and lamp.camera == "fluorescence" and lamp.geometry != "off":
        patch = _lay_patch(planes, exposure)
    unevenness = float(rng.uniform(*device.unevenness))
    lit = falloff(placement.shape, conditions.vignetting, unevenness, rng)
    sigma_px = _blur_px(device, lamp, placement, rng)
    planes *= gain[:, None, None]
    planes *= lit
    for plane in planes:
        blurred(plane, sigma_px)
    noisy(planes, device.noise, _GAINS[lamp.camera], rng)
    image = CaptureImage(
        light=lamp.name,  # type: ignore[arg-type]
        file="",
        ppi=round(placement.px_per_mm * 25.4, 3) if device.known_ppi else None,
        wavelength_nm=lamp.wavelength_nm,
        encoding=device.encoding,
        reference=patch,
        exposure_ms=_EXPOSURES_MS[lamp.camera] if device.known_ppi else None,
        gain=_GAINS[lamp.camera] if device.known_ppi else None,
        for_light="uv" if lamp.geometry == "off" else None,
    )
    picture = encoded(planes, device.encoding)
    return Shot(image, picture, placement, placement.to_px(_corners_mm(stack)))


def _corners_mm(stack: PageStack) -> Quad:
    width, height = stack.grid.width_mm, stack.grid.height_mm
    return (0.0, 0.0), (width, 0.0), (width, height), (0.0, height)


def _room_above_mm(stack: PageStack, placement: Placement) -> float:
    """How much glass there is above the page."""
    highest = min(y for _, y in placement.to_px(_corners_mm(stack)))
    return highest / placement.px_per_mm


def _blur_px(device: Device, lamp: Lamp, placement: Placement, rng: np.random.Generator) -> float:
    by_mode = {
        "colour": device.blur_um.white,
        "infrared": device.blur_um.ir,
        "fluorescence": device.blur_um.uv,
    }
    return float(rng.uniform(*by_mode[lamp.camera])) / 1000 * placement.px_per_mm


def _on_bed(
    page: Planes, stack: PageStack, bed: Material, exposure: _Exposure
) -> tuple[Planes, NDArray[np.float32]]:
    """The page in its frame on the bed, (channels, rows, columns), and where it lies."""
    inside = warp(stack.outline, stack.grid, exposure.placement)
    around = exposure.white() if exposure.lamp.geometry == "transmitted" else exposure.flat(bed)
    free = _shaded_bed(inside, exposure.placement.px_per_mm)
    planes = np.empty((page.shape[0], *inside.shape), np.float32)
    for channel in range(page.shape[0]):
        planes[channel] = warp(page[channel], stack.grid, exposure.placement)
        planes[channel] += free * around[channel]
    return planes, inside


_SHADE = 0.35
_SHADE_MM = 0.5


def _shaded_bed(inside: NDArray[np.float32], px_per_mm: float) -> NDArray[np.float32]:
    """How much of the bed shows: 0 under the page, and less beside its edge, which shades it."""
    # the shade is soft, so a quarter of the points is enough for it
    small = cv2.resize(inside, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), max(0.4, _SHADE_MM * px_per_mm / 4))
    shade = cv2.resize(soft, inside.shape[::-1], interpolation=cv2.INTER_LINEAR)
    free = np.asarray(shade, np.float32)
    free *= np.float32(-_SHADE)
    free += 1
    free *= 1 - inside
    return free


def _lay_patch(planes: Planes, exposure: _Exposure) -> ReferencePatch:
    """Lay the fluorescent patch into the top-left corner of the glass, beside the page."""
    glow = exposure.flat(material_named("office-paper").with_yield(PATCH_LEVEL))
    scale = exposure.placement.px_per_mm
    columns, rows = (max(4, round(side * scale)) for side in _PATCH_MM)
    rows, columns = min(rows, planes.shape[1] // 4), min(columns, planes.shape[2] // 4)
    planes[:, :rows, :columns] = glow[:, None, None]
    return ReferencePatch("fluorescent", (0.0, 0.0, float(columns), float(rows)), PATCH_LEVEL)


def _add_glare(
    planes: Planes,
    inside: NDArray[np.float32],
    stack: PageStack,
    exposure: _Exposure,
    strength: float,
    *,
    rng: np.random.Generator,
) -> None:
    """Add a lamp's reflection in the page's gloss."""
    rows, columns = inside.shape
    gloss = warp(mirrored(stack), stack.grid, exposure.placement)
    x = np.arange(columns, dtype=np.float32)[None, :] / columns - np.float32(rng.uniform(0.1, 0.9))
    y = np.arange(rows, dtype=np.float32)[:, None] / rows - np.float32(rng.uniform(0.1, 0.7))
    across, down = rng.uniform(0.06, 0.2), rng.uniform(0.03, 0.10)
    spot = np.exp(-0.5 * (x / np.float32(across)) ** 2) * np.exp(-0.5 * (y / np.float32(down)) ** 2)
    spot *= gloss
    spot *= inside
    planes += spot * (exposure.white() * np.float32(strength * 2))[:, None, None]
