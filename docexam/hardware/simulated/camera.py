"""A simulated camera over a simulated glass: free-running, rolling shutter, old frames queued."""

from __future__ import annotations

from collections import deque
from math import inf
from typing import TYPE_CHECKING, ClassVar

from docexam.hardware.cameras.base import BaseCamera
from docexam.hardware.cameras.frame import CameraCapabilities, CameraFrame, CameraSettings
from docexam.hardware.errors import DeviceDisconnected, DeviceTimeout

if TYPE_CHECKING:
    from docexam.hardware.clock import Clock
    from docexam.hardware.simulated.scene import Scene
    from docexam.nouns.device import Evidence

_QUEUE = 4


class SimulatedCamera(BaseCamera):
    """Frames at `fps` whether anybody looks or not; the queue keeps the oldest, as V4L2 does.

    `nominal_ms`: the exposure at which full light is white. Faults: `freeze` (no more frames),
    `unplug`.
    """

    name: ClassVar[str] = "simulated-camera"
    evidence: ClassVar[Evidence] = "unconfirmed"

    def __init__(
        self,
        scene: Scene,
        clock: Clock,
        *,
        fps: float = 60.0,
        readout_ms: float = 8.0,
        nominal_ms: float = 6.0,
        transfer_ms: float = 2.0,
    ) -> None:
        period_s = 1 / fps
        super().__init__(
            "sim:",
            CameraCapabilities(
                period_s=period_s,
                readout_s=readout_ms / 1000,
                exposure_ms=(0.1, 1000.0),
                gain=(1.0, 64.0),
            ),
        )
        self.scene = scene
        self._clock = clock
        self._nominal_s = nominal_ms / 1000
        self._transfer_s = transfer_ms / 1000
        self._settings = CameraSettings(nominal_ms)
        self._epoch_s = clock.now()
        self._seen = -1
        self._queue: deque[tuple[int, float, CameraSettings]] = deque()
        self.is_frozen = False
        self.is_plugged = True

    def configure(self, settings: CameraSettings, *, deadline_s: float = 1.0) -> CameraSettings:  # noqa: ARG002
        """Takes effect with the next frame that begins; a longer exposure stretches the period."""
        self.require(settings)
        self._advance()
        if settings != self._settings:
            # Frames begun so far keep the old exposure; numbering restarts at this moment.
            self._settings = settings
            self._epoch_s = self._clock.now() - (self._seen + 1) * self._period_s
        return settings

    def next_frame(self, *, deadline_s: float = 1.0, not_before_s: float = -inf) -> CameraFrame:
        """The oldest frame in the queue that is new enough, or the next to come."""
        end_s = self._clock.now() + deadline_s
        skipped = 0
        while True:
            self._advance()
            if not self.is_plugged:
                raise DeviceDisconnected(
                    "The simulated camera was unplugged.",
                    hint="Plug it in again.",
                    device=self.name,
                    port="sim:",
                )
            while self._queue:
                number, start_s, settings = self._queue.popleft()
                if start_s >= not_before_s:
                    return self._picture(number, start_s, settings, skipped)
                skipped += 1
            left_s = end_s - self._clock.now()
            if left_s <= 0:
                raise DeviceTimeout(
                    f"The simulated camera gave no frame within {deadline_s:g} s.",
                    hint="Restart the camera.",
                    device=self.name,
                    port="sim:",
                )
            due_s = end_s if self.is_frozen else self._delivered_s(self._seen + 1)
            self._clock.sleep(min(left_s, due_s - self._clock.now() + 1e-6))

    def _picture(
        self, number: int, start_s: float, settings: CameraSettings, skipped: int
    ) -> CameraFrame:
        exposure_s = settings.exposure_ms / 1000
        readout_s = self._capabilities.readout_s
        pixels = self.scene.picture(start_s, exposure_s, readout_s, settings.gain, self._nominal_s)
        return CameraFrame(pixels, start_s, start_s + exposure_s + readout_s, number, skipped)

    @property
    def _period_s(self) -> float:
        return max(self._capabilities.period_s, self._settings.exposure_ms / 1000)

    def _delivered_s(self, number: int) -> float:
        exposed_s = self._settings.exposure_ms / 1000 + self._capabilities.readout_s
        return self._epoch_s + number * self._period_s + exposed_s + self._transfer_s

    def _advance(self) -> None:
        """Let the frames that have arrived by now enter the queue, or be lost."""
        if self.is_frozen:
            return
        now_s = self._clock.now()
        behind = int((now_s - self._delivered_s(self._seen + 1)) / self._period_s)
        while self._delivered_s(self._seen + 1) <= now_s:
            self._seen += 1
            if len(self._queue) < _QUEUE:
                start_s = self._epoch_s + self._seen * self._period_s
                self._queue.append((self._seen, start_s, self._settings))
            elif behind > _QUEUE:
                # The queue is full of the oldest: all that came since is lost at once.
                self._seen += max(0, int((now_s - self._delivered_s(self._seen)) / self._period_s))
