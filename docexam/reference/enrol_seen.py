"""One genuine capture as enrolment sees it, or why it cannot teach."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.errors import InputError
from docexam.vision.read_viz import read_viz
from docexam.vision.read_viz_forms import date_key
from docexam.vision.see_capture import see_capture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.capture.capture_set import OpenCapture
    from docexam.nouns.capture_set import CaptureDevice
    from docexam.nouns.reading import Fields, Reading
    from docexam.nouns.report import VizField
    from docexam.vision.page_from_capture import SeenPage
    from docexam.vision.zone_view import ZoneView

MOST_BLUR_MM = 0.16
"""Softest print to learn from, standard deviation of its edges; our starting value."""
_ZONE_PAGES = ("data", "back")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A capture that was not learned from; `number` counts those given from 1, `code` says why."""

    number: int
    code: str
    params: Mapping[str, float | str]

    @property
    def why(self) -> str:
        """The reason in words, without anything that the capture shows."""
        return _REASONS.get(self.code, self.code).format_map(self.params)


_REASONS = {
    "several": "it shows several documents",
    "none": "it shows no document",
    "zone": "it has no machine readable zone that verifies",
    "blurred": "page {page} is blurred ({value:.2f} mm)",
    "page": "it lacks page {page}, or a light that the others have",
    "unlike": "page {page} shows another print than the others",
}


@dataclass(frozen=True, slots=True, eq=False)
class SeenDocument:
    """One genuine document: its pages, what its zones say, and when and by what it was taken."""

    number: int
    format: str
    fields: Fields
    pages: Mapping[str, SeenPage]
    viz: Mapping[str, tuple[VizField, ...]]
    captured_on: dt.date | None
    device: CaptureDevice

    @property
    def kind(self) -> tuple[str, str, str]:
        """Issuing state, document code and format: the same for all documents of one model."""
        return self.fields.issuing_state or "", self.fields.document_code or "", self.format

    @property
    def issue_year(self) -> int | None:
        """The year of issue as printed with four figures, None where it was not read."""
        for fields in self.viz.values():
            for field in fields:
                key = date_key(field.text) if field.name == "issue_date" else None
                if key is not None and key[0] > 999:
                    return key[0]
        return None


def see_genuine(capture: OpenCapture, number: int, today: dt.date) -> SeenDocument | LeftOut:
    """Look at one capture of one genuine document.

    Raises:
        ModelError: a model of the reader is missing or altered.
    """
    seen = see_capture(capture, today)
    if any(len(page.seen) > 1 for page in seen):
        return LeftOut(number, "several", {})
    pages = {page.page: page.seen[0] for page in seen if page.seen}
    if not pages:
        return LeftOut(number, "none", {})
    zone = _main_zone(pages)
    reading = None if zone is None else _verified(zone)
    if zone is None or reading is None:
        return LeftOut(number, "zone", {})
    for name, page in pages.items():
        blur = page.view.quality["white"].edge_spread_mm if "white" in page.view.lights else None
        if blur is not None and blur > MOST_BLUR_MM:
            return LeftOut(number, "blurred", {"page": name, "value": blur, "limit": MOST_BLUR_MM})
    return SeenDocument(
        number=number,
        format=pages[zone.page].view.format,
        fields=reading.fields,
        pages=pages,
        viz={name: _viz(page) for name, page in pages.items()},
        captured_on=day_of(capture.capture.captured_at),
        device=capture.capture.device,
    )


def day_of(moment: str | None) -> dt.date | None:
    """The day of a time as capture sets write it, None where it is none."""
    try:
        return None if moment is None else dt.datetime.fromisoformat(moment).date()
    except ValueError:
        return None


def _main_zone(pages: Mapping[str, SeenPage]) -> ZoneView | None:
    order = [*(page for page in _ZONE_PAGES if page in pages), *pages]
    return next((pages[p].zone for p in order if pages[p].zone is not None), None)


def _verified(zone: ZoneView) -> Reading | None:
    """A reading of the zone that verifies, infrared's if it does."""
    readings = sorted(zone.readings.items(), key=lambda each: (each[0] != "ir", each[0]))
    sound = [reading for _, reading in readings if reading.valid]
    return next((reading for reading in sound if reading.confident), sound[0] if sound else None)


def _viz(page: SeenPage) -> tuple[VizField, ...]:
    """The fields of one page; none where the reader failed.

    Raises:
        DependencyMissing: no reader is installed: without one, data of holders would not be blanked
            so surely.
    """
    try:
        return read_viz(page.view, page.zone)
    except InputError:
        return ()
