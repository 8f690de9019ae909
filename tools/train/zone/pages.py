"""Flat training pages at 8 px/mm: documents with a zone, and pages that only look like one."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import ink
import numpy as np
import words

Array = np.ndarray
Rng = np.random.Generator
SCALE = 8.0  # px/mm
PITCH = 2.54  # mm, Doc 9303-3: ten characters an inch


@dataclass(frozen=True)
class Line:
    """One printed line: middle of its capitals, from its first to its last character, page px."""

    start: tuple[float, float]
    end: tuple[float, float]
    height: float


@dataclass(frozen=True)
class Page:
    """Grey pixels (h, w) uint8 and the lines of the zone on them, if there is one."""

    pixels: Array
    lines: tuple[Line, ...] = ()


def background(rng: Rng, width: int, height: int) -> Array:
    base = float(rng.choice([150, 180, 200, 215, 230, 240, 250, 255]))
    page = np.full((height, width), base, np.float32)
    if rng.random() < 0.7:
        cells = int(rng.integers(1, 6))
        page += rng.uniform(3, 35) * ink.low_frequency(rng, (height, width), cells)
    if rng.random() < 0.3:
        cells = int(rng.integers(60, 200))
        page += rng.uniform(3, 14) * ink.low_frequency(rng, (height, width), cells)
    page = np.clip(page, 0, 255).astype(np.uint8)
    if rng.random() < 0.2:  # bands, as on flags and card fronts
        for _ in range(int(rng.integers(1, 4))):
            y = int(rng.integers(0, height))
            grey = int(np.clip(base + rng.uniform(-90, 20), 0, 255))
            page[y : y + int(rng.integers(10, height // 3))] = grey
    if rng.random() < 0.15:  # blots and emblems
        for _ in range(int(rng.integers(1, 5))):
            centre = (int(rng.integers(width)), int(rng.integers(height)))
            size = (int(rng.integers(10, width // 3)), int(rng.integers(10, height // 3)))
            grey = int(np.clip(base + rng.uniform(-60, 10), 0, 255))
            turn = float(rng.uniform(0, 180))
            cv2.ellipse(page, centre, size, turn, 0, 360, grey, -1, cv2.LINE_AA)
    if rng.random() < 0.6:
        ink.guilloche(rng, page, (0, 0, width, height), float(rng.choice([10, 20, 35, 60])))
    if rng.random() < 0.12:
        ink.hatching(rng, page, (0, 0, width, height))
    return page


def print_text(
    rng: Rng, page: Array, box: tuple[int, int, int, int], *, crowded: float = 0.5
) -> None:
    """Labels and values in rows inside `box`, one or two faces."""
    x0, y0, x1, y1 = box
    if x1 - x0 < 40 or y1 - y0 < 20:
        return
    kind = rng.choice(["latin", "latin", "latin", "mono", "ocr_b"])
    faces = [str(rng.choice(ink.fonts(str(kind)))) for _ in range(2)]
    small, big = int(rng.integers(9, 20)), int(rng.integers(16, 40))
    tone = float(rng.uniform(0, 110))
    y = float(y0)
    while y < y1 - small:
        labelled = rng.random() < 0.4
        x = x0 + (rng.uniform(0, 0.4) * (x1 - x0) if rng.random() < 0.4 else 0)
        size = small if labelled else big
        while x < x1 - size and y + size < y1:
            length = int(rng.integers(3, 24))
            if rng.random() < 0.06:
                text, face = ink.foreign_text(rng, length)
            else:
                text, face = words.phrase(rng, length), faces[int(labelled)]
            mask = ink.text_mask(text, face, size)
            if mask.shape[1] > x1 - x or mask.shape[0] > y1 - y:
                break
            ink.stamp(page, mask, (x, y), tone, 0.55 if labelled and rng.random() < 0.4 else 1.0)
            x += mask.shape[1] + size * rng.uniform(0.5, 6)
            if rng.random() > crowded:
                break
        y += size * rng.uniform(1.0, 1.9)


def disturb(rng: Rng, page: Array, box: tuple[int, int, int, int]) -> None:
    """Signatures, stamps, overprints and chips somewhere in `box`."""
    x0, y0, x1, y1 = box
    if rng.random() < 0.3:  # a signature
        t = np.linspace(0, 1, 40)
        w, h = rng.uniform(80, 300), rng.uniform(20, 80)
        x, y = rng.uniform(x0, x1), rng.uniform(y0, y1)
        curve = y + h * np.cumsum(rng.normal(0, 0.25, 40)) * np.sin(t * rng.uniform(9, 40))
        points = np.round(np.stack([x + w * t, curve], 1) * 8).astype(np.int32)
        thick = int(rng.integers(1, 4))
        cv2.polylines(page, [points], False, int(rng.integers(0, 100)), thick, cv2.LINE_AA, shift=3)
    if rng.random() < 0.25:  # SPECIMEN across
        face = str(rng.choice(ink.fonts("latin")))
        mask = ink.text_mask(words.phrase(rng, 9).upper(), face, int(rng.integers(30, 110)))
        angle = float(rng.uniform(-60, 60))
        h, w = mask.shape
        side = int(np.hypot(h, w)) + 2
        turn = cv2.getRotationMatrix2D((w / 2, h / 2), angle, 1.0)
        turn[:, 2] += (side / 2 - w / 2, side / 2 - h / 2)
        mask = cv2.warpAffine(mask, turn, (side, side))
        where = rng.uniform(x0 - side / 2, x1 - side / 2), rng.uniform(y0 - side / 2, y1 - side / 2)
        ink.stamp(page, mask, where, float(rng.uniform(0, 200)), float(rng.uniform(0.15, 0.7)))
    if rng.random() < 0.08:  # a chip
        x, y = int(rng.uniform(x0, x1)), int(rng.uniform(y0, y1))
        cv2.rectangle(page, (x, y), (x + 90, y + 80), int(rng.integers(120, 220)), -1)
        cv2.rectangle(page, (x + 20, y + 20), (x + 70, y + 60), int(rng.integers(40, 120)), 2)
    if rng.random() < 0.06:  # a stroke, an arrow, a frame
        a = (int(rng.uniform(x0, x1)), int(rng.uniform(y0, y1)))
        b = (int(rng.uniform(x0, x1)), int(rng.uniform(y0, y1)))
        cv2.line(page, a, b, int(rng.integers(0, 150)), int(rng.integers(1, 4)), cv2.LINE_AA)


LAYOUTS = {  # rows, characters, width and height of the page in mm
    "TD1": (3, 30, 85.6, 54.0),
    "TD2": (2, 36, 105.0, 74.0),
    "TD3": (2, 44, 125.0, 88.0),
    "MRV_A": (2, 44, 120.0, 80.0),
    "MRV_B": (2, 36, 105.0, 74.0),
    "LICENCE": (1, 30, 85.6, 54.0),
    "STRIP": (3, 30, 90.0, 58.0),
}


def draw_zone(
    rng: Rng, page: Array, texts: list[str], at: tuple[float, float], grid: tuple[float, float]
) -> tuple[Line, ...]:
    """Writes `texts` with the first line's middle at `at`; returns where they are.

    `grid` is the pitch of the characters and of the lines.
    """
    pitch, spacing = grid
    draw = rng.random()
    kind = "ocr_b" if draw < 0.93 else "mono"
    face = str(rng.choice(ink.fonts(kind)))
    size = max(8, round(pitch / (0.723 if kind == "ocr_b" else 0.602)))
    weight = rng.random()
    around = page[int(at[1]) % page.shape[0], :]
    paper = float(np.median(around))
    contrast = rng.choice([45, 70, 100, 140, 180, 230], p=[0.06, 0.12, 0.2, 0.22, 0.2, 0.2])
    tone = float(np.clip(paper - contrast, 0, 255))
    opacity = float(rng.uniform(0.8, 1))
    lines = []
    for row, text in enumerate(texts):
        mask = ink.text_mask(text, face, size)
        probe = ink.text_mask("H", face, size)
        width = max(2, round(pitch * len(text)))
        stretch = rng.uniform(0.97, 1.03) * width / max(1, mask.shape[1])
        height = max(2, round(mask.shape[0] * stretch))
        capital = probe.shape[0] * height / mask.shape[0]
        mask = cv2.resize(mask, (width, height), interpolation=cv2.INTER_LINEAR)
        if weight < 0.15:
            mask = cv2.dilate(mask, np.ones((2, 2), np.uint8))
        elif weight < 0.22:
            mask = cv2.erode(mask, np.ones((2, 2), np.uint8))
        x, y = at[0], at[1] + row * spacing
        ink.stamp(page, mask, (x, y - height / 2), tone, opacity)
        lines.append(Line((int(x), y), (int(x) + float(width), y), capital))
    return tuple(lines)


def document(rng: Rng) -> Page:
    """A page or card with a machine readable zone."""
    names = list(LAYOUTS)
    layout = str(rng.choice(names, p=[0.3, 0.12, 0.36, 0.06, 0.06, 0.05, 0.05]))
    rows, columns, width_mm, height_mm = LAYOUTS[layout]
    width, height = round(width_mm * SCALE), round(height_mm * SCALE)
    page = background(rng, width, height)
    pitch = PITCH * SCALE
    if rng.random() < 0.35:  # renders and odd issuers keep to no scale
        pitch *= rng.uniform(0.82, min(1.12, (width - 8) / (columns * pitch)))
    spacing = pitch * (2.5 if rng.random() < 0.5 else rng.uniform(1.65, 3.2))
    left = min(rng.uniform(1.0, 9.0) * SCALE, width - columns * pitch - 4)
    bottom = rng.uniform(3.0, 11.5) * SCALE
    first = height - bottom - (rows - 1) * spacing
    top = int(first - pitch * rng.uniform(0.75, 2.2))  # where other print ends
    under = int(height - bottom + pitch * rng.uniform(0.8, 2))
    if rng.random() < 0.4:  # a clear band
        grey = float(rng.choice([200, 225, 240, 255]))
        band = page[max(top, 0) :]
        band[:] = (band * (1 - 0.9) + grey * 0.9).astype(np.uint8)
        if rng.random() < 0.4:
            thick = int(rng.integers(1, 4))
            cv2.line(page, (0, top), (width, top), int(rng.integers(0, 180)), thick)
        if rng.random() < 0.3:
            ink.guilloche(rng, page, (0, max(top, 0), width, height), 25)
    if rng.random() < 0.75:
        visual_zone(rng, page, max(top, 0))
    if rng.random() < 0.25 and height - under > 30:
        below = (int(rng.integers(4, 60)), under, width - 10, height - 2)
        print_text(rng, page, below, crowded=0.3)
    if rng.random() < 0.2:
        neighbour(rng, page, int(first - pitch * rng.uniform(1.5, 3)), pitch)
    disturb(rng, page, (0, 0, width, max(top, 40)))
    lines = draw_zone(
        rng, page, words.zone_lines(rng, rows, columns), (max(left, 1), first), (pitch, spacing)
    )
    if rng.random() < 0.12:
        disturb(rng, page, (0, max(top, 0), width, height))
    return Page(page, lines)


def neighbour(rng: Rng, page: Array, y: int, pitch: float) -> None:
    """One line of numbers as large as the zone's print, close to it, and no part of it."""
    face = str(rng.choice(ink.fonts(str(rng.choice(["mono", "ocr_b", "latin"])))))
    text = "  ".join(words.number(rng) for _ in range(int(rng.integers(1, 4))))
    mask = ink.text_mask(text, face, max(8, round(pitch / 0.7 * rng.uniform(0.6, 1.1))))
    x = rng.uniform(0, max(1.0, page.shape[1] - mask.shape[1]))
    ink.stamp(page, mask, (x, y - mask.shape[0] / 2), float(rng.uniform(0, 110)))


def visual_zone(rng: Rng, page: Array, bottom: int) -> None:
    """Portrait, headline and data fields above `bottom`."""
    width = page.shape[1]
    left = 0.0
    if rng.random() < 0.6 and bottom > 120:
        w, h = rng.uniform(0.2, 0.34) * width, rng.uniform(0.45, 0.85) * bottom
        x = rng.uniform(4, 60) if rng.random() < 0.7 else width - w - rng.uniform(4, 60)
        y = rng.uniform(0.05, 0.2) * bottom
        ink.portrait(rng, page, (int(x), int(y), int(x + w), int(y + h)))
        left = x + w + 12 if x < width / 2 else 12
    right = width - rng.uniform(5, 120)
    x, y = int(left + rng.uniform(4, 40)), int(rng.integers(4, 40))
    print_text(rng, page, (x, y, int(right), bottom))
    if rng.random() < 0.2 and bottom > 90:
        x, y = int(rng.uniform(0, 0.6) * width), int(rng.uniform(0, 0.7) * bottom)
        w, h = int(rng.uniform(80, 0.4 * width)), int(rng.uniform(20, 90))
        ink.bar_code(rng, page, (x, y, min(x + w, width), min(y + h, bottom)))


def front(rng: Rng) -> Page:
    """A card front or a page without a zone."""
    width, height = ((685, 432), (840, 592), (1000, 704))[int(rng.integers(3))]
    page = background(rng, width, height)
    visual_zone(rng, page, height - int(rng.integers(4, 80)))
    disturb(rng, page, (0, 0, width, height))
    return Page(page)


def text_page(rng: Rng) -> Page:
    """Paragraphs, a receipt, a code listing or a table, all of full, even lines."""
    width, height = int(rng.integers(400, 1000)), int(rng.integers(400, 1000))
    page = (
        background(rng, width, height)
        if rng.random() < 0.3
        else np.full((height, width), int(rng.integers(200, 256)), np.uint8)
    )
    kind = str(rng.choice(["latin", "mono", "mono", "ocr_b"], p=[0.4, 0.3, 0.2, 0.1]))
    face = str(rng.choice(ink.fonts(kind)))
    size = int(rng.integers(12, 34))
    gap = size * rng.uniform(1.05, 2.4)
    tone = float(rng.uniform(0, 100))
    y = rng.uniform(5, 60)
    columns = int(rng.integers(2, 6)) if rng.random() < 0.3 else 0
    ragged = rng.random() < 0.6 or kind == "ocr_b"
    limit = int((width - 20) / (size * 0.6))
    foreign = rng.random() < 0.12
    while y < height - size:
        if foreign:
            text, face = ink.foreign_text(rng, limit)
        elif columns:
            text = (" " * 4).join(words.number(rng) for _ in range(columns))
        else:
            length = int(limit * rng.uniform(0.2, 1)) if ragged else limit
            # OCR-B in long dense lines is what must fire, so here it stays short.
            text = words.phrase(rng, min(length, 18) if kind == "ocr_b" else length)
        if kind == "mono" and rng.random() < 0.3:
            text = text.replace(" ", "") if rng.random() < 0.5 else text.upper()
        ink.stamp(page, ink.text_mask(text, face, size), (rng.uniform(8, 12), y), tone)
        y += gap * (2 if rng.random() < 0.08 else 1)
    if columns and rng.random() < 0.5:
        ink.hatching(rng, page, (0, 0, width, height))
    if rng.random() < 0.15:
        page = 255 - page
    return Page(page)


def codes_page(rng: Rng) -> Page:
    """Bar codes, rulers, hatchings and headlines."""
    width, height = int(rng.integers(400, 1000)), int(rng.integers(300, 800))
    page = background(rng, width, height)
    for _ in range(int(rng.integers(1, 5))):
        x, y = int(rng.uniform(0, 0.7) * width), int(rng.uniform(0, 0.8) * height)
        w, h = (int(v) for v in rng.integers((60, 20), (600, 200)))
        box = (x, y, min(width, x + w), min(height, y + h))
        draw = rng.random()
        if draw < 0.45:
            ink.bar_code(rng, page, box)
        elif draw < 0.7:
            ink.hatching(rng, page, box)
        else:
            print_text(rng, page, box)
    disturb(rng, page, (0, 0, width, height))
    return Page(page)


def inverted_strip(rng: Rng) -> Page:
    """Bright print on a dark ground: alphabets and advertisements, never a zone."""
    kind = str(rng.choice(["ocr_b", "mono", "latin"]))
    text = words.chars(rng, words.ALNUM + "<", int(rng.integers(10, 45)))
    mask = ink.text_mask(text, str(rng.choice(ink.fonts(kind))), 28)
    page = np.full((mask.shape[0] + 40, mask.shape[1] + 40), int(rng.integers(0, 90)), np.uint8)
    ink.stamp(page, mask, (20, 20), float(rng.integers(180, 256)))
    return Page(page)


def stacked(rng: Rng) -> Page:
    """Front and back of a card in one picture, below or beside one another."""
    pages = [front(rng), document(rng)]
    if rng.random() < 0.2:
        pages.reverse()
    upright = rng.random() < 0.6
    gap = int(rng.integers(0, 60))
    heights, widths = zip(*(p.pixels.shape for p in pages), strict=True)
    height = sum(heights) + gap if upright else max(heights)
    width = max(widths) if upright else sum(widths) + gap
    sheet = np.full((height, width), int(rng.choice([0, 128, 200, 240, 255])), np.uint8)
    at, lines = 0, []
    for page in pages:
        h, w = page.pixels.shape
        x, y = (0, at) if upright else (at, 0)
        sheet[y : y + h, x : x + w] = page.pixels
        lines += [
            Line((m.start[0] + x, m.start[1] + y), (m.end[0] + x, m.end[1] + y), m.height)
            for m in page.lines
        ]
        at += (h if upright else w) + gap
    return Page(sheet, tuple(lines))


def cut_out(rng: Rng) -> Page:
    """A tight crop of a zone, or of one of its lines, with next to nothing around it."""
    page = document(rng)
    lines = page.lines
    if rng.random() < 0.3:
        lines = (lines[int(rng.integers(len(lines)))],)
    height = lines[0].height
    slack = rng.uniform(0.05, 1.6, 4) * height
    h, w = page.pixels.shape
    x0 = max(0, int(lines[0].start[0] - slack[0]))
    x1 = min(w, int(lines[0].end[0] + slack[1]))
    y0 = max(0, int(lines[0].start[1] - height / 2 - slack[2]))
    y1 = min(h, int(lines[-1].start[1] + height / 2 + slack[3]))
    moved = [
        Line((m.start[0] - x0, m.start[1] - y0), (m.end[0] - x0, m.end[1] - y0), m.height)
        for m in lines
    ]
    return Page(page.pixels[y0:y1, x0:x1].copy(), tuple(moved))


def random_page(rng: Rng) -> Page:
    """Seven in ten have a zone."""
    kinds = (document, stacked, cut_out, front, text_page, codes_page, inverted_strip)
    return kinds[int(rng.choice(len(kinds), p=[0.51, 0.13, 0.06, 0.09, 0.14, 0.05, 0.02]))](rng)
