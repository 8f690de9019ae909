"""Paper that glows blue-white under ultraviolet: the whole page, and parts unlike the page.

Papers and cards for documents hold no brightener: the sheet does not glow visibly unless that is a
feature of the document (Doc 9303-3 to -5; Doc 9303-2, appendix C, UV-BR).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS
from docexam.checks.judging import finding, within
from docexam.checks.several import judge_all
from docexam.nouns.finding import Limit, Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding
    from docexam.nouns.measurement import Measurement

DULL_MOST = 0.08
"""Glow of a dull page, ordinary office paper being 1, held against a reference patch; our starting
value, above the 0.05 of dull paper."""
BRIGHT_FROM = 0.16
"""From here on it is called bright; what lies between is inconclusive."""
DULL_MOST_UNPATCHED = 0.12
"""The same without a patch, where the measurement itself is the band between."""
APART_MOST = 0.10
"""How much more a part may glow than its page, office paper being 1."""
PORTRAIT_APART_MOST = 0.03
"""The same of a portrait: its colours darken what lies below, so that little glow means much;
our starting value, twice what noise and print made of genuine portraits."""
PAGE_SOURCE = f"Doc 9303-2, appendix C (UV-BR-FU); {OURS}"


def judge_page(check: Check, examined: Examined) -> Sequence[Finding]:
    """`uv.dull-page`: against the patch, else against the picture with a larger uncertainty."""
    return judge_all(check, examined, {"uv.page": partial(_page, check)})


def _page(check: Check, measured: Measurement) -> Finding:
    by_patch = measured.details.get("against") == "patch"
    return within(
        check,
        measured,
        high=DULL_MOST if by_patch else DULL_MOST_UNPATCHED,
        fail_high=BRIGHT_FROM if by_patch else None,
        source=PAGE_SOURCE,
        code="glow",
    )


def judge_part(check: Check, examined: Examined) -> Sequence[Finding]:
    """`uv.dull-mrz`, `-viz`, `-photo`: no part of a page glows more than the rest."""
    return judge_all(check, examined, {check.needs[0]: partial(_part, check)})


def _part(check: Check, measured: Measurement) -> Finding:
    most = PORTRAIT_APART_MOST if measured.name.startswith("uv.photo-apart") else APART_MOST
    source = f"Doc 9303-2, appendix C ({check.generic_code}); {OURS}"
    if float(measured.details.get("level", 0.0)) <= BRIGHT_FROM:
        return within(check, measured, high=most, source=source, code="glow-apart")
    # Print takes its share of a glow: what parts of a bright page differ by says nothing.
    return finding(
        check,
        "inconclusive",
        "glow-apart.bright",
        measured.details,
        page=measured.page,
        light=measured.light,
        measured=Measured(measured.value, measured.unit, measured.uncertainty),
        limit=Limit(None, most, measured.unit, source),
        box_mm=measured.box_mm,
    )


def _part_check(
    id_: str, step: tuple[str, ...], needs: str, code: str, version: str = "2"
) -> Check:
    return Check(
        id_,
        step,
        ("uv",),
        judge_part,
        severity="strong",
        needs=(needs,),
        generic_code=code,
        inspection_class="material",
        version=version,
    )


CHECKS = (
    Check(
        "uv.dull-page",
        ("C",),
        ("uv",),
        judge_page,
        severity="strong",
        needs=("uv.page",),
        generic_code="UV-BR-FU",
        inspection_class="material",
    ),
    _part_check("uv.dull-mrz", ("A", "F"), "uv.zone-apart", "UV-BR-MR"),
    _part_check("uv.dull-photo", ("A", "F"), "uv.photo-apart", "UV-BR-PH", version="5"),
    _part_check("uv.dull-viz", ("A", "F"), "uv.fields-apart", "UV-BR-VZ"),
)
