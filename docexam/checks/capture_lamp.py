"""Whether each picture shows the light that it is said to be: a dead lamp, or mixed-up pictures.

What is proven here counts for nothing against the document: the picture is withheld from every
other check, so that nothing is passed or failed by a light that was not there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS
from docexam.checks.judging import absent, finding
from docexam.nouns.finding import Limit, Measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding
    from docexam.nouns.measurement import Measurement

LAMPS = ("white", "ir", "uv")
# All of these are our starting values, between genuine captures and exchanged ones of all our
# designs, on devices as new and far worn.
LEAST_LEVEL = {"white": 0.01, "ir": 0.01, "uv": 0.003}
"""Of full scale, the brightest twentieth of the page: below it, no lamp burnt, unless..."""
LEAST_PEAK = 0.02
"""... some places are as bright as this: a dull sheet may be black but for a few fibres."""
LEAST_SHEET = 0.006
"""Of full scale: a darker sheet has no colour to speak of, as the camera's noise has none."""
ALIKE_MOST = 0.01
"""Two pictures whose print differs by less were one exposure; two exposures differed by 0.07."""
ALIKE_BLACK = 0.001
"""Two pictures of black print alone are one if so alike: noise came to 0.002."""
SAME_LEVEL = 0.1
"""Share by which the brightness of one exposure that was stored twice may differ."""
LEAST_COLOURED = 0.02
"""Share of the page in coloured print from which infrared can be told from white."""
LEAST_HUES = 0.2
"""Print of one hue may by chance be as dark in infrared as to the eye; of several hues, not all."""
AS_WHITE = 0.2
"""Coloured print that differs less from the white picture is seen in white light: room light on an
infrared camera came to 0.19 at worst, genuine infrared never under 0.33."""
NOT_WHITE = 0.25
KEPT_MOST = 0.9
COLOURLESS = 0.005
GAINED_LEAST = 0.02
GAINED_OF_LOST = 2.0
"""Infrared takes print away. A colourless picture with less print than the other was it."""
NEUTRAL = 0.65
"""What returns under ultraviolet is blue. A sheet on which green and red have this much of it, as
the white picture shows them, is seen in visible light."""
OUTSHINING = 0.005
"""Share of the page that outshines the rest under ultraviolet; genuine ones had at least 0.05."""
GLOWING = 0.02
DIMMER = 0.5


@dataclass(frozen=True, slots=True)
class _Page:
    """What was measured of the lamps on one page."""

    check: Check
    page: str
    known: Mapping[str, Measurement]

    def value(self, name: str) -> float | None:
        found = self.known.get(name)
        return None if found is None else found.value

    def detail(self, name: str, detail: str) -> float:
        return float(self.known[name].details[detail])

    def said(
        self,
        code: str,
        name: str,
        accused: str,
        *,
        low: float | None = None,
        high: float | None = None,
        other: str = "",
    ) -> Finding:
        """A failed finding on the light `accused`."""
        one = self.known[name]
        return finding(
            self.check,
            "failed",
            code,
            {"light": accused, "lights": other},
            page=self.page,
            light=(accused,),
            measured=Measured(one.value, one.unit, one.uncertainty),
            limit=Limit(low, high, one.unit, OURS),
            box_mm=one.box_mm,
        )


def judge_lamp(check: Check, examined: Examined) -> Sequence[Finding]:
    """`cap.lamp`: no picture is dark, given twice, or shows what another light shows."""
    by_page: dict[str, dict[str, Measurement]] = {}
    for (at, name), known in examined.measurements.items():
        if name.startswith("lamp."):
            by_page.setdefault(at, {})[name] = known
    pages = [_Page(check, page, known) for page, known in by_page.items()]
    accused = {each.page: _accused(each) for each in pages}
    found: list[Finding] = []
    for each in pages:
        wrong = accused[each.page]
        elsewhere = {light for page in accused.values() for light in page} - set(wrong)
        wrong |= {light: one for light in elsewhere if (one := _doubted(each, light)) is not None}
        found += wrong.values() if wrong else [_best(each)]
    return found or [absent(check, examined)]


def withheld(findings: Iterable[Finding]) -> dict[tuple[str, str], Finding]:
    """(page, light) of the pictures that must not be used, with the finding that says why."""
    return {
        (each.page, each.light[0]): each
        for each in findings
        if each.check == "cap.lamp" and each.outcome == "failed"
    }


def _accused(page: _Page) -> dict[str, Finding]:
    """The lights of a page that are proven to be another than said, or none."""
    wrong = _dark(page)
    wrong |= _copies(page, wrong)
    for light, judge in (("uv", _ultraviolet), ("ir", _infrared), ("white", _white)):
        if light not in wrong and "white" not in wrong:
            wrong |= judge(page, wrong)
    return wrong


def _dark(page: _Page) -> dict[str, Finding]:
    wrong: dict[str, Finding] = {}
    for light, least in LEAST_LEVEL.items():
        value = page.value(f"lamp.level.{light}")
        if value is None or value >= least:
            continue
        if page.detail(f"lamp.level.{light}", "peak") < LEAST_PEAK:
            wrong[light] = page.said("lamp.dark", f"lamp.level.{light}", light, low=least)
    return wrong


def _copies(page: _Page, dark: Mapping[str, Finding]) -> dict[str, Finding]:
    """Pictures with one print: as bright, one was given twice; else the second shows the first."""
    wrong: dict[str, Finding] = {}
    for one, other in (("white", "ir"), ("white", "uv"), ("ir", "uv")):
        name = f"lamp.alike.{one}-{other}"
        value = page.value(name)
        if value is None or value >= ALIKE_MOST or {one, other} & {*dark, *wrong}:
            continue
        if (one, other) == ("white", "ir") and value >= _alike_most(page):
            continue
        bright, dim = (page.detail(f"lamp.level.{light}", "grey") for light in (one, other))
        if abs(dim - bright) > SAME_LEVEL * bright:
            code = "lamp.ir-as-white" if other == "ir" else "lamp.not-uv"
            wrong[other] = page.said(code, name, other, low=ALIKE_MOST)
            continue
        code = "lamp.same-picture"
        wrong[one] = page.said(code, name, one, low=ALIKE_MOST, other=other)
        wrong[other] = page.said(code, name, other, low=ALIKE_MOST, other=one)
    return wrong


def _alike_most(page: _Page) -> float:
    """Black print on plain paper is the same in white and infrared light but for the noise."""
    coloured = page.detail("lamp.ir-print", "coloured") >= LEAST_COLOURED
    return ALIKE_MOST if coloured else ALIKE_BLACK


def _ultraviolet(page: _Page, _: Mapping[str, Finding]) -> dict[str, Finding]:
    name = "lamp.outshines.uv-white"
    value = page.value(name)
    if value is None or value >= OUTSHINING or page.detail(name, "neutral") < NEUTRAL:
        return {}
    if page.detail(name, "sheet") < LEAST_SHEET:
        return {}
    # Of a camera without colours only the level is left: a dim sheet may be a dull one.
    if not page.detail(name, "colours") and page.detail(name, "brighter") < DIMMER:
        return {}
    return {"uv": page.said("lamp.not-uv", name, "uv", low=OUTSHINING)}


def _infrared(page: _Page, wrong: Mapping[str, Finding]) -> dict[str, Finding]:
    name, shining = "lamp.ir-print", "lamp.outshines.ir-white"
    value, glow = page.value(name), page.value(shining)
    if value is None or glow is None:
        return {}
    # A grey picture in which some places outshine most of the page may show a ground that takes
    # infrared away, unless the ultraviolet picture is not one: then the two were exchanged.
    is_ultraviolet = bool(page.detail(shining, "own_colours")) or "uv" in wrong
    if is_ultraviolet and glow >= GLOWING and page.detail(shining, "brighter") < DIMMER:
        return {"ir": page.said("lamp.ir-glows", shining, "ir", high=GLOWING)}
    if page.detail(name, "coloured") >= LEAST_COLOURED:
        same = value <= AS_WHITE and page.detail(name, "kept") >= KEPT_MOST
        if same and page.detail(name, "hues") >= LEAST_HUES:
            return {"ir": page.said("lamp.ir-as-white", name, "ir", low=AS_WHITE)}
        return {}
    gained = page.detail(name, "gained")
    if (
        page.detail(name, "coloured") < COLOURLESS
        and gained >= GAINED_LEAST
        and gained >= GAINED_OF_LOST * page.detail(name, "lost")
    ):
        code, low = "lamp.exchanged", LEAST_COLOURED
        return {
            light: replace(
                page.said(code, name, light, low=low, other=other),
                measured=Measured(page.detail(name, "coloured"), "of the page", 0.0),
                limit=Limit(low, None, "of the page", OURS),
            )
            for light, other in (("ir", "white"), ("white", "ir"))
        }
    return {}


def _white(page: _Page, wrong: Mapping[str, Finding]) -> dict[str, Finding]:
    """The white picture, where another picture is not what it should be."""
    codes = {each.reason.code for each in wrong.values()}
    name = "lamp.outshines.white-uv"
    value = page.value(name)
    glows = value is not None and value >= GLOWING and page.detail(name, "brighter") < DIMMER
    if glows and "lamp.not-uv" in codes:
        return {"white": page.said("lamp.white-glows", name, "white", high=GLOWING)}
    print_ = page.known.get("lamp.ir-print")
    mixed = codes & {"lamp.not-uv", "lamp.ir-glows", "lamp.same-picture"}
    if mixed and print_ is not None and float(print_.details["coloured"]) < COLOURLESS:
        one = page.said("lamp.white-colourless", "lamp.ir-print", "white")
        coloured = float(print_.details["coloured"])
        limit = Limit(LEAST_COLOURED, None, "of the page", OURS)
        return {"white": replace(one, measured=Measured(coloured, "of the page", 0.0), limit=limit)}
    return {}


def _shown(page: _Page, light: str) -> bool:
    """Whether the page itself proves that a picture was taken under its light."""
    if light == "ir" and (value := page.value("lamp.ir-print")) is not None:
        coloured = page.detail("lamp.ir-print", "coloured") >= LEAST_COLOURED
        return coloured and value >= NOT_WHITE and page.detail("lamp.ir-print", "kept") < KEPT_MOST
    if light == "uv" and (value := page.value("lamp.outshines.uv-white")) is not None:
        name = "lamp.outshines.uv-white"
        blue = page.detail(name, "colours") and page.detail(name, "neutral") < NEUTRAL
        if blue and page.detail(name, "sheet") >= LEAST_SHEET:
            return True
        return value >= GLOWING and (page.value("lamp.level.uv") or 0.0) >= LEAST_LEVEL["uv"]
    return False


def _doubted(page: _Page, light: str) -> Finding | None:
    """A light that is wrong on another page of the document, and not shown to be right on this."""
    name = f"lamp.level.{light}"
    if name not in page.known or light == "white" or _shown(page, light):
        return None
    return page.said("lamp.other-page", name, light, low=LEAST_LEVEL[light])


def _best(page: _Page) -> Finding:
    """Nothing is wrong; whether each light is proven too is what remains to be said."""
    lights = [light for light in LAMPS if f"lamp.level.{light}" in page.known]
    open_ = [light for light in lights if light != "white" and not _shown(page, light)]
    light = open_[0] if open_ else lights[0]
    level = page.known[f"lamp.level.{light}"]
    return finding(
        page.check,
        "inconclusive" if open_ else "passed",
        "lamp.not-told" if open_ else "lamp.burns",
        {"light": ", ".join(open_ or lights)},
        page=page.page,
        light=tuple(open_ or lights),
        measured=Measured(level.value, level.unit, level.uncertainty),
        limit=Limit(LEAST_LEVEL[light], None, level.unit, OURS),
        box_mm=level.box_mm,
    )


CHECKS = (
    Check(
        "cap.lamp",
        (),
        LAMPS,
        judge_lamp,
        severity="notice",
        needs=("lamp.level",),
        inspection_class="gate",
    ),
)
