"""The visual zone and the bar codes of each page."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docexam.checks.examined import VISA_PAGE
from docexam.checks.viz_naming import EVEN_CHANCE, equal_to_zone, named_by_zone
from docexam.checks.zone_choice import main_zone
from docexam.errors import DependencyMissing, InputError
from docexam.vision.barcodes import read_barcodes
from docexam.vision.field_ink import ink_of_viz
from docexam.vision.process_memory import give_back_free
from docexam.vision.read_viz import VizRead, read_viz_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docexam.checks.examined import Examined
    from docexam.checks.zone_choice import ChosenZone
    from docexam.looking.document import GlassDocument
    from docexam.nouns.measurement import Measurement
    from docexam.nouns.report import Barcode, VizField
    from docexam.vision.page_from_capture import SeenPage


@dataclass(frozen=True, slots=True)
class PageText:
    """What one page says: `viz` None where it was not asked; `absent` says why there is none."""

    barcodes: tuple[Barcode, ...]
    viz: VizRead | None
    absent: str = ""


class TextBeside:
    """Reads the text of a document's pages while other things are measured.

    Tesseract is a program of its own, and ZXing lets go of Python: on a second core they cost no
    time. As a context, so that nothing is left running when an examination breaks.
    """

    def __init__(self, document: GlassDocument, *, viz_wanted: bool) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._jobs: dict[str, Future[PageText]] = {
            page: self._pool.submit(_page_text, seen, viz_wanted=viz_wanted)
            for page, seen in document.pages.items()
            if seen is not None
        }

    def __enter__(self) -> TextBeside:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def pages(self) -> Iterator[tuple[str, PageText]]:
        """The text of each page, as it becomes known."""
        for page, job in self._jobs.items():
            yield page, job.result()


def with_text(examined: Examined, document: GlassDocument, text: TextBeside) -> Examined:
    """`examined` with the visual zone, the ink of its fields and the bar codes of each page."""
    viz: dict[str, tuple[VizField, ...]] = {}
    absent: dict[str, str] = {}
    barcodes: list[Barcode] = []
    inks: dict[tuple[str, str], Measurement] = {}
    zone = main_zone(examined)
    pages = dict(text.pages())
    for page, read in pages.items():
        barcodes += read.barcodes
        if read.absent:
            absent[page] = read.absent
        seen = document.pages[page]
        if read.viz is None or seen is None:
            continue
        own = zone if zone is not None and (page == zone.page or page != VISA_PAGE) else None
        other = [
            field
            for name, each in pages.items()
            if each.viz is not None and VISA_PAGE not in (page, name) and name != page
            for field in equal_to_zone(each.viz.fields, each.viz.unnamed, own)
        ]
        beside = [
            line
            for name, each in pages.items()
            if each.viz is not None and VISA_PAGE not in (page, name) and name != page
            for line in each.viz.unnamed
        ]
        fields = named_by_zone(
            read.viz.fields,
            read.viz.unnamed,
            own,
            other,
            beside,
            by_likeness=own is not None and _has_data(page, own),
        )
        if fields:
            viz[page] = fields
        else:
            absent[page] = "no-viz"
        # a lone letter that may be the sex may as well be part of a motif in another ink
        holders = [each for each in fields if each.name != "sex" or each.confidence > EVEN_CHANCE]
        inks |= {(page, each.name): each for each in ink_of_viz(seen.view, holders)}
    return replace(
        examined,
        viz=viz,
        viz_absent=absent,
        barcodes=tuple(barcodes),
        measurements={**examined.measurements, **inks},
    )


def _has_data(page: str, zone: ChosenZone) -> bool:
    """Whether a page is one that the data of the zone stand on: of a booklet, the zone's alone.

    Its other pages bear numbers and dates of other documents and persons.
    """
    return page == zone.page or zone.reading.format != "TD3"


def _page_text(seen: SeenPage, *, viz_wanted: bool) -> PageText:
    barcodes = read_barcodes(seen.view)
    if not viz_wanted:
        return PageText(barcodes, None)
    give_back_free()
    try:
        return PageText(barcodes, read_viz_lines(seen.view, seen.zone))
    except DependencyMissing:
        return PageText(barcodes, None, "no-reader")
    except InputError:
        return PageText(barcodes, None, "reader-failed")
