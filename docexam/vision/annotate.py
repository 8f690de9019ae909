"""Draws what was read beside the picture, so that a person can check it character by character."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from docexam.vision.reading_state import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.capture.pixels import Pixels
    from docexam.nouns.reading import Point, Quad, Reading

    Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

Mark = Literal["problem", "open"]

# Told apart without colour vision too: blue against orange against red, and by words beside them.
_GOOD, _OPEN, _BAD, _INK, _PAPER, _QUIET = (
    "#0b6bcb",
    "#e08600",
    "#c8102e",
    "#14181d",
    "#ffffff",
    "#5a6572",
)
_MIN_WIDTH_PX, _MAX_WIDTH_PX = 1000, 2400
_MARGIN_PX = 24


def annotated_png(pixels: Pixels, readings: Sequence[Reading]) -> bytes:
    """The picture with each zone outlined, and below it the lines with their marked characters.

    Characters that the image left open are orange, those of a problem red. `pixels` is the
    picture that `readings` come from (grey or BGR, uint8); the result is an encoded PNG.
    """
    picture, scale = _at_readable_size(pixels)
    draw = ImageDraw.Draw(picture)
    for reading in readings:
        if reading.quad_px is not None:
            _outline(draw, reading, reading.quad_px, scale, width_px=max(2, picture.width // 400))
    panels = [_panel(reading, picture.width) for reading in readings]
    if not panels:
        panels = [_sentence("No machine readable zone was found.", picture.width)]
    height = picture.height + sum(panel.height for panel in panels)
    sheet = Image.new("RGB", (picture.width, height), _PAPER)
    sheet.paste(picture, (0, 0))
    top = picture.height
    for panel in panels:
        sheet.paste(panel, (0, top))
        top += panel.height
    stream = io.BytesIO()
    sheet.save(stream, "PNG", compress_level=4)
    return stream.getvalue()


def _at_readable_size(pixels: Pixels) -> tuple[Image.Image, float]:
    rgb = pixels if pixels.ndim == 2 else pixels[..., ::-1]
    image = Image.fromarray(np.ascontiguousarray(rgb)).convert("RGB")
    width = min(max(image.width, _MIN_WIDTH_PX), _MAX_WIDTH_PX)
    scale = width / image.width
    if scale == 1.0:
        return image, scale
    size = (width, max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS), scale


def _outline(
    draw: ImageDraw.ImageDraw, reading: Reading, quad: Quad, scale: float, *, width_px: int
) -> None:
    scaled = [(x * scale, y * scale) for x, y in quad]
    draw.line([*scaled, scaled[0]], fill=_colour_of(reading), width=width_px, joint="curve")
    marks = _marks(reading)
    rows = len(reading.lines)
    for (line, column), mark in marks.items():
        columns = len(reading.lines[line - 1])
        cell = _cell(quad, line - 1, rows, column - 1, columns)
        corners = [(x * scale, y * scale) for x, y in cell]
        draw.line([*corners, corners[0]], fill=_BAD if mark == "problem" else _OPEN, width=width_px)


def _cell(quad: Quad, row: int, rows: int, column: int, columns: int) -> list[Point]:
    """The corners of one character, were they spread evenly over the zone."""

    def at(u: float, v: float) -> Point:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
        top = (ax + (bx - ax) * u, ay + (by - ay) * u)
        low = (dx + (cx - dx) * u, dy + (cy - dy) * u)
        return (top[0] + (low[0] - top[0]) * v, top[1] + (low[1] - top[1]) * v)

    left, right = column / columns, (column + 1) / columns
    upper, lower = row / rows, (row + 1) / rows
    return [at(left, upper), at(right, upper), at(right, lower), at(left, lower)]


def _marks(reading: Reading) -> dict[tuple[int, int], Mark]:
    """(line, column), counted from 1, of every character to point at; a problem outranks."""
    marks: dict[tuple[int, int], Mark] = {}
    for resolved in reading.resolved:
        marks[resolved.line, resolved.column] = "open"
    for problem in reading.problems:
        if problem.severity == "error" and problem.line is not None and problem.columns:
            first, last = problem.columns
            for column in range(first, last + 1):
                marks[problem.line, column] = "problem"
    return {
        (line, column): mark
        for (line, column), mark in marks.items()
        if 1 <= line <= len(reading.lines) and 1 <= column <= len(reading.lines[line - 1])
    }


def _panel(reading: Reading, width: int) -> Image.Image:
    longest = max((len(line) for line in reading.lines), default=1)
    pitch = min((width - 2 * _MARGIN_PX) / longest, 26.0)
    large, small = _font(pitch * 1.25), _font(max(15.0, width / 70))
    row_px, text_px = round(pitch * 1.9), round(max(15.0, width / 70) * 1.5)
    texts = [p.message for p in reading.problems]
    texts += [
        f"Line {r.line}, column {r.column}: read as {r.read}, open between "
        + " and ".join(character for character, _ in r.alternatives)
        for r in reading.resolved
    ]
    rows = [line for text in texts for line in _wrapped(text, small, width - 2 * _MARGIN_PX)]
    height = 3 * _MARGIN_PX + text_px * (1 + len(rows)) + row_px * len(reading.lines)
    panel = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(panel)
    draw.rectangle((0, 0, width, 6), fill=_colour_of(reading))
    title = f"{reading.format or ''}  {in_words(reading)}  (confidence {reading.confidence:.2f})"
    draw.text((_MARGIN_PX, _MARGIN_PX // 2 + 6), title.strip(), _colour_of(reading), font=small)
    top = _MARGIN_PX + text_px
    marks = _marks(reading)
    for number, line in enumerate(reading.lines, start=1):
        for column, character in enumerate(line, start=1):
            left = _MARGIN_PX + (column - 1) * pitch
            mark = marks.get((number, column))
            if mark:
                colour = _BAD if mark == "problem" else _OPEN
                draw.rectangle((left, top, left + pitch - 1, top + row_px - 3), fill=colour)
            middle = (left + pitch / 2, top + row_px / 2)
            draw.text(middle, character, _PAPER if mark else _INK, font=large, anchor="mm")
        top += row_px
    top += _MARGIN_PX // 2
    for row in rows:
        draw.text((_MARGIN_PX, top), row, _QUIET, font=small)
        top += text_px
    return panel


def _sentence(text: str, width: int) -> Image.Image:
    size = max(15.0, width / 60)
    panel = Image.new("RGB", (width, round(size * 3)), _PAPER)
    ImageDraw.Draw(panel).text((_MARGIN_PX, size), text, _BAD, font=_font(size))
    return panel


def _wrapped(text: str, font: Font, width: float) -> list[str]:
    rows: list[str] = []
    row = ""
    for word in text.split():
        longer = f"{row} {word}".strip()
        if row and font.getlength(longer) > width:
            rows.append(row)
            longer = word
        row = longer
    return [*rows, row] if row else rows


def _font(size: float) -> Font:
    return ImageFont.load_default(size)


def _colour_of(reading: Reading) -> str:
    if not reading.valid:
        return _BAD
    return _GOOD if reading.confident else _OPEN
