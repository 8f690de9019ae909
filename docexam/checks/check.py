"""What a check is: data, and one small function that judges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding, FindingSeverity

STATUS_IS_THE_CODE = "(reason)"
"""As a check's `status`: the code of the finding's reason is the word."""
InspectionClass = Literal["material", "print", "personalisation", "data", "carrier", "list", "gate"]


@dataclass(frozen=True, slots=True)
class Check:
    """One question that is asked of every document.

    `step`: letters of F.A.L.S.E.D.O.C. `lights`: those it looks at, the best first. `needs`: names
    of the measurements that it judges. `severity`: what a failure weighs where the finding does
    not say otherwise. `generic_code`: of Doc 9303-2, appendix C, such as IR-AB-MR, or "".
    `status`: the word that a failure adds to the report's status instead of being held against the
    document (expired, listed, ...). `needs_model`: it compares with a document model.
    """

    id: str
    step: tuple[str, ...]
    lights: tuple[str, ...]
    judge: Judge
    severity: FindingSeverity = "strong"
    needs: tuple[str, ...] = ()
    generic_code: str = ""
    inspection_class: InspectionClass = "data"
    version: str = "1"
    status: str = ""
    needs_model: bool = False
    silent: bool = False


Judge = Callable[["Check", "Examined"], "Sequence[Finding]"]
"""Gives the findings of a check on one document: none where it does not concern it at all."""
