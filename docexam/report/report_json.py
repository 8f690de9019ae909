"""A report as contract `docexam.report/1` has it: the JSON Schema is schemas/report-1.json."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from docexam.nouns.reading import Reading
from docexam.nouns.report import SCHEMA
from docexam.report.reading_json import reading_to_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.nouns.finding import Finding, Limit, Measured
    from docexam.nouns.measurement import BoxMm, Crop
    from docexam.nouns.report import Report, VizField

SIGNIFICANT = 6
"""Digits of a measured number that are kept: more than any uncertainty leaves meaning to."""


def report_to_json(report: Report, files: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The object of one report, its keys exactly those of the contract, in its order.

    `files` names, by their sha256, the crops that were written; the others have no file. Boxes are
    rounded to 0.01 mm.
    """
    reading = report.reading or Reading(report.capture, found=False)
    return {
        "schema": SCHEMA,
        "capture": report.capture,
        "examined_at": report.examined_at,
        "verdict": report.verdict,
        "status": list(report.status),
        "reading": reading_to_json(reading),
        "readings": {
            "mrz": {light: reading_to_json(each) for light, each in report.mrz.items()},
            "viz": _viz(report.viz),
            "barcodes": [
                {
                    "symbology": each.symbology,
                    "text": each.text,
                    "page": each.page,
                    "box_mm": _box(each.box_mm),
                }
                for each in report.barcodes
            ],
        },
        "findings": [finding_to_json(each, files or {}) for each in report.findings],
        "model": None if report.model is None else dict(report.model),
        "profile": asdict(report.profile),
        "software": report.software,
        "timings_ms": {name: round(float(ms), 3) for name, ms in report.timings_ms.items()},
    }


def report_to_line(report: Report, files: Mapping[str, str] | None = None) -> str:
    """One line of JSON Lines, without its line end; ASCII, so that any file name survives."""
    return json.dumps(report_to_json(report, files), allow_nan=False, separators=(", ", ": "))


def finding_to_json(finding: Finding, files: Mapping[str, str]) -> dict[str, Any]:
    """One object under `findings`."""
    return {
        "check": finding.check,
        "step": list(finding.step),
        "page": finding.page,
        "light": list(finding.light),
        "outcome": finding.outcome,
        "severity": finding.severity,
        "silent": finding.silent,
        "reason": {
            "code": finding.reason.code,
            "params": {key: _plain(value) for key, value in finding.reason.params.items()},
        },
        "measured": _measured(finding.measured),
        "limit": _limit(finding.limit),
        "box_mm": _box(finding.box_mm),
        "evidence": [_evidence(crop, files) for crop in finding.evidence],
    }


def sha256_of(crop: Crop) -> str:
    """What a crop is known by: the digest of its PNG bytes."""
    return hashlib.sha256(crop.png).hexdigest()


def _viz(fields: Sequence[VizField]) -> dict[str, Any]:
    """By the name of the field; where several pages print it, the first is told."""
    found: dict[str, Any] = {}
    for field in fields:
        found.setdefault(
            field.name,
            {
                "text": field.text,
                "confidence": round(float(field.confidence), 4),
                "light": field.light,
                "box_mm": _box(field.box_mm),
            },
        )
    return found


def _evidence(crop: Crop, files: Mapping[str, str]) -> dict[str, Any]:
    digest = sha256_of(crop)
    return {
        "page": crop.page,
        "light": crop.light,
        "box_mm": _box(crop.box_mm),
        "file": files.get(digest),
        "sha256": digest,
    }


def _measured(measured: Measured | None) -> dict[str, Any] | None:
    if measured is None:
        return None
    return {
        "value": _plain(measured.value),
        "unit": measured.unit,
        "uncertainty": _plain(measured.uncertainty),
    }


def _limit(limit: Limit | None) -> dict[str, Any] | None:
    if limit is None:
        return None
    return {
        "low": None if limit.low is None else _plain(limit.low),
        "high": None if limit.high is None else _plain(limit.high),
        "unit": limit.unit,
        "source": limit.source,
    }


def _box(box: BoxMm | None) -> list[float] | None:
    return None if box is None else [round(float(side), 2) for side in box]


def _plain(value: float | str) -> float | str:
    """Numbers of numpy become Python's; no more digits than have meaning."""
    return value if isinstance(value, str) else float(f"{float(value):.{SIGNIFICANT}g}")
