"""What a reader saw in one machine readable zone: contract `docexam.reading/1`.

The text is what is printed. Nothing in these types repairs it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SCHEMA = "docexam.reading/1"

Severity = Literal["error", "notice"]
Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or odd; `line` and `columns` (first, last) count from 1."""

    id: str
    severity: Severity
    message: str
    line: int | None = None
    columns: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class CheckDigit:
    """One check digit as printed and as computed (Doc 9303-3, 4.9).

    `field` is one of document_number, birth_date, expiry_date, optional_data, composite.
    """

    field: str
    printed: str
    computed: str
    ok: bool


@dataclass(frozen=True, slots=True)
class Fields:
    """The data elements of one zone; None where the format has no such field or it is unreadable.

    Dates are `YYYY-MM-DD`, `YYYY-MM`, `YYYY` or None; `*_printed` keeps the six printed characters.
    Names have single spaces and no filler; long document numbers are joined; `sex` is as printed.
    """

    document_code: str | None = None
    issuing_state: str | None = None
    document_number: str | None = None
    surname: str | None = None
    given_names: str | None = None
    nationality: str | None = None
    birth_date: str | None = None
    birth_date_printed: str | None = None
    sex: str | None = None
    expiry_date: str | None = None
    expiry_date_printed: str | None = None
    century_rule: str | None = None
    optional_data_1: str | None = None
    optional_data_2: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A character that the image left open, and what decided; `line` and `column` count from 1.

    `alternatives` are (character, confidence 0..1) in falling order, the chosen one among them.
    """

    line: int
    column: int
    read: str
    alternatives: tuple[tuple[str, float], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ReadingError:
    """Why a file could not be read."""

    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One machine readable zone, or the absence of one, in one image of one file.

    `quad_px` runs top-left, top-right, bottom-right, bottom-left in reading direction, in pixels
    after the EXIF turn. `elapsed_ms` counts from opening the file, without loading the engine.
    """

    file: str
    found: bool
    image: int = 1
    index: int = 1
    format: str | None = None
    lines: tuple[str, ...] = ()
    valid: bool = False
    confident: bool = False
    confidence: float = 0.0
    fields: Fields = field(default_factory=Fields)
    check_digits: tuple[CheckDigit, ...] = ()
    resolved: tuple[Resolved, ...] = ()
    problems: tuple[Problem, ...] = ()
    quad_px: Quad | None = None
    engine: str | None = None
    elapsed_ms: float | None = None
    error: ReadingError | None = None
