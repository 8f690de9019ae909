"""A reading as contract `docexam.reading/1` has it: the JSON Schema is schemas/reading-1.json."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from docexam.nouns.reading import SCHEMA

if TYPE_CHECKING:
    from docexam.nouns.reading import Problem, Reading, Resolved


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """The object of one reading, its keys exactly those of the contract, in its order.

    Confidences are rounded to four places, pixels to two, milliseconds to three.
    """
    return {
        "schema": SCHEMA,
        "file": reading.file,
        "image": reading.image,
        "index": reading.index,
        "found": reading.found,
        "format": reading.format,
        "lines": list(reading.lines),
        "valid": reading.valid,
        "confident": reading.confident,
        "confidence": round(float(reading.confidence), 4),
        "fields": asdict(reading.fields),
        "check_digits": [asdict(digit) for digit in reading.check_digits],
        "resolved": [_resolved(resolved) for resolved in reading.resolved],
        "problems": [_problem(problem) for problem in reading.problems],
        "quad_px": None if reading.quad_px is None else [_rounded(p) for p in reading.quad_px],
        "engine": reading.engine,
        "elapsed_ms": None if reading.elapsed_ms is None else round(float(reading.elapsed_ms), 3),
        "error": None if reading.error is None else asdict(reading.error),
    }


def reading_to_line(reading: Reading) -> str:
    """One line of JSON Lines, without its line end; ASCII, so that any file name survives."""
    return json.dumps(reading_to_json(reading), allow_nan=False, separators=(", ", ": "))


def _rounded(point: tuple[float, float]) -> list[float]:
    return [round(float(point[0]), 2), round(float(point[1]), 2)]


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "id": problem.id,
        "severity": problem.severity,
        "line": problem.line,
        "columns": None if problem.columns is None else list(problem.columns),
        "message": problem.message,
    }


def _resolved(resolved: Resolved) -> dict[str, Any]:
    return {
        "line": resolved.line,
        "column": resolved.column,
        "read": resolved.read,
        "alternatives": [[char, round(float(part), 4)] for char, part in resolved.alternatives],
        "reason": resolved.reason,
    }
