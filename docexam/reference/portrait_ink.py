"""Part `portrait`: whether the portrait stays in infrared, and whether it has colours.

Dyes vanish in infrared, carbon and engraving stay (Doc 9303-2, appendix C: IR-AB-PH, IR-TR-PH).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.ink_depth import FINE_MM, as_depth, as_picture, cannot, coarse, depth_window
from docexam.reference.parts import NotLearned, Part
from docexam.reference.portrait_fit import rest_of, smoothed, trend_of
from docexam.reference.portrait_place import LEAST_SAMPLES, portrait_place
from docexam.reference.tolerance import margin_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.reference.parts import Picture
    from docexam.vision.page import Linear

NAME = "portrait"
STAYS, COLOUR = "model.photo-ir", "model.photo-colour"
# Our starting values.
_KEPT, _LEAST_SHARE, _FLOOR = 0.4, 0.4, 0.2
_GREY, _COLOUR_U = 0.06, 0.01
_COLOUR_GAIN = 4.0
_SMOOTH_MM = 0.5
_LEAST_SEEN = 0.95
_LEAST_TONE = 0.06
"""A portrait of less contrast than this is none."""


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """Where the portrait stands, what it keeps in infrared, and how far it is from grey.

    Numbered pages of a booklet have none: stamps and visas differ from holder to holder too.
    """
    numbered = any(each.view.page.isdecimal() for each in samples)
    shown = [each for each in samples if "white" in each.pictures and not numbered]
    box = portrait_place(shown)
    if box is None:
        return NotLearned(NAME, "learn.no-portrait", {"pages": float(len(shown))})
    facts: dict[str, object] = {"box_mm": [round(side, 2) for side in box]}
    pictures = _fixed_colours(shown, _box(facts))
    values: dict[str, list[float]] = {}
    for each in shown:
        for found in measure(each, Part(NAME, facts=facts, pictures=pictures)):
            if isinstance(found, Measurement):
                values.setdefault(found.name, []).append(found.value)
    rules = {STAYS: _stays_limit, COLOUR: _colour_limit}
    known = {name: rules[name](seen) for name, seen in values.items() if len(seen) >= LEAST_SAMPLES}
    limits = {name: limit for name, limit in known.items() if limit is not None}
    if not limits:
        return NotLearned(NAME, "learn.few-pages", {"pages": float(len(shown))})
    means = {name.removeprefix("model.photo-"): round(float(np.mean(values[name])), 3)
             for name in limits}  # fmt: skip
    # means of coloured faces are of no use to the limits, and nobody's face is kept without
    kept = pictures if COLOUR in limits else {}
    return Part(NAME, facts={**facts, **means}, pictures=kept, limits=limits)


def _stays_limit(values: Sequence[float]) -> Limit:
    """Dyes keep about nothing, carbon and engraving most: the limit lies well between."""
    middle = float(np.mean(values))
    source = f"enrolled: {len(values)} genuine captures, mean {middle:.2g}"
    if middle >= _KEPT:
        return Limit(_LEAST_SHARE * middle, None, "1", f"{source}; its room is our starting value")
    high = middle + max(_FLOOR, min(margin_of(values, 0.0), _KEPT))
    return Limit(None, high, "1", source)


def _colour_limit(values: Sequence[float]) -> Limit | None:
    """What is always grey must be grey; of coloured faces some have little colour."""
    most = float(np.max(values))
    if most > _GREY:
        return None
    source = f"enrolled: {len(values)} genuine captures, at most {most:.2g}; our starting value"
    return Limit(None, most + _GREY, "1", source)


def _fixed_colours(samples: Sequence[PageSample], box: BoxMm) -> dict[str, Picture]:
    """The colour that the ground gives to every portrait, (h, w) for blue and for red."""
    off: list[list[Linear]] = []
    shape = (0, 0)
    for each in samples:
        white = _tones(each, "white", box)
        if white is not None:
            shape = (white.shape[0], white.shape[1])
            off.append(_off_grey(white, trend_of(shape)))
    if not off:
        return {}
    means = np.mean(np.array(off), axis=0)
    return {
        name: as_picture(each.reshape(shape) * _COLOUR_GAIN)
        for name, each in zip(("blue", "red"), means, strict=True)
    }


def _off_grey(white: Linear, trend: Linear) -> list[Linear]:
    """(n,) of blue and of red: what is no multiple of green."""
    blue, green, red = (rest_of(white[..., each], trend) for each in range(3))
    whole = max(float((green**2).sum()), 1e-9)
    return [each - float((each * green).sum()) / whole * green for each in (blue, red)]


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """`model.photo-ir`: the share of its tones in white that the portrait has in infrared.

    `model.photo-colour`: how much of its tones is colour (0: all grey), where the model has that
    of the ground.
    """
    page = sample.view.page
    names = (STAYS, COLOUR) if part.pictures else (STAYS,)
    if unable := cannot(sample, names, ("white",)):
        return [*unable]
    box = _box(part.facts)
    white = _tones(sample, "white", box)
    if white is None:
        return [_unseen(page, name, "white") for name in names]
    trend = trend_of((white.shape[0], white.shape[1]))
    grey = rest_of(white.mean(axis=2), trend)
    tone = float(np.sqrt((grey**2).mean()))
    if tone < _LEAST_TONE:
        params: dict[str, float | str] = {"tone": tone}
        return [
            NotMeasured(name, page, ("white",), "photo.no-tones", params, inconclusive=True)
            for name in names
        ]
    found = [_stays(sample, box, grey, trend)]
    return [*found, _colour(sample, part, box, white, tone)] if part.pictures else found


def _stays(
    sample: PageSample, box: BoxMm, grey: Linear, trend: Linear
) -> Measurement | NotMeasured:
    page = sample.view.page
    if "ir" not in sample.pictures:
        return NotMeasured(STAYS, page, ("ir",), "no-light", {"light": "ir"})
    shown = _tones(sample, "ir", box)
    if shown is None:
        return _unseen(page, STAYS, "ir")
    infrared = rest_of(shown, trend)
    whole = float((grey**2).sum())
    share = float((infrared * grey).sum() / whole)
    scatter = float(np.std(infrared - share * grey)) / np.sqrt(whole / len(grey))
    # spots of about a square millimetre are independent
    u = float(np.hypot(scatter / np.sqrt(max(box[2] * box[3] / 4, 1.0)), 0.02))
    details: dict[str, float | str] = {}
    wavelength = sample.view.lights["ir"].wavelength_nm
    if wavelength is not None:
        details["wavelength_nm"] = wavelength
    place = sample.page_box(box)
    return Measurement(STAYS, page, ("ir", "white"), share, "1", u, place, details=details)


def _colour(sample: PageSample, part: Part, box: BoxMm, white: Linear, tone: float) -> Measurement:
    """The part of blue and red that is no multiple of green nor of the ground, of all tones."""
    shape = (white.shape[0], white.shape[1])
    known = [as_depth(part.pictures[name]) for name in ("blue", "red") if name in part.pictures]
    own = [rest_of(each.reshape(shape), trend_of(shape, *known))
           for each in _off_grey(white, trend_of(shape))]  # fmt: skip
    value = float(np.sqrt(np.mean([(each**2).mean() for each in own]))) / tone
    place = sample.page_box(box)
    return Measurement(COLOUR, sample.view.page, ("white",), value, "1", _COLOUR_U, place)


def _tones(sample: PageSample, light: str, box: BoxMm) -> Linear | None:
    """Depth below the page's paper in a box, (h, w) or (h, w, 3); None where it is not seen."""
    level, seen = coarse(sample, light)
    window = depth_window(box, seen.shape)
    if seen[window].size == 0 or seen[window].mean() < _LEAST_SEEN:
        return None
    paper = np.percentile(level[::4, ::4].reshape(-1, *level.shape[2:]), 80, axis=0)
    depth = np.asarray(1 - level[window] / np.maximum(paper, 1e-3), np.float32)
    return smoothed(depth, max(_SMOOTH_MM, FINE_MM))


def _box(facts: Mapping[str, Any]) -> BoxMm:
    x, y, w, h = (float(side) for side in facts["box_mm"])
    return (x, y, w, h)


def _unseen(page: str, name: str, light: str) -> NotMeasured:
    return NotMeasured(name, page, (light,), "model.unseen", {}, True)
