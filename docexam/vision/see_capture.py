"""Every page of a capture set, each as it lies on the glass."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.vision.page_from_capture import see_page

if TYPE_CHECKING:
    import datetime as dt

    from docexam.capture.capture_set import OpenCapture
    from docexam.vision.page_from_capture import SeenPages

_SEEN_FIRST = {"back": 0, "data": 1}
_SIDES = frozenset(_SEEN_FIRST)
"""Of one sheet or card, which has its zone on one of them only (Doc 9303-5, 9303-6)."""


def see_capture(capture: OpenCapture, today: dt.date) -> list[SeenPages]:
    """Every page, in the order of the capture set.

    Pages with a zone are looked at first: the format that it tells helps to find the others.

    Raises:
        ModelError: a model is missing or altered.
    """
    pages = capture.capture.pages
    found: dict[int, SeenPages] = {}
    expected = None
    for index in sorted(range(len(pages)), key=lambda at: _SEEN_FIRST.get(pages[at].page, 9)):
        name = pages[index].page
        found[index] = see_page(
            capture,
            pages[index],
            today=today,
            expected=expected,
            zone_elsewhere=name in _SIDES and any(map(_has_surely_zone, found.values())),
        )
        zone_page = next((each for each in found[index].seen if each.zone is not None), None)
        if expected is None and zone_page is not None and pages[index].page != "visa":
            expected = zone_page.view.format
    return without_second_zone([found[index] for index in range(len(pages))])


def _has_surely_zone(page: SeenPages) -> bool:
    """Whether one side of a sheet or card shows a zone that no title or ground can pass for."""
    return page.page in _SIDES and any(
        reading.valid
        for seen in page.seen
        if seen.zone is not None
        for reading in seen.zone.readings.values()
    )


def without_second_zone(pages: list[SeenPages]) -> list[SeenPages]:
    """Drops print of no known structure that passed for a zone where the other side has the zone.

    Rows of capitals or a ground of waves may look like one; a zone that is damaged beyond its
    structure stands alone on its document, or on a page of its own.
    """
    has_zone = {page.page for page in pages if any(seen.zone is not None for seen in page.seen)}
    other_side_has = {side: bool(has_zone & (_SIDES - {side})) for side in _SIDES}
    return [
        replace(page, zones={})
        if other_side_has.get(page.page, False) and page.page not in has_zone
        else page
        for page in pages
    ]
