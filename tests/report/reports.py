"""Reports made of documents without pixels, as an examination would make them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docexam.checks.decision import decide, statuses
from docexam.checks.registry import all_checks
from docexam.checks.running import run_checks
from docexam.nouns.finding import Finding, Limit, Measured, Reason
from docexam.nouns.measurement import Crop
from docexam.nouns.report import Profile, Report
from docexam.report.page_picture import PagePicture
from tests.checks.documents import examined, field

if TYPE_CHECKING:
    from docexam.checks.examined import Examined

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)
VIZ = (
    field("surname", "Ériksson"),
    field("given_names", "Anna Maria"),
    field("birth_date", "12 AUG 1979"),
)


MEASURED = ("ir.b900", "uv.dull-page")
"""Mandatory checks on pixels: here they are as if they had been measured."""


def pixel_finding(check: str = "ir.b900", outcome: str = "passed", **more: Any) -> Finding:
    """A finding of a check on pixels, complete as the contract asks."""
    given: dict[str, Any] = {
        "measured": Measured(0.812, "contrast", 0.03),
        "limit": Limit(0.6, None, "contrast", "Doc 9303-3, 4.11"),
        "box_mm": (6.0, 70.0, 111.0, 9.0),
        "evidence": (Crop("data", "ir", (6.0, 70.0, 111.0, 9.0), PNG),),
    }
    given |= {"step": ("A",), "page": "data", "light": ("ir",), "reason": Reason("inside")}
    return Finding(check, outcome=outcome, severity="strong", **{**given, **more})


def report(case: Examined | None = None, *extra: Finding, **more: Any) -> Report:
    """The report of `case`, with findings of pixels besides."""
    seen = case or examined(viz=VIZ)
    checks = all_checks()
    findings = (
        *(each for each in run_checks(seen, checks) if each.check not in MEASURED),
        pixel_finding(),
        pixel_finding("uv.dull-page"),
        *extra,
    )
    profile = Profile()
    given: dict[str, Any] = {
        "capture": seen.capture.name,
        "examined_at": "2026-11-22T08:00:00+00:00",
        "verdict": decide(findings, profile, model_known=False),
        "status": statuses(findings, checks),
        "reading": seen.readings.get("ir"),
        "mrz": seen.readings,
        "viz": tuple(each for fields in seen.viz.values() for each in fields),
        "barcodes": seen.barcodes,
        "findings": findings,
        "model": None,
        "profile": profile,
        "software": "docexam 1",
        "timings_ms": {"first": 400.0, "total": 900.0},
    }
    return Report(**{**given, **more})


def pictures() -> tuple[PagePicture, ...]:
    """The page under three lights, as the smallest pictures there are."""
    return tuple(
        PagePicture("data", light, (125.0, 88.0), PNG, "image/png", nm, 400.0)
        for light, nm in (("white", None), ("ir", 870.0), ("uv", 365.0))
    )
