"""What lies behind and upon a printed line: grounds, security print, stamps, glare."""

from __future__ import annotations

import cv2
import numpy as np


def clouds(rng: np.random.Generator, h: int, w: int) -> np.ndarray:
    """Smooth random field, mean 0, about -1..1, of one random feature size."""
    cell = float(rng.uniform(4, 60))
    small = rng.standard_normal((max(2, int(h / cell) + 2), max(2, int(w / cell) + 2)))
    return cv2.resize(small.astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC) / 2


def waves(rng: np.random.Generator, h: int, w: int, pitch_px: float) -> np.ndarray:
    """Guilloche-like families of lines, 0..1."""
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    out = np.zeros((h, w), np.float32)
    for _ in range(int(rng.integers(1, 4))):
        angle = rng.uniform(0, np.pi)
        period = pitch_px * rng.uniform(0.2, 1.6)
        along = x * np.cos(angle) + y * np.sin(angle)
        across = -x * np.sin(angle) + y * np.cos(angle)
        bend = rng.uniform(0, 1.5) * np.sin(
            across / (pitch_px * rng.uniform(0.5, 6)) + rng.uniform(0, 6)
        )
        out += np.clip(np.sin(2 * np.pi * along / period + bend * 3) * rng.uniform(1, 4), 0, 1)
    return out / 2


def ground(rng: np.random.Generator, h: int, w: int, pitch_px: float) -> np.ndarray:
    """Paper under the text, grey 0..1 around 0 (to be scaled and shifted by the caller)."""
    field = np.zeros((h, w), np.float32)
    if rng.random() < 0.7:
        field += clouds(rng, h, w) * rng.uniform(0, 0.18)
    if rng.random() < 0.5:
        field += np.linspace(-1, 1, w, dtype=np.float32)[None] * rng.uniform(-0.2, 0.2)
    if rng.random() < 0.5:
        field -= waves(rng, h, w, pitch_px) * rng.uniform(0.02, 0.4)
    if rng.random() < 0.25:
        edge = int(rng.integers(0, w))
        field[:, edge:] += rng.uniform(-0.3, 0.3)
    if rng.random() < 0.15:
        edge = int(rng.integers(0, h))
        field[edge:] += rng.uniform(-0.6, 0.4)
    return field


def overprint(rng: np.random.Generator, image: np.ndarray, pitch_px: float) -> None:
    """Stamps, strokes and scratches across the text, in place; faint more often than dark."""
    h, w = image.shape
    for _ in range(int(rng.integers(1, 4))):
        mark = np.zeros((h, w), np.uint8)
        p, q = rng.integers(0, (w, h)), rng.integers(0, (w, h))
        thick = max(1, int(pitch_px * rng.uniform(0.05, 0.35)))
        kind = rng.random()
        if kind < 0.2:
            letters = "".join(chr(65 + int(v)) for v in rng.integers(0, 26, 6))
            place = (int(p[0] - pitch_px * 4), int(p[1]))
            size = pitch_px * float(rng.uniform(0.04, 0.16))
            cv2.putText(
                mark, letters, place, cv2.FONT_HERSHEY_DUPLEX, size, 255, thick, cv2.LINE_AA
            )
        elif kind < 0.6:
            cv2.line(mark, [int(v) for v in p], [int(v) for v in q], 255, thick, cv2.LINE_AA)
        else:
            axes = (int(pitch_px * rng.uniform(1, 8)), int(pitch_px * rng.uniform(1, 6)))
            centre = [int(v) for v in p]
            cv2.ellipse(mark, centre, axes, rng.uniform(0, 180), 0, 360, 255, thick, cv2.LINE_AA)
        image += (mark.astype(np.float32) / 255) * rng.uniform(-0.35, 0.25)
