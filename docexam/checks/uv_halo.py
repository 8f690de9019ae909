"""A line of text in a blotch of glow: print was washed out there (step A).

Doc 9303-2, appendix C.27 (alteration by chemicals).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS
from docexam.checks.judging import left_open, within
from docexam.checks.several import judge_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding
    from docexam.nouns.measurement import Measurement

HALO_MOST = 0.010
"""How much more the paper around a line may glow than that on all sides of it, office paper being
1; our starting value: half of what a dull page glows, above all genuine lines that were drawn for
it, and below a third of what a field shows that a crude hand washed out."""
AROUND_LEAST = 0.6
"""Share of the paper just around the line that must share in the glow for it to be held against
the document: what covers less of it may be a motif. Our starting value; blotches had 0.67 and
more."""
BEYOND_MOST = 0.18
"""Share of the paper some way off that may share in it too: blotches had 0.15 at most, stars and
suns of blue print, painted on genuine pages, more."""
LENGTH_LEAST_MM = 11.0
"""A motif may have the size of a shorter line. Dates and numbers are longer."""
SOURCE = f"Doc 9303-2, appendix C, C.27 (chemical erasure); {OURS}"


def judge_halo(check: Check, examined: Examined) -> Sequence[Finding]:
    """`uv.halo`: no line of text stands in a blotch of its own."""
    return judge_all(check, examined, {"uv.halo": partial(_halo, check)})


def _halo(check: Check, measured: Measurement) -> Finding:
    told = measured.details
    whole = (
        float(told.get("around", 0.0)) >= AROUND_LEAST
        and float(told.get("beyond", 1.0)) <= BEYOND_MOST
        and float(told.get("length_mm", 0.0)) >= LENGTH_LEAST_MM
    )
    one = within(check, measured, high=HALO_MOST, source=SOURCE, code="halo")
    return one if whole else left_open(one, "halo.part")


CHECKS = (
    Check(
        "uv.halo",
        ("A",),
        ("uv", "white"),
        judge_halo,
        severity="strong",
        needs=("uv.halo",),
        inspection_class="material",
        version="2",
    ),
)
