"""A page under one light as a report shows it: straightened, on the page's millimetres, encoded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PagePicture:
    """`data` is an encoded picture that covers (0, 0) to `size_mm` of the page's grid."""

    page: str
    light: str
    size_mm: tuple[float, float]
    data: bytes
    media_type: str = "image/jpeg"
    wavelength_nm: float | None = None
    ppi: float | None = None
