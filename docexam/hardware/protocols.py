"""The shapes of devices. Every call has a deadline; every device is a context manager.

Leaving a lamp's context darkens it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

if TYPE_CHECKING:
    from docexam.nouns.device import (
        DeviceEvent,
        DeviceInfo,
        DeviceMrz,
        LampCapabilities,
        LampState,
        ReaderCapabilities,
    )


class Device(Protocol):
    """What all devices have."""

    @property
    def info(self) -> DeviceInfo:
        """Who this is, as far as it was asked."""
        ...

    def identify(self, *, deadline_s: float = 1.0) -> DeviceInfo:
        """Ask the device who it is. Changes nothing and lights nothing.

        Raises:
            WrongDevice: something else answers.
            DeviceTimeout: nothing answers.
        """
        ...

    def next_event(self, timeout_s: float) -> DeviceEvent | None:
        """The oldest thing that the device said of itself; None after `timeout_s`."""
        ...

    def close(self) -> None:
        """Let go of the port; harmless when done twice."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


@runtime_checkable
class Lamp(Device, Protocol):
    """A controller with one or more lamps. Levels are 0..1; channels count as the device does."""

    @property
    def capabilities(self) -> LampCapabilities:
        """What this controller can do."""
        ...

    @property
    def state(self) -> LampState:
        """What the device last accepted."""
        ...

    def on(self, channel: int, level: float, *, deadline_s: float = 1.0) -> LampState:
        """Light `channel`. Returns once the device has accepted.

        Raises:
            Unsupported: no such channel, or a level outside 0..1.
            DeviceRefused, DeviceFault: the device said no. The lamp was told to go dark.
        """
        ...

    def pulse(
        self, channel: int, level: float, duration_s: float, *, deadline_s: float = 1.0
    ) -> LampState:
        """Light `channel` for a time that the controller itself ends.

        Raises:
            Unsupported: this controller cannot, or not for so long.
        """
        ...

    def off(self, channel: int | None = None, *, deadline_s: float = 1.0) -> LampState:
        """Darken one channel, or all."""
        ...

    def tell_events(self, *, deadline_s: float = 1.0) -> None:
        """Ask the controller to tell of faults by itself, where it can."""
        ...


@runtime_checkable
class MrzReader(Device, Protocol):
    """A reader that delivers the text of the machine readable zone."""

    @property
    def capabilities(self) -> ReaderCapabilities:
        """What this reader can do."""
        ...

    def read(self, *, deadline_s: float = 3.0) -> DeviceMrz | None:
        """The next zone read; None where the reader looked and saw none before the deadline.

        Raises:
            DeviceTimeout: the reader does not answer at all.
        """
        ...


@runtime_checkable
class Interlock(Device, Protocol):
    """Something that knows whether the lid is closed."""

    def is_closed(self, *, deadline_s: float = 0.06) -> bool:
        """True only when the device says so.

        Raises:
            HardwareError: the state is unknown; treat it as open.
        """
        ...
