"""The pattern of document numbers and of optional data, learned from genuine pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.reference.number_pattern_rules import FIELDS, pattern_facts
from docexam.reference.parts import NotLearned, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import Measurement, NotMeasured
    from docexam.reference.page_sample import PageSample

NAME = "number-pattern"
# Our starting values.
LEAST_NUMBERS = 3


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """The patterns of the numbers in the zone of these pages; nothing where a page has no zone."""
    pages = [sample for sample in samples if sample.zone is not None and sample.fields is not None]
    if not pages:
        return NotLearned(NAME, "no-zone", {})
    facts = {}
    for field in FIELDS:
        numbers = {getattr(sample.fields, field) or "" for sample in pages}
        if len(numbers) >= LEAST_NUMBERS:
            facts[field] = pattern_facts(numbers)
    if FIELDS[0] not in facts:
        return NotLearned(NAME, "learn.few-numbers", {"numbers": float(len(pages))})
    return Part(NAME, facts)


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """Nothing: numbers are data, judged from the zone itself."""
    del sample, part
    return []
