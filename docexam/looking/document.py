"""One document on the glass, and what was seen of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.checks.examined import Examined, PageSeen, ZoneSeen
from docexam.looking.proof import prover

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.capture.capture_set import OpenCapture
    from docexam.looking.options import Options
    from docexam.vision.page import PageView
    from docexam.vision.page_from_capture import SeenPage, SeenPages
    from docexam.vision.zone_view import ZoneView


@dataclass(frozen=True, slots=True, eq=False)
class GlassDocument:
    """One document on the glass: what was seen of it, page by page."""

    number: int
    of: int
    pages: Mapping[str, SeenPage | None]


def documents_on_glass(seen: Sequence[SeenPages]) -> list[GlassDocument]:
    """The documents on the glass; pages that show one document belong to the first."""
    count = max(1, *(len(page.seen) for page in seen))
    return [
        GlassDocument(
            number + 1,
            count,
            {
                page.page: page.seen[number] if number < len(page.seen) else None
                for page in seen
                if number < max(1, len(page.seen))
            },
        )
        for number in range(count)
    ]


def look(
    capture: OpenCapture, seen: Sequence[SeenPages], document: GlassDocument, options: Options
) -> Examined:
    """What was seen of one document, without pixels."""
    by_page = {page.page: page for page in seen}
    zones = {
        page: _zone_seen(each.zone)
        for page, each in document.pages.items()
        if each is not None and each.zone is not None
    }
    for page in document.pages:
        # A zone whose page could not be laid out has no place, but its text counts.
        if page not in zones and by_page[page].zones:
            readings = {light: each[0] for light, each in by_page[page].zones.items() if each}
            zones[page] = ZoneSeen(page, readings)
    return Examined(
        capture=capture.capture,
        today=options.today,
        pages={
            page: _page_seen(page, each, by_page[page]) for page, each in document.pages.items()
        },
        zones=zones,
        profile=options.profile,
        lists=options.lists,
        document=document.number,
        documents=document.of,
        prove=prover(document) if options.proofs else None,
    )


def _page_seen(page: str, each: SeenPage | None, seen: SeenPages) -> PageSeen:
    if each is None:
        return PageSeen(page, None, None, (), seen.unusable, documents=0)
    view = each.view
    return PageSeen(
        page,
        view.format,
        view.size_mm,
        tuple(view.lights),
        seen.unusable,
        box_mm=(0.0, 0.0, *view.size_mm),
        quality={light: _quality(view, light) for light in view.quality},
    )


def _quality(view: PageView, light: str) -> dict[str, float]:
    """The numbers of one light that are known.

    One that is only taken to lie in the same frame has no residual, and is marked `by_frame`.
    """
    quality, lain = view.quality[light], view.lights[light]
    numbers = {
        "native_ppi": quality.native_ppi,
        "saturated": quality.saturated,
        "edge_spread_mm": quality.edge_spread_mm,
        "motion": quality.motion,
        "residual_mm": lain.residual_mm,
        "by_frame": 1.0 if lain.registered_by == "frame" else None,
    }
    return {name: float(value) for name, value in numbers.items() if value is not None}


def _zone_seen(zone: ZoneView) -> ZoneSeen:
    return ZoneSeen(zone.page, zone.readings, zone.cells(), zone.box_mm)
