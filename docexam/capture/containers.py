"""Where the files of a capture set lie: a folder or a .zip of one; no path leaves it."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Protocol

from docexam.capture.files import read_file, unreadable
from docexam.errors import InputError

CAPTURE_FILE = "capture.json"
MAX_ENTRIES = 10_000
_CHUNK = 1 << 20


class Container(Protocol):
    """Gives the bytes of the files of one capture set."""

    def read(self, name: str, *, max_bytes: int) -> bytes:
        """All bytes of `name`; InputError where it is absent, outside, or too large."""
        ...


def safe_parts(name: str) -> tuple[str, ...]:
    """The parts of a relative path; InputError for one that leaves the capture set."""
    path = PurePosixPath(name.replace("\\", "/"))
    outside = path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name
    if outside or not path.parts:
        raise InputError(
            f"The capture set names the file {name[:80]!r}, which lies outside of it.",
            code="capture.path",
            hint="Name files by their path within the folder.",
        )
    return path.parts


def _missing(name: str) -> InputError:
    return InputError(
        f"The capture set has no file {name[:80]!r}.",
        code="capture.missing-file",
        hint="Copy the whole folder, or correct capture.json.",
    )


class FolderContainer:
    """A capture set in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def read(self, name: str, *, max_bytes: int) -> bytes:
        """As `Container.read`; a symbolic link must not lead out of the folder either."""
        path = self._folder.joinpath(*safe_parts(name))
        try:
            real = path.resolve(strict=True)
        except FileNotFoundError:
            raise _missing(name) from None
        except (OSError, RuntimeError) as error:
            raise unreadable(error if isinstance(error, OSError) else OSError()) from error
        if not real.is_relative_to(self._folder):
            raise InputError(
                f"The file {name[:80]!r} of the capture set is a link that leads out of it.",
                code="capture.path",
                hint="Put the picture itself into the folder.",
            )
        return read_file(real, max_bytes=max_bytes)


class ZipContainer:
    """A capture set in a .zip, at its top or in its one folder; no entry may lead out of it."""

    def __init__(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
            entries = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise InputError(
                "The archive is damaged.", code="capture.zip", hint="Pack the folder again."
            ) from error
        except OSError as error:
            raise unreadable(error) from error
        if len(entries) > MAX_ENTRIES:
            raise InputError(
                f"The archive holds {len(entries)} files, above the limit of {MAX_ENTRIES}.",
                code="capture.zip",
                hint="Pack one capture set into one archive.",
            )
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        for name in self._entries:
            safe_parts(name)
        tops = [name for name in self._entries if PurePosixPath(name).name == CAPTURE_FILE]
        tops.sort(key=lambda name: len(PurePosixPath(name).parts))
        self._prefix = tops[0][: -len(CAPTURE_FILE)] if tops else ""

    def read(self, name: str, *, max_bytes: int) -> bytes:
        """As `Container.read`; what unpacks to more than it claims is refused as well."""
        entry = self._entries.get(self._prefix + "/".join(safe_parts(name)))
        if entry is None:
            raise _missing(name)
        if stat.S_ISLNK(entry.external_attr >> 16) or entry.flag_bits & 0x1:
            raise InputError(
                f"The file {name[:80]!r} in the archive is a link or encrypted.",
                code="capture.zip",
                hint="Pack plain files without a password.",
            )
        data = bytearray()
        try:
            with self._archive.open(entry) as stream:
                while chunk := stream.read(min(_CHUNK, max_bytes + 1 - len(data))):
                    data += chunk
                    if len(data) > max_bytes:
                        raise InputError(
                            f"The file {name[:80]!r} unpacks to more than "
                            f"{max_bytes / 2**20:.0f} MiB.",
                            code="input.file-too-large",
                            hint="Save the picture smaller.",
                        )
        except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, zlib.error) as error:
            raise InputError(
                f"The file {name[:80]!r} in the archive is damaged.",
                code="capture.zip",
                hint="Pack the folder again.",
            ) from error
        return bytes(data)
