"""`cap.lamp`: what is proven against a picture, what is left open, and what is withheld."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from docexam.checks.capture_lamp import withheld
from docexam.checks.decision import refers
from docexam.checks.examined import Examined, PageSeen
from docexam.checks.registry import all_checks
from docexam.checks.running import run_checks
from docexam.nouns.capture_set import CaptureSet
from docexam.nouns.measurement import Measurement
from docexam.report.sentences import sentence

if TYPE_CHECKING:
    from docexam.nouns.finding import Finding

BOX = (0.0, 0.0, 125.0, 88.0)
LIGHTS = ("white", "ir", "uv")
Number = tuple[float, dict[str, float]]
PRINT = {"coloured": 0.2, "kept": 0.4, "hues": 0.5, "lost": 0.15, "gained": 0.0}
GENUINE: dict[str, Number] = {
    "lamp.level.white": (0.6, {"grey": 0.55}),
    "lamp.level.ir": (0.55, {"grey": 0.55}),
    "lamp.level.uv": (0.09, {"grey": 0.05}),
    "lamp.alike.white-ir": (0.24, {}),
    "lamp.alike.white-uv": (1.2, {}),
    "lamp.alike.ir-uv": (1.2, {}),
    "lamp.ir-print": (0.9, PRINT),
    "lamp.outshines.ir-white": (0.0, {"neutral": 0.9, "brighter": 0.9, "own_colours": 0.0}),
    "lamp.outshines.uv-white": (
        0.2,
        {"neutral": 0.5, "brighter": 0.05, "sheet": 0.05, "colours": 1.0},
    ),
    "lamp.outshines.white-uv": (0.0, {"neutral": 1.5, "brighter": 20.0}),
}
COLOURLESS = {**PRINT, "coloured": 0.0, "kept": 0.0, "hues": 0.0}
NOT_UV: dict[str, Number] = {
    "lamp.outshines.uv-white": (
        0.0,
        {"neutral": 0.9, "brighter": 0.9, "sheet": 0.3, "colours": 1.0},
    ),
}
ONE_HUE = {**PRINT, "kept": 1.0, "hues": 0.1, "lost": 0.0}


def judged(*pages: dict[str, Number]) -> list[Finding]:
    """What `cap.lamp` says of pages whose measurements differ so from a genuine one's."""
    names = ("data", "back")[: len(pages)]
    examined = Examined(
        capture=CaptureSet("one", ()),
        today=dt.date(2026, 11, 22),
        pages={name: PageSeen(name, "TD3", BOX[2:], LIGHTS, box_mm=BOX) for name in names},
        measurements={
            (page, name): Measurement(name, page, ("white",), value, "x", 0.0, BOX, details=details)
            for page, changed in zip(names, pages, strict=True)
            for name, (value, details) in {**GENUINE, **changed}.items()
        },
    )
    (asked,) = (each for each in all_checks() if each.id == "cap.lamp")
    found = run_checks(examined, [asked])
    assert not any(refers(each, "high-security") for each in found)
    assert not any("[" in sentence(each) for each in found)
    return found


def accused(*pages: dict[str, Number]) -> dict[tuple[str, str], str]:
    """(page, light) of what is withheld, and the reason."""
    found = withheld(judged(*pages))
    return {place: each.reason.code for place, each in found.items()}


def test_genuine_pictures_show_their_lights() -> None:
    (found,) = judged({})
    assert (found.outcome, found.light) == ("passed", LIGHTS)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"lamp.level.uv": (0.001, {"peak": 0.004})}, {"uv": "lamp.dark"}),
        ({"lamp.level.ir": (0.004, {"peak": 0.01})}, {"ir": "lamp.dark"}),
        (
            {"lamp.alike.white-ir": (0.0, {})},
            {"white": "lamp.same-picture", "ir": "lamp.same-picture"},
        ),
        # the light of the room alone, a twentieth of the lamp's
        (
            {"lamp.alike.white-uv": (0.005, {}), "lamp.level.uv": (0.03, {"grey": 0.03})},
            {"uv": "lamp.not-uv"},
        ),
        (
            {"lamp.alike.white-ir": (0.005, {}), "lamp.level.ir": (0.03, {"grey": 0.03})},
            {"ir": "lamp.ir-as-white"},
        ),
        (NOT_UV, {"uv": "lamp.not-uv"}),
        (
            {"lamp.ir-print": (0.08, {**PRINT, "kept": 1.0, "lost": 0.0})},
            {"ir": "lamp.ir-as-white"},
        ),
        (
            {
                "lamp.outshines.ir-white": (
                    0.1,
                    {"neutral": 1.0, "brighter": 0.1, "own_colours": 1.0},
                )
            },
            {"ir": "lamp.ir-glows"},
        ),
        (
            {"lamp.ir-print": (0.0, {**COLOURLESS, "lost": 0.0, "gained": 0.1})},
            {"ir": "lamp.exchanged", "white": "lamp.exchanged"},
        ),
        (
            {**NOT_UV, "lamp.outshines.white-uv": (0.2, {"neutral": 0.3, "brighter": 0.1})},
            {"uv": "lamp.not-uv", "white": "lamp.white-glows"},
        ),
        (
            {**NOT_UV, "lamp.ir-print": (0.0, COLOURLESS)},
            {"uv": "lamp.not-uv", "white": "lamp.white-colourless"},
        ),
    ],
)
def test_what_is_proven_is_withheld(changed: dict[str, Number], expected: dict[str, str]) -> None:
    assert accused(changed) == {("data", light): code for light, code in expected.items()}


@pytest.mark.parametrize(
    "changed",
    [
        # a reader in a lit room, whose document glows; and a dull one without any motif
        {
            "lamp.outshines.uv-white": (
                0.05,
                {"neutral": 0.95, "brighter": 0.05, "sheet": 0.05, "colours": 1.0},
            )
        },
        {
            "lamp.outshines.uv-white": (
                0.0,
                {"neutral": 0.5, "brighter": 0.05, "sheet": 0.05, "colours": 1.0},
            )
        },
        # a sheet as black as the camera tells, with a fibre or two
        {"lamp.level.uv": (0.001, {"peak": 0.3})},
        {
            "lamp.outshines.uv-white": (
                0.002,
                {"neutral": 1.0, "brighter": 0.01, "sheet": 0.003, "colours": 1.0},
            )
        },
        # a camera without colours for ultraviolet light
        {
            "lamp.outshines.uv-white": (
                0.0,
                {"neutral": 1.0, "brighter": 0.1, "sheet": 0.1, "colours": 0.0},
            )
        },
        # black print alone, the same in both lights but for the noise
        {"lamp.alike.white-ir": (0.003, {}), "lamp.ir-print": (0.0, COLOURLESS)},
        # a ground that takes infrared away from most of the page
        {"lamp.outshines.ir-white": (0.3, {"neutral": 1.0, "brighter": 0.2, "own_colours": 0.0})},
        # every ink stays in infrared, though not as dark as to the eye; and ink of one hue
        {"lamp.ir-print": (0.23, {**PRINT, "kept": 1.0, "lost": 0.0})},
        {"lamp.ir-print": (0.05, ONE_HUE)},
        # no coloured print at all, and a camera without colours
        {"lamp.ir-print": (0.0, {**COLOURLESS, "lost": 0.0})},
        {"lamp.ir-print": (0.0, COLOURLESS)},
        # lamps that light the page unevenly
        {"lamp.outshines.ir-white": (0.1, {"neutral": 1.0, "brighter": 0.8, "own_colours": 1.0})},
    ],
)
def test_what_genuine_documents_may_show_accuses_nobody(changed: dict[str, Number]) -> None:
    assert accused(changed) == {}


def test_what_the_page_leaves_open_is_said() -> None:
    (found,) = judged({"lamp.ir-print": (0.05, ONE_HUE)})
    assert (found.outcome, found.light, found.reason.code) == (
        "inconclusive",
        ("ir",),
        "lamp.not-told",
    )


def test_a_light_that_is_wrong_on_one_page_must_be_shown_on_the_other() -> None:
    as_white: dict[str, Number] = {
        "lamp.ir-print": (0.05, {**PRINT, "kept": 1.0, "lost": 0.0}),
    }
    open_: dict[str, Number] = {"lamp.ir-print": (0.05, ONE_HUE)}
    assert accused(as_white, {}) == {("data", "ir"): "lamp.ir-as-white"}
    assert accused(as_white, open_) == {
        ("data", "ir"): "lamp.ir-as-white",
        ("back", "ir"): "lamp.other-page",
    }
