"""From what a reader sends to the lines of a zone. Nothing is repaired."""

from __future__ import annotations

import re

from docexam.nouns.device import DeviceMrz

# Doc 9303-4 to -6: lines of 44 (two), 36 (two) and 30 (three) characters.
LINE_COUNTS = {44: 2, 36: 2, 30: 3}
_OUTSIDE = re.compile(r"[^A-Z0-9<_]")
_UNCERTAIN = re.compile("\x1d([^\x1d]*)\x1d")


def split_zone(text: str) -> tuple[str, ...]:
    """The lines of a zone that came in one piece, with or without line ends."""
    lines = tuple(line for line in re.split(r"[\r\n]+", text) if line)
    if len(lines) == 1:
        for length, count in LINE_COUNTS.items():
            if len(lines[0]) == length * count:
                joined = lines[0]
                return tuple(joined[at : at + length] for at in range(0, len(joined), length))
    return lines


def to_zone(lines: tuple[str, ...], warnings: tuple[str, ...] = ()) -> DeviceMrz:
    """Lines as sent, with `_` for what is no MRZ character, and candidate groups resolved.

    A group between two bytes 1D holds the candidates of one position, most likely first.
    """
    uncertain: list[tuple[int, int, str]] = []
    clean: list[str] = []
    notes = list(warnings)
    for row, line in enumerate(lines, 1):
        text = line
        while (group := _UNCERTAIN.search(text)) is not None:
            candidates = group[1] or "_"
            uncertain.append((row, group.start() + 1, candidates))
            text = text[: group.start()] + candidates[0] + text[group.end() :]
        foreign = len(_OUTSIDE.findall(text))
        if foreign:
            notes.append(f"line {row}: {foreign} characters that no zone has")
        clean.append(_OUTSIDE.sub("_", text))
    lengths = {len(line) for line in clean}
    if len(lengths) != 1 or LINE_COUNTS.get(next(iter(lengths), 0)) != len(clean):
        shape = "+".join(str(len(line)) for line in clean)
        notes.append(f"lines of {shape} characters make no known zone")
    return DeviceMrz(tuple(clean), tuple(uncertain), tuple(notes))


class LineCollector:
    """Lines that arrive one by one, to zones: whole by length, or ended by silence.

    Lines of another length than their predecessors begin a new zone.
    """

    def __init__(self, idle_gap_s: float = 0.3) -> None:
        self.idle_gap_s = idle_gap_s
        self.dropped = 0
        self._lines: list[str] = []
        self._last_s = 0.0

    @property
    def broken(self) -> int:
        """Zones and lines that did not become whole, one that has begun included."""
        return self.dropped + bool(self._lines)

    def add(
        self, line: str, now_s: float, *, began_s: float | None = None
    ) -> tuple[str, ...] | None:
        """Take a line that was whole at `now_s`; return the zone that it completes.

        `began_s`: its first character came then, where that was long before its last.
        """
        shown = _UNCERTAIN.sub("_", line)
        silent_s = (now_s if began_s is None else began_s) - self._last_s
        stale = self._lines and silent_s > self.idle_gap_s
        other = self._lines and len(_UNCERTAIN.sub("_", self._lines[-1])) != len(shown)
        if stale or other:
            self.dropped += 1
            self._lines.clear()
        self._last_s = now_s
        parts = split_zone(line)
        if len(parts) > 1:
            return parts
        if len(shown) not in LINE_COUNTS:
            self.dropped += 1
            return None
        self._lines.append(line)
        if len(self._lines) < LINE_COUNTS[len(shown)]:
            return None
        whole, self._lines = tuple(self._lines), []
        return whole
