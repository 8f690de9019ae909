"""The numbers that the guard keeps, each with its source.

Those marked "unconfirmed" are recollections of the standards and must be checked against them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Band = Literal["uv-a", "uv-c"]

#: Light names of a capture set that are ultraviolet, and the band whose dose they add to.
UV_BANDS: dict[str, Band] = {"uv": "uv-a", "uv254": "uv-c"}

#: J/m2 in eight hours. UV-A: Directive 2006/25/EC, annex I, index c (eye; whole day: unconfirmed).
#: UV-C: 30 J/m2 effective (same annex, index a) over S = 0.5 at 254 nm (unconfirmed).
DOSE_LIMITS_J_M2: dict[Band, float] = {"uv-a": 10_000.0, "uv-c": 60.0}
DOSE_WINDOW_S = 8 * 3600.0
#: Our starting value: tell the officer at half the limit.
DOSE_WARNING_SHARE = 0.5

#: Where a rig does not say what a head emits: risk group 2 of IEC 62471 for UV-A (unconfirmed).
ASSUMED_IRRADIANCE_W_M2 = 100.0


@dataclass(frozen=True, slots=True)
class UvRules:
    """Our starting values; a rig may only make them stricter.

    `shot_s`: the longest single exposure unless a shot asks for more; `absolute_s`: never more.
    `duty` of any `duty_window_s`. `lid_poll_s`: how often the lid is asked while UV is lit.
    """

    shot_s: float = 1.0
    absolute_s: float = 5.0
    duty: float = 0.10
    duty_window_s: float = 60.0
    lid_poll_s: float = 0.02
