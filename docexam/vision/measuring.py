"""Every measurer: which lights it needs, and the function that measures one page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from docexam.nouns.measurement import Measurement, NotMeasured

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docexam.vision.page import PageView
    from docexam.vision.zone_view import ZoneView

_log = logging.getLogger(__name__)

Measured = list[Measurement | NotMeasured]
MeasureFunction = Callable[["PageView", "ZoneView | None"], Measured]

# name -> (lights without which it has nothing to say, module in docexam.vision with `measure` and
# the NAMES of what it measures)
MEASURERS: dict[str, tuple[tuple[str, ...], str]] = {
    "lamps": ((), "measure_lamps"),
    "contrast": (("ir",), "measure_zone_contrast"),
    "dullness": (("uv",), "measure_uv_dullness"),
    "uv-places": (("uv", "white"), "measure_uv_places"),
    "uv-halo": (("uv", "white"), "measure_uv_halo"),
    "uv-specks": (("uv",), "measure_uv_specks"),
    "uv-over-photo": (("uv", "white"), "measure_uv_over_photo"),
    "photo-background": (("white",), "measure_photo_background"),
    "photo-edge": (("white", "oblique-n"), "measure_photo_edge"),
    "film-sheen": (("coaxial", "white"), "measure_film_sheen"),
    "film-margin": (("oblique-n", "oblique-s"), "measure_film_margin"),
    "zone-print": (("ir", "white"), "measure_zone_print"),
    "document": (("white", "ir"), "measure_document"),
    "print-structure": (("white",), "measure_print_structure"),
    "fields": (("white", "ir"), "measure_fields"),
    "photo-place": (("white",), "measure_photo_place"),
    "perforation": (("transmitted",), "measure_perforation"),
}


def measure_page(
    page: PageView, zone: ZoneView | None, names: Iterable[str] | None = None
) -> Measured:
    """What the measurers called `names` (all by default) measure on one page.

    A measurer whose light the page lacks is still asked: it says what it could not measure. One
    that breaks costs what it measures alone.
    """
    found: Measured = []
    for name in MEASURERS if names is None else names:
        module = import_module(f"docexam.vision.{MEASURERS[name][1]}")
        try:
            found += module.measure(page, zone)
        except MemoryError:
            raise
        except Exception as error:
            kind = type(error).__name__
            _log.error("The measuring of %s broke: %s", name, kind)
            found += [
                NotMeasured(
                    each, page.page, (), "measurer-broke", {"kind": kind}, inconclusive=True
                )
                for each in module.NAMES
            ]
    return found


def lights_of(names: Iterable[str] | None = None) -> Mapping[str, tuple[str, ...]]:
    """The lights that each measurer needs."""
    return {name: MEASURERS[name][0] for name in (MEASURERS if names is None else names)}
