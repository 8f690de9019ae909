"""Results to standard output and to files: whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
from typing import TYPE_CHECKING

from docexam.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


class ReaderGone(OutputError):
    """Whoever read our output has closed it, as `head` does: nobody is left to be told."""


def write_lines(text: str) -> None:
    """Write whole lines to standard output at once, without a buffer that a crash would lose.

    Where standard output is a file and the disk is full, the line begun is taken back.

    Raises:
        OutputError: nothing more can be written.
        ReaderGone: nobody reads any more.
    """
    data = text.encode("utf-8", errors="replace")
    written = 0
    try:
        sys.stdout.flush()
        handle = sys.stdout.fileno()
        while written < len(data):
            written += os.write(handle, data[written:])
    except BrokenPipeError as error:
        # No OSError may leave here: typer turns a broken pipe into exit code 1, which is ours.
        raise ReaderGone("The reader of the output has gone.", code="output.pipe") from error
    except OSError as error:
        if written:
            _take_back(handle, written)
        raise OutputError(
            f"The output cannot be written: {os.strerror(error.errno or errno.EIO)}.",
            code="output.stdout",
            hint="Free some space or choose another place.",
        ) from error


def _take_back(handle: int, written: int) -> None:
    facts = os.fstat(handle)
    if not stat.S_ISREG(facts.st_mode):
        return
    start = os.lseek(handle, 0, os.SEEK_CUR) - written
    if start + written == facts.st_size:  # Nobody else has written behind us.
        with contextlib.suppress(OSError):
            os.ftruncate(handle, start)
            os.lseek(handle, start, os.SEEK_SET)


def write_private_file(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read (0600); it appears whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    waiting = ""
    try:
        # mkstemp creates with 0600, and in the same folder, so that the rename is atomic.
        handle, waiting = tempfile.mkstemp(dir=path.parent, prefix=".docexam-", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.replace(waiting, path)  # noqa: PTH105 - both are whole paths
    except BaseException as error:
        if waiting:
            with contextlib.suppress(OSError):
                os.unlink(waiting)  # noqa: PTH108
        if isinstance(error, OSError):
            raise cannot_write(path, error) from error
        raise


def make_folder(path: Path) -> None:
    """Make a folder for private results, with its parents.

    Raises:
        OutputError: it cannot be made, or is a file.
    """
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except FileExistsError as error:
        raise OutputError(
            f"{path} is a file, and a folder is needed.",
            code="output.file",
            hint="Choose another place.",
        ) from error
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> OutputError:
    """The sentence for a path that cannot be written."""
    return OutputError(
        f"{path} cannot be written: {os.strerror(error.errno or errno.EIO)}.",
        code="output.file",
        hint="Free some space or choose another place.",
    )
