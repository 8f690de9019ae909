"""A document model: what is learned of each page of one issue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.nouns.document_model import ModelKey
    from docexam.reference.parts import Part, Picture


@dataclass(frozen=True, slots=True, eq=False)
class PageModel:
    """One page.

    `size_mm` of its format. `ground` (h, w) 8 bit is the detail of the fixed print on the model's
    grid (128 = none), `fixed` (h, w) 0/255 where it is the same on every document.
    """

    page: str
    format: str
    size_mm: tuple[float, float]
    ground: Picture
    fixed: Picture
    parts: Mapping[str, Part] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class DocumentModel:
    """One issue. `learned_from` counts genuine captures; `last_year` is None while it is issued."""

    key: ModelKey
    format: str
    pages: Mapping[str, PageModel]
    learned_from: int
    last_year: int | None = None
    software: str = ""
