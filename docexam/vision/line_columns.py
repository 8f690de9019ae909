"""Run the line recogniser: what stands in each column of a strip, and how the line runs there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.vision.line_strip import STRIDE, STRIP_H, Image
from docexam.vision.onnx_session import session

if TYPE_CHECKING:
    from collections.abc import Sequence

MODEL = "mrz_line.onnx"
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
NONE = len(ALPHABET)
_ENYE = len(ALPHABET)  # among the network's classes, before none: N with a tilde
_CLASSES = len(ALPHABET) + 2

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Columns:
    """The network's answer for one strip, a row for each column of STRIDE pixels.

    `log_probability` (columns, 38): characters of ALPHABET and none. `phase` -0.5..0.5: where in
    its cell the column lies. `offset` of the line's middle below the strip's, and `log_height` of
    its capitals against the nominal ones, both in capital heights. `tilde` (columns,): probability
    of an N with a tilde, which counts as N in `log_probability`.
    """

    x: FloatArray
    log_probability: FloatArray
    phase: FloatArray
    offset: FloatArray
    log_height: FloatArray
    tilde: FloatArray

    @property
    def inside(self) -> FloatArray:
        """Probability that there is a character at each column, 0..1."""
        return np.asarray(1.0 - np.exp(self.log_probability[:, NONE]))


def look(strips: Sequence[Image]) -> list[Columns]:
    """Recognise strips; strips of one width go through the network together."""
    found: list[Columns | None] = [None] * len(strips)
    widths = sorted({strip.shape[1] for strip in strips})
    for width in widths:
        chosen = [i for i, strip in enumerate(strips) if strip.shape[1] == width]
        batch = np.stack([strips[i] for i in chosen]).astype(np.float32)
        answers = session(MODEL).run(None, {"strips": batch.reshape(-1, STRIP_H, width)})[0]
        for i, answer in zip(chosen, np.asarray(answers, np.float64), strict=True):
            found[i] = _columns(answer)
    return [columns for columns in found if columns is not None]


def _columns(answer: FloatArray) -> Columns:
    """(43, columns) raw network output to `Columns`."""
    scores = answer[:_CLASSES]
    scores = scores - scores.max(0)
    classes = scores - np.log(np.exp(scores).sum(0))
    tilde = np.exp(classes[_ENYE])
    log_probability = np.delete(classes, _ENYE, axis=0)
    plain_n = ALPHABET.index("N")
    log_probability[plain_n] = np.logaddexp(classes[plain_n], classes[_ENYE])
    cosine, sine, offset, log_height = answer[_CLASSES:]
    x = np.arange(answer.shape[1], dtype=np.float64) * STRIDE + (STRIDE - 1) / 2
    phase = np.arctan2(sine, cosine) / (2 * np.pi)
    return Columns(x, log_probability.T, phase, offset, log_height, tilde)
