"""A name printed in two scripts, one below the other: the line that the zone transcribes counts.

A caption names the line next to it, which may be the one in the script of the state.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.viz_compare import compare_name
from docexam.checks.viz_likeness import is_near_name

if TYPE_CHECKING:
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.report import VizField

STACKED_MM = 5.0
STACKED_SHARE = 0.5
"""Our starting values; the share is of the width of the shorter line: of a script that a reader
does not know, he loses letters at the ends."""


def surname_in_latin(named: dict[str, VizField], left: list[VizField], chosen: ChosenZone) -> None:
    """A name in another script is the surname where the Latin line below or above it is."""
    name = named.get("name")
    if name is None or "surname" in named or compare_name(name, chosen).answer != "no-table":
        return
    line = _below_or_above(replace(name, name="surname"), left, chosen)
    if line is not None:
        left.remove(line)
        del named["name"]
        named["surname"] = replace(line, name="surname")


def in_latin(field: VizField, left: list[VizField], chosen: ChosenZone) -> VizField:
    """Of a name printed in two scripts one below the other, the line that the zone transcribes."""
    if compare_name(field, chosen).answer == "equal":
        return field
    line = _below_or_above(field, left, chosen)
    if line is None:
        return field
    left.remove(line)
    return replace(line, name=field.name)


def _below_or_above(field: VizField, left: list[VizField], chosen: ChosenZone) -> VizField | None:
    """The line next to a field that says its name as the zone does, or surely more nearly so.

    A field in a script without a table says nothing of its own: a line that is the zone's name but
    for a slip is then the one to be compared.
    """
    own = compare_name(field, chosen)
    near: list[tuple[int, VizField]] = []
    for line in left:
        if not _is_stacked(field, line):
            continue
        other = compare_name(replace(line, name=field.name), chosen)
        if other.answer == "equal":
            return line
        if other.answer != "differs":
            continue
        nearer = own.answer == "differs" and other.distance < own.distance
        if nearer or (own.answer == "no-table" and is_near_name(chosen, field.name, line)):
            near.append((other.distance, line))
    return min(near, key=lambda each: each[0])[1] if near else None


def _is_stacked(one: VizField, other: VizField) -> bool:
    x, y, w, _ = one.box_mm
    ox, oy, ow, _ = other.box_mm
    shared = min(x + w, ox + ow) - max(x, ox)
    return abs(oy - y) <= STACKED_MM and shared >= STACKED_SHARE * min(w, ow)
