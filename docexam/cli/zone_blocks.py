"""Cuts a text into the zones that it holds: by empty lines, else by the length of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.mrz.fit import nearest_layout
from docexam.mrz.layouts import identify

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_ZONE_LINES = 3
_SIMILAR_CHARACTERS = 4


def zone_blocks(text: str) -> list[list[str]]:
    """The zones of a text, each as its lines, blanks around them left out.

    Blocks are separated by empty lines. A block of more lines than a zone has, as when there is no
    empty line at all, is cut by the lengths of its lines.
    """
    blocks: list[list[str]] = [[]]
    for raw in text.splitlines():
        line = raw.strip(" \t\x00\ufeff\xa0")
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    zones: list[list[str]] = []
    for block in filter(None, blocks):
        zones += [block] if _is_one_zone(block) else _by_length(block)
    return zones


def _is_one_zone(block: Sequence[str]) -> bool:
    """Several lines are several zones where the first is one by itself, as a licence's strip is."""
    if len(block) <= 1:
        return True
    if len(block) > _LONGEST_ZONE_LINES or identify(block[:1]) is not None:
        return False
    return identify(block) is not None or nearest_layout(block) is not None


def _by_length(block: Sequence[str]) -> list[list[str]]:
    zones: list[list[str]] = []
    start = 0
    while start < len(block):
        zone = _next_zone(block, start)
        zones.append(zone)
        start += len(zone)
    return zones


def _next_zone(block: Sequence[str], start: int) -> list[str]:
    # One line first: only a strip of one line is known by itself.
    for count in (1, 3, 2):
        if identify(block[start : start + count]) is not None:
            return list(block[start : start + count])
    zone = [block[start]]
    for line in block[start + 1 : start + _lines_of_zone(block[start])]:
        if abs(len(line) - len(zone[0])) > _SIMILAR_CHARACTERS:
            break
        zone.append(line)
    return zone


def _lines_of_zone(first_line: str) -> int:
    """How many lines a zone has that begins with a line of about this length."""
    length = len(first_line)
    if length <= 32:
        return 3
    return 2 if length <= 48 else 1
