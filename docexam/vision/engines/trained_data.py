"""Tesseract's trained data without its list of words, for text that stands in no list: names.

The list for all Latin letters has 89 MB of the file's 89.4. Every start of the program would take
it in: 0.25 s and 240 MiB. The copy without it is kept in the user's cache folder.
"""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.capture.save import write_whole
from docexam.errors import OutputError
from docexam.vision.engines import tesseract_program

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = 19
"""The place of the list of words among the parts of a file of Tesseract 4 and later."""
_MOST_PARTS = 200
_WORTH_BYTES = 16_000_000
_ABSENT = -1


def data_options(language: str) -> tuple[str, ...]:
    """The options that choose a language's trained data: without its words where they are many.

    Where no such copy can be made, the data is used as it is installed. The copy is compared each
    time (2 ms): one that was changed or cleaned away is made anew.
    """
    installed = tesseract_program.data_folder()
    if installed is not None:
        with suppress(OSError, OutputError, RuntimeError, ValueError, struct.error):
            folder = _without_words(installed / f"{language}.traineddata", language)
            if folder is not None:
                return ("--tessdata-dir", str(folder), "-l", language)
    return ("-l", language)


def _without_words(file: Path, language: str) -> Path | None:
    """The folder that holds the copy; None where the list of words is small."""
    with file.open("rb") as stream:
        found = os.fstat(stream.fileno())
        (count,) = struct.unpack("<i", stream.read(4))
        if not _WORDS < count <= _MOST_PARTS:
            raise ValueError("no trained data, or of another byte order")
        starts = struct.unpack(f"<{count}q", stream.read(8 * count))
        spans = _spans(starts, found.st_size)
        if _WORDS not in spans or spans[_WORDS][1] - spans[_WORDS][0] < _WORTH_BYTES:
            return None
        del spans[_WORDS]
        folder = _cache() / f"tessdata-{found.st_size}-{found.st_mtime_ns}"
        parts = {}
        for number, (start, end) in spans.items():
            stream.seek(start)
            parts[number] = stream.read(end - start)
    copy, data = folder / f"{language}.traineddata", _packed(parts, count)
    if not copy.is_file() or copy.read_bytes() != data:
        write_whole(copy, data)
    return folder


def _spans(starts: tuple[int, ...], size: int) -> dict[int, tuple[int, int]]:
    """Where each part that is there begins and ends."""
    there = sorted((start, number) for number, start in enumerate(starts) if start != _ABSENT)
    ends = [*(start for start, _ in there[1:]), size]
    return {number: (start, end) for (start, number), end in zip(there, ends, strict=True)}


def _packed(parts: Mapping[int, bytes], count: int) -> bytes:
    """How many parts there may be, where each begins, and the parts."""
    at = 4 + 8 * count
    starts = [_ABSENT] * count
    for number, part in sorted(parts.items()):
        starts[number] = at
        at += len(part)
    body = b"".join(part for _, part in sorted(parts.items()))
    return struct.pack("<i", count) + struct.pack(f"<{count}q", *starts) + body


def _cache() -> Path:
    given = os.environ.get("XDG_CACHE_HOME", "")
    home = Path(given) if given else Path("~/.cache").expanduser()
    if not home.is_absolute():
        raise ValueError("no folder to keep it in")
    return home / "docexam"
