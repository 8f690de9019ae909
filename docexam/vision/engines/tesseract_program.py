"""The Tesseract program as a child process: pictures go in and text comes out through pipes.

No picture touches the disk: a temporary file would hold somebody's passport, and stay behind when
the process is killed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import pytesseract

from docexam.errors import DependencyMissing, InputError

if TYPE_CHECKING:
    from docexam.capture.pixels import Pixels

TIMEOUT_S = 30.0
"""A zone takes 0.2 to 0.5 s; above this the program hangs (our starting value)."""

HOW_TO_GET = "Install it: apt-get install tesseract-ocr tesseract-ocr-eng."


def find() -> str:
    """The path of the program.

    Raises:
        DependencyMissing: it is not installed.
    """
    path: str | None = shutil.which(pytesseract.pytesseract.tesseract_cmd)
    if path is None:
        raise DependencyMissing(
            "The program Tesseract is not installed.",
            code="dependency.tesseract",
            hint=HOW_TO_GET,
        )
    return path


@cache
def data_folder() -> Path | None:
    """Where Tesseract has its own trained data; None where it does not tell.

    Raises:
        DependencyMissing: the program is not installed.
        InputError: it failed, or gave no answer in time.
    """
    heading = _call(["--list-langs"], b"", 10.0).decode("utf-8", "replace").partition("\n")[0]
    named = heading.split('"')
    return Path(named[1]) if len(named) == 3 and named[1] else None


def languages(tessdata: Path | None = None) -> list[str]:
    """Names of the trained data that Tesseract finds, in `tessdata` or in its own folder."""
    folder = ["--tessdata-dir", str(tessdata)] if tessdata else []
    listing = _call([*folder, "--list-langs"], b"", 10.0).decode("utf-8", "replace")
    return [line.strip() for line in listing.splitlines()[1:] if line.strip()]


def read(pixels: Pixels, options: list[str], *, timeout_s: float = TIMEOUT_S) -> str:
    """What Tesseract prints about 8-bit grey or BGR `pixels` when run with `options`.

    Raises:
        DependencyMissing: the program is not installed.
        InputError: it failed, or gave no answer in time.
    """
    done, picture = cv2.imencode(".pgm" if pixels.ndim == 2 else ".ppm", pixels)
    if not done:
        raise _failed("could not be given the picture")
    return _call(["stdin", "stdout", *options], picture.tobytes(), timeout_s).decode(
        "utf-8", "replace"
    )


def _call(arguments: list[str], data: bytes, timeout_s: float) -> bytes:
    try:
        done = subprocess.run(
            [find(), *arguments],
            input=data,
            capture_output=True,
            timeout=timeout_s,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise _failed(f"gave no answer within {timeout_s:g} s") from error
    except OSError as error:
        raise _failed("could not be started") from error
    if done.returncode != 0:
        raise _failed(f"ended with status {done.returncode}")
    return done.stdout


@cache
def _environment() -> dict[str, str]:
    # One thread: on small strips Tesseract's threads fight each other, and several workers on few
    # cores become ten times slower.
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def _failed(what: str) -> InputError:
    return InputError(
        f"Tesseract {what}.",
        code="engine.tesseract",
        hint="Try --engine onnx, which needs no other program.",
    )
