"""What one process does for `docexam read`: one file to its readings and annotated pictures."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.errors import DocexamError, ExitCode, InputError, OutputError
from docexam.nouns.reading import Reading, ReadingError

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from docexam.capture.limits import Limits
    from docexam.capture.pictures import Picture
    from docexam.capture.pixels import Pixels
    from docexam.nouns.zone import ZoneText
    from docexam.vision.engines.protocol import Engine


@dataclass(frozen=True, slots=True)
class ReadJob:
    """One input; `annotate_to` is the annotated picture's path without `-<image>.png`."""

    path: Path
    error: InputError | None = None
    annotate_to: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The readings of one file, in order, and what could not be written beside them."""

    readings: tuple[Reading, ...]
    not_written: OutputError | None = None


@dataclass(frozen=True, slots=True)
class StartReading:
    """How each worker starts: the engine loaded, then one job after the other."""

    engine: str
    today: dt.date
    limits: Limits
    ambiguity: bool
    one_thread: bool
    max_seconds: int | None = None
    """In a process of its own: what one page may take, to decode and again to read."""

    def __call__(self) -> ReadJobs:
        """Load the engine.

        Raises:
            DocexamError: it cannot be loaded.
        """
        if self.one_thread:
            # Workers share the cores; libraries that start threads of their own slow all of them.
            os.environ["OMP_THREAD_LIMIT"] = "1"
            import cv2

            cv2.setNumThreads(1)
        from docexam.vision.engines.registry import load_engine

        engine = load_engine(self.engine)
        if self.max_seconds is not None:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            engine = _Watched(engine, self.max_seconds)
        return ReadJobs(self, engine)


class _Watched:
    """An engine whose process ends when a page takes too long: its parent then knows why.

    Only a signal with its default action reaches into a C library, and some PDF files keep one
    busy for ever.
    """

    def __init__(self, engine: Engine, max_seconds: int) -> None:
        self.name, self.wants_colour = engine.name, engine.wants_colour
        self._engine, self._max_seconds = engine, max_seconds

    def read(self, pixels: Pixels) -> list[ZoneText]:
        """As the engine; the time for the next page starts at its end."""
        signal.alarm(self._max_seconds)
        zones = self._engine.read(pixels)
        signal.alarm(self._max_seconds)
        return zones


class ReadJobs:
    """Reads one file after the other with one loaded engine."""

    def __init__(self, settings: StartReading, engine: Engine) -> None:
        self._settings, self._engine = settings, engine

    def __call__(self, job: ReadJob) -> Outcome:
        """The outcome of one file; a bug costs that file alone.

        Raises:
            DocexamError: the engine has lost what it needs (a model, a program).
        """
        from docexam.vision.read_picture import read_picture, shown_name

        if job.error is not None:
            return Outcome((not_read(shown_name(job.path), job.error),))
        problems: list[OutputError] = []

        def annotate(picture: Picture, readings: list[Reading]) -> None:
            if job.annotate_to is None:
                return
            try:
                _annotate(job.annotate_to, picture, readings)
            except OutputError as error:
                problems.append(error)

        if self._settings.max_seconds is not None:
            signal.alarm(self._settings.max_seconds)
        try:
            readings = read_picture(
                job.path,
                self._engine,
                today=self._settings.today,
                limits=self._settings.limits,
                ambiguity=self._settings.ambiguity,
                on_picture=annotate if job.annotate_to is not None else None,
            )
        except DocexamError:
            raise
        except Exception as error:
            return Outcome((_bug(shown_name(job.path), error),))
        finally:
            if self._settings.max_seconds is not None:
                signal.alarm(0)
        return Outcome(tuple(readings), problems[0] if problems else None)


def lost(job: ReadJob) -> Outcome:
    """The outcome of a file whose worker died."""
    return _without_reading(
        job,
        "The process that read it was ended by the system, most likely for lack of memory.",
        code="input.memory",
        hint="Scale the picture down, or use fewer workers.",
    )


def too_slow(job: ReadJob, *, max_seconds: int) -> Outcome:
    """The outcome of a file whose worker ended itself, see `_Watched`."""
    return _without_reading(
        job,
        f"A page of it took longer than {max_seconds} seconds.",
        code="input.too-slow",
        hint="Save it as PNG or JPEG, or raise the limit with --max-seconds.",
    )


def _without_reading(job: ReadJob, message: str, *, code: str, hint: str) -> Outcome:
    from docexam.vision.read_picture import shown_name

    error = InputError(message, code=code, hint=hint)
    return Outcome((not_read(shown_name(job.path), error),))


def not_read(file: str, error: InputError) -> Reading:
    """The reading of a file that could not be read."""
    told = ReadingError(code=error.code, message=error.message, hint=error.hint)
    return Reading(file, found=False, error=told)


def exit_code_of(reading: Reading) -> ExitCode:
    """What one reading means for the exit code of the run."""
    if reading.error is not None:
        bug = reading.error.code.startswith("bug.")
        return ExitCode.BUG if bug else ExitCode.UNREADABLE
    if not reading.found:
        return ExitCode.UNREADABLE
    return ExitCode.CLEAR if reading.valid else ExitCode.REFER


def _bug(file: str, error: Exception) -> Reading:
    from docexam.cli.failure import bug_sentence, debugging

    if debugging():
        import traceback

        traceback.print_exception(error)
    message, hint = bug_sentence(error)
    told = ReadingError(code="bug.unexpected", message=message, hint=hint)
    return Reading(file, found=False, error=told)


def _annotate(base: Path, picture: Picture, readings: list[Reading]) -> None:
    from docexam.cli.output import make_folder, write_private_file
    from docexam.vision.annotate import annotated_png

    make_folder(base.parent)
    target = base.with_name(f"{base.name}-{picture.image}.png")
    write_private_file(target, annotated_png(picture.pixels, readings))
