"""Where the text lies in a picture: needed to blur, cover and shrink by the size of its print.

The truth has no boxes. They come from a table made by hand (`--quads`), or else from what a reader
found in the undamaged picture, if what it read there is close to the truth.
"""

from __future__ import annotations

import difflib
import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from benchmarks.outside import Zone
    from benchmarks.truth import Picture
    from docexam.nouns.reading import Quad

CLOSE = 0.8
"""Share of characters that a reading must have right before its place is trusted (ours)."""


@dataclass(frozen=True, slots=True)
class Place:
    """The tight quadrilateral around a zone (reading direction, px) and its lines and columns."""

    quad: Quad
    lines: int
    columns: int

    @property
    def pitch_px(self) -> float:
        """Distance between neighbouring characters."""
        top_left, top_right = self.quad[0], self.quad[1]
        return math.dist(top_left, top_right) / self.columns

    @property
    def line_height_px(self) -> float:
        """Height of the zone shared out to its lines."""
        return math.dist(self.quad[0], self.quad[3]) / self.lines


def place_of(picture: Picture, quad: Iterable[Iterable[float]]) -> Place:
    """The place of `picture`'s zone, given its corners in reading direction."""
    a, b, c, d = ((float(x), float(y)) for x, y in quad)
    return Place((a, b, c, d), len(picture.lines), picture.columns)


def places_from_file(path: Path, pictures: list[Picture]) -> dict[str, Place]:
    """Places from a JSON object `{file: [[x, y] * 4]}`; pictures it does not name are absent."""
    try:
        quads = dict(json.loads(path.read_text(encoding="utf-8")))
        return {p.name: place_of(p, quads[p.name]) for p in pictures if p.lines and p.name in quads}
    except (OSError, ValueError, TypeError) as error:
        raise InputError(
            f"Cannot use {path} as a table of corners: {error}.",
            code="bench.quads",
            hint='It is a JSON object {"file": [[x, y], [x, y], [x, y], [x, y]], ...}.',
        ) from error


def place_from_reading(picture: Picture, zones: list[Zone]) -> Place | None:
    """The place of the zone that was read nearly right, or None."""
    truth = "\n".join(picture.lines)
    for zone in zones:
        if zone.quad is None or [len(z) for z in zone.lines] != [len(p) for p in picture.lines]:
            continue  # Another shape: the quadrilateral would give a wrong pitch.
        read = "\n".join(zone.lines)
        if difflib.SequenceMatcher(None, truth, read, autojunk=False).ratio() >= CLOSE:
            return place_of(picture, zone.quad)
    return None
