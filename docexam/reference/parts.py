"""The parts of a model: each knows how to learn itself from genuine pages, and how to compare.

A part is a module here with two functions:

    learn(samples: Sequence[PageSample]) -> Part | NotLearned
    measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]

`learn` sees several genuine pages of one kind, all laid on one grid; it puts into `limits` what
genuine pages may measure, by the name of the measurement, and says what it learned in `facts`.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from docexam.nouns.measurement import NotMeasured

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    from docexam.nouns.finding import Limit
    from docexam.nouns.measurement import Measurement
    from docexam.reference.page_sample import PageSample

Picture = NDArray[np.uint8]
_log = logging.getLogger(__name__)

# name of the part -> module in docexam.reference, in the order of learning
PARTS: dict[str, str] = {
    "viz-layout": "viz_layout",
    "viz-font": "viz_font",
    "number-pattern": "number_pattern",
    "terms": "terms",
    "uv-pattern": "uv_pattern",
    "uv-fibres": "uv_fibres",
    "ir-print": "ir_print",
    "ink": "ink_kept",
    "portrait": "portrait_ink",
    "ghost": "ghost",
    "field-ground": "field_ground",
    "film": "film_retro",
    "ovd": "ovd_devices",
    "perforation": "perforation",
    "watermark": "watermark",
    "thread": "sheet_thread",
}


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What one part of a model knows of one page.

    `facts` are plain JSON (numbers, words, lists, boxes in the model's millimetres). `pictures`
    are kept as PNG beside them: (h, w) or (h, w, 3), 8 bit, on the model's grid unless the part
    says otherwise. `limits` by name of the measurement.
    """

    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    limits: Mapping[str, Limit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotLearned:
    """A part that these pages do not have or do not show surely; `code` says why."""

    name: str
    code: str
    params: Mapping[str, float | str] = field(default_factory=dict)


def learn_parts(samples: Sequence[PageSample]) -> list[Part | NotLearned]:
    """Every part that these genuine pages can teach, and why others were not learned."""
    return [_module(name).learn(samples) for name in PARTS]


def measure_parts(sample: PageSample, parts: Mapping[str, Part]) -> list[Measurement | NotMeasured]:
    """What the page measures against each part of its model; one that breaks costs itself alone."""
    found: list[Measurement | NotMeasured] = []
    for name in PARTS:
        if name not in parts:
            continue
        try:
            found += _module(name).measure(sample, parts[name])
        except Exception as error:
            kind = type(error).__name__
            _log.error("The part %s of a document model broke: %s", name, kind)
            params = {"part": name, "kind": kind}
            found += [
                NotMeasured(
                    each, sample.view.page, (), "model.part-broke", params, inconclusive=True
                )
                for each in parts[name].limits
            ]
    return found


def _module(name: str) -> ModuleType:
    return import_module(f"docexam.reference.{PARTS[name]}")
