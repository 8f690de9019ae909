"""The bytes of one file, or one clear sentence why not; never waits on a pipe or a device."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from docexam.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

_SENTENCES = {
    errno.ENOENT: ("input.missing", "There is no such file.", "Check the path."),
    errno.EACCES: (
        "input.permission",
        "There is no permission to read it.",
        "Ask the file's owner, or copy it to where you may read.",
    ),
    errno.EPERM: ("input.permission", "There is no permission to read it.", ""),
    errno.ELOOP: (
        "input.symlink-loop",
        "Its symbolic links run in a circle.",
        "Give the real file.",
    ),
    errno.ENOTDIR: ("input.missing", "A part of its path is not a folder.", "Check the path."),
    errno.ENAMETOOLONG: ("input.missing", "Its name is too long to be a file's.", ""),
    errno.EMFILE: ("input.system", "Too many files are open.", "Use fewer workers."),
}


def read_file(path: Path, *, max_bytes: int) -> bytes:
    """All bytes of a regular file.

    Raises:
        InputError: absent, no permission, not a regular file, empty, or above `max_bytes`.
    """
    try:
        # O_NONBLOCK: opening a named pipe without a writer must not wait for one.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | os.O_CLOEXEC)
    except ValueError as error:
        raise InputError(
            "Its name holds a character that no file can have.", code="input.missing"
        ) from error
    except OSError as error:
        raise unreadable(error) from error
    try:
        facts = os.fstat(handle)
        _refuse_all_but_files(facts.st_mode)
        if facts.st_size > max_bytes:
            raise _too_large(max_bytes)
        with os.fdopen(handle, "rb", closefd=False) as stream:
            data = stream.read(max_bytes + 1)
    except OSError as error:
        raise unreadable(error) from error
    finally:
        os.close(handle)
    if len(data) > max_bytes:
        raise _too_large(max_bytes)
    if not data:
        raise InputError(
            "The file is empty.", code="input.empty", hint="Copy or scan the picture again."
        )
    return data


def unreadable(error: OSError) -> InputError:
    """The sentence for what the operating system said about a path."""
    code, message, hint = _SENTENCES.get(
        error.errno or 0,
        (
            "input.io",
            f"The system could not read it ({os.strerror(error.errno or errno.EIO)}).",
            "",
        ),
    )
    return InputError(message, code=code, hint=hint)


def _refuse_all_but_files(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise InputError("It is a folder, not a picture.", code="input.folder")
    if not stat.S_ISREG(mode):
        raise InputError(
            "It is a pipe, a socket or a device, not a file.",
            code="input.not-a-file",
            hint="Save the picture to a file first.",
        )


def _too_large(max_bytes: int) -> InputError:
    return InputError(
        f"The file is larger than the limit of {max_bytes / 2**20:.0f} MiB.",
        code="input.file-too-large",
        hint="Save the picture smaller, or split the document into pages.",
    )
