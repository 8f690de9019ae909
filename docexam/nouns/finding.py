"""What a check concluded: contract `docexam.report/1`, the objects under `findings`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.nouns.measurement import BoxMm, Crop

Outcome = Literal["passed", "failed", "inconclusive", "not_applicable", "not_performed", "error"]
FindingSeverity = Literal["info", "notice", "suspicious", "strong", "decisive"]
SEVERITIES: tuple[FindingSeverity, ...] = ("info", "notice", "suspicious", "strong", "decisive")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code and parameters; sentences are built at the edge, in any language."""

    code: str
    params: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """The value that was judged; `uncertainty` is one standard deviation."""

    value: float
    unit: str
    uncertainty: float


@dataclass(frozen=True, slots=True)
class Limit:
    """What the value was held against; None where there is no bound on that side."""

    low: float | None
    high: float | None
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One run of one check. `severity` is what a failure of this kind weighs.

    `from_model`: it was held against a document model, and would not stand without one.
    """

    check: str
    step: tuple[str, ...]
    page: str
    light: tuple[str, ...]
    outcome: Outcome
    severity: FindingSeverity
    reason: Reason
    silent: bool = False
    measured: Measured | None = None
    limit: Limit | None = None
    box_mm: BoxMm | None = None
    evidence: tuple[Crop, ...] = ()
    from_model: bool = False
