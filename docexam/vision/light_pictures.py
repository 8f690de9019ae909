"""The pictures of one page, decoded: one for each light, or why it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.capture.raster import to_colour
from docexam.errors import InputError
from docexam.vision.side_by_side import side_by_side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    """The pictures of a page by light, and what of them is of no use: (code, parameters).

    `unusable` may name a light that `by_light` has: a second picture, or its resolution.
    """

    by_light: Mapping[str, LightPicture]
    unusable: Mapping[str, tuple[str, Mapping[str, float | str]]]


def decode_lights(capture: OpenCapture, page: CapturePage) -> LightPictures:
    """Decode every picture of `page`; of two under one light, the first that can be decoded."""
    by_light: dict[str, list[CaptureImage]] = {}
    for image in page.images:
        by_light.setdefault(image.light, []).append(image)
    decoded = side_by_side(lambda images: _first_usable(capture, images), [*by_light.values()])
    each = dict(zip(by_light, decoded, strict=True))
    return LightPictures(
        {light: one for light, one in each.items() if isinstance(one, LightPicture)},
        {
            light: why
            for light, one in each.items()
            if (why := _of_no_use(one, len(by_light[light]))) is not None
        }
        | {light: ("light.unknown", {}) for light in page.unknown_lights},
    )


def _first_usable(capture: OpenCapture, images: Sequence[CaptureImage]) -> LightPicture | str:
    """The first that can be decoded, else the code of why the last one cannot."""
    code = ""
    for image in images:
        grey = image.light in GREY_LIGHTS
        try:
            picture = capture.picture(image, colour=not grey)
        except InputError as error:
            code = error.code
        except MemoryError:
            code = "input.memory"
        else:
            pixels = to_colour(picture.pixels, colour=not grey)
            return LightPicture(image, pixels, _plausible(image.ppi or picture.ppi))
    return code


def _of_no_use(one: LightPicture | str, count: int) -> tuple[str, Mapping[str, float | str]] | None:
    """What cannot be used of what was captured under one light, None where all of it can."""
    if isinstance(one, str):
        return one, {}
    claimed = one.image.ppi
    if claimed is not None and _plausible(claimed) is None:
        return "light.ppi", {"ppi": claimed}
    return ("light.twice", {"count": float(count)}) if count > 1 else None


def _plausible(ppi: float | None) -> float | None:
    low, high = _PLAUSIBLE_PPI
    return ppi if ppi is not None and low <= ppi <= high else None
