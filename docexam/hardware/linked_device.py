"""What every driver over one link shares: who it is, events, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from docexam.hardware.errors import FramingError
from docexam.hardware.link import Link
from docexam.nouns.device import DeviceEvent, DeviceInfo, DeviceKind, Evidence

if TYPE_CHECKING:
    from docexam.hardware.framing import Frame, Framer
    from docexam.hardware.transports.base import Transport


class LinkedDevice:
    """Subclasses name themselves and say what an unsolicited frame means."""

    name: ClassVar[str]
    kind: ClassVar[DeviceKind]
    evidence: ClassVar[Evidence]
    unconfirmed: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        transport: Transport,
        framer: Framer,
        *,
        redact: bool,
        threaded: bool,
        max_events: int = 64,
    ) -> None:
        self._link = Link(
            transport,
            framer,
            device=self.name,
            redact=redact,
            threaded=threaded,
            max_events=max_events,
        )
        self._clock = transport.clock
        self._info = DeviceInfo(
            driver=self.name,
            kind=self.kind,
            evidence=self.evidence,
            port=transport.port,
            unconfirmed=self.unconfirmed,
        )

    @property
    def info(self) -> DeviceInfo:
        """Who this is, as far as it was asked."""
        return self._info

    @property
    def resyncs(self) -> int:
        """How often the line had to be resynchronised."""
        return self._link.resyncs

    def next_event(self, timeout_s: float) -> DeviceEvent | None:
        """The oldest thing that the device said of itself; None after `timeout_s`."""
        end_s = self._clock.now() + timeout_s
        while True:
            came = self._link.next_event(max(0.0, end_s - self._clock.now()))
            if came is None:
                return None
            event = self._event(came[1], came[0])
            if event is not None:
                return event

    def close(self) -> None:
        """Let go of the port; harmless when done twice."""
        self._link.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _broken_read(self, rejected_before: int) -> FramingError | None:
        """The error to raise when a read brought nothing but broken bytes since then."""
        if sum(self._link.rejected.values()) <= rejected_before:
            return None
        return FramingError(
            f"{self.name} on {self._info.port} sent a zone that did not arrive whole.",
            hint="Present the document again; check the cable if it happens often.",
            device=self.name,
            port=self._info.port,
        )

    def _event(self, frame: Frame, at_s: float) -> DeviceEvent | None:  # noqa: ARG002
        """What an unsolicited frame means; None when nothing."""
        return None
