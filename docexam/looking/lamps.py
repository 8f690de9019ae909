"""Pictures that do not show the light they are said to be are kept from all other checks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.capture_lamp import CHECKS, judge_lamp, withheld
from docexam.looking.measured import measured

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.checks.examined import Examined, PageSeen, ZoneSeen
    from docexam.looking.document import GlassDocument
    from docexam.nouns.finding import Finding
    from docexam.vision.page_from_capture import SeenPage

LAMP_MEASURERS = ("lamps",)


def without_wrong_lights(
    examined: Examined, document: GlassDocument
) -> tuple[Examined, GlassDocument]:
    """Both without the pictures that were taken under another light than they say."""
    examined = measured(examined, document, LAMP_MEASURERS)
    wrong = withheld(judge_lamp(CHECKS[0], examined))
    if not wrong:
        return examined, document
    kept = {
        page: None if seen is None else _kept(seen, {li for at, li in wrong if at == page})
        for page, seen in document.pages.items()
    }
    pages = {page: _page(seen, wrong) for page, seen in examined.pages.items()}
    zones = {
        page: left
        for page, zone in examined.zones.items()
        if (left := _zone(zone, {li for at, li in wrong if at == page})) is not None
    }
    return replace(examined, pages=pages, zones=zones), replace(document, pages=kept)


def _kept(seen: SeenPage, wrong: set[str]) -> SeenPage:
    if not wrong:
        return seen
    lights = {light: each for light, each in seen.view.lights.items() if light not in wrong}
    quality = {light: each for light, each in seen.view.quality.items() if light not in wrong}
    zone = seen.zone
    if zone is not None:
        readings = {light: each for light, each in zone.readings.items() if light not in wrong}
        zone = (
            replace(
                zone,
                readings=readings,
                characters={k: v for k, v in zone.characters.items() if k not in wrong},
                lines={k: v for k, v in zone.lines.items() if k not in wrong},
            )
            if readings
            else None
        )
    outline = seen.view.outline
    if outline is not None and wrong & set(outline.seen_in.values()):
        outline = None
    view = replace(seen.view, lights=lights, quality=quality, outline=outline)
    return replace(seen, view=view, zone=zone)


def _page(seen: PageSeen, wrong: Mapping[tuple[str, str], Finding]) -> PageSeen:
    lights = {light: each.reason for (page, light), each in wrong.items() if page == seen.page}
    return replace(
        seen,
        lights=tuple(light for light in seen.lights if light not in lights),
        withheld={light: (why.code, why.params) for light, why in lights.items()},
        quality={light: each for light, each in seen.quality.items() if light not in lights},
    )


def _zone(zone: ZoneSeen, wrong: set[str]) -> ZoneSeen | None:
    readings = {light: each for light, each in zone.readings.items() if light not in wrong}
    return replace(zone, readings=readings) if readings else None
