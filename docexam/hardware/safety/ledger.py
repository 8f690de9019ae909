"""The ultraviolet dose of the last eight hours, kept on disk so that a restart forgets nothing.

One JSON object a line, appended and flushed to the disk before the lamp is lit: a crash in between
counts a dose that was not given, never the reverse.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from docexam.hardware.errors import LightRefused
from docexam.hardware.safety.limits import DOSE_LIMITS_J_M2, DOSE_WINDOW_S, Band

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_COMPACT_AFTER = 5000


@dataclass(frozen=True, slots=True)
class _Entry:
    at: dt.datetime
    band: str
    dose_j_m2: float


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class DoseLedger:
    """The ledger in one file, held by one process at a time."""

    def __init__(self, path: Path, wall: Callable[[], dt.datetime] = _now) -> None:
        self.path = path
        self._wall = wall
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            raise self._refuse(f"cannot be opened ({error.strerror})") from error
        try:
            self._lock()
            self._entries = self._load()
            if len(self._entries) > _COMPACT_AFTER:
                self._compact()
        except BaseException:
            os.close(self._file)
            raise

    def dose_j_m2(self, band: Band) -> float:
        """What was given (or promised) in the window that ends now.

        A clock that was set back makes entries of the future: they count in full.
        """
        oldest = self._wall() - dt.timedelta(seconds=DOSE_WINDOW_S)
        return max(
            0.0, sum(one.dose_j_m2 for one in self._entries if one.band == band and one.at > oldest)
        )

    def share(self, band: Band) -> float:
        """The dose as a share of the limit; 1 = all of it."""
        return self.dose_j_m2(band) / DOSE_LIMITS_J_M2[band]

    def book(self, band: Band, dose_j_m2: float) -> None:
        """Write a dose down, safely on disk when this returns; a negative one corrects a promise.

        Raises:
            LightRefused: it cannot be written, so the light must not come on.
        """
        entry = _Entry(self._wall(), band, dose_j_m2)
        line = {"at": entry.at.isoformat(), "band": band, "dose_j_m2": round(dose_j_m2, 6)}
        try:
            os.write(self._file, (json.dumps(line) + "\n").encode("ascii"))
            os.fsync(self._file)
        except OSError as error:
            raise self._refuse(f"cannot be written ({error.strerror})") from error
        self._entries.append(entry)

    def close(self) -> None:
        """Let another process have it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _lock(self) -> None:
        try:
            import fcntl
        except ImportError:
            return  # Windows: the guard's exclusive hold of the lamp's port has to do
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise self._refuse("is in use by another docexam") from error

    def _load(self) -> list[_Entry]:
        with os.fdopen(os.dup(self._file), "rb") as file:
            file.seek(0)
            lines = file.read().split(b"\n")
        torn = lines.pop()
        if torn:
            # Power failed while writing; the lamp had not been lit for it yet.
            os.write(self._file, b"\n")
        entries: list[_Entry] = []
        for number, line in enumerate(lines, 1):
            if not line:
                continue
            try:
                entries.append(_entry(line))
            except (ValueError, KeyError, TypeError) as error:
                if _is_torn(line):
                    continue
                raise self._refuse(f"is damaged in line {number}") from error
        return entries

    def _compact(self) -> None:
        oldest = self._wall() - dt.timedelta(seconds=DOSE_WINDOW_S)
        kept = [one for one in self._entries if one.at > oldest]
        text = "".join(
            json.dumps({"at": one.at.isoformat(), "band": one.band, "dose_j_m2": one.dose_j_m2})
            + "\n"
            for one in kept
        )
        fresh = self.path.with_suffix(".new")
        fresh.write_text(text, encoding="ascii")
        fresh.replace(self.path)
        os.close(self._file)
        self._file = os.open(self.path, os.O_RDWR | os.O_APPEND)
        self._lock()
        self._entries = kept

    def _refuse(self, what: str) -> LightRefused:
        return LightRefused(
            f"The ultraviolet dose ledger {self.path} {what}, so ultraviolet stays off.",
            hint="Repair or move the file; a new one starts at zero, which is your responsibility.",
            device="uv",
        )


def _is_torn(line: bytes) -> bool:
    """A line that begins as ours and has no end: power failed while it was written."""
    return line.startswith(b'{"at": ') and not line.rstrip().endswith(b"}")


def _entry(line: bytes) -> _Entry:
    data = json.loads(line)
    at = dt.datetime.fromisoformat(data["at"])
    if at.tzinfo is None or data["band"] not in DOSE_LIMITS_J_M2:
        raise ValueError("no time zone, or no known band")
    return _Entry(at, str(data["band"]), float(data["dose_j_m2"]))
