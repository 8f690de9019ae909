"""Lines of a wrong length: which layout was meant, and how to look at them all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.mrz.layouts import LAYOUTS, Layout, by_first_line
from docexam.nouns.reading import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

# Our choice: half of what lies between the lengths 30, 36 and 44 of the layouts.
_TOLERANCE_CHARACTERS = 4


def nearest_layout(lines: Sequence[str]) -> Layout | None:
    """The layout whose line lengths these were meant to have, None if there is no telling.

    Every line is within four characters of its length; or one line has its length, and the others
    are shorter, as when trailing fillers were left out.
    """
    lengths = tuple(map(len, lines))
    candidates = []
    for wanted in dict.fromkeys(layout.line_lengths for layout in LAYOUTS.values()):
        if len(wanted) != len(lengths) or (layout := by_first_line(wanted, lines[0])) is None:
            continue
        gaps = [length - want for length, want in zip(lengths, wanted, strict=True)]
        if all(abs(gap) <= _TOLERANCE_CHARACTERS for gap in gaps) or (
            len(wanted) > 1 and 0 in gaps and all(gap <= 0 for gap in gaps)
        ):
            candidates.append((sum(map(abs, gaps)), layout.name))
    return LAYOUTS[min(candidates)[1]] if candidates else None


def fit(layout: Layout, lines: Sequence[str]) -> tuple[tuple[str, ...], list[Problem]]:
    """The lines filled or cut to the layout's lengths, and a problem for each that was not so."""
    fitted, problems = [], []
    for number, (line, length) in enumerate(zip(lines, layout.line_lengths, strict=True), 1):
        fitted.append(line[:length].ljust(length, "<"))
        if len(line) != length:
            what = "missing" if len(line) < length else "too many"
            message = (
                f"The line has {len(line)} characters, {abs(length - len(line))} {what}: "
                f"a line of {layout.name} has {length}."
            )
            columns = (min(len(line), length) + 1, max(len(line), length))
            problems.append(Problem("mrz.structure", "error", message, number, columns))
    return tuple(fitted), problems
