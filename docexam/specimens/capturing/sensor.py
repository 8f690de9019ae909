"""Light to numbers: uneven lamps, the lens, noise, and the encoding of the file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from docexam.specimens.capturing.devices import Noise

Plane = NDArray[np.float32]
Planes = NDArray[np.float32]
"""(channels, rows, columns), linear light."""
Encoded = NDArray[np.uint8]

_STEPS = 8192


def falloff(
    shape: tuple[int, int], vignetting: float, unevenness: float, rng: np.random.Generator
) -> Plane:
    """What share of the light reaches each point of the frame, (rows, columns), near 1."""
    lattice = 1 + unevenness * rng.uniform(-1, 1, (3, 4))
    # the brightest place of a lamp is set to full scale
    lattice = (lattice / lattice.max()).astype(np.float32)
    rows, columns = shape
    lit = cv2.resize(lattice, (columns, rows), interpolation=cv2.INTER_CUBIC)
    y = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, columns, dtype=np.float32)[None, :]
    lit *= 1 - np.float32(vignetting / 2) * (x * x + y * y)
    return np.clip(np.asarray(lit, np.float32), 0.05, 1.0)


def blurred(plane: Plane, sigma_px: float) -> None:
    """Send one channel through a lens with a Gaussian spread of `sigma_px`, in place."""
    if sigma_px >= 0.15:
        cv2.GaussianBlur(plane, (0, 0), sigma_px, dst=plane, borderType=cv2.BORDER_REPLICATE)


def noisy(planes: Planes, noise: Noise, boost: float, rng: np.random.Generator) -> None:
    """Add shot and read noise in place; `boost` is the gain against white light.

    One field of noise serves all channels, each time moved far enough that neighbours differ.
    """
    shot = np.float32(boost / noise.electrons)
    read = np.float32(noise.read**2 * boost)
    field = rng.standard_normal(planes.shape[1:], dtype=np.float32)
    for channel in range(planes.shape[0]):
        plane = planes[channel]
        spread = np.maximum(plane, np.float32(0))
        spread *= shot
        spread += read
        np.sqrt(spread, out=spread)
        rows = (channel * 389) % plane.shape[0]
        spread[rows:] *= field[: plane.shape[0] - rows]
        spread[:rows] *= field[plane.shape[0] - rows :]
        np.add(plane, spread, out=plane)


@cache
def _srgb_steps() -> Encoded:
    """Codes of sRGB (IEC 61966-2-1) for 8192 linear steps."""
    linear = np.arange(_STEPS) / (_STEPS - 1)
    code = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(code * 255), np.uint8)


def encoded(planes: Planes, encoding: str) -> Encoded:
    """Linear 0..1 as 8-bit codes; (rows, columns) for one channel, BGR for three."""
    codes = [_codes(plane, encoding) for plane in planes]
    if len(codes) == 1:
        return codes[0]
    return np.asarray(cv2.merge(codes[::-1]), np.uint8)


def _codes(plane: Plane, encoding: str) -> Encoded:
    np.clip(plane, 0, 1, out=plane)
    if encoding == "linear":
        return np.asarray(np.rint(plane * np.float32(255)), np.uint8)
    plane *= np.float32(_STEPS - 1)
    plane += np.float32(0.5)
    return np.take(_srgb_steps(), plane.astype(np.uint16))


def to_file(
    picture: Encoded, jpeg_quality: float | None, *, packed: bool = True
) -> tuple[bytes, str]:
    """The picture as the bytes of a file, and the file's suffix.

    Without `packed`, what is not a JPEG becomes a BMP: the same samples, written and read in a
    fraction of the time, for pictures that are never kept.
    """
    if jpeg_quality is None and not packed:
        return cv2.imencode(".bmp", picture)[1].tobytes(), ".bmp"
    if jpeg_quality is None:
        options = [cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, 3]
        return cv2.imencode(".png", picture, options)[1].tobytes(), ".png"
    quality = [cv2.IMWRITE_JPEG_QUALITY, max(1, round(jpeg_quality))]
    return cv2.imencode(".jpg", picture, quality)[1].tobytes(), ".jpg"
