"""One training strip: a printed line as the reader straightens it, with its labels per column.

A strip is STRIP_H x width pixels; its nominal capital height is STRIP_CAP. The network answers once
every STRIDE pixels: the character there (or none), where in its cell the column lies, how far the
line runs above or below the middle of the strip, and how tall its capitals are.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import paper
import texts
from glyphs import ALPHABET, CAP, CELL_H, CELL_W, WEIGHTS

STRIP_H = 32
STRIP_CAP = 15.0
STRIDE = 4
NONE = len(ALPHABET)
IGNORE = -100


@dataclass(frozen=True)
class Strip:
    """`pixels` (STRIP_H, W) uint8 and the labels of its W / STRIDE columns."""

    pixels: np.ndarray
    classes: np.ndarray  # int64, IGNORE where the loss looks away
    geometry: np.ndarray  # (4, columns): cos, sin of the phase, dy in capital heights, log height
    inside: np.ndarray  # float32, 1 within the text


@dataclass(frozen=True)
class Print:
    """A line on its paper in source pixels: image, centres of its characters, capital height."""

    image: np.ndarray
    centres: np.ndarray  # (n, 2) x, y
    text: str
    cap_px: float
    pitch_px: float


def _lines(rng: np.random.Generator, n: int) -> tuple[str, str, str]:
    return texts.line(rng, n), texts.line(rng, n), texts.line(rng, n)


def _coverage(rng, face, text, pitch, spacing, above, below):  # noqa: ANN001, ANN202
    """Ink coverage at atlas scale of the line and, where not None, its neighbours."""
    n = len(text)
    margin = int(rng.integers(40, 170))
    w, h = int(n * pitch + 2 * margin), int(2 * spacing + CELL_H + 24)
    cover = np.zeros((h, w), np.float32)
    weight = int(np.clip(round(rng.normal(2, 1.1)), 0, len(WEIGHTS) - 1))
    jitter_x, jitter_y = rng.uniform(0, 1.2), rng.uniform(0, 0.8)
    for row, words in ((-1, above), (0, text), (1, below)):
        if words is None:
            continue
        for i, char in enumerate(words):
            if i >= n:
                break
            x = round(margin + (i + 0.5) * pitch - CELL_W / 2 + rng.normal(0, jitter_x))
            y = round(h / 2 + row * spacing - CELL_H / 2 + rng.normal(0, jitter_y))
            y = max(0, min(y, h - CELL_H))
            glyph = face[weight, ALPHABET.index(char)]
            cell = cover[y : y + CELL_H, x : x + CELL_W]
            np.maximum(cell, glyph[:, : cell.shape[1]], out=cell)
    return cover, margin, h / 2


def _degrade(rng: np.random.Generator, image: np.ndarray, pitch: float) -> np.ndarray:
    """What camera and file do to the source picture; in and out float32 0..1.

    A third of the pictures is good: there the network learns the fine differences of shape.
    """
    if rng.random() < 0.33:
        image = cv2.GaussianBlur(image, (0, 0), max(0.2, pitch * rng.uniform(0.01, 0.06)))
        image = image + rng.standard_normal(image.shape, np.float32) * 0.01
        return (np.clip(image, 0, 1) * 255).astype(np.uint8)
    if rng.random() < 0.65:
        sigma = pitch * rng.uniform(0.02, 0.15)
        image = cv2.GaussianBlur(image, (0, 0), max(0.2, sigma))
    if rng.random() < 0.12:
        n = max(2, int(pitch * rng.uniform(0.1, 0.4)))
        kernel = np.zeros((n, n), np.float32)
        if rng.random() < 0.5:
            kernel[n // 2] = 1
        else:
            kernel[np.arange(n), np.arange(n)] = 1
        image = cv2.filter2D(image, -1, kernel / kernel.sum())
    if rng.random() < 0.25:
        soft = cv2.GaussianBlur(image, (0, 0), max(0.5, pitch * 0.08))
        image = image + (image - soft) * rng.uniform(0.3, 2.0)
    if rng.random() < 0.12:
        h, w = image.shape
        glare = np.zeros((h, w), np.float32)
        centre = (int(rng.integers(0, w)), int(rng.integers(0, h)))
        axes = (int(pitch * rng.uniform(1, 5)), int(pitch * rng.uniform(0.5, 3)))
        cv2.ellipse(glare, centre, axes, 0, 0, 360, float(rng.uniform(0.2, 0.9)), -1)
        image = image + cv2.GaussianBlur(glare, (0, 0), pitch * rng.uniform(0.3, 2))
    if rng.random() < 0.5:
        image = np.clip(image, 0, 1) ** rng.uniform(0.6, 1.7)
    image = image + rng.standard_normal(image.shape, np.float32) * abs(rng.normal(0, 0.03))
    if rng.random() < 0.3:
        image = image * rng.uniform(0.4, 1.0)
    out = (np.clip(image, 0, 1) * 255).astype(np.uint8)
    if rng.random() < 0.6:
        quality = int(rng.integers(18, 96))
        out = cv2.imdecode(
            cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE
        )
    return out


def print_line(rng: np.random.Generator, face: np.ndarray, n: int) -> Print:
    """A line of `n` characters printed on some paper and looked at by some camera."""
    pitch_a = CAP * 1.0325 * float(np.clip(rng.normal(1.0, 0.07), 0.8, 1.3))
    spacing = CAP * rng.uniform(1.6, 2.8)
    text, above, below = _lines(rng, n)
    cover, margin, middle = _coverage(
        rng,
        face,
        text,
        pitch_a,
        spacing,
        above if rng.random() < 0.5 else None,
        below if rng.random() < 0.5 else None,
    )
    pitch = float(np.exp(rng.uniform(np.log(4.8), np.log(26))))
    scale = pitch / pitch_a
    size = (max(8, round(cover.shape[1] * scale)), max(8, round(cover.shape[0] * scale)))
    sx, sy = size[0] / cover.shape[1], size[1] / cover.shape[0]
    shift = rng.uniform(-0.5, 0.5, 2) / (sx, sy)
    moved = cv2.warpAffine(
        cover, np.float32([[1, 0, shift[0]], [0, 1, shift[1]]]), cover.shape[::-1]
    )
    small = cv2.resize(moved, size, interpolation=cv2.INTER_AREA)
    level = rng.uniform(0.45, 1.0)
    sheet = level + paper.ground(rng, size[1], size[0], pitch) * level
    if rng.random() < 0.2:
        paper.overprint(rng, sheet, pitch)
    contrast = np.clip(rng.normal(0.8, 0.25), 0.22, 1.0)
    fade = 1 + paper.clouds(rng, size[1], size[0]) * (0.3 if rng.random() < 0.3 else 0.0)
    image = sheet * (1 - np.clip(small * contrast * fade, 0, 1))
    if rng.random() < 0.15:
        paper.overprint(rng, image, pitch)
    centres = np.stack(
        [margin + (np.arange(n) + 0.5) * pitch_a + shift[0], np.full(n, middle + shift[1])], 1
    ) * (sx, sy) + (sx / 2 - 0.5, sy / 2 - 0.5)
    return Print(_degrade(rng, image.astype(np.float32), pitch), centres, text, CAP * sy, pitch)


def _labels(centres: np.ndarray, text: str, pitch: float, cap: float, width: int):  # noqa: ANN202
    columns = np.arange(width // STRIDE) * STRIDE + (STRIDE - 1) / 2
    nearest = np.abs(columns[:, None] - centres[None, :, 0]).argmin(1)
    phase = (columns - centres[nearest, 0]) / pitch
    chars = np.array([ALPHABET.index(c) for c in text])
    classes = np.where(np.abs(phase) <= 0.34, chars[nearest], IGNORE)
    classes = np.where(np.abs(phase) > 0.75, NONE, classes).astype(np.int64)
    inside = (np.abs(phase) <= 0.5).astype(np.float32)
    dy = (np.interp(columns, centres[:, 0], centres[:, 1]) - (STRIP_H - 1) / 2) / STRIP_CAP
    angle = 2 * np.pi * phase
    geometry = np.stack(
        [np.cos(angle), np.sin(angle), dy, np.full_like(dy, np.log(cap / STRIP_CAP))]
    )
    return classes, geometry.astype(np.float32), inside


def strip(rng: np.random.Generator, face: np.ndarray, width: int) -> Strip:
    """One strip as the reader would cut it out, with the reader's errors of geometry."""
    room = width / STRIP_CAP
    n = int(rng.integers(5, room * 0.8)) if rng.random() < 0.3 else int(room + 6)
    printed = print_line(rng, face, n)
    zoom = STRIP_CAP / printed.cap_px * float(np.exp(np.clip(rng.normal(0, 0.09), -0.25, 0.25)))
    angle = np.deg2rad(float(np.clip(rng.normal(0, 0.7), -2, 2)))
    shear = float(np.clip(rng.normal(0, 0.06), -0.2, 0.2))
    # print seen from the side is wider or narrower than it should be, its characters with it
    wide = float(np.exp(np.clip(rng.normal(0, 0.06), -0.16, 0.16)))
    turn = zoom * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = turn @ np.array([[1, shear], [0, 1]]) @ np.diag([wide, 1.0])
    along = zoom * wide
    span = printed.centres[-1, 0] - printed.centres[0, 0]
    full = (span + printed.pitch_px) * along
    # a short line lies anywhere in the window, a long one is cut at both ends or begins/ends in it
    if full < width:
        left = rng.uniform(0, width - full) + printed.pitch_px * along / 2
    else:
        left = rng.uniform(width - full, 0) + printed.pitch_px * along / 2
    middle = printed.centres.mean(0)
    target = np.array(
        [left + span * along / 2, (STRIP_H - 1) / 2 + np.clip(rng.normal(0, 2.2), -6, 6)]
    )
    offset = target - linear @ middle
    matrix = np.concatenate([linear, offset[:, None]], 1)
    image = printed.image
    if zoom < 0.67:
        image = cv2.resize(image, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA)
        back = np.array(
            [printed.image.shape[1] / image.shape[1], printed.image.shape[0] / image.shape[0]]
        )
        centre_shift = back / 2 - 0.5
        matrix = np.concatenate([linear * back, (offset + linear @ centre_shift)[:, None]], 1)
    flag = cv2.INTER_CUBIC if rng.random() < 0.3 else cv2.INTER_LINEAR
    edge = cv2.BORDER_REPLICATE if rng.random() < 0.7 else cv2.BORDER_CONSTANT
    pixels = cv2.warpAffine(
        image,
        matrix,
        (width, STRIP_H),
        flags=flag,
        borderMode=edge,
        borderValue=int(rng.integers(0, 256)),
    )
    centres = printed.centres @ linear.T + offset
    return Strip(
        pixels,
        *_labels(centres, printed.text, printed.pitch_px * along, printed.cap_px * zoom, width),
    )
