"""The state of a reading in a few words, the same in tables and on pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docexam.nouns.reading import Reading


def in_words(reading: Reading) -> str:
    """What a person should take from the reading at a glance."""
    if reading.error is not None:
        return "not read"
    if not reading.found:
        return "no MRZ found"
    if not reading.valid:
        return "NOT VALID"
    return "valid" if reading.confident else "valid, not confident"
