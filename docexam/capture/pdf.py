"""The pages of a PDF file: scans at their own resolution, drawn pages at 300 ppi."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from docexam.capture.headers import damaged, refuse_extremes
from docexam.capture.page_limit import too_many_pages
from docexam.capture.pictures import Picture
from docexam.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docexam.capture.limits import Limits
    from docexam.capture.pixels import Pixels

_POINTS_PER_INCH = 72.0
_DRAWN_PPI = 300.0
_MAX_PPI = 600.0
"""Our starting values: the 10 characters an inch of OCR-B in Doc 9303-3 get 30 and 60 px each."""
_FILLS_PAGE = 0.9
_OBJECTS_LOOKED_AT = 2000
_INVISIBLE_TEXT = 3  # ISO 32000-1, 9.3.6: what scanners lay over a page for searching.


@dataclass(frozen=True, slots=True)
class _Scan:
    """An image on a page: its own pixels, its resolution there, its share of the page's area."""

    width_px: int
    height_px: int
    ppi: float
    share: float


def pdf_pages(data: bytes, *, limits: Limits, colour: bool) -> Iterator[Picture]:
    """Each page in turn, as it would be printed.

    Raises:
        InputError: damaged, locked by a password, without pages, or above `limits`.
    """
    document = _open(data)
    try:
        if len(document) == 0:
            raise damaged()
        for number, index in enumerate(range(len(document)), start=1):
            if number > limits.max_pages:
                raise too_many_pages(limits.max_pages)
            yield _page(document, index, limits=limits, colour=colour)
    finally:
        document.close()


def _open(data: bytes) -> Any:  # noqa: ANN401 - pypdfium2 ships no types
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise InputError(
                "The PDF is locked by a password.",
                code="input.locked",
                hint="Save it without a password.",
            ) from error
        raise damaged() from error


def _page(document: Any, index: int, *, limits: Limits, colour: bool) -> Picture:  # noqa: ANN401
    import pypdfium2

    try:
        page = document[index]
        width_pt, height_pt = page.get_size()
        scans, drawn = _contents(page, width_pt * height_pt)
        for scan in scans:
            if scan.width_px * scan.height_px > limits.max_pixels:
                refuse_extremes(scan.width_px, scan.height_px, limits)
        ppi = _fitting_ppi(width_pt, height_pt, _best_ppi(scans, drawn=drawn), limits)
        # A hair less, or rounding up adds a row and every pixel of a scan is resampled.
        scale = ppi / _POINTS_PER_INCH * (1 - 1e-7)
        rendered = page.render(scale=scale, grayscale=not colour, may_draw_forms=True)
        pixels: Pixels = np.array(rendered.to_numpy(), dtype=np.uint8)
        page.close()
    except pypdfium2.PdfiumError as error:
        raise damaged() from error
    flat = pixels[..., 0] if pixels.ndim == 3 and pixels.shape[2] == 1 else pixels
    return Picture(pixels=np.ascontiguousarray(flat), image=index + 1, ppi=ppi)


def _contents(page: Any, area_pt2: float) -> tuple[list[_Scan], bool]:  # noqa: ANN401
    """The images on a page, and whether anything visible is drawn besides them."""
    from pypdfium2 import raw

    scans: list[_Scan] = []
    drawn = False
    for thing in itertools.islice(page.get_objects(), _OBJECTS_LOOKED_AT):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            width_px, height_px = thing.get_px_size()
            a, b, c, d, *_ = thing.get_matrix().get()
            width_pt, height_pt = math.hypot(a, b), math.hypot(c, d)
            if thing.level > 0 or min(width_pt, height_pt) <= 0:
                drawn = True  # Within a form its matrix is not the page's: the default must do.
                scans.append(_Scan(width_px, height_px, 0.0, 0.0))
                continue
            ppi = _POINTS_PER_INCH * max(width_px / width_pt, height_px / height_pt)
            scans.append(_Scan(width_px, height_px, ppi, width_pt * height_pt / area_pt2))
        elif thing.type == raw.FPDF_PAGEOBJ_TEXT:
            drawn = drawn or raw.FPDFTextObj_GetTextRenderMode(thing) != _INVISIBLE_TEXT
        elif thing.type != raw.FPDF_PAGEOBJ_FORM:
            drawn = True
    return scans, drawn


def _best_ppi(scans: list[_Scan], *, drawn: bool) -> float:
    filling = [scan.ppi for scan in scans if scan.share >= _FILLS_PAGE]
    if filling and not drawn:
        return max(filling)
    return min(_MAX_PPI, max([_DRAWN_PPI, *(scan.ppi for scan in scans)]))


def _fitting_ppi(width_pt: float, height_pt: float, ppi: float, limits: Limits) -> float:
    """The resolution, lowered where the page would break the limits; 72 ppi is the least."""
    inches = width_pt / _POINTS_PER_INCH, height_pt / _POINTS_PER_INCH
    by_area = math.sqrt(limits.max_pixels / max(inches[0] * inches[1], 1e-9))
    by_side = limits.max_side_px / max(*inches, 1e-9)
    fitting = min(ppi, by_area * 0.999, by_side * 0.999)
    lowest = min(ppi, _POINTS_PER_INCH)
    at = max(fitting, lowest)
    refuse_extremes(math.ceil(inches[0] * at), math.ceil(inches[1] * at), limits)
    return at
