"""Files, folders and globs of a command line to the list of pictures that they stand for."""

from __future__ import annotations

import glob
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from docexam.capture.files import unreadable
from docexam.capture.kinds import PICTURE_SUFFIXES, kind_of
from docexam.errors import InputError


@dataclass(frozen=True, slots=True)
class Input:
    """One picture file to read, or a place that could not be looked into (`error`)."""

    path: Path
    error: InputError | None = None


@dataclass(slots=True)
class Inputs:
    """What the arguments stand for, in their order; `skipped` counts files that are no pictures."""

    items: list[Input] = field(default_factory=list)
    skipped: int = 0


def find_inputs(arguments: list[str], *, leave_out: Path | None = None) -> Inputs:
    """Every file that `arguments` name; a folder gives its pictures, sorted, with its subfolders.

    A file that is named outright is always taken. Within a folder a file is taken for a picture
    by its suffix or its first bytes; hidden ones are left out. Each folder is entered once,
    however its links run. The folder `leave_out` is not entered: it is where our own pictures go.
    """
    inputs = Inputs()
    never = _identity(leave_out)
    for argument in arguments:
        path = Path(argument)
        if not argument:  # Path("") would be the folder we happen to be in.
            inputs.items.append(Input(path, _nothing_in("An empty name was given.")))
        elif _is_folder(path):
            before = len(inputs.items)
            _enter(path, inputs, set(never))
            if len(inputs.items) == before:
                inputs.items.append(Input(path, _nothing_in("The folder holds no pictures.")))
        elif not _exists(path) and glob.has_magic(argument):
            _expand(argument, inputs, set(never))
        else:
            inputs.items.append(Input(path))
    return inputs


def _expand(pattern: str, inputs: Inputs, entered: set[tuple[int, int]]) -> None:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - absolute patterns too
    if not matches:
        inputs.items.append(Input(Path(pattern), _nothing_in("No file has such a name.")))
    for match in map(Path, matches):
        if _is_folder(match):
            if "**" not in pattern:  # Two asterisks already stand for what is in the folder.
                _enter(match, inputs, entered)
        elif "**" not in pattern or _looks_like_picture(match):
            inputs.items.append(Input(match))


def _enter(folder: Path, inputs: Inputs, entered: set[tuple[int, int]]) -> None:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            facts = here.stat()
            if (facts.st_dev, facts.st_ino) in entered:
                continue
            entered.add((facts.st_dev, facts.st_ino))
            names = sorted(os.listdir(here))  # noqa: PTH208 - names, not paths
        except OSError as error:
            refusal = unreadable(error)
            message = "The folder cannot be looked into." if _denied(error) else refusal.message
            inputs.items.append(
                Input(here, InputError(message, code=refusal.code, hint=refusal.hint))
            )
            continue
        below = []
        for name in names:
            path = here / name
            if name.startswith("."):
                inputs.skipped += 1
            elif _is_folder(path):
                below.append(path)
            elif _looks_like_picture(path):
                inputs.items.append(Input(path))
            else:
                inputs.skipped += 1
        waiting.extend(reversed(below))


def _identity(folder: Path | None) -> set[tuple[int, int]]:
    try:
        facts = folder.stat() if folder is not None else None
    except (OSError, ValueError):
        return set()
    return {(facts.st_dev, facts.st_ino)} if facts is not None else set()


def _looks_like_picture(path: Path) -> bool:
    if path.suffix.lower() in PICTURE_SUFFIXES:
        return True
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as stream:
            kind_of(stream.read(1024))
    except (OSError, InputError):
        return False
    return True


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _exists(path: Path) -> bool:
    return os.path.lexists(path) if "\0" not in str(path) else True


def _denied(error: OSError) -> bool:
    return isinstance(error, PermissionError)


def _nothing_in(message: str) -> InputError:
    return InputError(message, code="input.no-pictures", hint="Check the path.")
