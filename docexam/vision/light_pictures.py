"""The pictures of one page, decoded: one for each light, or why it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.capture.raster import to_colour
from docexam.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.capture.capture_set import OpenCapture
    from docexam.capture.pixels import Pixels
    from docexam.nouns.capture_set import CaptureImage, CapturePage

GREY_LIGHTS = ("ir",)
_PLAUSIBLE_PPI = (40.0, 3000.0)


@dataclass(frozen=True, slots=True, eq=False)
class LightPicture:
    """One decoded picture, 8-bit, infrared (h, w), others (h, w, 3) BGR; `ppi` as claimed."""

    image: CaptureImage
    pixels: Pixels
    ppi: float | None

    @property
    def light(self) -> str:
        """The light it was taken under."""
        return self.image.light

    @property
    def grey(self) -> Pixels:
        """(h, w) grey levels."""
        return to_colour(self.pixels, colour=False)


@dataclass(frozen=True, slots=True, eq=False)
class LightPictures:
    """The pictures of a page by light, and why others are of no use: (code, parameters)."""

    by_light: Mapping[str, LightPicture]
    unusable: Mapping[str, tuple[str, Mapping[str, float | str]]]


def decode_lights(capture: OpenCapture, page: CapturePage) -> LightPictures:
    """Decode every picture of `page`; of two under one light, the first that can be decoded."""
    found: dict[str, LightPicture] = {}
    unusable: dict[str, tuple[str, Mapping[str, float | str]]] = {}
    for image in page.images:
        name = image.light
        if name in found:
            continue
        grey = name in GREY_LIGHTS
        try:
            picture = capture.picture(image, colour=not grey)
        except InputError as error:
            unusable[name] = (error.code, {})
            continue
        except MemoryError:
            unusable[name] = ("input.memory", {})
            continue
        unusable.pop(name, None)
        pixels = to_colour(picture.pixels, colour=not grey)
        found[name] = LightPicture(image, pixels, _plausible(image.ppi or picture.ppi))
    return LightPictures(found, unusable)


def _plausible(ppi: float | None) -> float | None:
    low, high = _PLAUSIBLE_PPI
    return ppi if ppi is not None and low <= ppi <= high else None
