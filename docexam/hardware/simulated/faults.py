"""Faults of the wire and of the device, scripted, seeded and logged, so that a run can be repeated.

A script is a list of `Fault`s. Each wears off after `times` hits.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docexam.hardware.simulated.device import Sent, SimulatedDevice

WIRE_FAULTS = (
    "drop",
    "delay",
    "truncate",
    "split",
    "duplicate",
    "flip",
    "garbage",
    "checksum",
    "oversize",
    "disconnect",
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `kind`: one of `WIRE_FAULTS`, or a mood of the device.

    It hits from answer (a mood: command) number `first` on, counted from 0, `times` times, each
    time with `probability`. `size` is in seconds for `delay` and `split`, in bytes for `garbage`
    and `oversize`.
    """

    kind: str
    first: int = 0
    times: int = 1
    probability: float = 1.0
    size: float = 0.0


class Faulty:
    """A device whose wire, or whose mood, goes wrong as the script says."""

    def __init__(self, device: SimulatedDevice, script: list[Fault], *, seed: int = 0) -> None:
        self.device = device
        self.log: list[str] = []
        self._random = random.Random(seed)
        self._script = script
        self._left = [fault.times for fault in script]
        self.answers = 0
        self._commands = 0
        self._line_free_s = 0.0
        for fault in script:
            if fault.kind not in WIRE_FAULTS and fault.kind not in device.moods:
                raise ValueError(f"{type(device).__name__} has no fault {fault.kind}")

    @property
    def is_connected(self) -> bool:
        """False once unplugged."""
        return self.device.is_connected

    def opened(self, now_s: float) -> Sent:
        """Pass it on, spoiled where the script says so."""
        return self._spoil_all(self.device.opened(now_s))

    def feed(self, data: bytes, now_s: float) -> Sent:
        """Pass it on; a mood that is due starts before the device hears the command."""
        for index, fault in enumerate(self._script):
            times = self._left[index]
            if fault.kind in self.device.moods and times and self._commands >= fault.first:
                self.device.fall_into(fault.kind, times)
                self.log.append(f"{now_s:.6f} mood {fault.kind}")
                self._left[index] = 0
        self._commands += 1
        return self._spoil_all(self.device.feed(data, now_s))

    def tick(self, now_s: float) -> Sent:
        """Pass it on, spoiled where the script says so."""
        return self._spoil_all(self.device.tick(now_s))

    def wakes_at(self) -> float | None:
        """As the device."""
        return self.device.wakes_at()

    def _spoil_all(self, sent: Sent) -> Sent:
        out: Sent = []
        for at_s, data in sent:
            pieces = [(at_s, data)]
            for index, fault in enumerate(self._script):
                due = self._left[index] and self.answers >= fault.first
                if fault.kind not in WIRE_FAULTS or not due:
                    continue
                if self._random.random() < fault.probability:
                    self._left[index] -= 1
                    self.log.append(f"{at_s:.6f} {fault.kind} answer {self.answers}")
                    pieces = [new for old in pieces for new in self._spoil(fault, *old)]
            self.answers += 1
            for due_s, piece in pieces:
                # A wire keeps the order: what is late holds up what follows.
                self._line_free_s = max(self._line_free_s, due_s)
                out.append((self._line_free_s, piece))
        return out

    def _spoil(self, fault: Fault, at_s: float, data: bytes) -> Sent:
        match fault.kind:
            case "drop":
                return []
            case "delay":
                return [(at_s + (fault.size or 0.4), data)]
            case "truncate":
                return [(at_s, data[: max(0, len(data) - 1 - self._random.randrange(2))])]
            case "split":
                cut = max(1, len(data) // 2)
                return [(at_s, data[:cut]), (at_s + (fault.size or 0.005), data[cut:])]
            case "duplicate":
                return [(at_s, data), (at_s + 0.001, data)]
            case "flip":
                spoiled = bytearray(data)
                spoiled[self._random.randrange(len(data))] ^= 1 << self._random.randrange(8)
                return [(at_s, bytes(spoiled))]
            case "garbage":
                return [(at_s, self._random.randbytes(int(fault.size) or 6) + data)]
            case "checksum":
                return [(at_s, self.device.spoil_check(data))]
            case "oversize":
                return [(at_s, data[:1] + b"\xff" * (int(fault.size) or 70_000) + data[1:])]
            case _:
                self.device.unplug()
                return []
