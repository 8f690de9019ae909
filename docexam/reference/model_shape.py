"""The shape of model.json, contract `docexam.model/1`; unknown keys are ignored."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

SCHEMA = "docexam.model/1"

Word = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.-]+$")]
FileName = Annotated[str, Field(min_length=5, max_length=200, pattern=r"^[A-Za-z0-9_.-]+\.png$")]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, arbitrary_types_allowed=False)


class LimitShape(_Shape):
    """What genuine documents may measure."""

    low: Finite | None
    high: Finite | None
    unit: Annotated[str, Field(max_length=40)]
    source: Annotated[str, Field(max_length=400)]


class NotLearnedShape(_Shape):
    """A part that the pages could not teach, and why."""

    part: Word
    code: Word
    params: dict[str, Finite | str] = {}


class PartShape(_Shape):
    """One part of one page."""

    facts: dict[str, JsonValue] = {}
    pictures: Annotated[dict[str, FileName], Field(max_length=64)] = {}
    limits: Annotated[dict[str, LimitShape], Field(max_length=1000)] = {}


class PageShape(_Shape):
    """One page; pictures are named by their files in the model's folder."""

    format: Word
    size_mm: Annotated[
        list[Annotated[float, Field(gt=10, lt=500)]], Field(min_length=2, max_length=2)
    ]
    px_per_mm: Annotated[float, Field(gt=0, lt=100)]
    lights: Annotated[list[Word], Field(max_length=20)]
    ground: FileName
    fixed: FileName
    looks: Annotated[dict[Word, FileName], Field(max_length=20)] = {}
    likeness: LimitShape
    parts: Annotated[dict[Word, PartShape], Field(max_length=64)] = {}
    not_learned: Annotated[list[NotLearnedShape], Field(max_length=64)] = []


class LeftOutShape(_Shape):
    """A capture that was given and could not teach, by its place among those given."""

    number: Annotated[int, Field(ge=1)]
    code: Word
    params: dict[str, Finite | str] = {}


class ModelShape(_Shape):
    """The whole file."""

    schema_name: Annotated[str, Field(alias="schema", pattern=rf"^{SCHEMA}$")]
    name: Annotated[str, Field(max_length=40)]
    state: Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")]
    type: Annotated[str, Field(pattern=r"^[A-Z]{1,2}$")]
    number: Annotated[int, Field(ge=1, le=999)]
    first_year: Annotated[int, Field(ge=1980, le=2199)]
    first_year_given: bool = False
    last_year: Annotated[int, Field(ge=1980, le=2199)] | None = None
    format: Word
    learned_from: Annotated[int, Field(ge=1, le=100_000)]
    software: Annotated[str, Field(max_length=100)] = ""
    left_out: Annotated[list[LeftOutShape], Field(max_length=1000)] = []
    pages: Annotated[dict[Word, PageShape], Field(min_length=1, max_length=64)]
