"""The optically variable devices that a document model knows, under lamps of two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.against_model import judge_by_model
from docexam.checks.check import Check
from docexam.checks.enrolled_device import by_enrolled_device

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

PRESENT = "ovd.present"


def judge_present(check: Check, examined: Examined) -> Sequence[Finding]:
    """`ovd.present`: the devices flash in their places when the lamp changes its side.

    Left open where the model was enrolled on devices with other lamps.
    """
    found = judge_by_model(check, examined, PRESENT, code="devices")
    return by_enrolled_device(examined, found, part="ovd", code="ovd.other-device")


CHECKS = (
    Check(
        "ovd.present",
        ("L",),
        ("oblique-n", "oblique-e", "oblique-s", "oblique-w"),
        judge_present,
        version="2",
        severity="strong",
        needs=(PRESENT,),
        inspection_class="print",
        needs_model=True,
    ),
)
