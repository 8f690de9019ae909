"""What strict composing raises."""

from __future__ import annotations

from docexam.errors import UsageError


class MrzFormatError(UsageError, ValueError):
    """Something that no machine readable zone can say. Reading never raises it."""

    def __init__(self, message: str, *, code: str = "mrz.format", hint: str = "") -> None:
        super().__init__(message, code=code, hint=hint)
