"""What every lamp driver must do, against a simulator or a real lamp.

    class TestMyLamp(LampConformance):
        @pytest.fixture
        def bench(self):
            with open_device("my-lamp", "/dev/ttyUSB0") as lamp:
                yield LampBench(lamp)

`light` tells how bright a channel really is; without it (a real lamp and no photometer) only what
the driver says is checked.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from docexam.hardware.errors import DeviceDisconnected, HardwareError, Unsupported
from docexam.hardware.protocols import Lamp

if TYPE_CHECKING:
    from collections.abc import Callable

SLACK_S = 0.6  # a caller waits half a second longer than the deadline for the owner thread


@dataclass(frozen=True)
class LampBench:
    """A lamp and, where there is one, the truth about its light and its cable."""

    lamp: Lamp
    light: Callable[[int], float] | None = None
    unplug: Callable[[], None] | None = None
    wait_s: Callable[[float], None] = time.sleep
    now_s: Callable[[], float] = time.monotonic

    def assert_light(self, channel: int, level: float, tolerance: float = 0.01) -> None:
        """The real light is as expected, where it can be seen."""
        if self.light is not None:
            # A lamp that never answers obeys a moment after the driver has returned.
            end_s = self.now_s() + 0.5
            while abs(self.light(channel) - level) > tolerance and self.now_s() < end_s:
                self.wait_s(0.002)
            assert self.light(channel) == pytest.approx(level, abs=tolerance)


class LampConformance:
    """Subclass and provide `bench`."""

    def test_is_a_lamp(self, bench: LampBench) -> None:
        """It has the whole shape."""
        assert isinstance(bench.lamp, Lamp)
        assert bench.lamp.info.kind == "lamp"
        assert bench.lamp.info.port
        assert bench.lamp.capabilities.channels

    def test_identifying_lights_nothing(self, bench: LampBench) -> None:
        """Whoever asks who is there gets no light."""
        info = bench.lamp.identify(deadline_s=1.0)
        assert info.driver == bench.lamp.info.driver
        for channel in bench.lamp.capabilities.channels:
            bench.assert_light(channel, 0.0)

    def test_on_lights_that_channel_only(self, bench: LampBench) -> None:
        """One channel, at its level; the others stay dark."""
        first, *others = bench.lamp.capabilities.channels
        level = 1.0 if bench.lamp.capabilities.steps == 1 else 0.5
        state = bench.lamp.on(first, level)
        assert state.levels[first] == level
        bench.assert_light(first, level, tolerance=1 / bench.lamp.capabilities.steps)
        for channel in others:
            bench.assert_light(channel, 0.0)

    def test_off_darkens_one(self, bench: LampBench) -> None:
        """One channel goes dark; another stays lit."""
        channels = bench.lamp.capabilities.channels
        for channel in channels[:2]:
            bench.lamp.on(channel, 1.0)
        bench.lamp.off(channels[0])
        bench.assert_light(channels[0], 0.0)
        if len(channels) > 1:
            bench.assert_light(channels[1], 1.0)
            assert bench.lamp.state.levels == {channels[1]: 1.0}

    def test_off_darkens_all(self, bench: LampBench) -> None:
        """Without a channel, all of them."""
        for channel in bench.lamp.capabilities.channels:
            bench.lamp.on(channel, 1.0)
        assert bench.lamp.off().is_dark
        for channel in bench.lamp.capabilities.channels:
            bench.assert_light(channel, 0.0)

    def test_level_zero_is_off(self, bench: LampBench) -> None:
        """Nothing glows at level 0."""
        channel = bench.lamp.capabilities.channels[0]
        bench.lamp.on(channel, 1.0)
        assert bench.lamp.on(channel, 0.0).is_dark
        bench.assert_light(channel, 0.0)

    @pytest.mark.parametrize("level", [-0.1, 1.1, float("nan")])
    def test_impossible_levels_are_refused(self, bench: LampBench, level: float) -> None:
        """Levels run from 0 to 1, and nothing is sent otherwise."""
        channel = bench.lamp.capabilities.channels[0]
        with pytest.raises(Unsupported):
            bench.lamp.on(channel, level)
        bench.assert_light(channel, 0.0)

    def test_unknown_channels_are_refused(self, bench: LampBench) -> None:
        """A channel that the controller has not is named in the error."""
        with pytest.raises(Unsupported, match="channel 99"):
            bench.lamp.on(99, 0.5)
        with pytest.raises(Unsupported):
            bench.lamp.off(99)

    def test_pulses_end_themselves_or_are_refused(self, bench: LampBench) -> None:
        """A self-ending pulse is dark again without any further command."""
        channel = bench.lamp.capabilities.channels[0]
        longest_s = bench.lamp.capabilities.pulse_max_s
        if not longest_s:
            with pytest.raises(Unsupported):
                bench.lamp.pulse(channel, 1.0, 0.01)
            return
        bench.lamp.pulse(channel, 1.0, 0.03)
        bench.wait_s(0.05)
        bench.assert_light(channel, 0.0)
        with pytest.raises(Unsupported):
            bench.lamp.pulse(channel, 1.0, longest_s * 1.01)
        with pytest.raises(Unsupported):
            bench.lamp.pulse(channel, 1.0, 0.0)

    def test_closing_darkens(self, bench: LampBench) -> None:
        """Twice closed is as good as once; a closed lamp says so."""
        channel = bench.lamp.capabilities.channels[0]
        bench.lamp.on(channel, 1.0)
        bench.lamp.close()
        bench.lamp.close()
        bench.assert_light(channel, 0.0)
        with pytest.raises(HardwareError):
            bench.lamp.on(channel, 1.0)

    def test_an_exception_darkens(self, bench: LampBench) -> None:
        """Leaving the context by an error leaves no light."""
        channel = bench.lamp.capabilities.channels[0]

        def work() -> None:
            with bench.lamp:
                bench.lamp.on(channel, 1.0)
                raise RuntimeError("the program failed")

        with pytest.raises(RuntimeError, match="the program failed"):
            work()
        bench.assert_light(channel, 0.0)

    def test_unplugging_is_reported_by_name(self, bench: LampBench) -> None:
        """Every call after unplugging names the device, within its deadline."""
        if bench.unplug is None:
            pytest.skip("nobody here can pull the cable")
        bench.unplug()
        started_s = bench.now_s()
        channel = bench.lamp.capabilities.channels[0]

        def insist(call: Callable[[], object]) -> None:
            # A wire that has just been cut may swallow one silent command.
            for _ in range(50):
                call()
                bench.wait_s(0.01)

        for call in (
            lambda: bench.lamp.on(channel, 1.0, deadline_s=0.5),
            lambda: bench.lamp.off(deadline_s=0.5),
        ):
            with pytest.raises(DeviceDisconnected) as caught:
                insist(call)
            assert caught.value.device == bench.lamp.info.driver
            assert caught.value.hint
        assert bench.now_s() - started_s < 2 * (0.5 + SLACK_S)
