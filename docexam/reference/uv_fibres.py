"""Fluorescent fibres: how many and how bright genuine pages have, and whether this one has them.

Fibres lie in the sheet, elsewhere on each copy. Forgers print strokes in their place, which glow
less or leave ink that white light shows (`uv_fibre_ink`), or leave them out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.page_sample import widened
from docexam.reference.parts import NotLearned, Part
from docexam.reference.uv_excess import excess_of
from docexam.reference.uv_fibre_ink import INK, ink_limit, ink_measured, usual_ink, without_gaps
from docexam.reference.uv_motifs import common_motifs
from docexam.reference.uv_personal import personal_mask, portrait_of
from docexam.reference.uv_strokes import STROKE_PX_PER_MM, ridges_of, strokes_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.reference.uv_excess import Excess
    from docexam.reference.uv_strokes import Ridges, Strokes
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
BRIGHT = 0.6
"""Nearly all fibres are brighter than this share of the usual, crude printed strokes are not."""
FIXED_SHARE = 0.5
"""What glows in the same place on half of the copies is print."""
AROUND_MM = 1.0
COUNT_FLOOR, BY_CHANCE = 0.6, 3.0
"""How far the number of bright fibres may fall: for other devices and wear; and by chance, in
standard deviations of a number that chance alone tells (Poisson)."""
COUNT_ERROR = 0.06
QUIET = 1.1
TOLD = 20
SURELY = 1.3
"""Strokes this much above the noise are long enough to be strokes."""
LEAST_SEEN, HIDDEN_ERROR = 0.3, 0.35
"""Share of the bright fibres that must stand out of the noise; and how surely it is known which
do, as a share of those that do not."""


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
    free = _free(motifs.glow, zones, portrait_of(kept), [one.strength for one in ridges])
    faintest = _faintest(ridges, free)
    found = [strokes_of(one, free, faintest) for one in ridges]
    usual = _usual(found)
    if not usual:
        return NotLearned(NAME, "learn.no-such-print")
    faintest = DIMMEST * min(usual.values())
    sound = [
        without_gaps(sample, one, strokes_of(one, free, faintest))
        for sample, one in zip(kept, ridges, strict=True)
    ]
    found, inks = [one for one, _ in sound], [ink for _, ink in sound]
    quiet = _quiet(found, faintest)
    per_cm2 = float(np.mean([_bright(one, usual) / one.area_cm2 for one in quiet]))
    together = float(np.mean([len(_relative(one, usual)) for one in quiet]))
    if together < LEAST_A_PAGE or per_cm2 <= 0:
        return NotLearned(NAME, "learn.no-such-print")
    relative = np.concatenate([_relative(one, usual) for one in quiet])
    peak = float(max(motifs.glow.max(), 1e-3))
    facts = {
        "per_cm2": per_cm2,
        "strokes_a_page": together,
        "usual": {str(channel): strength for channel, strength in usual.items()},
        "glow_peak": peak,
        "copies": len(pages),
        "relative": _even(relative[relative > BRIGHT]),
        "ink": usual_ink(found, inks),
    }
    pictures = {
        "glow": np.asarray(np.clip(np.rint(motifs.glow / peak * 255), 0, 255), np.uint8),
        "free": free.astype(np.uint8) * 255,
    }
    limits = {COUNT: _limit(per_cm2 * found[0].area_cm2, len(pages))}
    if facts["ink"]:
        limits[INK] = ink_limit(len(pages))
    return Part(NAME, facts, pictures, limits)


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """`uv.fibres`: how many strokes are as bright as fibres, the usual number being 1.

    `uv.fibres.ink`: how much darker than genuine ones they are in white light.
    """
    if "uv" not in sample.pictures:
        return _none(sample, part, "no-light", light="uv")
    page = excess_of(sample)
    if page is None:
        return _none(sample, part, "uv.no-colour", inconclusive=True)
    glow = part.pictures["glow"].astype(np.float32) * np.float32(part.facts["glow_peak"] / 255)
    known: Mapping[str, Any] = part.facts["usual"]
    usual = {int(channel): float(strength) for channel, strength in known.items()}
    learned = part.pictures["free"] > 0
    free = learned & _shrunk(page.seen, learned.shape)
    if free.sum() < 0.5 * learned.sum():
        return _none(sample, part, "uv.not-seen", inconclusive=True)
    if not _is_lit(page, glow):
        return _none(sample, part, "uv.no-motifs-here")
    faintest = DIMMEST * min(usual.values())
    ridges = ridges_of(page, glow)
    found, inks = without_gaps(sample, ridges, strokes_of(ridges, free, faintest))
    return [
        _count(sample, found, usual, part.facts),
        *ink_measured(sample, found, inks, part.facts["ink"]),
    ]


def _none(
    sample: PageSample, part: Part, code: str, *, inconclusive: bool = False, **params: str
) -> list[Measurement | NotMeasured]:
    name = sample.view.page
    return [NotMeasured(n, name, ("uv",), code, params, inconclusive) for n in part.limits]


def _count(
    sample: PageSample, found: Strokes, usual: Mapping[int, float], facts: Mapping[str, Any]
) -> Measurement | NotMeasured:
    name = sample.view.page
    expected = float(facts["per_cm2"]) * found.area_cm2
    relative = np.asarray(facts["relative"], np.float64)
    least = SURELY * found.hidden_below
    share = float(np.mean([(relative > least / one).mean() for one in usual.values()]))
    if share < LEAST_SEEN:
        return NotMeasured(COUNT, name, ("uv",), "uv.fibres-hidden", {}, True)
    bright = _bright(found, usual)
    # the limit allows for chance; fewer fibres to be seen spread more widely
    by_chance = BY_CHANCE / 2 * (1 / math.sqrt(share * expected) - 1 / math.sqrt(expected))
    return Measurement(
        COUNT,
        name,
        ("uv",),
        bright / (share * expected),
        "1",
        math.hypot(COUNT_ERROR, by_chance, HIDDEN_ERROR * (1 - share)),
        (0.0, 0.0, *sample.view.size_mm),
        details={"strokes": float(bright), "expected": share * expected},
    )


def _limit(expected: float, copies: int) -> Limit:
    """The least share of the usual number; few copies cannot tell how widely chance spreads it."""
    margin = max(COUNT_FLOOR, BY_CHANCE / math.sqrt(max(expected, 1.0)))
    source = f"enrolled: {copies} genuine captures, {expected:.0f} bright fibres usual"
    return Limit(max(1.0 - margin, 0.0), None, "1", source)


def _faintest(ridges: Sequence[Ridges], free: Mask) -> float:
    """The strength from which strokes are fibres, where it is not known how bright these are.

    Taken too low, strokes run together with each other and with the print of the ground: the
    right one shows the most of them.
    """
    best, most = FAINTEST, 0
    for step in range(STEPS):
        found = [strokes_of(one, free, FAINTEST * 2**step) for one in ridges]
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


def _even(relative: NDArray[np.float64]) -> list[float]:
    """How bright the bright ones are, as some evenly likely values."""
    shares = (np.arange(TOLD) + 0.5) / TOLD
    return [round(float(each), 3) for each in np.quantile(relative, shares)]


def _bright(found: Strokes, usual: Mapping[int, float]) -> float:
    return float((_relative(found, usual) > BRIGHT).sum())


def _free(
    glow: Linear, zones: Mask, portrait: BoxMm | None, ridges: Sequence[NDArray[np.float32]]
) -> Mask:
    """Where fibres can be told: off all fixed print, zone, fields and portrait."""
    shape = ridges[0].shape
    print_ = widened(
        cv2.resize((glow > 0).astype(np.uint8), shape[::-1]), AROUND_MM, STROKE_PX_PER_MM
    )
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
    return np.asarray(free & ~widened(fixed, AROUND_MM / 2, STROKE_PX_PER_MM))


def _shrunk(mask: Mask, shape: tuple[int, ...]) -> Mask:
    size = (shape[1], shape[0])
    small = cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    return np.asarray(small > 0)


def _is_lit(page: Excess, glow: Linear) -> bool:
    """Whether the page's motifs glow beyond the noise, so that they are a measure of fibres."""
    bright = glow > 0.5
    return bool(bright.any()) and float(page.level[bright].mean()) > 4 * page.noise
