"""Limits that hold only for the devices that a document model was enrolled on.

How a film shines and how a diffractive device changes its colour depends on where a device has its
lamps and how wide its lens is. On another device what would fail is left open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.judging import left_open
from docexam.nouns.capture_set import CaptureDevice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

CAPTURED_WITH = "captured_with"
"""Among the facts of a part: kinds and names of the devices that it was learned from."""


def by_enrolled_device(
    examined: Examined, findings: Iterable[Finding], *, part: str, code: str
) -> list[Finding]:
    """The findings about `part`; left open as `code` says, where its model knows no such device."""
    return [
        one if _is_enrolled(examined, one.page, part) else left_open(one, code) for one in findings
    ]


def _is_enrolled(examined: Examined, page: str, part: str) -> bool:
    own = examined.capture.device
    facts = {} if examined.model is None else examined.model.facts.get((page, part), {})
    return own.name != CaptureDevice().name and any(
        each["name"] == own.name and _may_be(str(each["kind"]), own.kind)
        for each in facts.get(CAPTURED_WITH, ())
    )


def _may_be(kind: str, other: str) -> bool:
    """A recorded capture is of a device that was live, or simulated, once."""
    return kind == other or "recorded" in (kind, other)
