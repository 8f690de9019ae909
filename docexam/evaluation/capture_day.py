"""The day that a document of an evaluation is judged on."""

from __future__ import annotations

import datetime as dt


def day_of(captured_at: str | None) -> dt.date:
    """The day of the capture, so that a result is the same on every day; else today."""
    try:
        return dt.datetime.fromisoformat(captured_at or "").date()
    except ValueError:
        return dt.datetime.now(dt.UTC).date()
