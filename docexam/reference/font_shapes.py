"""What the letters of one type look like: the mean of each, over several genuine pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.text_letters import CAP_PX, GLYPH_SHAPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docexam.reference.parts import Picture
    from docexam.reference.text_letters import Glyph, PrintedLine

# Our starting values.
LEAST_PAGES = 2
"""Pages on which a letter must have been seen: a mean of one is a picture of one person's data."""
LEAST_BLUR_PX = 0.2
APART = 1.25
"""Relative stroke from which on two fields are of two types."""


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """The letters of the fields that share a type, each the mean of several, GLYPH_SHAPE, 0..1."""

    fields: tuple[str, ...]
    letters: Mapping[str, Glyph]

    def sheet(self) -> tuple[str, Picture]:
        """Its letters in order, and their pictures side by side, 8 bit, black on white."""
        signs = "".join(sorted(self.letters))
        shown = np.hstack([self.letters[sign] for sign in signs])
        return signs, np.asarray(255 - np.rint(255 * shown), np.uint8)


def typeface_of(fields: Iterable[str], signs: str, sheet: Picture) -> Typeface:
    """The typeface that `Typeface.sheet` wrote."""
    width = GLYPH_SHAPE[1]
    grey = sheet if sheet.ndim == 2 else sheet[:, :, 0]
    ink = (255 - grey.astype(np.float32)) / np.float32(255)
    letters = {sign: ink[:, at * width : (at + 1) * width] for at, sign in enumerate(signs)}
    return Typeface(tuple(fields), letters)


def fields_by_type(pages: Sequence[Sequence[PrintedLine]]) -> list[tuple[str, ...]]:
    """The names of fields, those of like strokes together."""
    strokes: dict[str, list[float]] = {}
    for page in pages:
        for line in page:
            strokes.setdefault(line.name, []).append(line.stroke_mm / line.cap_mm)
    usual = sorted((float(np.median(values)), name) for name, values in strokes.items())
    groups: list[list[tuple[float, str]]] = []
    for stroke, name in usual:
        if groups and stroke <= APART * groups[-1][0][0]:
            groups[-1].append((stroke, name))
        else:
            groups.append([(stroke, name)])
    return [tuple(sorted(name for _, name in group)) for group in groups]


def mean_typeface(fields: tuple[str, ...], pages: Sequence[Sequence[PrintedLine]]) -> Typeface:
    """The mean letters of these fields over the pages; those of fewer than LEAST_PAGES left out."""
    found: dict[str, list[tuple[int, Glyph]]] = {}
    for number, page in enumerate(pages):
        for line in page:
            if line.name not in fields:
                continue
            for letter in line.letters:
                if letter.sign:
                    found.setdefault(letter.sign, []).append((number, letter.glyph))
    letters = {
        # the median leaves out what ground or dirt adds to one of them
        sign: np.asarray(_middle([glyph for _, glyph in seen]), np.float32)
        for sign, seen in found.items()
        if len({number for number, _ in seen}) >= LEAST_PAGES
    }
    return Typeface(fields, letters)


def _middle(glyphs: Sequence[Glyph]) -> Glyph:
    stack = np.stack(glyphs)
    return np.asarray(np.median(stack, axis=0) if len(glyphs) > 2 else stack.min(axis=0))


def distances(line: PrintedLine, face: Typeface, softer_mm: float = 0.0) -> list[float]:
    """How unlike its model each known letter of a line is: 1 less their correlation.

    `softer_mm` is the standard deviation of the blur that the page has more than the model, or
    less where it is negative: the sharper of the two is brought to the other.
    """
    sigma = softer_mm * CAP_PX / line.cap_mm
    return [
        _unlike(_softened(letter.glyph, -sigma), _softened(face.letters[letter.sign], sigma))
        for letter in line.letters
        if letter.sign in face.letters
    ]


def _softened(glyph: Glyph, sigma_px: float) -> Glyph:
    if sigma_px < LEAST_BLUR_PX:
        return glyph
    return np.asarray(cv2.GaussianBlur(glyph, (0, 0), sigma_px), np.float32)


def _unlike(one: Glyph, other: Glyph) -> float:
    a, b = one - one.mean(), other - other.mean()
    length = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return 1.0 - float((a * b).sum()) / max(length, 1e-6)
