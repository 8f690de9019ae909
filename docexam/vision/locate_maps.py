"""What the zone network says about a grey picture, as maps with one cell for 4 x 4 pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.vision.onnx_session import session

MODEL_FILE = "mrz_zone.onnx"
STRIDE = 4  # px a cell
_MULTIPLE = 32  # the network halves five times
_PAD_GREY = 128  # stands beyond the picture, as in training
_REFERENCE_HEIGHT_PX = 8.0  # log height 0, as in training

FloatMap = np.ndarray[tuple[int, int], np.dtype[np.float32]]
Grey = np.ndarray[tuple[int, int], np.dtype[np.uint8]]


@dataclass(frozen=True, slots=True)
class Maps:
    """Each (h / 4, w / 4) float32; those after `zone` mean something only inside a zone.

    `core` and `zone` are probabilities: middle of a printed line, anywhere in the zone.
    `cos2, sin2` are of twice the angle of the lines, `cos, sin` of the reading direction;
    `height_px` is that of a capital.
    """

    core: FloatMap
    zone: FloatMap
    cos2: FloatMap
    sin2: FloatMap
    cos: FloatMap
    sin: FloatMap
    height_px: FloatMap


def cell_to_px(
    cells: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The pixel coordinate of the middle of a cell."""
    return cells * STRIDE + (STRIDE - 1) / 2


def zone_maps(grey: Grey) -> Maps:
    """The maps of `grey`, uint8 (h, w) of any size.

    Raises:
        ModelError: the model is missing or altered.
    """
    h, w = grey.shape
    padded = np.full((_round_up(h), _round_up(w)), _PAD_GREY, np.uint8)
    padded[:h, :w] = grey
    values = padded.astype(np.float32)
    values *= 1 / 255
    values -= 0.5
    out = session(MODEL_FILE).run(None, {"grey": values[None, None]})[0][0]
    out = out[:, : -(-h // STRIDE), : -(-w // STRIDE)]
    core, zone = 1 / (1 + np.exp(-np.clip(out[:2], -30, 30)))
    height = _REFERENCE_HEIGHT_PX * np.exp(np.clip(out[6], -3, 3))
    return Maps(core, zone, out[2], out[3], out[4], out[5], height)


def _round_up(size: int) -> int:
    return max(1, -(-size // _MULTIPLE)) * _MULTIPLE
