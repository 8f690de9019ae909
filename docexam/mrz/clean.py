"""Brings raw text into lines of A-Z 0-9 <, and says what it had to change.

Nothing is thrown and nothing is silent, but for what is not text of the zone at all: line ends,
and blanks around a line.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from docexam.mrz.layouts import identify
from docexam.nouns.reading import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST_LINE = 256
MOST_LINES = 16
_MOST_PROBLEMS = 20

_ZONE_LINE = re.compile(r"[0-9A-Z<]+")
_OUTSIDE = re.compile(r"[^0-9A-Z<]")
_LENGTHS = frozenset({30, 36, 44})
_UNBROKEN = {90: (30, 30, 30), 88: (44, 44), 72: (36, 36), 69: (9, 30, 30)}

# What an OCR program or a keyboard gives for a filler.
_FILLERS = frozenset("‹˂〈⟨≤⋖◁({[_-–—.,:;*'\"~=+/\\")
_NEAREST = {
    "|": "I", "!": "I", "¡": "I", "Ø": "O", "ø": "O", "Ł": "L", "ł": "L", "Đ": "D", "đ": "D",
    "Ð": "D", "ð": "D", "Æ": "A", "æ": "A", "Œ": "O", "œ": "O", "Þ": "P", "þ": "P", "ß": "B",
    "ẞ": "B", "ı": "I", "Ŋ": "N", "ŋ": "N", "Ħ": "H", "ħ": "H", "Ŧ": "T", "ŧ": "T", "$": "S",
    "§": "S", "€": "E", "£": "L", "@": "A", "&": "8", "%": "X", "#": "H", "?": "7",
    # Letters of other scripts that look like a Latin one.
    **dict(zip("АВЕЗКМНОРСТУХЅІЈЬ", "ABE3KMHOPCTYXSIJB", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CleanText:
    """Lines within A-Z 0-9 <, and what was changed to make them so."""

    lines: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def clean(raw: Sequence[str] | str) -> CleanText:
    """The lines of a zone out of any text, in time bounded by `MOST_LINES` and `LONGEST_LINE`.

    One text with line breaks in it is taken as well as a sequence of lines.
    """
    if isinstance(raw, str):
        raw = (raw,)
    if len(raw) <= MOST_LINES and all(
        len(line) <= LONGEST_LINE and _ZONE_LINE.fullmatch(line) for line in raw
    ):
        return _broken_again(tuple(raw), [])
    pieces, problems = _pieces(raw)
    clean_lines: list[str] = []
    for line in pieces:
        text, found = _clean_line(line, len(clean_lines) + 1)
        if text:
            clean_lines.append(text)
            problems += found
    if len(problems) > _MOST_PROBLEMS:
        more = len(problems) - _MOST_PROBLEMS
        problems = problems[:_MOST_PROBLEMS]
        problems.append(_structure(f"{more} more places are not text of a machine readable zone."))
    return _broken_again(tuple(clean_lines), problems)


def _structure(
    message: str, line: int | None = None, columns: tuple[int, int] | None = None
) -> Problem:
    return Problem("mrz.structure", "error", message, line, columns)


def _pieces(raw: Iterable[str]) -> tuple[list[str], list[Problem]]:
    """Single lines, stripped, not empty, cut to what can be a zone."""
    lines: list[str] = []
    problems: list[Problem] = []
    for chunk in raw:
        cut = chunk[: LONGEST_LINE * MOST_LINES]
        if len(cut) < len(chunk):
            problems.append(_structure(f"Only the first {len(cut)} characters were looked at."))
        for piece in cut.splitlines():
            line = piece.strip(" \t\x00\ufeff\xa0")
            if not line:
                continue
            if len(lines) == MOST_LINES:
                problems.append(_structure(f"Only the first {MOST_LINES} lines were looked at."))
                return lines, problems
            if len(line) > LONGEST_LINE:
                message = f"Only the first {LONGEST_LINE} characters of the line were looked at."
                problems.append(_structure(message, len(lines) + 1))
            lines.append(line[:LONGEST_LINE])
    return lines, problems


def _clean_line(line: str, number: int) -> tuple[str, list[Problem]]:
    if _ZONE_LINE.fullmatch(line):
        return line, []
    guillemet = _guillemet(line)
    characters: list[str] = []
    # Blanks and small letters are told once a line, foreign characters one by one.
    changes: dict[tuple[str, int], tuple[str, int, int]] = {}
    for character in line:
        nearest, kind = _nearest(character, guillemet)
        first = len(characters) + 1
        characters.extend(nearest)
        if kind:
            message = _SENTENCES.get(kind) or _foreign(character, nearest)
            key = (kind, 0 if kind in _SENTENCES else first)
            begin = changes[key][1] if key in changes else first
            changes[key] = (message, begin, max(first, len(characters)))
    text = "".join(characters)
    width = max(1, len(text))
    return text, [
        _structure(message, number, (min(first, width), min(last, width)))
        for message, first, last in changes.values()
    ]


def _foreign(character: str, nearest: str) -> str:
    return f"{_shown(character)} is not a character of the zone; read as {nearest}."


_SENTENCES = {
    "blank": "Blanks or control characters stand in the line; they were left out.",
    "case": "Small letters stand in the line; read as capitals.",
}


def _nearest(character: str, guillemet: str) -> tuple[str, str]:
    """What a character is read as, and what kind of change that is ("" for none)."""
    if not _OUTSIDE.match(character):
        return character, ""
    if "a" <= character <= "z":
        return character.upper(), "case"
    if character in "«《≪":
        return guillemet, "other"
    category = unicodedata.category(character)
    if category[0] in "ZC":
        return "", "blank"
    nearest = _NEAREST.get(character) or _NEAREST.get(character.upper())
    if nearest is None and character not in _FILLERS:
        digit = unicodedata.digit(character, None)
        base = unicodedata.normalize("NFKD", character)[:1].upper()
        nearest = str(digit) if digit is not None else base if _ZONE_LINE.fullmatch(base) else None
    if nearest is None and category[0] == "M":
        return "", "blank"
    return nearest or "<", "other"


def _guillemet(line: str) -> str:
    """An OCR program gives « for one filler or for two; the length of the line tells which."""
    count = sum(line.count(character) for character in "«《≪")
    length = len(line) - sum(character.isspace() for character in line)
    return "<" if length in _LENGTHS and length + count not in _LENGTHS else "<<"


def _shown(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"'{character}' ({code})" if character.isprintable() else code


def _broken_again(lines: tuple[str, ...], problems: list[Problem]) -> CleanText:
    """Puts line breaks where they belong if some are missing, or if there are some besides."""
    text = "".join(lines)
    lengths = _UNBROKEN.get(len(text), ())
    if not lengths or identify(lines) is not None:
        return CleanText(lines, tuple(problems))
    there = set(accumulate(map(len, lines)))
    wanted = set(accumulate(lengths))
    broken = tuple(
        text[end - length : end] for end, length in zip(sorted(wanted), lengths, strict=True)
    )
    if not (there < wanted or wanted < there) or identify(broken) is None:
        return CleanText(lines, tuple(problems))
    message = (
        f"Line breaks were {'missing' if there < wanted else 'too many'}; the {len(text)} "
        f"characters were read as {len(lengths)} lines."
    )
    return CleanText(broken, (*problems, _structure(message)))
