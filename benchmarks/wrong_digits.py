"""Pages with one wrong check digit: does the reader keep what is printed, or heal it?

    python -m benchmarks.wrong_digits [--pages 40] [--seed 1]

For every layout and every check digit of it, pages are drawn whose digit is wrong, degraded in the
usual ways and read. Healed = the reading is valid although the print is not. None may be.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections import Counter
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.mrz.check_digits import check_digit, covered_text
from docexam.mrz.layouts import LAYOUTS, Layout
from docexam.mrz.verify import verify
from docexam.specimens.white_page import draw_white_page
from docexam.vision.engines.onnx import load

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = dt.date(2026, 1, 1)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Pixels = NDArray[np.uint8]
SHAPES = ("TD1", "TD2", "TD3", "MRV-A", "MRV-B")
RESOLUTIONS_PPI = (70, 100, 150, 300)


def some(rng: np.random.Generator, characters: str, count: int) -> str:
    """`count` random characters."""
    return "".join(characters[i] for i in rng.integers(0, len(characters), count))


def genuine(rng: np.random.Generator, layout: Layout) -> list[str]:
    """A zone of invented data in which every check digit holds."""
    lines = [["<"] * length for length in layout.line_lengths]

    def put(name: str, text: str) -> None:
        span = layout.field(name)
        if span is not None:
            width = span.last - span.first + 1
            lines[span.line - 1][span.first - 1 : span.last] = text.ljust(width, "<")[:width]

    put(
        "document_code",
        {"M": "V", "3": "P"}.get(layout.name[0], "I") if layout.name != "TD3" else "P",
    )
    put("issuing_state", "UTO")
    put("nationality", "UTO")
    put("name", f"{some(rng, LETTERS, 7)}<<{some(rng, LETTERS, 6)}<{some(rng, LETTERS, 5)}")
    put("document_number", some(rng, LETTERS, 1) + some(rng, "0123456789", 8))
    put(
        "birth_date",
        f"{rng.integers(50, 99):02d}{rng.integers(1, 13):02d}{rng.integers(1, 28):02d}",
    )
    put("sex", some(rng, "FM<", 1))
    put(
        "expiry_date",
        f"{rng.integers(27, 35):02d}{rng.integers(1, 13):02d}{rng.integers(1, 28):02d}",
    )
    put("optional_data_1", some(rng, LETTERS + "0123456789", 6))
    for rule in layout.checks:
        text = ["".join(line) for line in lines]
        lines[rule.line - 1][rule.column - 1] = check_digit(covered_text(rule, text))
    return ["".join(line) for line in lines]


def degradations(
    rng: np.random.Generator, page: Pixels, pitch_px: float
) -> Iterator[tuple[str, Pixels]]:
    """The page as it is and in the usual bad ways."""
    yield "clean", page
    _, data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 30])
    yield "jpeg", np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)
    yield "blur", np.asarray(cv2.GaussianBlur(page, (0, 0), 0.08 * pitch_px), np.uint8)
    yield "gain", np.asarray(page * 0.5, np.uint8)
    h, w = page.shape
    turn = cv2.getRotationMatrix2D((w / 2, h / 2), float(rng.uniform(-15, 15)), 0.9)
    yield "turn", np.asarray(cv2.warpAffine(page, turn, (w, h), borderValue=128), np.uint8)
    noisy = page + rng.normal(0, 12, page.shape)
    yield "noise", np.clip(noisy, 0, 255).astype(np.uint8)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=10, help="pages for each check digit")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--show", action="store_true", help="print what was healed")
    chosen = options.parse_args()
    rng = np.random.default_rng(chosen.seed)
    engine = load()
    tally: Counter[tuple[str, str]] = Counter()
    for shape in SHAPES:
        layout = LAYOUTS[shape]
        for rule in layout.checks:
            for _ in range(chosen.pages):
                lines = genuine(rng, layout)
                row = list(lines[rule.line - 1])
                wrong = (int(row[rule.column - 1]) + int(rng.integers(1, 10))) % 10
                row[rule.column - 1] = str(wrong)
                lines[rule.line - 1] = "".join(row)
                ppi = float(rng.choice(RESOLUTIONS_PPI))
                page = draw_white_page(lines, ppi, visa=shape.startswith("MRV")).picture
                for name, pixels in degradations(rng, page, ppi / 10):
                    zones = engine.read(pixels)
                    tally[name, "pages"] += 1
                    tally[name, "read"] += bool(zones)
                    for zone in zones[:1]:
                        exact = zone.lines == tuple(lines)
                        valid = verify(zone.lines, today=TODAY).valid
                        tally[name, "exact"] += exact
                        tally[name, "confident"] += exact and zone.confident
                        tally[name, "healed"] += valid
                        tally[name, "confident wrong"] += zone.confident and not exact
                        if chosen.show and (valid or (zone.confident and not exact)):
                            print(name, shape, rule.field, ppi, *lines, *zone.lines, sep="\n  ")
    columns = ("pages", "read", "exact", "confident", "confident wrong", "healed")
    print("degradation".ljust(12), *(c.rjust(16) for c in columns))
    for name in dict.fromkeys(name for name, _ in tally):
        print(name.ljust(12), *(str(tally[name, c]).rjust(16) for c in columns))
    return int(any(tally[name, "healed"] for name, _ in tally))


if __name__ == "__main__":
    sys.exit(main())
