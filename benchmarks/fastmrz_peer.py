"""FastMRZ as a peer, where somebody has installed it: docexam does not depend on it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from benchmarks.outside import Zone
from docexam.errors import DependencyMissing
from docexam.mrz.verify import verify

if TYPE_CHECKING:
    from pathlib import Path


class FastMrz:
    """FastMRZ on a file; it reads with Tesseract data that must be called `mrz`."""

    def __init__(self, trained_data: Path | None, title: str) -> None:
        try:
            from fastmrz import FastMRZ  # type: ignore[import-not-found]
        except ImportError as error:
            raise DependencyMissing(
                "FastMRZ is not installed.", code="bench.fastmrz", hint="pip install fastmrz"
            ) from error
        folder = str(trained_data.resolve().parent) if trained_data else ""
        self._fastmrz = FastMRZ(tessdata_path=folder)
        self.name = title

    def __call__(self, path: Path) -> list[Zone]:
        """At most one zone a picture."""
        text = self._fastmrz.get_details(str(path), input_type="imagepath", ignore_parse=True)
        lines = tuple(line for line in str(text or "").split("\n") if line)
        if not lines:
            return []
        return [Zone(lines, verify(lines, today=dt.date(2026, 1, 1)).valid, confident=False)]
