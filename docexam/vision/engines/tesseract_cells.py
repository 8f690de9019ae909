"""Tesseract's characters as cells of evenly spaced print, each with its odds.

Machine readable zones have one pitch (Doc 9303-3, 4.4). Tesseract does not know: it drops fillers
and squeezes characters in that are not there. Where a character stands tells which they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.vision.line_cells import Cells
from docexam.vision.line_columns import ALPHABET, NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.vision.engines.hocr import Character
    from docexam.vision.line_cells import FloatArray

IntArray = NDArray[np.int64]

FEWEST = 8
# How much likelier than an alternative (natural logarithm) a character is, by the distance of their
# scores. Measured on public specimens with data trained on zones: readings whose smallest distance
# was above 0.85 were right, most below were not.
_SCORE_DISTANCE = (0.0, 0.74, 0.85, 0.93)
_LOG_ODDS = (0.2, 1.0, 2.5, 4.0)
# Tesseract is as sure of O for 0 as of O itself, with stock data and with data trained on zones.
_TWINS = {"O": "0", "0": "O"}
_TWIN_LOG_ODDS = 3.0
_RARE = 1e-4
_GAP = {"<": 0.4}
_GAP_BLANK = 0.3


def cells_of(characters: Sequence[Character]) -> Cells | None:
    """The cells of one line, with a blank one at either end; None where there is too little print.

    A cell without a character is left open, most likely a filler.
    """
    if len(characters) < FEWEST:
        return None
    middles = np.array([(c.left_px + c.right_px) / 2 for c in characters])
    numbers, pitch, origin = _numbered(middles)
    if pitch <= 0:
        return None
    count = int(numbers.max()) + 1
    chosen: list[Character | None] = [None] * count
    for number, character in zip(numbers, characters, strict=True):
        rival = chosen[number]
        if rival is None or rival.confidence < character.confidence:
            chosen[number] = character
    rows = np.stack([_blank(), *(_odds(c) if c else _gap() for c in chosen), _blank()])
    places = origin + pitch * np.arange(-1, count + 1, dtype=np.float64)
    return Cells(places, np.log(rows), pitch, np.zeros(len(places)))


def _numbered(middles: FloatArray) -> tuple[IntArray, float, float]:
    """The cell of each character, counted from the first one's, the pitch and the first's place."""
    pitch = float(np.median(np.diff(middles)))
    numbers = np.zeros(len(middles), np.int64)
    origin = float(middles[0])
    for _ in range(3):
        if pitch <= 0:
            break
        # From neighbour to neighbour: a slightly wrong pitch must not add up along the line.
        last = 0
        for i in range(1, len(middles)):
            numbers[i] = numbers[last] + round(float(middles[i] - middles[last]) / pitch)
            if numbers[i] > numbers[last]:
                last = i
        if numbers.max() - numbers.min() < FEWEST - 1:
            break
        pitch, origin = (float(v) for v in np.polyfit(numbers, middles, 1))
    first = int(numbers.min())
    return numbers - first, pitch, origin + first * pitch


def _odds(character: Character) -> FloatArray:
    """Probabilities over the alphabet and none, from the scores of the alternatives."""
    own = dict(character.alternatives).get(character.text, character.confidence)
    weights = np.full(NONE + 1, _RARE)
    for other, score in character.alternatives:
        if other != character.text and other in ALPHABET:
            log_odds = np.interp(own - score, _SCORE_DISTANCE, _LOG_ODDS)
            weights[ALPHABET.index(other)] = np.exp(-log_odds)
    twin = _TWINS.get(character.text)
    if twin is not None:
        index = ALPHABET.index(twin)
        weights[index] = max(weights[index], np.exp(-_TWIN_LOG_ODDS))
    weights[ALPHABET.index(character.text)] = 1.0
    return np.asarray(weights / weights.sum())


def _gap() -> FloatArray:
    rest = 1 - sum(_GAP.values()) - _GAP_BLANK
    weights = np.full(NONE + 1, rest / NONE)
    weights[NONE] = _GAP_BLANK
    for text, share in _GAP.items():
        weights[ALPHABET.index(text)] += share
    return np.asarray(weights / weights.sum())


def _blank() -> FloatArray:
    weights = np.full(NONE + 1, _RARE / NONE)
    weights[NONE] = 1.0
    return np.asarray(weights / weights.sum())
