"""A document model: what is learned of each page of one issue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.nouns.document_model import ModelKey
    from docexam.nouns.finding import Limit
    from docexam.reference.enrol_seen import LeftOut
    from docexam.reference.parts import NotLearned, Part, Picture


@dataclass(frozen=True, slots=True, eq=False)
class PageModel:
    """One page.

    `size_mm` of its format. `ground` (h, w) 8 bit is the detail of the fixed print on the model's
    grid (128 = none), `fixed` (h, w) 0/255 where it is the same on every document. `likeness` is
    how alike to it a genuine page is at least, `lights` those that it was learned in.
    `looks` are, for people, what all have in common in each light (h, w) or (h, w, 3), sRGB.
    `not_learned` says which parts these pages could not teach, and why.
    """

    page: str
    format: str
    size_mm: tuple[float, float]
    ground: Picture
    fixed: Picture
    likeness: Limit
    parts: Mapping[str, Part] = field(default_factory=dict)
    not_learned: tuple[NotLearned, ...] = ()
    lights: tuple[str, ...] = ()
    looks: Mapping[str, Picture] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class DocumentModel:
    """One issue. `learned_from` counts genuine captures; `last_year` is None while it is issued.

    `first_year_given`: the authority said it; else it is the earliest year of issue that was met.
    `left_out` are captures that were given and could not teach.
    """

    key: ModelKey
    format: str
    pages: Mapping[str, PageModel]
    learned_from: int
    last_year: int | None = None
    software: str = ""
    left_out: tuple[LeftOut, ...] = ()
    first_year_given: bool = False
