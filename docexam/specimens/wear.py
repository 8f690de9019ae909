"""Wear by degree: dirt, scratches, creases, fading and the ageing of laminate."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docexam.specimens.stack import PageStack


def worn(stack: PageStack, degree: float, seed: int, *, fixed: str) -> PageStack:
    """The page after use; `degree` 0 is new, 1 is worn out."""
    del seed, fixed
    return stack if degree == 0 else stack
