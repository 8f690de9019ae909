"""Which checks there are: the built-in ones, written out id by id, and those of other packages.

To add a check: a module here with `CHECKS: tuple[Check, ...]`, and its ids below. Other packages
add theirs with an entry point in the group `docexam.checks` whose value is such a module; a
built-in id always wins.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from docexam.errors import DependencyMissing

if TYPE_CHECKING:
    from docexam.checks.check import Check

ENTRY_POINT_GROUP = "docexam.checks"

BUILT_IN: dict[str, tuple[str, ...]] = {
    "mrz_read": ("mrz.read", "mrz.structure"),
    "mrz_digits": (
        "mrz.cd-number",
        "mrz.cd-birth",
        "mrz.cd-expiry",
        "mrz.cd-personal",
        "mrz.cd-composite",
        "mrz.cd-ambiguity",
    ),
    "mrz_text": (
        "mrz.long-number",
        "mrz.doc-code",
        "mrz.state-code",
        "mrz.nationality",
        "mrz.name",
        "mrz.filler",
        "mrz.sex",
        "date.valid",
        "date.expiry",
    ),
    "mrz_dates": ("date.order",),
    "model_number": ("mrz.number-pattern",),
    "model_dates": ("date.term", "date.model-window"),
    "geo_document": ("geo.margin", "geo.size", "geo.corner", "edge.trim"),
    "geo_zone": (
        "geo.mrz-zone",
        "geo.mrz-left",
        "geo.mrz-width",
        "geo.mrz-height",
        "geo.mrz-lines",
    ),
    "geo_print": ("geo.mrz-pitch", "geo.mrz-align", "geo.mrz-glyph", "font.ocrb"),
    "geo_portrait": ("geo.portrait",),
    "geo_viz_layout": ("geo.viz-layout",),
    "font_viz": ("font.viz",),
    "ir_contrast": ("ir.b900", "ir.mrz-clear", "ir.mrz-defects"),
    "mrz_two_lights": ("ir.mrz-vs-white",),
    "ir_field_ink": ("ir.personalisation-ink",),
    "ir_model": ("ir.dropout", "ir.split", "ir.ghost"),
    "uv_dullness": ("uv.dull-page", "uv.dull-mrz", "uv.dull-photo", "uv.dull-viz"),
    "uv_fibres": ("uv.fibres",),
    "uv_pattern": ("uv.pattern", "uv.pattern-colour"),
    "uv_halo": ("uv.halo",),
    "uv_specks": ("uv.specks",),
    "photo_ground": ("uv.over-photo", "photo.background"),
    "photo_edge": ("photo.edge",),
    "lam_surface": ("lam.surface",),
    "lam_retro": ("lam.retro",),
    "ovd_present": ("ovd.present",),
    "print_structure": ("print.background",),
    "photo_model": ("ir.photo", "photo.colour-mode", "photo.ghost"),
    "cross_viz": ("x.viz-mrz", "x.viz-mrz-name"),
    "cross_pages": ("x.sides", "x.visa-passport"),
    "cross_barcode": ("x.barcode",),
    "cross_number": ("x.number-everywhere",),
    "sub_perforation": ("sub.perforation",),
    "sub_erasure": ("sub.erasure",),
    "sub_watermark": ("sub.watermark", "sub.thread"),
    "listed": ("list.sltd", "list.issuer"),
    "capture_notices": ("cap.detect", "cap.live", "cap.specimen", "cap.model"),
    "capture_gates": (
        "cap.resolution",
        "cap.focus",
        "cap.glare",
        "cap.motion",
        "cap.registration",
    ),
    "capture_lamp": ("cap.lamp",),
}
"""Module of `docexam.checks` to the ids of its checks, in the order of a report."""


@lru_cache(maxsize=1)
def all_checks() -> tuple[Check, ...]:
    """Every check, the built-in ones first.

    Raises:
        DependencyMissing: a module that another package registered cannot be imported.
    """
    checks = [
        check for module in BUILT_IN for check in import_module(f"docexam.checks.{module}").CHECKS
    ]
    known = {check.id for check in checks}
    return (*checks, *(check for check in _of_others() if check.id not in known))


def built_in_ids() -> tuple[str, ...]:
    """The id of every built-in check, without importing any."""
    return tuple(id_ for ids in BUILT_IN.values() for id_ in ids)


def _of_others() -> list[Check]:
    from importlib.metadata import entry_points

    found: list[Check] = []
    for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda each: each.name):
        try:
            found += point.load().CHECKS
        except (ImportError, AttributeError) as error:
            raise DependencyMissing(
                f"The checks {point.name!r} of another package cannot be loaded.",
                code="dependency.checks",
                hint="Repair or remove that package.",
            ) from error
    return found
