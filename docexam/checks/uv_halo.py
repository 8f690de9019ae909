"""A line of text in a blotch of glow: print was washed out there (step A).

Doc 9303-2, appendix C.27 (alteration by chemicals).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS
from docexam.checks.judging import within
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
the document: what covers less of it may be a motif. Our starting value; blotches had 0.69 and
more."""
SOURCE = f"Doc 9303-2, appendix C, C.27 (chemical erasure); {OURS}"


def judge_halo(check: Check, examined: Examined) -> Sequence[Finding]:
    """`uv.halo`: no line of text stands in a blotch of its own."""
    return judge_all(check, examined, {"uv.halo": partial(_halo, check)})


def _halo(check: Check, measured: Measurement) -> Finding:
    whole = float(measured.details.get("around", 0.0)) >= AROUND_LEAST
    return within(
        check,
        measured,
        high=HALO_MOST,
        source=SOURCE,
        severity=check.severity if whole else "notice",
        code="halo",
    )


CHECKS = (
    Check(
        "uv.halo",
        ("A",),
        ("uv", "white"),
        judge_halo,
        severity="strong",
        needs=("uv.halo",),
        inspection_class="material",
    ),
)
