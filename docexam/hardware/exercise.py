"""Using a device without lighting anything: what `record` records and `replay` repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.hardware.errors import FramingError
from docexam.hardware.protocols import Interlock, MrzReader
from docexam.nouns.device import DeviceEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docexam.hardware.clock import Clock
    from docexam.hardware.protocols import Device
    from docexam.nouns.device import DeviceMrz

_EACH_S = 1.0
_SHORTEST_S = 0.1
_PAUSE_S = 0.2


def exercise(
    device: Device, clock: Clock, for_s: float
) -> Iterator[DeviceMrz | DeviceEvent | bool]:
    """Ask who it is; then give every new zone, event or change of the lid for `for_s`."""
    device.identify(deadline_s=_EACH_S)
    end_s = clock.now() + for_s
    closed: bool | None = None
    last: DeviceMrz | None = None
    # What is left must be long enough for an answer: a deadline of nothing would be an error.
    while (left_s := end_s - clock.now()) > _SHORTEST_S:
        if isinstance(device, MrzReader):
            try:
                zone = device.read(deadline_s=min(_EACH_S, left_s))
            except FramingError as error:
                yield DeviceEvent("read-broken", clock.now(), device.info.driver, error.code)
                continue
            if zone is not None and zone != last:
                yield zone
            last = zone
            clock.sleep(min(_PAUSE_S, left_s))
        elif isinstance(device, Interlock):
            now_closed = device.is_closed()
            if now_closed != closed:
                closed = now_closed
                yield closed
            clock.sleep(min(_PAUSE_S, left_s))
        else:
            event = device.next_event(min(_EACH_S, left_s))
            if event is not None:
                yield event
