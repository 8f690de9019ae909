"""Documents of which nothing is known but some measurements."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from docexam.checks.examined import Examined, PageSeen
from docexam.checks.registry import all_checks
from docexam.checks.running import run_checks
from docexam.nouns.capture_set import CaptureSet
from docexam.nouns.measurement import Measurement, NotMeasured

if TYPE_CHECKING:
    from docexam.nouns.finding import Finding
    from docexam.nouns.report import VizField

BOX = (6.0, 70.0, 111.0, 9.0)


def value(name: str, number: float, u: float, **details: float | str) -> Measurement:
    """One measurement of the data page, on a TD3 page at 400 ppi unless `details` say otherwise."""
    known: dict[str, float | str] = {"format": "TD3", "ppi": 400.0, **details}
    return Measurement(name, "data", ("ir",), number, "mm", u, BOX, details=known)


def lost(name: str, code: str, *, inconclusive: bool = False) -> NotMeasured:
    """A quantity of the data page that could not be measured."""
    return NotMeasured(name, "data", ("ir",), code, {}, inconclusive)


def judged(
    check: str, *known: Measurement | NotMeasured, viz: tuple[VizField, ...] = ()
) -> list[Finding]:
    """What one check says of these."""
    page = PageSeen("data", "TD3", (125.0, 88.0), ("white", "ir"))
    examined = Examined(
        capture=CaptureSet("one", ()),
        today=dt.date(2026, 11, 22),
        pages={"data": page},
        viz={"data": viz},
        measurements={(k.page, k.name): k for k in known if isinstance(k, Measurement)},
        not_measured={(k.page, k.name): k for k in known if isinstance(k, NotMeasured)},
    )
    (asked,) = (each for each in all_checks() if each.id == check)
    return run_checks(examined, [asked])
