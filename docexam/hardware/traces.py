"""Recorded traffic: one JSON object a line, `{t_ns, dir, hex}`; redacted unless asked otherwise.

A trace of a real device, replayed through its driver's framing, is a regression test.
"""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from docexam.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from docexam.hardware.clock import Clock
    from docexam.hardware.transports.base import Transport

Direction = Literal["in", "out"]
# Runs as long as a document number or a name part of a zone; commands and versions are shorter.
# Binary headers (Elyctis: letter and length; RTE: SOH and length) are taken first and kept: their
# length byte may look like a letter.
_PERSONAL = re.compile(rb"[ILCVWRT][\x00\x01].|\x01..|([A-Z0-9<_]{7,})(?![\x00\x01])", re.DOTALL)
_LETTER = re.compile(rb"[A-Z]")
_DIGIT = re.compile(rb"[0-9]")
_EVENT = struct.Struct("<qqHHi")
# Linux key codes of the three rows of letters; the neighbours differ by layout and go too.
_LETTER_KEYS = frozenset((*range(16, 28), *range(30, 42), *range(43, 51)))


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes that passed, `t_ns` nanoseconds after the trace began."""

    t_ns: int
    direction: Direction
    data: bytes


class RecordingTransport:
    """A transport that keeps what passes through another one."""

    def __init__(self, inner: Transport) -> None:
        self.port = inner.port
        self.clock: Clock = inner.clock
        self.baud = inner.baud
        self.pieces: list[Piece] = []
        self._inner = inner
        self._start_s = inner.clock.now()

    def read(self, timeout_s: float) -> bytes:
        """As the inner one."""
        data = self._inner.read(timeout_s)
        if data:
            self._keep("in", data)
        return data

    def write(self, data: bytes, timeout_s: float) -> None:
        """As the inner one."""
        self._keep("out", data)
        self._inner.write(data, timeout_s)

    def wake(self) -> None:
        """As the inner one."""
        self._inner.wake()

    def close(self) -> None:
        """As the inner one."""
        self._inner.close()

    def _keep(self, direction: Direction, data: bytes) -> None:
        t_ns = round((self.clock.now() - self._start_s) * 1e9)
        self.pieces.append(Piece(t_ns, direction, data))


def redacted(pieces: list[Piece], *, driver: str) -> list[Piece]:
    """The trace with letters and digits of long runs replaced; lengths and fillers stay.

    The stream is looked at as a whole, so that a name cut in two by the wire is found too.
    """
    joined = b"".join(piece.data for piece in pieces if piece.direction == "in")
    clean = _without_keys(joined) if driver == "wedge" else _PERSONAL.sub(_masked, joined)
    out: list[Piece] = []
    at = 0
    for piece in pieces:
        if piece.direction == "out":
            out.append(piece)
        else:
            out.append(Piece(piece.t_ns, "in", clean[at : at + len(piece.data)]))
            at += len(piece.data)
    return out


def _masked(run: re.Match[bytes]) -> bytes:
    return run[0] if run[1] is None else _DIGIT.sub(b"0", _LETTER.sub(b"X", run[1]))


def _without_keys(events: bytes) -> bytes:
    """Input events with every digit's key replaced by that of 0, every letter's by that of X."""
    out = bytearray(events)
    for start in range(0, len(out) - _EVENT.size + 1, _EVENT.size):
        *head, kind, code, value = _EVENT.unpack_from(out, start)
        if kind == 1 and 2 <= code <= 11:
            _EVENT.pack_into(out, start, *head, kind, 11, value)
        elif kind == 1 and code in _LETTER_KEYS:
            _EVENT.pack_into(out, start, *head, kind, 45, value)
    return bytes(out)


def to_text(pieces: list[Piece], *, driver: str) -> str:
    """The trace as JSON lines, its driver named first."""
    lines = [json.dumps({"schema": "docexam.trace/1", "driver": driver})]
    lines += [
        json.dumps({"t_ns": piece.t_ns, "dir": piece.direction, "hex": piece.data.hex()})
        for piece in pieces
    ]
    return "\n".join(lines) + "\n"


def from_file(path: Path) -> tuple[str, list[Piece]]:
    """Driver and pieces of a trace.

    Raises:
        InputError: the file cannot be read or is no trace.
    """
    number = 0
    try:
        driver, pieces = "", []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            row = json.loads(line)
            if number == 1:
                if row["schema"] != "docexam.trace/1":
                    raise ValueError("another schema")
                driver = str(row["driver"])
            elif row["dir"] in ("in", "out"):
                pieces.append(Piece(int(row["t_ns"]), row["dir"], bytes.fromhex(row["hex"])))
    except (OSError, ValueError, KeyError, TypeError) as error:
        where = f", line {number}" if number else ""
        raise InputError(
            f"{path.name} is no trace that can be read{where}.",
            code="trace.unreadable",
            hint="Make one with `docexam devices record`.",
        ) from error
    return driver, pieces


class ReplayedDevice:
    """The other end of a memory transport that says what the trace says, when it says so.

    `deviations` counts commands that differ from the recorded ones: a driver that changed.
    """

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self._next = 0
        self._heard = b""
        self.deviations = 0

    @property
    def is_connected(self) -> bool:
        """A trace is never unplugged."""
        return True

    @property
    def is_over(self) -> bool:
        """All that was recorded has been said."""
        return self._next >= len(self._pieces)

    def opened(self, now_s: float) -> list[tuple[float, bytes]]:
        """What the device said before any command."""
        return self._say(now_s, 0)

    def feed(self, data: bytes, now_s: float) -> list[tuple[float, bytes]]:
        """Once a whole recorded command has come: what the device said to it."""
        self._heard += data
        sent: list[tuple[float, bytes]] = []
        while self._heard and not self.is_over:
            piece = self._pieces[self._next]
            if len(self._heard) < len(piece.data):
                break
            self.deviations += not self._heard.startswith(piece.data)
            self._heard = self._heard[len(piece.data) :]
            self._next += 1
            sent += self._say(now_s, piece.t_ns)
        if self.is_over:
            self._heard = b""  # whatever is asked after the end was not recorded
        return sent

    def tick(self, now_s: float) -> list[tuple[float, bytes]]:  # noqa: ARG002
        """Everything was said with its command."""
        return []

    def wakes_at(self) -> float | None:
        """Never."""
        return None

    def _say(self, now_s: float, since_ns: int) -> list[tuple[float, bytes]]:
        sent = []
        while not self.is_over and self._pieces[self._next].direction == "in":
            piece = self._pieces[self._next]
            sent.append((now_s + (piece.t_ns - since_ns) / 1e9, piece.data))
            self._next += 1
        return sent
