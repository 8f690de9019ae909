"""The type that the data of a page is printed in: shape and size of its letters.

Learned from fields that were read; compared on fields that are read. A letter that too few genuine
pages showed says nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.font_advance import advances_of_facts, learn_advances, size_of
from docexam.reference.font_shapes import distances, fields_by_type, mean_typeface, typeface_of
from docexam.reference.parts import NotLearned, Part
from docexam.reference.text_letters import printed_lines
from docexam.reference.tolerance import learned_limit
from docexam.vision.plane import box_around

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from docexam.nouns.finding import Limit
    from docexam.nouns.measurement import BoxMm
    from docexam.reference.font_advance import Advances
    from docexam.reference.font_shapes import Typeface
    from docexam.reference.page_sample import PageSample
    from docexam.reference.text_letters import PrintedLine

NAME = "viz-font"
NAMES = ("viz.letters", "viz.letters-apart", "viz.size", "viz.size-apart")

# Our starting values.
LEAST_PAGES = 3
LEAST_LETTERS = 8
LEAST_OF_FIELD = 4
LEAST_FIELDS = 2
UNLIKE, MOST_UNLIKE = 0.020, 0.030
"""Floor and cap of how unlike the letters of a page may be to the model's: wear, ground, other
lenses made genuine ones 0.020 unlike at most, those of other types are 0.03 to 0.12."""
UNLIKE_FIELD, MOST_UNLIKE_FIELD = 0.025, 0.04
"""The same for three in four letters of one field, which few letters tell: genuine ones had 0.015.
"""
SIZE, MOST_SIZE = 0.03, 0.06
"""Floor and cap of the relative distance of letters against the model's, all fields together."""
SIZE_APART, MOST_SIZE_APART = 0.025, 0.05
"""The same of one field against the others of its page."""
USUAL_SPREAD_MM = 0.07
MOST_SCATTER = 0.02
_UNLIKE_U, _SIZE_U = 0.003, 0.004
_RULES = {
    "viz.letters": (UNLIKE, MOST_UNLIKE, "high"),
    "viz.letters-apart": (UNLIKE_FIELD, MOST_UNLIKE_FIELD, "high"),
    "viz.size": (SIZE, MOST_SIZE, "both"),
    "viz.size-apart": (SIZE_APART, MOST_SIZE_APART, "high"),
}


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """The letters of each type, their distances, and how far genuine pages stray from them."""
    pages = [lines for sample in samples if (lines := printed_lines(sample))]
    if len(pages) < LEAST_PAGES:
        return NotLearned(
            NAME, "learn.few-pages", {"pages": float(len(pages)), "least": LEAST_PAGES}
        )
    types = [_learned(fields, pages) for fields in fields_by_type(pages)]
    types = [(face, advances) for face, advances in types if face.letters]
    if not types:
        return NotLearned(NAME, "learn.few-letters", {})
    facts, pictures = [], {}
    for number, (face, advances) in enumerate(types, 1):
        signs, sheet = face.sheet()
        pictures[f"type-{number}"] = sheet
        facts.append({"fields": list(face.fields), "letters": signs, **advances.as_facts()})
    spread = float(np.median([_spread_mm(sample) for sample in samples]))
    limits = _limits(samples, types, spread)
    known = {"types": facts, "pages": len(pages), "spread_mm": round(spread, 4)}
    return Part(NAME, known, pictures, limits)


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """NAMES of one page: how unlike its letters are to the model's, and in which sizes they are.

    `viz.letters` is the median over all known letters of 1 less the correlation with the model's,
    `viz.letters-apart` what three in four letters of one field are unlike at least, of the field
    that is least like. `viz.size` is the median over fields of how far apart letters stand, the
    model's being 1, `viz.size-apart` how much that of one field differs, as a share.
    """
    if "white" not in sample.view.lights:
        return _none(sample, "no-light", {"light": "white"})
    if not sample.viz:
        return _none(sample, "viz.no-viz", {})
    lines = printed_lines(sample)
    types = [
        (
            typeface_of(each["fields"], each["letters"], part.pictures[f"type-{number}"]),
            advances_of_facts(each),
        )
        for number, each in enumerate(part.facts["types"], 1)
    ]
    return _measured(sample, lines, types, float(part.facts["spread_mm"]))


def _learned(
    fields: tuple[str, ...], pages: Sequence[Sequence[PrintedLine]]
) -> tuple[Typeface, Advances]:
    face = mean_typeface(fields, pages)
    return face, learn_advances(pages, fields, face.letters)


def _limits(
    samples: Sequence[PageSample], types: Sequence[tuple[Typeface, Advances]], spread_mm: float
) -> dict[str, Limit]:
    """What each page measures: its shapes against those of the others, which do not know it.

    Sizes are held against the whole model: without a page too few neighbours of letters are left,
    and what that costs is no property of the print.
    """
    values: dict[str, list[float]] = {name: [] for name in NAMES}
    read = [(sample, lines) for sample in samples if (lines := printed_lines(sample))]
    for number, (sample, page) in enumerate(read):
        others = [lines for at, (_, lines) in enumerate(read) if at != number]
        faces = [(mean_typeface(face.fields, others), advances) for face, advances in types]
        for each in _measured(sample, page, faces, spread_mm):
            if isinstance(each, Measurement):
                values[each.name].append(each.value)
    return {
        name: _limit(name, found) for name, found in values.items() if len(found) >= LEAST_PAGES
    }


def _limit(name: str, found: Sequence[float]) -> Limit:
    """The limit that genuine pages give, within a floor and a cap.

    A page that was read amiss must not make room for every other type.
    """
    floor, most, side = _RULES[name]
    limit = learned_limit(found, "1", floor=floor, side=side)
    usual = float(np.median(found)) if side == "both" else 0.0
    low = None if limit.low is None else max(limit.low, usual - most)
    high = None if limit.high is None else min(limit.high, usual + most)
    return replace(limit, low=low, high=high)


def _measured(
    sample: PageSample,
    lines: Sequence[PrintedLine],
    types: Sequence[tuple[Typeface, Advances]],
    spread_mm: float,
) -> list[Measurement | NotMeasured]:
    softer = _spread_mm(sample) ** 2 - spread_mm**2
    softer = float(np.copysign(np.sqrt(abs(softer)), softer))
    known = [
        (line, np.array(distances(line, face, softer)))
        for line, face, _ in _typed(lines, types)
        if any(letter.sign in face.letters for letter in line.letters)
    ]
    every = np.concatenate([unlike for _, unlike in known]) if known else np.zeros(0)
    if len(every) < LEAST_LETTERS:
        found = _none(sample, "viz.few-letters", {"letters": float(len(every))})[:2]
        return [*found, *_sizes(sample, lines, types)]
    whole = box_around([line.box_mm for line, _ in known])
    middle, u = _typical(every)
    details: dict[str, float | str] = {"letters": float(len(every)), "fields": float(len(known))}
    found = [_measurement("viz.letters", sample, middle, u, whole, details)]
    # pieces that are not the letters that were read are like none of them, but never all of a field
    fields = [
        ((float(np.percentile(far, 25)), _typical(far)[1]), line)
        for line, far in known
        if len(far) >= LEAST_OF_FIELD
    ]
    if fields:
        (value, u), line = max(fields, key=lambda each: each[0][0] - 2 * each[0][1])
        details = {**details, "field": line.name}
        found.append(_measurement("viz.letters-apart", sample, value, u, line.box_mm, details))
    else:
        found += _none(sample, "viz.few-letters", {"letters": 0.0})[1:2]
    return [*found, *_sizes(sample, lines, types)]


def _sizes(
    sample: PageSample, lines: Sequence[PrintedLine], types: Sequence[tuple[Typeface, Advances]]
) -> list[Measurement | NotMeasured]:
    """How far apart letters stand: all fields, and the one that differs most from the others."""
    sizes = [
        (*size, line)
        for line, _, advances in _typed(lines, types)
        if (size := size_of(line, advances)) is not None
    ]
    if len(sizes) < LEAST_FIELDS:
        return _none(sample, "viz.few-letters", {"letters": 0.0})[2:]
    values = np.array([size for size, _, _ in sizes])
    middle = float(np.median(values))
    scatter = min(1.4826 * float(np.median(np.abs(values - middle))), MOST_SCATTER)
    u = float(np.hypot(1.25 * scatter / np.sqrt(len(sizes)), _SIZE_U))
    whole = box_around([line.box_mm for _, _, line in sizes])
    few: dict[str, float | str] = {"fields": float(len(sizes))}
    found: list[Measurement | NotMeasured] = [
        _measurement("viz.size", sample, middle, u, whole, few)
    ]
    if len(sizes) < LEAST_PAGES:
        return [*found, _none(sample, "viz.few-letters", {"letters": 0.0})[3]]
    worst, own, line = max(sizes, key=lambda each: abs(each[0] / middle - 1) - 2 * each[1])
    u = float(np.hypot(own, _SIZE_U))
    value = abs(worst / middle - 1)
    named = {**few, "field": line.name}
    return [*found, _measurement("viz.size-apart", sample, value, u, line.box_mm, named)]


def _typed(
    lines: Sequence[PrintedLine], types: Sequence[tuple[Typeface, Advances]]
) -> Iterator[tuple[PrintedLine, Typeface, Advances]]:
    for line in lines:
        for face, advances in types:
            if line.name in face.fields:
                yield line, face, advances


def _spread_mm(sample: PageSample) -> float:
    """The blur of the page's print, standard deviation; an estimate where it could not be told."""
    quality = sample.view.quality.get("white")
    seen = None if quality is None else quality.edge_spread_mm
    return USUAL_SPREAD_MM if seen is None else seen


def _typical(unlike: np.ndarray) -> tuple[float, float]:
    """The median, and its uncertainty.

    That letters of another type differ by unequal amounts is no uncertainty of how they were seen.
    """
    middle = float(np.median(unlike))
    scatter = min(1.4826 * float(np.median(np.abs(unlike - middle))), MOST_SCATTER)
    return middle, float(np.hypot(1.25 * scatter / np.sqrt(len(unlike)), _UNLIKE_U))


def _measurement(
    name: str,
    sample: PageSample,
    value: float,
    u: float,
    box_mm: BoxMm,
    details: Mapping[str, float | str],
) -> Measurement:
    return Measurement(name, sample.view.page, ("white",), value, "1", u, box_mm, details=details)


def _none(
    sample: PageSample, code: str, params: Mapping[str, float | str]
) -> list[Measurement | NotMeasured]:
    return [NotMeasured(name, sample.view.page, ("white",), code, params) for name in NAMES]
