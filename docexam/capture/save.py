"""Writing a capture set: complete or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.capture.capture_json import capture_set_json
from docexam.capture.containers import CAPTURE_FILE, safe_parts
from docexam.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.nouns.capture_set import CaptureSet


def save_capture_set(capture: CaptureSet, files: Mapping[str, bytes], folder: Path) -> None:
    """Write `capture` and its `files` (path within the set to encoded bytes) as `folder`.

    The set is written beside its place under a passing name and then renamed, so a set that can
    be seen is whole.

    Raises:
        OutputError: `folder` exists, or it cannot be written; nothing is left behind.
    """
    if folder.exists():
        raise OutputError(
            f"The folder {folder.name!r} exists already.",
            code="output.exists",
            hint="Choose another folder, or remove it first.",
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        passing = Path(tempfile.mkdtemp(prefix=".capture-", dir=folder.parent))
    except OSError as error:
        raise cannot_write(folder.parent, error) from error
    try:
        for name, data in files.items():
            target = passing.joinpath(*safe_parts(name))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        text = json.dumps(capture_set_json(capture), ensure_ascii=False, indent=1)
        (passing / CAPTURE_FILE).write_text(text + "\n", encoding="utf-8")
        passing.chmod(0o777 & ~_umask())
        passing.rename(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error
    finally:
        shutil.rmtree(passing, ignore_errors=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write one file complete or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            # A device or a pipe takes the bytes itself: a file in its place would destroy it.
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> OutputError:
    """The sentence for what the operating system said about a place to write to."""
    reason = os.strerror(error.errno) if error.errno else "unknown reason"
    return OutputError(
        f"{str(path)!r} cannot be written: {reason}.",
        code="output.write",
        hint="Choose a folder that you may write to and that has room.",
    )


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
