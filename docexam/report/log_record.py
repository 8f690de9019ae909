"""A record of an examination for the station's log, without any personal data.

It holds what was asked and answered, never what was read: no zone, no visual field, no name or
number, no picture, no file name; and of data checks no measured value, since an age or a count of
days would tell of the holder. Its groups are those of Doc 9303-2, appendix C; a TR-03135 export
would be built from it, but no conformance with TR-03135 is claimed.
"""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.nouns.capture_set import CaptureSet
    from docexam.nouns.finding import Finding
    from docexam.nouns.report import Report

SCHEMA = "docexam.log/1"
_OPTICAL = re.compile(r"(ir|uv|geo|font|photo|lam|ovd|ovi|print|sub|edge)\.")
_LISTS = re.compile(r"list\.")
_COMBINED = re.compile(r"x\.")


def log_record(
    report: Report,
    capture: CaptureSet | None,
    *,
    decision: str,
    routines: Mapping[str, Mapping[str, str]] | None = None,
    transaction: str | None = None,
) -> dict[str, Any]:
    """The record of one examination.

    Args:
        report: what was concluded.
        capture: what was captured, for the device and the lights; None for one that could not be
            opened, whose `device` is null.
        decision: name of the decision function; its version is in the report's profile.
        routines: by check, its `generic_code`, `inspection_class` and `version`.
        transaction: an id of the caller's; else a random one.
    """
    known = routines or {}
    groups: dict[str, list[dict[str, Any]]] = {
        "optical": [],
        "combined": [],
        "lists": [],
        "data": [],
    }
    for finding in report.findings:
        groups[_group(finding.check)].append(_result(finding, known.get(finding.check, {})))
    return {
        "schema": SCHEMA,
        "transaction": {
            "id": transaction or str(uuid.uuid4()),
            "examined_at": report.examined_at,
            "profile": report.profile.name,
            "mode": report.profile.mode,
            "decision": {"name": decision, "version": report.profile.version},
            "software": report.software,
            "timings_ms": {name: round(ms, 1) for name, ms in report.timings_ms.items()},
        },
        "device": None if capture is None else _device(capture),
        "model": None if report.model is None else _model(report.model),
        "result": {"verdict": report.verdict, "status": list(report.status)},
        "optical_results": groups["optical"],
        "data_results": groups["data"],
        "electronic_results": [],
        "combined_results": groups["combined"],
        "list_results": groups["lists"],
    }


def log_line(record: Mapping[str, Any]) -> str:
    """One line of JSON Lines, without its line end."""
    return json.dumps(record, allow_nan=False, separators=(", ", ": "))


def _group(check: str) -> str:
    if _OPTICAL.match(check):
        return "optical"
    if _COMBINED.match(check):
        return "combined"
    return "lists" if _LISTS.match(check) else "data"


def _result(finding: Finding, routine: Mapping[str, str]) -> dict[str, Any]:
    numbers = _OPTICAL.match(finding.check) is not None
    measured, limit = finding.measured, finding.limit
    return {
        "check": finding.check,
        "generic_code": routine.get("generic_code", ""),
        "inspection_class": routine.get("inspection_class", ""),
        "version": routine.get("version", ""),
        "step": list(finding.step),
        "page": finding.page,
        "light": list(finding.light),
        "outcome": finding.outcome,
        "severity": finding.severity,
        "silent": finding.silent,
        "reason_code": finding.reason.code,
        "score": round(float(measured.value), 6) if numbers and measured else None,
        "uncertainty": round(float(measured.uncertainty), 6) if numbers and measured else None,
        "threshold": [limit.low, limit.high] if numbers and limit else None,
        "unit": measured.unit if numbers and measured else None,
        "search_area_mm": _rounded(finding.box_mm) if numbers else None,
    }


def _device(capture: CaptureSet) -> dict[str, Any]:
    return {
        "kind": capture.device.kind,
        "name": capture.device.name,
        "images": [
            {
                "page": page.page,
                "light": image.light,
                "ppi": image.ppi,
                "wavelength_nm": image.wavelength_nm,
            }
            for page in capture.pages
            for image in page.images
        ],
    }


def _model(model: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("name", "state", "type", "number", "first_year", "version", "identified_by")
    return {key: model[key] for key in kept if key in model}


def _rounded(box: Sequence[float] | None) -> list[float] | None:
    return None if box is None else [round(float(side), 2) for side in box]
