"""A rig that lost a device goes on when the device is back: it is opened again for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from docexam.hardware.errors import DeviceDisconnected, HardwareError, InterlockOpen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docexam.hardware.clock import Clock

T = TypeVar("T")

#: Our starting values: how long a device may be away, and how often it is looked for.
BACK_WITHIN_S = 30.0
_LOOK_EVERY_S = 1.0
#: A rig that was open for so long had its device back: what fails now is another failure.
_WAS_BACK_S = 10.0

#: A cable was pulled, or the lid stood open: both mend without a restart.
_MENDS = (DeviceDisconnected, InterlockOpen)


def reopened(
    open_rig: Callable[[], Iterator[T]],
    clock: Clock,
    *,
    lost: Callable[[HardwareError], None],
    back_within_s: float = BACK_WITHIN_S,
) -> Iterator[T]:
    """What `open_rig` gives, opened again after a device was unplugged.

    `lost` hears each loss once. While a device is away, whatever its port answers is borne: a new
    port belongs to nobody, or to another program, for a moment.

    Raises:
        HardwareError: the rig could not be used from the start, failed otherwise than by a loss,
            or did not come back in time (the last failure is raised).
    """
    away_since_s: float | None = None
    while True:
        began_s = clock.now()
        try:
            yield from open_rig()
        except HardwareError as error:
            now_s = clock.now()
            if away_since_s is not None and now_s - began_s > _WAS_BACK_S:
                away_since_s = None
            if away_since_s is None:
                if not isinstance(error, _MENDS):
                    raise
                away_since_s = now_s
                lost(error)
            elif now_s - away_since_s > back_within_s:
                raise
        else:
            return
        clock.sleep(_LOOK_EVERY_S)
