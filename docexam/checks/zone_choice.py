"""Which reading of a zone is judged, and which of its characters the pictures leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.mrz.layouts import Layout, identify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docexam.checks.examined import Examined, ZoneSeen
    from docexam.nouns.measurement import BoxMm
    from docexam.nouns.reading import Reading

Place = tuple[int, int]
"""(line, column), each counted from 1."""
LIGHT_ORDER = ("ir", "white")
"""Infrared first: background print vanishes there, and the zone must show (Doc 9303-3, 4.11)."""


@dataclass(frozen=True, slots=True)
class ChosenZone:
    """The reading that speaks for a zone; `open_places` are the characters not to be relied on."""

    zone: ZoneSeen
    light: str
    reading: Reading
    open_places: frozenset[Place]

    @property
    def page(self) -> str:
        """The page that the zone is on."""
        return self.zone.page

    @property
    def layout(self) -> Layout | None:
        """The layout whose line lengths the reading has, None for none."""
        return identify(self.reading.lines)

    def is_open(self, places: Iterable[Place]) -> bool:
        """Whether any of these characters is left open."""
        return any(place in self.open_places for place in places)

    def field_places(self, *names: str) -> frozenset[Place]:
        """The places of these fields; those that the layout does not have count for nothing."""
        layout = self.layout
        spans = [layout.field(name) for name in names] if layout is not None else []
        return frozenset(
            (span.line, column)
            for span in spans
            if span is not None
            for column in range(span.first, span.last + 1)
        )

    def box_of(self, places: Iterable[Place]) -> BoxMm | None:
        """The box around these characters, the whole zone's where their places are unknown."""
        boxes = [self.zone.characters[p] for p in places if p in self.zone.characters]
        return around(boxes) if boxes else self.zone.box_mm


def around(boxes: Iterable[BoxMm]) -> BoxMm:
    """The smallest box around several (at least one)."""
    known = list(boxes)
    left = min(x for x, _, _, _ in known)
    top = min(y for _, y, _, _ in known)
    right = max(x + w for x, _, w, _ in known)
    bottom = max(y + h for _, y, _, h in known)
    return (left, top, right - left, bottom - top)


def chosen_zone(zone: ZoneSeen) -> ChosenZone | None:
    """The better reading of a zone, infrared where both are as good; None where none was found.

    Better is what has the lines of a known layout, then what leaves no character open.
    """
    lights = [light for light in LIGHT_ORDER if light in zone.readings]
    lights += [light for light in zone.readings if light not in lights]
    found = [light for light in lights if zone.readings[light].found]
    if not found:
        return None
    light = max(found, key=lambda each: _rank(zone.readings[each]))  # the first of equals
    return ChosenZone(zone, light, zone.readings[light], _open_places(zone.readings, light))


def chosen_zones(examined: Examined) -> list[ChosenZone]:
    """The chosen reading of each page's zone, the main page first."""
    main = examined.main_page
    pages = sorted(examined.zones, key=lambda page: page != main)
    chosen = (chosen_zone(examined.zones[page]) for page in pages)
    return [each for each in chosen if each is not None]


def main_zone(examined: Examined) -> ChosenZone | None:
    """The chosen reading of the main zone."""
    return next((c for c in chosen_zones(examined) if c.page == examined.main_page), None)


def open_in(reading: Reading) -> frozenset[Place]:
    """The characters that one reading leaves open: none if it is confident, all if unnamed."""
    if reading.confident:
        return frozenset()
    named = frozenset((each.line, each.column) for each in reading.resolved)
    return named or all_places(reading)


def all_places(reading: Reading) -> frozenset[Place]:
    """Every place of a reading."""
    return frozenset(
        (number, column)
        for number, line in enumerate(reading.lines, 1)
        for column in range(1, len(line) + 1)
    )


def same_shape(one: Reading, other: Reading) -> bool:
    """Whether two readings have lines of the same lengths, so that places can be compared."""
    return [len(line) for line in one.lines] == [len(line) for line in other.lines]


def character_at(reading: Reading, place: Place) -> str:
    """The character of a reading at (line, column)."""
    return reading.lines[place[0] - 1][place[1] - 1]


def _rank(reading: Reading) -> tuple[bool, bool]:
    return identify(reading.lines) is not None, reading.confident


def _open_places(readings: Mapping[str, Reading], light: str) -> frozenset[Place]:
    """What the chosen reading leaves open and no other light settles by surely reading the same."""
    reading = readings[light]
    still_open = set(open_in(reading))
    for other_light, other in readings.items():
        if other_light == light or not other.found or not same_shape(reading, other):
            continue
        unsure = open_in(other)
        still_open -= {
            place
            for place in still_open
            if place not in unsure and character_at(other, place) == character_at(reading, place)
        }
    return frozenset(still_open)
