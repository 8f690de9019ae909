"""What an examination found, and what follows from it: contract `docexam.report/1`.

The verdict says what to do next, REFER, CLEAR or INCOMPLETE. It never says that a document is
genuine: the officer decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.nouns.finding import Finding
    from docexam.nouns.reading import Reading

SCHEMA = "docexam.report/1"
Verdict = Literal["CLEAR", "REFER", "INCOMPLETE"]
ProfileName = Literal["first-line", "second-line"]
Mode = Literal["high-convenience", "high-security"]


@dataclass(frozen=True, slots=True)
class Profile:
    """How strictly to decide; `version` is that of the decision function."""

    name: ProfileName = "first-line"
    mode: Mode = "high-convenience"
    version: str = "1"


FIELDS_OF_THE_HOLDER = (
    "surname",
    "given_names",
    "name",
    "birth_date",
    "issue_date",
    "expiry_date",
    "sex",
    "personal_number",
    "birth_place",
)
"""Fields that are printed in one go. A nationality or an authority may stand on the blank, and the
number may have come with it."""


@dataclass(frozen=True, slots=True)
class LightsDiffer:
    """How a field reads that white light and infrared show differently.

    `white_sure` is how sure its text is in white alone, `infrared` what infrared shows there, and
    `infrared_sure` how surely, 0..1. `reach` is the height of the tallest piece of print with ink
    that infrared does not see, in heights of the line's letters; 0 where none was found.
    """

    white_sure: float
    infrared: str
    infrared_sure: float
    reach: float


@dataclass(frozen=True, slots=True)
class VizField:
    """One field of the visual inspection zone as read: text, surety 0..1, place, and its light.

    `apart` where infrared shows other characters: the text is what white shows then.
    """

    name: str
    text: str
    confidence: float
    box_mm: tuple[float, float, float, float]
    light: str = "white"
    apart: LightsDiffer | None = None


@dataclass(frozen=True, slots=True)
class Barcode:
    """One bar code: its symbology and what it holds, as text."""

    symbology: str
    text: str
    page: str
    box_mm: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The whole examination of one document."""

    capture: str
    examined_at: str
    verdict: Verdict
    status: tuple[str, ...]
    reading: Reading | None
    mrz: Mapping[str, Reading]
    viz: tuple[VizField, ...]
    barcodes: tuple[Barcode, ...]
    findings: tuple[Finding, ...]
    model: Mapping[str, Any] | None
    profile: Profile
    software: str
    timings_ms: Mapping[str, float] = field(default_factory=dict)
