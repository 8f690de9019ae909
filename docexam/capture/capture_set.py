"""Opening a capture set: a folder, a .zip of one, or a plain picture as one white image."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.capture.capture_json import MAX_JSON_BYTES, json_too_large, parse_capture_set
from docexam.capture.containers import CAPTURE_FILE, Container, FolderContainer, ZipContainer
from docexam.capture.files import read_file, unreadable
from docexam.capture.limits import Limits
from docexam.capture.pictures import Picture, decode_pictures
from docexam.errors import InputError
from docexam.nouns.capture_set import CaptureImage, CapturePage, CaptureSet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True, eq=False)
class OpenCapture:
    """A capture set and the way to its pictures, which are decoded only when asked for."""

    capture: CaptureSet
    container: Container
    limits: Limits

    def picture(self, image: CaptureImage, *, colour: bool = True) -> Picture:
        """The decoded picture of `image`, as `docexam.capture.pictures` gives it.

        Raises:
            InputError: the file is absent, outside the set, too large, or no picture.
        """
        data = self.container.read(image.file, max_bytes=self.limits.max_file_bytes)
        for picture in decode_pictures(data, limits=self.limits, colour=colour):
            return picture
        raise InputError(
            f"The file {image.file[:80]!r} of the capture set holds no picture.",
            code="input.not-a-picture",
        )


@dataclass(frozen=True, slots=True, eq=False)
class _OnePicture:
    """The container of a plain picture."""

    data: bytes

    def read(self, name: str, *, max_bytes: int) -> bytes:  # noqa: ARG002
        return self.data


def open_capture_set(path: Path, *, limits: Limits | None = None) -> OpenCapture:
    """The capture set at `path`; its pictures are not decoded yet.

    Raises:
        InputError: absent, unreadable, or neither a capture set nor a picture.
    """
    try:
        return _opened(path, limits or Limits())
    except OSError as error:
        raise unreadable(error) from error


def _opened(path: Path, limits: Limits) -> OpenCapture:
    container: Container
    if path.is_dir():
        container = FolderContainer(path)
        if not (path / CAPTURE_FILE).is_file():
            raise InputError(
                "The folder holds no capture.json.",
                code="capture.no-json",
                hint="Name a capture set, or a picture in the folder.",
            )
    elif path.is_file() and zipfile.is_zipfile(path):
        container = ZipContainer(path)
    else:
        data = read_file(path, max_bytes=limits.max_file_bytes)
        image = CaptureImage(light="white", file=path.name)
        capture = CaptureSet(name=path.stem, pages=(CapturePage("data", (image,)),))
        return OpenCapture(capture, _OnePicture(data), limits)
    try:
        text = container.read(CAPTURE_FILE, max_bytes=MAX_JSON_BYTES)
    except InputError as error:
        if error.code != "input.file-too-large":
            raise
        raise json_too_large() from error
    name = path.resolve().name if path.is_dir() else path.stem
    return OpenCapture(parse_capture_set(text, name), container, limits)


def is_capture_set(path: Path) -> bool:
    """Whether `path` is a folder with capture.json or a .zip that holds one."""
    if path.is_dir():
        return (path / CAPTURE_FILE).is_file()
    if not path.is_file() or not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.rsplit("/", 1)[-1] == CAPTURE_FILE for name in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return False


def capture_sets_under(folder: Path) -> Iterator[Path]:
    """Every capture set in `folder` and below, in the order of their names.

    Hidden entries are passed over (sets that are being written), and links to folders.

    Raises:
        InputError: a folder cannot be listed.
    """
    if is_capture_set(folder):
        yield folder
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise unreadable(error) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from capture_sets_under(entry)
        elif is_capture_set(entry):
            yield entry
