"""Every page of a capture set, each as it lies on the glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.vision.page_from_capture import see_page

if TYPE_CHECKING:
    import datetime as dt

    from docexam.capture.capture_set import OpenCapture
    from docexam.vision.page_from_capture import SeenPages

_SEEN_FIRST = {"back": 0, "data": 1}


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
        found[index] = see_page(capture, pages[index], today=today, expected=expected)
        zone_page = next((each for each in found[index].seen if each.zone is not None), None)
        if expected is None and zone_page is not None and pages[index].page != "visa":
            expected = zone_page.view.format
    return [found[index] for index in range(len(pages))]
