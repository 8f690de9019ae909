"""The text of one machine readable zone as an engine saw it, before Doc 9303 is applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docexam.nouns.reading import Problem, Quad, Resolved


@dataclass(frozen=True, slots=True)
class ZoneText:
    """What an engine read in one place of one picture.

    `lines` are within A-Z 0-9 <; a printed character outside it is its nearest, and a problem in
    `problems`. `confident` says that the image leaves no character open; `confidence` is 0..1.
    `quad_px` as in `Reading`, None where an engine does not tell the place.
    """

    lines: tuple[str, ...]
    confident: bool
    confidence: float
    resolved: tuple[Resolved, ...] = ()
    problems: tuple[Problem, ...] = ()
    quad_px: Quad | None = None
