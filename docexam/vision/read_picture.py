"""From a picture file to readings: opened, read by an engine, proven by Doc 9303."""

from __future__ import annotations

import dataclasses
import os
import time
from typing import TYPE_CHECKING

from docexam.capture.pictures import open_pictures
from docexam.capture.raster import to_colour
from docexam.errors import InputError
from docexam.mrz.verify import verify
from docexam.nouns.reading import Reading, ReadingError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from docexam.capture.limits import Limits
    from docexam.capture.pictures import Picture
    from docexam.capture.pixels import Pixels
    from docexam.nouns.zone import ZoneText
    from docexam.vision.engines.protocol import Engine

    PictureSeen = Callable[[Picture, list[Reading]], None]


def read_picture(
    path: Path,
    engine: Engine,
    *,
    today: dt.date,
    limits: Limits | None = None,
    ambiguity: bool = False,
    on_picture: PictureSeen | None = None,
) -> list[Reading]:
    """One reading for each zone in the file; without any, one with `found` False.

    A file or a page that cannot be read gives a reading with `error`, after those of the pages
    before it. `ambiguity` as in `reading_of`. `on_picture` is told each picture in colour with
    its readings, to draw on it.
    """
    file = shown_name(path)
    readings: list[Reading] = []
    images = 0
    started = first_started = time.perf_counter()
    colour = engine.wants_colour or on_picture is not None
    try:
        for picture in open_pictures(path, limits=limits, colour=colour):
            images = picture.image
            zones = engine.read(_as_wanted(picture, engine))
            elapsed_ms = (time.perf_counter() - started) * 1e3
            found = [
                dataclasses.replace(
                    reading_of(zone, today=today, ambiguity=ambiguity),
                    file=file,
                    image=picture.image,
                    index=index,
                    engine=engine.name,
                    elapsed_ms=round(elapsed_ms, 3),
                )
                for index, zone in enumerate(zones, start=1)
            ]
            readings += found
            if on_picture is not None:
                on_picture(picture, found)
            started = time.perf_counter()
    except InputError as error:
        readings.append(
            Reading(file, found=False, image=images + 1, engine=engine.name, error=_told(error))
        )
    except MemoryError:
        readings.append(
            Reading(file, found=False, image=images + 1, engine=engine.name, error=_NO_MEMORY)
        )
    if not readings:
        elapsed_ms = (time.perf_counter() - first_started) * 1e3
        readings.append(
            Reading(file, found=False, engine=engine.name, elapsed_ms=round(elapsed_ms, 3))
        )
    return readings


def reading_of(zone: ZoneText, *, today: dt.date, ambiguity: bool = False) -> Reading:
    """What an engine saw, joined with what Doc 9303 says of it; `file` is left empty.

    With `ambiguity`, a notice tells which confusable characters no check digit would notice.
    """
    proven = verify(zone.lines, today=today)
    problems = [*zone.problems, *(p for p in proven.problems if p not in zone.problems)]
    if ambiguity:
        from docexam.mrz.ambiguity import ambiguity as ambiguity_of

        notice = ambiguity_of(proven.lines)
        if notice is not None:
            problems.append(notice)
    return Reading(
        file="",
        found=True,
        format=proven.format,
        lines=proven.lines,
        valid=proven.valid and all(p.severity != "error" for p in zone.problems),
        confident=zone.confident,
        confidence=zone.confidence,
        fields=proven.fields,
        check_digits=proven.check_digits,
        resolved=zone.resolved,
        problems=tuple(problems),
        quad_px=zone.quad_px,
    )


def shown_name(path: Path) -> str:
    """The path as text that can be printed and stored: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", errors="replace")


_NO_MEMORY = ReadingError(
    code="input.memory",
    message="There is not enough memory for this picture.",
    hint="Scale it down, or use fewer workers.",
)


def _told(error: InputError) -> ReadingError:
    return ReadingError(code=error.code, message=error.message, hint=error.hint)


def _as_wanted(picture: Picture, engine: Engine) -> Pixels:
    if engine.wants_colour:
        return picture.pixels
    return to_colour(picture.pixels, colour=False)
