"""How a line of the visual zone that nobody named gets its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.viz_compare import compare, zone_text
from docexam.checks.viz_likeness import zone_day
from docexam.checks.viz_text import number_key, read_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.report import VizField

GUESS = 0.75
"""The most that a field whose name is a guess is sure of: below what is held against a document.
Our starting value."""
Names = dict[str, "VizField"]
Lines = list["VizField"]


def take(named: Names, left: Lines, name: str, is_it: Callable[[VizField], bool]) -> None:
    """Names the first line that is it, unless the one of that name is it already."""
    if name in named and is_it(named[name]):
        return
    line = next((line for line in left if is_it(line)), None)
    if line is not None:
        left.remove(line)
        if name in named:
            left.append(replace(named[name], name=""))
        named[name] = replace(line, name=name)


def only(
    named: Names, left: Lines, name: str, is_it: Callable[[VizField], bool], *, guess: bool = False
) -> None:
    """Names the line that is it, where there is one only; a `guess` is unsure."""
    found = [line for line in left if is_it(line)]
    if len(found) == 1:
        left.remove(found[0])
        named[name] = called(found[0], name, GUESS if guess else 1.0)


def called(line: VizField, name: str, most: float) -> VizField:
    """The line as that field, `most` sure."""
    return replace(line, name=name, confidence=min(line.confidence, most))


def is_equal(chosen: ChosenZone, name: str, line: VizField) -> bool:
    """Whether a line says what the zone says, or did before ink was added to it."""
    if not zone_text(name, chosen):
        return False
    if line.apart is not None:
        before = replace(line, text=line.apart.infrared, apart=None)
        if is_equal(chosen, name, before):
            return True
    if name == "document_number":
        return number_key(line.text) == number_key(zone_text(name, chosen))
    day = zone_day(name, chosen)
    if day is None or read_date(line.text, near=day) is None:
        return False
    return compare(replace(line, name=name), chosen).answer == "equal"
