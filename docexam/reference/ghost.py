"""Part `ghost`: the second portrait, which shows the holder once more (Doc 9303-2, A.5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.ghost_pair import GhostPair, alike, pair_of, second_at_rest
from docexam.reference.ghost_place import GhostPlace, ghost_place
from docexam.reference.ink_depth import as_depth, as_picture, cannot
from docexam.reference.parts import NotLearned, Part
from docexam.reference.portrait_place import LEAST_SAMPLES, portrait_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear

NAME = "ghost"
LIKENESS, STRENGTH, MOVED, INFRARED = (
    "model.ghost-likeness",
    "model.ghost-strength",
    "model.ghost-moved",
    "model.ghost-ir",
)
# Our starting values: how far from the enrolled mean a genuine one may be, in shares of it.
_MORE_UNLIKE = 4.0
_MOST_MOVED = 2.4
_LEAST_STRENGTH = 0.4
_STAYS, _MORE_INFRARED = 0.4, 0.25
_UNLIKE_U, _MOVED_U, _STRENGTH_U = 0.1, 0.08, 0.05


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """Where the second portrait stands, the print under it, and how it follows the first."""
    shown = [each for each in samples if "white" in each.pictures]
    portrait = portrait_place(shown)
    if portrait is None:
        return NotLearned(NAME, "learn.no-portrait", {"pages": float(len(shown))})
    ghost = ghost_place(shown, portrait)
    if ghost is None:
        return NotLearned(NAME, "learn.no-ghost")
    pairs = [pair for each in shown if (pair := pair_of(each, portrait, ghost)) is not None]
    if len(pairs) < LEAST_SAMPLES:
        return NotLearned(NAME, "learn.few-pages", {"pages": float(len(pairs))})
    gain = _gain(pairs)
    grounds = [second_at_rest(pair) - gain * pair.first for pair in pairs]
    # each page against the ground that the others show, as a page to come will be
    found = [
        alike(pair, _mean([g for j, g in enumerate(grounds) if j != i]), gain)
        for i, pair in enumerate(pairs)
    ]
    slope = float(np.mean([each.slope for each in found]))
    ground = _mean(grounds)
    facts = {
        "portrait_mm": [round(side, 3) for side in portrait],
        "box_mm": [round(side, 3) for side in ghost.box_mm],
        "mirrored": ghost.mirrored,
        "correlation": round(ghost.likeness, 3),
        "slope": slope,
    }
    limits = {
        LIKENESS: _likeness_limit([each.likeness for each in found]),
        STRENGTH: _strength_limit([each.slope / slope for each in found]),
        MOVED: _moved_limit([each.moved_mm for each in found]),
    }
    infrared = [each.infrared / slope for each in found if each.infrared is not None]
    if len(infrared) >= LEAST_SAMPLES:
        limits[INFRARED] = _infrared_limit(infrared)
        facts["ir"] = round(float(np.mean(infrared)), 3)
    pictures = {"ground": as_picture(ground - float(ground.mean()))}
    return Part(NAME, facts=facts, pictures=pictures, limits=limits)


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """How the second portrait follows the first.

    `model.ghost-likeness`: correlation of the face's features; `model.ghost-strength`: how deep it
    is against a genuine one; `model.ghost-moved`: how far its features lie apart from the
    portrait's, mm; `model.ghost-ir`: how deep it is in infrared, against white on a genuine one.
    """
    page = sample.view.page
    names = (LIKENESS, STRENGTH, MOVED, *((INFRARED,) if "ir" in part.facts else ()))
    if unable := cannot(sample, names, ("white",)):
        return [*unable]
    facts = part.facts
    box: BoxMm = tuple(facts["box_mm"])
    place = GhostPlace(box, bool(facts["mirrored"]), float(facts["correlation"]))
    pair = pair_of(sample, tuple(facts["portrait_mm"]), place)
    if pair is None:
        return [NotMeasured(name, page, ("white",), "model.unseen", {}, True) for name in names]
    slope = float(facts["slope"])
    found = alike(pair, as_depth(part.pictures["ground"]), slope)
    strength = found.slope / slope
    values = {
        LIKENESS: (found.likeness, "1", _UNLIKE_U * (1 - found.likeness)),
        STRENGTH: (strength, "1", _STRENGTH_U),
        # the paler it is, the less sure is where its features lie
        MOVED: (found.moved_mm, "mm", _MOVED_U * found.moved_mm / min(max(strength, 0.2), 1.0)),
    }
    if found.infrared is not None:
        values[INFRARED] = (found.infrared / slope, "1", _STRENGTH_U)
    on_page = sample.page_box(box)
    measured: list[Measurement | NotMeasured] = []
    for name in names:
        light = ("ir", "white") if name == INFRARED else ("white",)
        if name not in values:
            measured.append(NotMeasured(name, page, ("ir",), "no-light", {"light": "ir"}))
            continue
        value, unit, u = values[name]
        measured.append(
            Measurement(name, page, light, value, unit, u, on_page, details=_details(values))
        )
    return measured


def _details(values: dict[str, tuple[float, str, float]]) -> dict[str, float | str]:
    return {
        "likeness": values[LIKENESS][0],
        "strength": values[STRENGTH][0],
        "moved_mm": values[MOVED][0],
    }


def _gain(pairs: Sequence[GhostPair]) -> float:
    """How much the second portrait follows where the first differs from holder to holder."""
    first = np.array([pair.first for pair in pairs])
    second = np.array([second_at_rest(pair) for pair in pairs])
    first, second = first - first.mean(axis=0), second - second.mean(axis=0)
    return float((first * second).sum() / max(float((first**2).sum()), 1e-9))


def _mean(pictures: Sequence[Linear]) -> Linear:
    return np.asarray(np.mean(np.array(pictures), axis=0), np.float32)


def _source(values: Sequence[float], unit: str) -> str:
    many, middle = len(values), float(np.mean(values))
    learned = f"enrolled: {many} genuine captures, mean {middle:.2g}{unit}"
    return f"{learned}; its room is our starting value"


def _likeness_limit(values: Sequence[float]) -> Limit:
    unlike = 1 - float(np.mean(values))
    return Limit(1 - _MORE_UNLIKE * unlike, None, "1", _source(values, ""))


def _strength_limit(values: Sequence[float]) -> Limit:
    return Limit(float(np.mean(values)) * _LEAST_STRENGTH, None, "1", _source(values, ""))


def _moved_limit(values: Sequence[float]) -> Limit:
    # one page with a crease over a face must not speak for all: the mean of the logarithms
    usual = float(np.exp(np.mean(np.log(np.maximum(values, 1e-3)))))
    return Limit(None, usual * _MOST_MOVED, "mm", _source(values, " mm"))


def _infrared_limit(values: Sequence[float]) -> Limit:
    """Dyes vanish, carbon and engraving stay: the limit lies well between."""
    middle = float(np.mean(values))
    if middle >= _STAYS:
        return Limit(middle * _LEAST_STRENGTH, None, "1", _source(values, ""))
    return Limit(None, middle + _MORE_INFRARED, "1", _source(values, ""))
