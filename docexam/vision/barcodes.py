"""Bar codes on a page: read by ZXing in the light that shows them best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.report import Barcode
from docexam.vision.linear import encode_srgb

if TYPE_CHECKING:
    from docexam.vision.page import PageView

READ_IN = ("white", "ir")


def read_barcodes(page: PageView) -> tuple[Barcode, ...]:
    """Every bar code that can be decoded, with its place; a code seen in two lights counts once."""
    import zxingcpp

    found: dict[tuple[str, str], Barcode] = {}
    for light in READ_IN:
        if light not in page.lights:
            continue
        grey = encode_srgb(page.lights[light].grey)
        for code in zxingcpp.read_barcodes(np.ascontiguousarray(grey)):
            if not code.text:
                continue
            symbology = str(code.format).removeprefix("BarcodeFormat.")
            place = code.position
            points = np.array(
                [
                    (corner.x, corner.y)
                    for corner in (
                        place.top_left,
                        place.top_right,
                        place.bottom_right,
                        place.bottom_left,
                    )
                ],
                np.float64,
            )
            low, high = points.min(0) / page.px_per_mm, points.max(0) / page.px_per_mm
            width, height = (float(v) for v in high - low)
            box = (float(low[0]), float(low[1]), width, height)
            found.setdefault((symbology, code.text), Barcode(symbology, code.text, page.page, box))
    return tuple(found.values())
