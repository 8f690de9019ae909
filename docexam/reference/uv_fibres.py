"""Fluorescent fibres: how many and how bright genuine pages have, and whether this one has them.

Fibres lie in the sheet, elsewhere on each copy. Forgers print strokes in their place, which glow
less, or leave them out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.parts import NotLearned, Part
from docexam.reference.uv_excess import excess_of
from docexam.reference.uv_motifs import common_motifs
from docexam.reference.uv_personal import personal_mask, portrait_of
from docexam.reference.uv_strokes import STROKE_PX_PER_MM, ridges_of, strokes_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.reference.uv_excess import Excess
    from docexam.reference.uv_strokes import Strokes
    from docexam.vision.page import Linear, Mask

NAME = "uv-fibres"
COUNT = "uv.fibres"
FEWEST = 3
# Our starting values.
FAINTEST = 0.02
"""Of the page's brightest print, before it is known how bright its fibres are."""
LEAST_A_PAGE, LEAST_A_CHANNEL = 12.0, 4.0
"""Strokes that a page with fibres has at least, and those of one colour."""
LEAST_GLOW = 0.05
STEPS = 5
DIMMEST = 0.4
"""Strokes dimmer than this share of the usual are none of the sheet's fibres."""
BRIGHT = 0.85
"""Most fibres are brighter than this share of the usual, printed strokes are not."""
FIXED_SHARE = 0.5
"""What glows in the same place on half of the copies is print."""
AROUND_MM = 1.0
COUNT_FLOOR, BY_CHANCE = 0.6, 3.0
"""How far the number of bright fibres may fall: for other devices and wear; and by chance, in
standard deviations of a number that chance alone tells (Poisson)."""
QUIET = 1.1
HIDES, LOSS = 0.8, 0.5
"""Noise hides fibres where it is as strong as this share of the dimmest strokes; and the share of
them that is lost where it is once more as strong."""


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """How many fibres these pages have, and how bright; NotLearned where they have none."""
    pairs = [(each, page) for each in samples if (page := excess_of(each)) is not None]
    if len(pairs) < FEWEST:
        return NotLearned(NAME, "learn.few-pages", {"pages": float(len(pairs))})
    pages = [page for _, page in pairs]
    kept = [each for each, _ in pairs]
    shape = pages[0].level.shape
    zones = personal_mask(kept, shape)
    motifs = common_motifs(pages, zones)
    if motifs is None:
        # nothing on the page tells how bright fibres should be
        return NotLearned(NAME, "learn.no-such-print")
    ridges = [ridges_of(page, motifs.glow) for page in pages]
    free = _free(motifs.glow, zones, portrait_of(kept), [ridge for ridge, _ in ridges])
    faintest = _faintest(ridges, free)
    found = [strokes_of(*one, free, faintest) for one in ridges]
    usual = _usual(found)
    if not usual:
        return NotLearned(NAME, "learn.no-such-print")
    faintest = DIMMEST * min(usual.values())
    quiet = _quiet(found, faintest)
    per_cm2 = float(np.mean([_bright(one, usual) / one.area_cm2 for one in quiet]))
    together = float(np.mean([len(_relative(one, usual)) for one in quiet]))
    if together < LEAST_A_PAGE or per_cm2 <= 0:
        return NotLearned(NAME, "learn.no-such-print")
    peak = float(max(motifs.glow.max(), 1e-3))
    facts = {
        "per_cm2": per_cm2,
        "strokes_a_page": together,
        "usual": {str(channel): strength for channel, strength in usual.items()},
        "glow_peak": peak,
        "copies": len(pages),
    }
    pictures = {
        "glow": np.asarray(np.clip(np.rint(motifs.glow / peak * 255), 0, 255), np.uint8),
        "free": free.astype(np.uint8) * 255,
    }
    return Part(NAME, facts, pictures, {COUNT: _limit(per_cm2 * found[0].area_cm2, len(pages))})


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """`uv.fibres`: how many strokes are as bright as fibres, the usual number being 1."""
    name = sample.view.page
    if "uv" not in sample.pictures:
        return [NotMeasured(COUNT, name, ("uv",), "no-light", {"light": "uv"})]
    page = excess_of(sample)
    if page is None:
        return [NotMeasured(COUNT, name, ("uv",), "uv.no-colour", {}, True)]
    glow = part.pictures["glow"].astype(np.float32) * np.float32(part.facts["glow_peak"] / 255)
    known: Mapping[str, Any] = part.facts["usual"]
    usual = {int(channel): float(strength) for channel, strength in known.items()}
    learned = part.pictures["free"] > 0
    free = learned & _shrunk(page.seen, learned.shape)
    if free.sum() < 0.5 * learned.sum():
        return [NotMeasured(COUNT, name, ("uv",), "uv.not-seen", {}, True)]
    if not _is_lit(page, glow):
        return [NotMeasured(COUNT, name, ("uv",), "uv.no-motifs-here")]
    faintest = DIMMEST * min(usual.values())
    found = strokes_of(*ridges_of(page, glow), free, faintest)
    return [_count(sample, found, usual, float(part.facts["per_cm2"]), faintest)]


def _count(
    sample: PageSample, found: Strokes, usual: Mapping[int, float], per_cm2: float, faintest: float
) -> Measurement:
    expected = per_cm2 * found.area_cm2
    bright = _bright(found, usual)
    by_chance = math.sqrt(max(bright, 1.0)) / expected
    hidden = LOSS * max(found.hidden_below / faintest - HIDES, 0.0)
    return Measurement(
        COUNT,
        sample.view.page,
        ("uv",),
        bright / expected,
        "1",
        math.hypot(by_chance, hidden),
        (0.0, 0.0, *sample.view.size_mm),
        details={"strokes": float(bright), "expected": expected},
    )


def _limit(expected: float, copies: int) -> Limit:
    """The least share of the usual number; few copies cannot tell how widely chance spreads it."""
    margin = max(COUNT_FLOOR, BY_CHANCE / math.sqrt(max(expected, 1.0)))
    source = f"enrolled: {copies} genuine captures, {expected:.0f} bright fibres usual"
    return Limit(max(1.0 - margin, 0.0), None, "1", source)


def _faintest(ridges: Sequence[tuple[Linear, NDArray[np.int64]]], free: Mask) -> float:
    """The strength from which strokes are fibres, where it is not known how bright these are.

    Taken too low, strokes run together with each other and with the print of the ground: the
    right one shows the most of them.
    """
    best, most = FAINTEST, 0
    for step in range(STEPS):
        found = [strokes_of(*one, free, FAINTEST * 2**step) for one in ridges]
        count = sum(int((one.strength >= LEAST_GLOW).sum()) for one in found)
        usual = _usual(found)
        if usual and count > most:
            best, most = DIMMEST * min(usual.values()), count
    return best


def _quiet(found: Sequence[Strokes], faintest: float) -> list[Strokes]:
    """The pages whose noise hides no fibres; at least the two that hide the fewest."""
    ranked = sorted(found, key=lambda one: one.hidden_below)
    return [one for at, one in enumerate(ranked) if at < 2 or one.hidden_below <= QUIET * faintest]


def _usual(found: Sequence[Strokes]) -> dict[int, float]:
    """The strength of the fibres of each colour that is common enough."""
    usual = {}
    for channel in range(3):
        strengths = np.concatenate([one.strength[one.channel == channel] for one in found])
        if len(strengths) >= LEAST_A_CHANNEL * len(found):
            usual[channel] = float(np.median(strengths))
    # what is hardly brighter than the background's own print is no fibre
    return {channel: strength for channel, strength in usual.items() if strength >= LEAST_GLOW}


def _relative(found: Strokes, usual: Mapping[int, float]) -> NDArray[np.float64]:
    """How bright each stroke of the usual colours is, the usual being 1; the dim ones left out."""
    parts = [found.strength[found.channel == c] / strength for c, strength in usual.items()]
    relative = np.concatenate(parts) if parts else np.zeros(0)
    return np.asarray(relative[relative > DIMMEST], np.float64)


def _bright(found: Strokes, usual: Mapping[int, float]) -> float:
    return float((_relative(found, usual) > BRIGHT).sum())


def _free(
    glow: Linear, zones: Mask, portrait: BoxMm | None, ridges: Sequence[NDArray[np.float32]]
) -> Mask:
    """Where fibres can be told: off all fixed print, zone, fields and portrait."""
    shape = ridges[0].shape
    print_ = _grown(cv2.resize((glow > 0).astype(np.uint8), shape[::-1]), AROUND_MM)
    free = ~print_ & ~(cv2.resize(zones.astype(np.uint8), shape[::-1]) > 0)
    if portrait is not None:
        left, top, w, h = (round(part * STROKE_PX_PER_MM) for part in portrait)
        free[max(top, 0) : top + h, max(left, 0) : left + w] = False
    often = np.zeros(shape, np.float32)
    for ridge in ridges:
        few = ridge[free]
        middle = float(np.median(few))
        noise = 1.4826 * float(np.median(np.abs(few - middle)))
        often += (ridge > middle + max(FAINTEST, 5 * noise)) / len(ridges)
    fixed = cv2.medianBlur((often >= FIXED_SHARE).astype(np.uint8), 3)
    return np.asarray(free & ~_grown(fixed, AROUND_MM / 2))


def _grown(mask: NDArray[Any], by_mm: float) -> Mask:
    side = 2 * round(by_mm * STROKE_PX_PER_MM) + 1
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)) > 0)


def _shrunk(mask: Mask, shape: tuple[int, ...]) -> Mask:
    size = (shape[1], shape[0])
    small = cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    return np.asarray(small > 0)


def _is_lit(page: Excess, glow: Linear) -> bool:
    """Whether the page's motifs glow beyond the noise, so that they are a measure of fibres."""
    bright = glow > 0.5
    return bool(bright.any()) and float(page.level[bright].mean()) > 4 * page.noise
