"""How good the pictures are.

A gate never counts for or against a document and never fails: what falls short is inconclusive.
Besides, each measurement on pixels asks by itself for what it needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.judging import absent, finding
from docexam.nouns.finding import Limit, Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined, PageSeen
    from docexam.nouns.finding import Finding

_MM_PER_INCH = 25.4
_RESIDUAL_PX = 2.0
_OURS = "our starting value"


@dataclass(frozen=True, slots=True)
class _Gate:
    """One number of `PageSeen.quality` and how it must be; `floor`: at least, else at most."""

    number: str
    unit: str
    limit: float
    source: str
    floor: bool = False


GATES = {
    "cap.resolution": _Gate("native_ppi", "ppi", 385.0, "Doc 9303-2, appendix C, B.2", floor=True),
    "cap.focus": _Gate("edge_spread_mm", "mm", 0.12, _OURS),
    "cap.glare": _Gate("saturated", "of the page", 0.02, _OURS),
    "cap.motion": _Gate("motion", "ratio", 1.8, _OURS),
    "cap.registration": _Gate("residual_mm", "mm", 0.0, f"{_RESIDUAL_PX:.0f} pixels, {_OURS}"),
}


def judge_gate(check: Check, examined: Examined) -> Sequence[Finding]:
    """One gate on each page, by its worst light."""
    found = [_page(check, page) for page in examined.pages.values() if page.quality and page.lights]
    return found or [absent(check, examined)]


def _page(check: Check, page: PageSeen) -> Finding:
    gate = GATES[check.id]
    known = {
        light: numbers[gate.number]
        for light, numbers in page.quality.items()
        if gate.number in numbers
    }
    loose = [light for light, numbers in page.quality.items() if "by_frame" in numbers]
    if check.id == "cap.registration" and loose:
        params = {"light": ", ".join(loose)}
        return finding(
            check, "inconclusive", "gate.by-frame", params, page=page.page, light=tuple(loose)
        )
    if not known:
        return finding(check, "not_performed", "not-measured", page=page.page, light=page.lights)
    worst = (min if gate.floor else max)(known, key=lambda light: known[light])
    value, limit = known[worst], gate.limit
    if check.id == "cap.registration":
        limit = _RESIDUAL_PX * _MM_PER_INCH / page.quality[worst].get("native_ppi", 385.0)
    good = value >= limit if gate.floor else value <= limit
    word = "inside" if good else "below" if gate.floor else "above"
    return finding(
        check,
        "passed" if good else "inconclusive",
        f"gate.{word}",
        {"light": worst},
        page=page.page,
        light=(worst,),
        measured=Measured(value, gate.unit, 0.0),
        limit=Limit(
            limit if gate.floor else None, None if gate.floor else limit, gate.unit, gate.source
        ),
        box_mm=page.box_mm,
    )


CHECKS = tuple(
    Check(
        id_,
        (),
        ("white", "ir", "uv"),
        judge_gate,
        severity="info",
        inspection_class="gate",
        version="2",
    )
    for id_ in GATES
)
