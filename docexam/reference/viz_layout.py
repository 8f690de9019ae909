"""Where the data of a page stands against the fixed print, and how thick its strokes are.

A page is personalised in one pass, so its lines keep their places among themselves; the sheet may
lie a little otherwise in the printer. A thief's printer has another register, a field written anew
its own baseline and stroke. Nothing is read here: lines are found as black print near the places
where genuine pages have them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.parts import NotLearned, Part
from docexam.reference.text_places import find_places, place_of_facts
from docexam.reference.tolerance import learned_limit
from docexam.reference.viz_seen_line import (
    PLACE_U_MM,
    foot_u,
    lies_askew,
    look,
    off_the_rest,
)
from docexam.vision.plane import box_around

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.nouns.finding import Limit
    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.reference.text_places import TextPlace
    from docexam.reference.viz_seen_line import SeenLine

NAME = "viz-layout"
NAMES = ("viz.down", "viz.right", "viz.line-apart", "viz.stroke", "viz.stroke-apart")

# Our starting values.
LEAST_PLACES = 3
LEAST_PAGES = 3
LEAST_LETTERS = 3
UNSTEADY_MM = 0.12
REGISTER_MM = 0.15
"""Floor of how far a genuine page's data may stand higher or lower than usual."""
SIDEWAYS_MM = 0.35
"""The same to the side, where the first letter of a text decides: A begins farther left than B."""
APART_MM = 0.08
"""Floor for one line against the others of its page, printed in the same pass."""
STROKE = 0.28
STROKE_APART = 0.25
"""Floors of relative stroke width: fading, and spreading of ink."""
SURE_SHARE = 0.4
_STROKE_U = 0.04


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """The places of data, their usual strokes, and how far genuine pages stray from them."""
    seen = [s for s in samples if "white" in s.view.lights and s.placing.residual_mm is not None]
    if len(seen) < LEAST_PAGES:
        return NotLearned(
            NAME, "learn.few-pages", {"pages": float(len(seen)), "least": LEAST_PAGES}
        )
    places = find_places(seen)
    lines = [look(sample, places) for sample in seen]
    places = _steady(places, lines)
    if len(places) < LEAST_PLACES:
        return NotLearned(NAME, "learn.few-fields", {"fields": float(len(places))})
    places = [_settled(place, lines) for place in places]
    lines = [look(sample, places) for sample in seen]
    strokes = {p.name: _usual_stroke(p.name, lines) for p in places}
    facts = {
        "places": [{**p.as_facts(), "stroke": round(strokes[p.name], 3)} for p in places],
        "pages": len(seen),
    }
    part = Part(NAME, facts)
    return Part(NAME, facts, {}, _limits([measure(sample, part) for sample in seen]))


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """NAMES of one page: millimetres below and right of their places, and relative strokes.

    `viz.down` and `viz.right` are medians over all lines. `viz.line-apart` is how far the line
    that strays most stands above or below the others, `viz.stroke` the median of stroke widths
    relative to the learned ones, `viz.stroke-apart` how far the strokes of three in four letters
    of one line, or more, differ from that median, as a share.
    """
    if "white" not in sample.view.lights:
        return _none(sample, "no-light", {"light": "white"})
    if sample.placing.residual_mm is None:
        return _none(sample, "model.not-placed", {})
    wanted = [place_of_facts(each) for each in part.facts["places"]]
    lines = look(sample, wanted)
    if len(lines) < LEAST_PLACES:
        return _none(sample, "viz.few-fields", {"fields": float(len(lines))})
    usual = {str(each["name"]): float(each["stroke"]) for each in part.facts["places"]}
    if lies_askew(lines):
        places: list[Measurement | NotMeasured] = list(_none(sample, "model.not-placed", {})[:3])
    else:
        places = _places(sample, lines)
    return [*places, *_strokes(sample, lines, usual)]


def _steady(places: Sequence[TextPlace], lines: Sequence[Sequence[SeenLine]]) -> list[TextPlace]:
    """Without places whose text has no baseline to speak of, such as Arabic."""
    apart: dict[str, list[float]] = {place.name: [] for place in places}
    for page in lines:
        middle = float(np.median([line.down for line in page])) if page else 0.0
        for line in page:
            apart[line.name].append(line.down - middle)
    return [
        place
        for place in places
        if len(apart[place.name]) >= LEAST_PAGES and np.ptp(apart[place.name]) <= UNSTEADY_MM
    ]


def _settled(place: TextPlace, lines: Sequence[Sequence[SeenLine]]) -> TextPlace:
    """The place with its baseline and edge where strips show them."""
    own = [line for page in lines for line in page if line.name == place.name]
    down, right = (float(np.median([getattr(o, way) for o in own])) for way in ("down", "right"))
    return replace(
        place, baseline=place.baseline + down, edge=place.edge + right, far=place.far + right
    )


def _usual_stroke(name: str, lines: Sequence[Sequence[SeenLine]]) -> float:
    own = [o.strokes[1] for page in lines for o in page if o.name == name and o.strokes]
    return float(np.median(own)) if own else 0.0


def _limits(measured: Sequence[Sequence[Measurement | NotMeasured]]) -> dict[str, Limit]:
    ruled: dict[str, tuple[str, float, str]] = {
        "viz.down": ("mm", REGISTER_MM, "both"),
        "viz.right": ("mm", SIDEWAYS_MM, "both"),
        "viz.line-apart": ("mm", APART_MM, "high"),
        "viz.stroke": ("1", STROKE, "both"),
        "viz.stroke-apart": ("1", STROKE_APART, "high"),
    }
    limits = {}
    for name, (unit, floor, side) in ruled.items():
        known = [
            e for page in measured for e in page if isinstance(e, Measurement) and e.name == name
        ]
        # what was hardly seen does not tell how far genuine pages stray
        sure = [each for each in known if each.uncertainty <= SURE_SHARE * floor]
        taught = [each.value for each in (sure if len(sure) >= LEAST_PAGES else known)]
        if len(taught) >= LEAST_PAGES:
            limits[name] = learned_limit(taught, unit, floor=floor, side=side)
    return limits


def _places(sample: PageSample, lines: Sequence[SeenLine]) -> list[Measurement | NotMeasured]:
    whole = box_around([line.box_mm for line in lines])
    found: list[Measurement | NotMeasured] = []
    register = (sample.placing.residual_mm or 0.0) / np.sqrt(max(sample.placing.tiles, 1))
    for name, way in (("viz.down", "down"), ("viz.right", "right")):
        values = np.array([getattr(line, way) for line in lines])
        middle = float(np.median(values))
        scatter = 1.4826 * float(np.median(np.abs(values - middle)))
        u = float(np.hypot(np.hypot(1.25 * scatter / np.sqrt(len(lines)), register), PLACE_U_MM))
        details: dict[str, float | str] = {"fields": float(len(lines))}
        found.append(_measurement(name, sample, middle, "mm", u, whole, details))
    middle = float(found[0].value) if isinstance(found[0], Measurement) else 0.0
    long = [line for line in lines if line.letters >= LEAST_LETTERS]
    if len(long) < LEAST_PLACES:
        params = {"fields": float(len(long))}
        missed = NotMeasured(
            "viz.line-apart", sample.view.page, ("white",), "viz.few-fields", params
        )
        return [*found, missed]
    # the surest stray, not the farthest: a line whose letters do not agree on a foot says little
    apart = dict(zip((line.name for line in long), off_the_rest(long), strict=True))
    worst = max(long, key=lambda line: apart[line.name] - 2 * foot_u(line))
    details = {"field": worst.name, "fields": float(len(long))}
    value = apart[worst.name]
    found.append(
        _measurement("viz.line-apart", sample, value, "mm", foot_u(worst), worst.box_mm, details)
    )
    return found


def _strokes(
    sample: PageSample, lines: Sequence[SeenLine], usual: Mapping[str, float]
) -> list[Measurement | NotMeasured]:
    ratios = [
        (np.array(line.strokes) / usual[line.name], line)
        for line in lines
        if line.strokes is not None and usual.get(line.name)
    ]
    if len(ratios) < LEAST_PLACES:
        params = {"fields": float(len(ratios))}
        return [
            NotMeasured(name, sample.view.page, ("white",), "viz.few-fields", params)
            for name in NAMES[3:]
        ]
    middle = float(np.median([ratio[1] for ratio, _ in ratios]))
    # print beneath makes some letters seem bolder, another type all of them: so three in four must
    apart, line = max(
        ((max(low / middle, middle / high, 1.0) - 1, line) for (low, _, high), line in ratios),
        key=lambda each: each[0],
    )
    whole = box_around([line.box_mm for line in lines])
    few: dict[str, float | str] = {"fields": float(len(ratios))}
    u = _STROKE_U * middle
    return [
        _measurement("viz.stroke", sample, middle, "1", u, whole, few),
        _measurement(
            "viz.stroke-apart",
            sample,
            apart,
            "1",
            _STROKE_U,
            line.box_mm,
            {**few, "field": line.name},
        ),
    ]


def _measurement(
    name: str,
    sample: PageSample,
    value: float,
    unit: str,
    u: float,
    box_mm: BoxMm,
    details: Mapping[str, float | str],
) -> Measurement:
    return Measurement(
        name, sample.view.page, ("white",), float(value), unit, u, box_mm, details=details
    )


def _none(
    sample: PageSample, code: str, params: Mapping[str, float | str]
) -> list[Measurement | NotMeasured]:
    return [NotMeasured(name, sample.view.page, ("white",), code, params) for name in NAMES]
