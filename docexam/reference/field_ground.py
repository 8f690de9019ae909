"""Part `field-ground`: the ground print around each field, and whether it is still all there.

Who scrapes or washes a field off takes the ground print and the sheet's surface with it (Doc
9303-2, appendix C: erasures by knife and by chemicals). The paper between the letters is held
against the same place of genuine documents, and against the ground some way off: its print may be
paler, its tone another, its glow under ultraviolet another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.field_ground_seen import (
    LIGHTS,
    as_levels,
    as_picture,
    ground_seen,
    levelled,
    usual_ground,
)
from docexam.reference.field_ground_traces import spread_of, strange, traces_of
from docexam.reference.ink_depth import cannot
from docexam.reference.parts import NotLearned, Part
from docexam.reference.portrait_place import LEAST_SAMPLES
from docexam.reference.text_places import find_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.reference.text_places import TextPlace

NAME = "field-ground"
STRANGE = "model.field-ground"
# Our starting values.
LEAST_LIMIT, OF_USUAL = 3.0, 2.4
"""The limit: so strange, and so many times as strange as genuine fields are to one another."""
_LEAST_U, _SHARE_U = 0.1, 0.05
_LEAST_MM = 3.5
_HEIGHT_MM = 6.0


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """The ground at the places of data, and how much it differs between genuine pages."""
    lit = [each for each in samples if all(light in each.pictures for light in LIGHTS)]
    if len(lit) < LEAST_SAMPLES:
        return NotLearned(NAME, "learn.few-pages", {"pages": float(len(lit))})
    boxes = [box for place in find_places(lit) if _is_line(box := _box(place))]
    if not boxes:
        return NotLearned(NAME, "learn.no-fields")
    return learn_at(lit, boxes)


def learn_at(samples: Sequence[PageSample], boxes: Sequence[BoxMm]) -> Part | NotLearned:
    """The part for fields at these places of the model."""
    pages = levelled([ground_seen(each) for each in samples])
    # each page is held against the others: against itself nothing would be strange
    grounds = [usual_ground(pages[:at] + pages[at + 1 :], boxes) for at in range(len(pages))]
    places = []
    for box in boxes:
        held = [traces_of(page, ground, box) for page, ground in zip(pages, grounds, strict=True)]
        seen = [each for each in held if each is not None]
        if len(seen) >= LEAST_SAMPLES:
            places.append((box, seen))
    if not places:
        return NotLearned(NAME, "learn.no-fields")
    values = [
        _strangeness(strange(one, spread_of([*seen[:at], *seen[at + 1 :]])))
        for _, seen in places
        for at, one in enumerate(seen)
    ]
    middle = float(np.mean(values))
    source = f"enrolled: {len(values)} fields of {len(samples)} genuine captures, mean {middle:.3g}"
    limit = Limit(None, max(LEAST_LIMIT, OF_USUAL * middle), "1", source)
    ground = usual_ground(pages, [box for box, _ in places])
    return Part(
        NAME,
        facts={
            "fields_mm": [[round(side, 2) for side in box] for box, _ in places],
            "spread": [[round(value, 4) for value in spread_of(seen)] for _, seen in places],
        },
        pictures={f"{light}-ground": as_picture(levels) for light, levels in ground.items()},
        limits={STRANGE: limit},
    )


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """`model.field-ground`: of the field whose ground is the strangest, in what is usual.

    The root of the squares of three traces: print lost, lightness in white, glow in ultraviolet.
    """
    unable = cannot(sample, (STRANGE,), LIGHTS)
    if unable:
        return list(unable)
    ground = {light: as_levels(part.pictures[f"{light}-ground"]) for light in LIGHTS}
    page = ground_seen(sample)
    found = []
    for box, spread in zip(part.facts["fields_mm"], part.facts["spread"], strict=True):
        seen = traces_of(page, ground, tuple(box))
        if seen is not None:
            three = strange(seen, spread)
            found.append((_strangeness(three), three, seen, tuple(box)))
    if not found:
        return [NotMeasured(STRANGE, sample.view.page, LIGHTS, "model.unseen", {}, True)]
    value, three, seen, place = max(found, key=lambda each: each[0])
    told: dict[str, float | str] = {
        "fields": float(len(found)),
        "print_kept": seen.kept,
        "tone": max(seen.tone, key=abs),
        "glow": seen.glow,
        "second": sorted(three)[1],
    }
    u = _LEAST_U + _SHARE_U * value
    box_mm = sample.page_box(place)
    page_name = sample.view.page
    return [Measurement(STRANGE, page_name, LIGHTS, value, "1", u, box_mm, details=told)]


def _strangeness(three: tuple[float, float, float]) -> float:
    return float(np.sqrt(np.sum(np.square(three))))


def _box(place: TextPlace) -> BoxMm:
    left, right = sorted((place.edge, place.far))
    return (left, place.baseline - place.cap, right - left, place.cap)


def _is_line(box: BoxMm) -> bool:
    return box[2] >= _LEAST_MM and box[3] <= _HEIGHT_MM and bool(np.all(np.isfinite(box)))
