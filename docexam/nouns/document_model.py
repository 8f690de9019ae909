"""What is known of one issue of a document, as far as a judge needs it: no pictures, no pixels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.nouns.finding import Limit


@dataclass(frozen=True, slots=True)
class ModelKey:
    """Which issue: state (C), type (T), running number (N) and first year (Y); Doc 9303-2, C.7.

    `document_code` is the one or two letters of the zone; `number` tells apart issues of one state,
    type and year; `first_year` is that of the first issue.
    """

    issuing_state: str
    document_code: str
    number: int
    first_year: int

    @property
    def name(self) -> str:
        """`UTO-P-1-2021`; also the name of the model's folder."""
        return f"{self.issuing_state}-{self.document_code}-{self.number}-{self.first_year}"


@dataclass(frozen=True, slots=True)
class RefusedModel:
    """A model that must not be used. `code`: unsigned, altered, untrusted-key or broken.

    `detail` names the file that is altered or broken, or the key that is not trusted.
    """

    name: str
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """The model that a document was held against.

    `limits` are those learned from genuine documents, by (page, name of the measurement).
    `facts` are further things learned, by page and part, such as number patterns and terms.
    `likeness` 0..1 is how alike the fixed print is; `identified_by` says what the choice rests on.
    `signed_by` is the fingerprint of the authority's key. `learned_from` counts genuine captures.
    `first_year_given`: the authority stated the first year; else it is the earliest that was met.
    """

    key: ModelKey
    format: str
    likeness: float
    identified_by: str
    signed_by: str
    learned_from: int
    last_year: int | None = None
    first_year_given: bool = False
    limits: Mapping[tuple[str, str], Limit] = field(default_factory=dict)
    facts: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
