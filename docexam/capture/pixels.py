"""Decoded samples of any depth and transparency to 8-bit grey or BGR."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Samples = npt.NDArray[Any]

_HIGHLIGHTS = 0.999  # A few hot pixels do not tell how many bits a sensor fills.
_FAINT_LEVELS = 16  # Below this contrast on white, the ink is taken to be meant for a dark ground.


def to_eight_bits(samples: Samples) -> Pixels:
    """8-bit samples: deeper ones are shifted by whole bits until the brightest just fit.

    A 12-bit scan in a 16-bit file so becomes a normal picture, and relations between samples
    stay linear. Floating samples within 0..1 are scaled by 255, others to their own range.
    """
    if samples.dtype == np.uint8:
        return samples
    if samples.dtype == np.bool_:
        return np.asarray(np.where(samples, 255, 0), dtype=np.uint8)
    if samples.dtype.kind == "f":
        return _from_floats(samples)
    step = max(1, samples.size // 1_000_000)
    sparse = samples.reshape(-1)[::step]
    brightest = int(np.quantile(sparse, _HIGHLIGHTS, method="higher"))
    shift = max(0, brightest.bit_length() - 8)
    return np.asarray(np.clip(samples >> shift, 0, 255), dtype=np.uint8)


def _from_floats(samples: Samples) -> Pixels:
    finite = np.nan_to_num(samples.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(finite.min()), float(finite.max())
    if low >= 0.0 and 0.25 < high <= 1.0:
        low, high = 0.0, 1.0
    scale = 255.0 / (high - low) if high > low else 0.0
    return ((finite - low) * scale + 0.5).astype(np.uint8)


def flatten_alpha(pixels: Pixels) -> Pixels:
    """Grey+alpha (H, W, 2) or BGRA (H, W, 4) laid on a ground; anything else as it is.

    The ground is white, as paper is; black where the ink would vanish on white. An alpha
    channel that hides everything is a mistake of the program that wrote it, and ignored.
    """
    if pixels.ndim != 3 or pixels.shape[2] not in (2, 4):
        return pixels
    colour, alpha = pixels[..., :-1], pixels[..., -1]
    if pixels.shape[2] == 2:
        colour = colour[..., 0]
    lowest = int(alpha.min())
    if lowest == 255 or not alpha.any():
        return np.ascontiguousarray(colour)
    weight = (alpha if colour.ndim == 2 else alpha[..., None]).astype(np.uint16)
    ink = colour.astype(np.uint16) * weight
    on_white = ((ink + (255 - weight) * 255 + 127) // 255).astype(np.uint8)
    if int(on_white.min()) < 255 - _FAINT_LEVELS:
        return on_white
    return ((ink + 127) // 255).astype(np.uint8)


def turn(samples: Samples, orientation: int) -> Samples:
    """Samples turned upright from EXIF orientation 1 to 8 (CIPA DC-008, tag 274)."""
    if orientation in (5, 6, 7, 8):
        samples = samples.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        samples = samples[:, ::-1]
    if orientation in (3, 4, 7, 8):
        samples = samples[::-1]
    return np.ascontiguousarray(samples)
