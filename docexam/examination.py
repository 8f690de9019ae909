"""From a capture set to a report: open, look, measure, judge, decide. One list of steps."""

from __future__ import annotations
