"""All that is known of one document when the judging begins: readings and numbers, no pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docexam.nouns.report import Profile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from docexam.checks.lists import Lists
    from docexam.nouns.capture_set import CaptureSet
    from docexam.nouns.document_model import KnownModel, RefusedModel
    from docexam.nouns.measurement import BoxMm, Crop, Measurement, NotMeasured
    from docexam.nouns.reading import Reading
    from docexam.nouns.report import Barcode, VizField

MAIN_PAGES = ("data", "back")
VISA_PAGE = "visa"
STILL_LOOKED_AT = ("light.twice", "light.ppi")
"""What of a light's pictures is of no use, while one of them is examined all the same."""
Prover = Callable[[str, str, "BoxMm"], "Crop | None"]
"""(page, light, box) to the encoded piece of that picture, None where there is no such picture."""


@dataclass(frozen=True, slots=True)
class ZoneSeen:
    """The machine readable zone of one page, as read under each light.

    `characters`: the cell of each character in millimetres, by (line, column) from 1. `box_mm`: the
    whole zone, None where its place is unknown.
    """

    page: str
    readings: Mapping[str, Reading]
    characters: Mapping[tuple[int, int], BoxMm] = field(default_factory=dict)
    box_mm: BoxMm | None = None


@dataclass(frozen=True, slots=True)
class PageSeen:
    """One page as it was found: its format and the lights that could be used.

    `unusable` says, for each light that was captured in vain, why: (code, parameters); `withheld`
    the same of pictures that show another light than they are said to (`cap.lamp`).
    `documents` is how many documents lie on the glass, 0 for none found. `quality` are the numbers
    of the gates by light: `native_ppi`, `edge_spread_mm`, `saturated`, `motion`, `residual_mm`.
    """

    page: str
    format: str | None
    size_mm: tuple[float, float] | None
    lights: tuple[str, ...]
    unusable: Mapping[str, tuple[str, Mapping[str, float | str]]] = field(default_factory=dict)
    documents: int = 1
    box_mm: BoxMm | None = None
    quality: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    withheld: Mapping[str, tuple[str, Mapping[str, float | str]]] = field(default_factory=dict)

    def why_without(self, light: str) -> tuple[str, Mapping[str, float | str]] | None:
        """Why a light that was captured cannot be used; None for any other."""
        why = self.withheld.get(light) or self.unusable.get(light)
        if why is None or why[0] in STILL_LOOKED_AT:
            return None
        return why[0], {"light": light, **why[1]}


@dataclass(frozen=True, slots=True)
class Examined:
    """One document, ready to be judged.

    `zones`, `viz`, `measurements` and `not_measured` are keyed by page (the last two by page and
    name). `viz_absent` says for a page without visual fields why there are none, as a code.
    `viz_boxes` are the places of the fields that a page should have. `document` counts from 1
    where several documents lie on the glass. `model` is the document model that it was held
    against; `models_refused` are those of its kind that could not be trusted. `prove` cuts the
    crop of a place, see `proofs`.
    """

    capture: CaptureSet
    today: dt.date
    pages: Mapping[str, PageSeen] = field(default_factory=dict)
    zones: Mapping[str, ZoneSeen] = field(default_factory=dict)
    measurements: Mapping[tuple[str, str], Measurement] = field(default_factory=dict)
    not_measured: Mapping[tuple[str, str], NotMeasured] = field(default_factory=dict)
    viz: Mapping[str, tuple[VizField, ...]] = field(default_factory=dict)
    viz_absent: Mapping[str, str] = field(default_factory=dict)
    barcodes: tuple[Barcode, ...] = ()
    model: KnownModel | None = None
    models_refused: tuple[RefusedModel, ...] = ()
    profile: Profile = field(default_factory=Profile)
    lists: Lists | None = None
    document: int = 1
    documents: int = 1
    prove: Prover | None = None

    @property
    def main_page(self) -> str:
        """The page whose zone speaks for the document: `data`, for a TD1 card `back`."""
        order = [*MAIN_PAGES, *self.pages]
        return next((page for page in order if page in self.zones), next(iter(self.pages), "data"))

    @property
    def main_zone(self) -> ZoneSeen | None:
        """The zone of the main page, None where none was found."""
        return self.zones.get(self.main_page)

    @property
    def readings(self) -> Mapping[str, Reading]:
        """The main zone's readings by light."""
        zone = self.main_zone
        return {} if zone is None else zone.readings

    def measured(self, name: str) -> tuple[Measurement, ...]:
        """That measurement on each page that has it."""
        return tuple(each for (_, key), each in self.measurements.items() if key == name)

    def missed(self, name: str) -> tuple[NotMeasured, ...]:
        """Why that measurement is absent, for each page that says so."""
        return tuple(each for (_, key), each in self.not_measured.items() if key == name)

    def proofs(self, *places: tuple[str, str, BoxMm | None]) -> tuple[Crop, ...]:
        """The crops of these places (page, light, box); those that cannot be cut are left out."""
        if self.prove is None:
            return ()
        cut = [self.prove(page, light, box) for page, light, box in places if box is not None]
        return tuple(crop for crop in cut if crop is not None)

    def has_light(self, light: str, page: str | None = None) -> bool:
        """Whether a page (any page) can be looked at under a light."""
        pages = self.pages.values() if page is None else (self.pages[page],)
        return any(light in each.lights for each in pages)
