"""One port, one owner: commands out, answers back within a deadline, the rest to a queue.

A `Link` owns its transport. With `threaded=True` one thread reads and writes, so that events are
seen between commands; else each call does its own reading (virtual time, single-threaded tools).
"""

from __future__ import annotations

import threading
import warnings
from collections import deque
from concurrent.futures import TimeoutError as FutureTimeout
from typing import TYPE_CHECKING, Self, TypeVar

from docexam.hardware.errors import (
    ChecksumError,
    DeviceDisconnected,
    DeviceTimeout,
    FramingError,
    HardwareError,
    show_bytes,
)
from docexam.hardware.port_owner import PortOwner

if TYPE_CHECKING:
    from collections.abc import Callable

    from docexam.hardware.framing import Frame, Framer
    from docexam.hardware.transports.base import Transport

Result = TypeVar("Result")
Failure = TypeVar("Failure", bound=HardwareError)

_IDLE_READ_S = 0.5
# The owner keeps the deadline itself; a caller waits this much longer before it stops believing it.
_OWNER_GRACE_S = 0.5
_KEPT_BYTES = 64


class Link:
    """The only user of one transport. `device` names it in errors; `redact` hides letters there."""

    def __init__(
        self,
        transport: Transport,
        framer: Framer,
        *,
        device: str,
        redact: bool = True,
        threaded: bool = True,
        max_events: int = 64,
    ) -> None:
        self.transport = transport
        self.clock = transport.clock
        self.device = device
        self.resyncs = 0
        self.lost_events = 0
        self._framer = framer
        self._redact = redact
        self._last: deque[int] = deque(maxlen=_KEPT_BYTES)
        self._events: deque[tuple[float, Frame]] = deque(maxlen=max_events)
        self._event_came = threading.Condition()
        self._broken: HardwareError | None = None
        self._closed = False
        self._lock = threading.RLock()
        self._owner: PortOwner | None = None
        if threaded:
            self._owner = PortOwner(
                f"docexam {device} {transport.port}",
                listen=self._listen_idly,
                wake=transport.wake,
                ended=lambda: self._closed or self._broken is not None,
            )

    @property
    def port(self) -> str:
        """The port's URL."""
        return self.transport.port

    @property
    def is_broken(self) -> bool:
        """The device is gone; every further call raises."""
        return self._broken is not None

    @property
    def rejected(self) -> dict[str, int]:
        """How many broken messages came so far, by reason."""
        return dict(self._framer.rejected)

    def exchange(
        self,
        data: bytes,
        accept: Callable[[Frame], bool],
        *,
        deadline_s: float,
        expect: str = "",
    ) -> Frame:
        """Send `data`; return the first frame that `accept` takes. Others become events.

        Raises:
            DeviceTimeout: none came within `deadline_s`.
            FramingError: only bytes came that make no message.
            DeviceDisconnected: the device is gone.
        """
        return self._as_owner(lambda: self._exchange(data, accept, deadline_s, expect), deadline_s)

    def query(
        self,
        data: bytes,
        accept: Callable[[Frame], bool],
        *,
        deadline_s: float,
        expect: str = "",
        tries: int = 2,
    ) -> Frame:
        """As `exchange`, repeated after a failure. Only for what may safely be sent twice."""
        end_s = self.clock.now() + deadline_s
        for left in range(tries, 1, -1):
            try:
                each_s = (end_s - self.clock.now()) / left
                return self.exchange(data, accept, deadline_s=each_s, expect=expect)
            except DeviceDisconnected:
                raise
            except (DeviceTimeout, FramingError):
                self.resynchronise()
                if self.clock.now() >= end_s:
                    raise
        left_s = end_s - self.clock.now()
        return self.exchange(data, accept, deadline_s=left_s, expect=expect)

    def send(self, data: bytes, *, deadline_s: float) -> None:
        """Send `data` to a device that never answers."""
        self._as_owner(lambda: self.transport.write(data, deadline_s), deadline_s)

    def resynchronise(self) -> None:
        """Read until the line is silent for the protocol's idle gap (at most four gaps)."""
        self._as_owner(self._drain, 4 * self._framer.idle_gap_s)

    def next_event(self, timeout_s: float) -> tuple[float, Frame] | None:
        """The oldest unsolicited frame and its arrival time; None after `timeout_s`.

        Raises:
            DeviceDisconnected: the device is gone and no event is left.
        """
        end_s = self.clock.now() + timeout_s
        if self._owner is None:
            while not self._events:
                left_s = max(0.0, end_s - self.clock.now())
                self._as_owner(lambda left=left_s: self._listen(left), left_s)  # type: ignore[misc]
                if self.clock.now() >= end_s:
                    break
        with self._event_came:
            while not self._events:
                self._raise_if_unusable()
                left_s = end_s - self.clock.now()
                if left_s <= 0 or self._owner is None:
                    return None
                self._event_came.wait(left_s)
            return self._events.popleft()

    def close(self) -> None:
        """Stop the owner and let go of the port; harmless when done twice."""
        if self._closed:
            return
        self._closed = True
        self.transport.wake()
        if self._owner is not None:
            self._owner.join()
        self.transport.close()
        with self._event_came:
            self._event_came.notify_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            warnings.warn(f"{self.device} on {self.port} was never closed", ResourceWarning, 2)
            self._closed = True
            self.transport.wake()

    # -- the owner's side ----------------------------------------------------------------------

    def _listen_idly(self) -> None:
        try:
            self._listen(_IDLE_READ_S)
        except HardwareError as error:
            self._break(error)

    def _as_owner(self, work: Callable[[], Result], deadline_s: float) -> Result:
        self._raise_if_unusable()
        if self._owner is None:
            with self._lock:
                return self._guarded(work)

        def job() -> Result:
            self._raise_if_unusable()
            return self._guarded(work)

        try:
            return self._owner.run(job, timeout_s=deadline_s + _OWNER_GRACE_S)
        except FutureTimeout as error:
            if isinstance(error, HardwareError):
                raise
            raise self._error(DeviceTimeout, f"did not answer within {deadline_s:.2g} s") from None

    def _guarded(self, work: Callable[[], Result]) -> Result:
        try:
            return work()
        except DeviceDisconnected as error:
            self._break(error)
            raise

    def _exchange(
        self, data: bytes, accept: Callable[[Frame], bool], deadline_s: float, expect: str
    ) -> Frame:
        end_s = self.clock.now() + deadline_s
        self._publish(self._pump(0.0))
        self._framer.expected = expect
        before = sum(self._framer.rejected.values())
        try:
            self.transport.write(data, deadline_s)
            while True:
                left_s = end_s - self.clock.now()
                # Silence ends a broken message: while one is open, wait no longer than the gap.
                wait_s = min(left_s, self._framer.idle_gap_s) if self._framer.pending else left_s
                frames = self._pump(wait_s)
                wanted = next((frame for frame in frames if accept(frame)), None)
                self._publish([frame for frame in frames if frame is not wanted])
                if wanted is not None:
                    return wanted
                failed = sum(self._framer.rejected.values()) > before
                if failed and not self._framer.pending:
                    raise self._bad_bytes()
                if self.clock.now() >= end_s:
                    raise self._error(DeviceTimeout, f"did not answer within {deadline_s:.2g} s")
        finally:
            self._framer.expected = ""

    def _listen(self, timeout_s: float) -> None:
        wait_s = min(timeout_s, self._framer.idle_gap_s) if self._framer.pending else timeout_s
        self._publish(self._pump(wait_s))

    def _drain(self) -> None:
        self.resyncs += 1
        gap_s = self._framer.idle_gap_s
        end_s = self.clock.now() + 4 * gap_s
        while self.clock.now() < end_s:
            before_s = self.clock.now()
            if not self.transport.read(gap_s) and self.clock.now() - before_s >= gap_s * 0.99:
                break
        self._framer.reset()

    def _pump(self, timeout_s: float) -> list[Frame]:
        data = self.transport.read(timeout_s)
        self._last.extend(data)
        return self._framer.feed(data, self.clock.now())

    def _publish(self, frames: list[Frame]) -> None:
        if not frames:
            return
        with self._event_came:
            for frame in frames:
                self.lost_events += len(self._events) == self._events.maxlen
                self._events.append((self.clock.now(), frame))
            self._event_came.notify_all()

    def _break(self, error: HardwareError) -> None:
        error.device = error.device or self.device
        # A transport knows no names: its sentence gets one here.
        error.message = error.message.replace("The device on", f"The {self.device} on", 1)
        with self._event_came:
            self._broken = error
            self._event_came.notify_all()

    def _raise_if_unusable(self) -> None:
        if self._broken is not None:
            raise self._broken.__class__(
                self._broken.message,
                hint=self._broken.hint,
                device=self.device,
                port=self.port,
                last_bytes=show_bytes(bytes(self._last), redact=self._redact),
            )
        if self._closed:
            raise self._error(DeviceDisconnected, "was closed")

    def _bad_bytes(self) -> FramingError:
        if self._framer.last_rejected == "checksum":
            return self._error(ChecksumError, "answered with a wrong check value")
        return self._error(FramingError, "answered with bytes that make no message")

    def _error(self, kind: type[Failure], what: str) -> Failure:
        return kind(
            f"{self.device} on {self.port} {what}.",
            hint="Check the cable, the speed setting and that it is the device you named.",
            device=self.device,
            port=self.port,
            last_bytes=show_bytes(bytes(self._last), redact=self._redact),
        )
