"""What the letters of one type look like: the mean of each, over several genuine pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.text_letters import CAP_PX, GLYPH_SHAPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from docexam.reference.parts import Picture
    from docexam.reference.text_letters import Glyph, PrintedLine

# Our starting values.
LEAST_PAGES = 2
"""Pages on which a letter must have been seen: a mean of one is a picture of one person's data."""
LEAST_BLUR_PX = 0.2
APART = 1.25
"""Relative stroke from which on two fields are of two types."""
OTHER_TYPE, LEAST_SHARED = 0.025, 2
"""From which on their letters are, where they share so many: those of one type were 0.012 apart."""
MISREAD = 0.10
"""So unlike the mean of its letter is no letter of its type but one that was read as another."""


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
    """The names of fields, those of like strokes and like letters together."""
    strokes: dict[str, list[float]] = {}
    for page in pages:
        for line in page:
            strokes.setdefault(line.name, []).append(line.stroke_mm / line.cap_mm)
    usual = sorted((float(np.median(values)), name) for name, values in strokes.items())
    least = {name: stroke for stroke, name in usual}
    own = {name: mean_typeface((name,), pages) for name in strokes}
    groups: list[list[str]] = []
    for stroke, name in usual:
        like = [
            (apart, group)
            for group in groups
            if stroke <= APART * least[group[0]]
            and (apart := _apart(own[name], [own[other] for other in group])) <= OTHER_TYPE
        ]
        if like:
            min(like, key=lambda each: each[0])[1].append(name)
        else:
            groups.append([name])
    return [tuple(sorted(group)) for group in groups]


def _apart(one: Typeface, others: Sequence[Typeface]) -> float:
    """How unlike the letters are that one shares with others; OTHER_TYPE where too few are."""
    unlike = [
        _unlike(glyph, other.letters[sign])
        for other in others
        for sign, glyph in one.letters.items()
        if sign in other.letters
    ]
    return float(np.median(unlike)) if len(unlike) >= LEAST_SHARED else OTHER_TYPE


def mean_typeface(fields: tuple[str, ...], pages: Sequence[Sequence[PrintedLine]]) -> Typeface:
    """The mean letters of these fields over the pages; those of fewer than LEAST_PAGES left out.

    Taken twice: what is unlike the first mean was a letter that was read as another.
    """
    found: dict[str, list[tuple[int, Glyph]]] = {}
    for number, page in enumerate(pages):
        for line in page:
            if line.name not in fields:
                continue
            for letter in line.letters:
                if letter.sign:
                    found.setdefault(letter.sign, []).append((number, letter.glyph))
    first = _means(found)
    kept = {
        sign: [each for each in found[sign] if _unlike(each[1], mean) <= MISREAD]
        for sign, mean in first.items()
    }
    return Typeface(fields, _means(kept))


def _means(found: Mapping[str, Sequence[tuple[int, Glyph]]]) -> dict[str, Glyph]:
    return {
        # the median leaves out what ground or dirt adds to one of them
        sign: np.asarray(_middle([glyph for _, glyph in seen]), np.float32)
        for sign, seen in found.items()
        if len({number for number, _ in seen}) >= LEAST_PAGES
    }


def _middle(glyphs: Sequence[Glyph]) -> Glyph:
    stack = np.stack(glyphs)
    return np.asarray(np.median(stack, axis=0) if len(glyphs) > 2 else stack.min(axis=0))


def distances(line: PrintedLine, face: Typeface, softer_mm: float = 0.0) -> list[float]:
    """How unlike the type each known letter of a line is: 1 less its correlation.

    With the letter of the type that it is most like: a letter that was read as another is still of
    its type, and letters of another type are like none. `softer_mm` is the standard deviation of
    the blur that the page has more than the model, or less where it is negative: the sharper of the
    two is brought to the other.
    """
    sigma = softer_mm * CAP_PX / line.cap_mm
    known = [letter.glyph for letter in line.letters if letter.sign in face.letters]
    if not known:
        return []
    seen = _directions([_softened(glyph, -sigma) for glyph in known])
    learned = _directions([_softened(glyph, sigma) for glyph in face.letters.values()])
    return [float(each) for each in 1 - (seen @ learned.T).max(axis=1)]


def _directions(glyphs: Sequence[Glyph]) -> NDArray[np.float32]:
    """(n, pixels) glyphs less their mean, each of length 1: products are correlations."""
    flat = np.stack(glyphs).reshape(len(glyphs), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(flat, axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(lengths, 1e-6), np.float32)


def _softened(glyph: Glyph, sigma_px: float) -> Glyph:
    if sigma_px < LEAST_BLUR_PX:
        return glyph
    return np.asarray(cv2.GaussianBlur(glyph, (0, 0), sigma_px), np.float32)


def _unlike(one: Glyph, other: Glyph) -> float:
    a, b = _directions([one, other])
    return 1.0 - float(a @ b)
