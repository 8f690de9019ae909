"""The catalogue: reason code to English message, with named places. Keep it in the order of checks.

`{measured}`, `{limit}` and `{page}` are always there; other places are the finding's parameters.
A check whose reason has one of the words of a limit (`inside`, `below`, ...) needs no message of
its own.
"""

from __future__ import annotations

from docexam.report.messages import (
    capture,
    cross,
    film,
    infrared,
    measuring,
    model_data,
    shape,
    transmitted,
    ultraviolet,
    zone,
)
from docexam.report.messages.names import FIELD_NAMES, LIGHT_NAMES

__all__ = ["FIELD_NAMES", "LIGHT_NAMES", "MESSAGES", "TABLES"]

TABLES = (
    measuring.MESSAGES,
    capture.MESSAGES,
    zone.MESSAGES,
    infrared.MESSAGES,
    ultraviolet.MESSAGES,
    film.MESSAGES,
    shape.MESSAGES,
    cross.MESSAGES,
    model_data.MESSAGES,
    transmitted.MESSAGES,
)
MESSAGES: dict[str, str] = {code: text for table in TABLES for code, text in table.items()}
