"""Turns whatever went wrong into one sentence on standard error and an exit code."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import traceback
from pathlib import Path

from docexam.errors import DocexamError, ExitCode

_PACKAGE = Path(__file__).parents[1]


def end_of(error: BaseException) -> ExitCode:
    """Tell `error` to the person and return the exit code of the run."""
    if isinstance(error, DocexamError):
        if error.code == "output.pipe":  # Nobody listens any more.
            return error.exit_code
        say(told(error.message, error.hint))
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        say("Interrupted.")
        return ExitCode.INTERRUPTED
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        say(f"The output cannot be written: {os.strerror(error.errno)}.")
        return ExitCode.CANNOT_WRITE
    say(told(*bug_sentence(error)))
    return ExitCode.BUG


def bug_sentence(error: BaseException) -> tuple[str, str]:
    """A message and a hint for an unexpected error: its kind and place, never its content.

    The text of an exception may quote what was being read, so it stays out.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    place = ""
    if ours:
        name = Path(ours[-1].filename).relative_to(_PACKAGE.parent)
        place = f" at {name}:{ours[-1].lineno}"
    return (
        f"docexam has met a bug of its own ({type(error).__name__}{place}).",
        "Run docexam --debug to see the trace (it may hold personal data), and report it.",
    )


def told(message: str, hint: str = "") -> str:
    """One line for a person."""
    return f"{message} {hint}".strip()


def say(text: str) -> None:
    """Write one line to standard error, if anybody listens."""
    with contextlib.suppress(OSError):
        print(f"docexam: {printable(text)}", file=sys.stderr, flush=True)  # noqa: T201


def printable(text: str) -> str:
    """`text` without control characters: a file name must not steer the terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def debugging() -> bool:
    """Whether traces were asked for, by --debug or DOCEXAM_DEBUG=1."""
    return os.environ.get("DOCEXAM_DEBUG", "") not in ("", "0")
