"""Part `ghost`: the second portrait, which shows the holder once more (Doc 9303-2, A.5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.ghost_fit import UsualLie, apart, fit, lie_of, moved_mm, usual_lie
from docexam.reference.ghost_ground import (
    faceless,
    fits_without_own,
    gain_of,
    rough_ground,
    settled,
    strangers,
    trimmed,
)
from docexam.reference.ghost_pair import GhostPair, pair_of
from docexam.reference.ghost_place import GhostPlace, ghost_place
from docexam.reference.ink_depth import as_depth, as_picture, cannot
from docexam.reference.parts import NotLearned, Part
from docexam.reference.portrait_place import LEAST_SAMPLES, portrait_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample

NAME = "ghost"
LIKENESS, STRENGTH, APART, INFRARED = (
    "model.ghost-likeness",
    "model.ghost-strength",
    "model.ghost-apart",
    "model.ghost-ir",
)
# Our starting values.
_MORE_UNLIKE, _SURELY_UNLIKE = 4.0, 0.75
_LEAST_APART, _MORE_APART = 1.5, 1.3
_LEAST_STRENGTH = 0.4
_STAYS, _MORE_INFRARED = 0.4, 0.25
_UNLIKE_U, _STRENGTH_U, _APART_U = 0.1, 0.05, 0.05
_ROUNDS = 2


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """Where the second portrait stands, the print under it, and how it follows the first.

    `strangers_told` of the `strangers` among the facts are pairs of two enrolled holders that the
    limits tell apart: what the model is worth against another face.
    """
    shown = [each for each in samples if "white" in each.pictures]
    portrait = portrait_place(shown)
    if portrait is None:
        return NotLearned(NAME, "learn.no-portrait", {"pages": float(len(shown))})
    ghost = ghost_place(shown, portrait)
    if ghost is None:
        return NotLearned(NAME, "learn.no-ghost")
    pairs = _pairs(shown, portrait, ghost)
    if len(pairs) < LEAST_SAMPLES:
        return NotLearned(NAME, "learn.few-pages", {"pages": float(len(pairs))})
    portrait, ghost = trimmed(pairs, portrait, ghost)
    for _ in range(_ROUNDS):
        pairs = _pairs(shown, portrait, ghost)
        gain = gain_of(pairs)
        ground = rough_ground(pairs, gain)
        ghost = settled(ghost, [fit(pair, ground, gain) for pair in pairs])
    pairs = _pairs(shown, portrait, ghost)
    if len(pairs) < LEAST_SAMPLES:
        return NotLearned(NAME, "learn.few-pages", {"pages": float(len(pairs))})
    gain = gain_of(pairs)
    ground = rough_ground(pairs, gain)
    grounds = [fit(pair, ground, gain).ground for pair in pairs]
    found = fits_without_own(pairs, grounds, gain)
    slope = float(np.mean([each.slope for each in found]))
    ground = faceless(grounds, pairs)
    lies = [lie_of(pair, each, ground, gain) for pair, each in zip(pairs, found, strict=True)]
    usual = usual_lie(lies)
    aside = [apart(one, usual) for one in lies]
    facts = {
        "portrait_mm": [round(side, 3) for side in portrait],
        "box_mm": [round(side, 3) for side in ghost.box_mm],
        "mirrored": ghost.mirrored,
        "correlation": round(ghost.likeness, 3),
        "slope": slope,
        **{name: [round(float(part), 4) for part in each] for name, each in _told(usual).items()},
    }
    limits = {
        LIKENESS: _likeness_limit([each.likeness for each in found]),
        STRENGTH: _strength_limit([each.slope / slope for each in found]),
    }
    limits[APART] = most = _apart_limit(aside)
    facts["strangers"] = len(pairs)
    told = [
        other.likeness < (limits[LIKENESS].low or 0.0) or apart(lie, usual) > (most.high or 0.0)
        for other, lie in strangers(pairs, ground, gain)
    ]
    facts["strangers_told"] = sum(told)
    infrared = [each.infrared / slope for each in found if each.infrared is not None]
    if len(infrared) >= LEAST_SAMPLES:
        limits[INFRARED] = _infrared_limit(infrared)
        facts["ir"] = round(float(np.mean(infrared)), 3)
    pictures = {"ground": as_picture(ground)}
    return Part(NAME, facts=facts, pictures=pictures, limits=limits)


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """How the second portrait follows the first.

    `model.ghost-likeness`: correlation of the features; `model.ghost-strength`: how deep they are
    against a genuine one's; `model.ghost-apart`: how far they lie from where the portrait has them,
    1 being what print and placing explain; `model.ghost-ir`: how deep they are in infrared, against
    white on a genuine one.
    """
    page = sample.view.page
    names = tuple(part.limits)
    if unable := cannot(sample, names, ("white",)):
        return [*unable]
    facts = part.facts
    if "head_spread_mm" not in facts:
        return [NotMeasured(name, page, ("white",), "model.old-part", {}, True) for name in names]
    box: BoxMm = tuple(facts["box_mm"])
    place = GhostPlace(box, bool(facts["mirrored"]), float(facts["correlation"]))
    pair = pair_of(sample, tuple(facts["portrait_mm"]), place)
    if pair is None:
        return [NotMeasured(name, page, ("white",), "model.unseen", {}, True) for name in names]
    slope = float(facts["slope"])
    ground = as_depth(part.pictures["ground"])
    found = fit(pair, ground, slope)
    strength = found.slope / slope
    usual = _usual_of(facts)
    aside = apart(lie_of(pair, found, ground, slope), usual)
    values = {
        LIKENESS: (found.likeness, "1", _UNLIKE_U * (1 - found.likeness)),
        STRENGTH: (strength, "1", _STRENGTH_U),
        APART: (aside, "1", _APART_U * aside),
    }
    if found.infrared is not None:
        values[INFRARED] = (found.infrared / slope, "1", _STRENGTH_U)
    on_page = sample.page_box(box)
    details: dict[str, float | str] = {
        "likeness": found.likeness,
        "strength": strength,
        "moved_mm": moved_mm(found.place - usual.head),
    }
    measured: list[Measurement | NotMeasured] = []
    for name in names:
        light = ("ir", "white") if name == INFRARED else ("white",)
        if name not in values:
            measured.append(NotMeasured(name, page, ("ir",), "no-light", {"light": "ir"}))
            continue
        value, unit, u = values[name]
        measured.append(Measurement(name, page, light, value, unit, u, on_page, details=details))
    return measured


def _told(usual: UsualLie) -> dict[str, NDArray[np.float64]]:
    return {
        "head_mm": usual.head,
        "face_mm": usual.face,
        "head_spread_mm": usual.head_spread,
        "face_spread_mm": usual.face_spread,
    }


def _usual_of(facts: Mapping[str, Any]) -> UsualLie:
    names = ("head_mm", "face_mm", "head_spread_mm", "face_spread_mm")
    return UsualLie(*(np.array(facts[name]) for name in names))


def _pairs(samples: Sequence[PageSample], portrait: BoxMm, ghost: GhostPlace) -> list[GhostPair]:
    return [pair for each in samples if (pair := pair_of(each, portrait, ghost)) is not None]


def _source(values: Sequence[float], unit: str) -> str:
    many, middle = len(values), float(np.mean(values))
    learned = f"enrolled: {many} genuine captures, mean {middle:.2g}{unit}"
    return f"{learned}; its room is our starting value"


def _likeness_limit(values: Sequence[float]) -> Limit:
    unlike = 1 - float(np.mean(values))
    low = min(1 - _MORE_UNLIKE * unlike, _SURELY_UNLIKE)
    return Limit(low, None, "1", _source(values, ""))


def _strength_limit(values: Sequence[float]) -> Limit:
    return Limit(float(np.mean(values)) * _LEAST_STRENGTH, None, "1", _source(values, ""))


def _apart_limit(values: Sequence[float]) -> Limit:
    usual = float(np.sqrt(np.mean(np.square(values))))
    return Limit(None, max(usual * _MORE_APART, _LEAST_APART), "1", _source(values, ""))


def _infrared_limit(values: Sequence[float]) -> Limit:
    """Dyes vanish, carbon and engraving stay: the limit lies well between."""
    middle = float(np.mean(values))
    if middle >= _STAYS:
        return Limit(middle * _LEAST_STRENGTH, None, "1", _source(values, ""))
    return Limit(None, middle + _MORE_INFRARED, "1", _source(values, ""))
