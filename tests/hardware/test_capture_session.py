"""Captures in virtual time: every frame under its own lamp, and lamps that disobey are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.hardware.cameras.frame import CameraSettings
from docexam.hardware.clock import VirtualClock
from docexam.hardware.drivers import DRIVERS
from docexam.hardware.errors import DeviceTimeout, HardwareError, LampDisobeys, LightRefused
from docexam.hardware.registry import build, find_driver, simulator_of
from docexam.hardware.safety.head import LampHead
from docexam.hardware.safety.keeper import LightKeeper
from docexam.hardware.safety.ledger import DoseLedger
from docexam.hardware.session.capture import Captured, capture
from docexam.hardware.session.presence import PresenceWatch
from docexam.hardware.session.shots import Shot, take_dark
from docexam.hardware.simulated.camera import SimulatedCamera
from docexam.hardware.simulated.light import SimulatedLamp
from docexam.hardware.simulated.scene import Scene, to_linear, to_srgb
from docexam.hardware.simulated.wire import Wire
from docexam.hardware.transports.memory import MemoryTransport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LIGHTS = ("white", "ir", "uv")
SETTINGS = CameraSettings(6.0)
ONE_CHANNEL = ("usb-relay", "alnitak")
LAMPS = [
    driver.name
    for driver in DRIVERS
    if driver.kind == "lamp" and driver.simulator and driver.name not in ONE_CHANNEL
]


class Desk:
    """Each light shows in one colour channel only, so that a mixed frame gives itself away."""

    def __init__(
        self,
        folder: Path,
        driver: str = "s-hash",
        *,
        baud: int = 0,
        fps: float = 60.0,
        longest_ms: float | None = None,
    ) -> None:
        self.clock = VirtualClock(50.0)
        entry = find_driver(driver)
        lamp = simulator_of(entry, entry.example)
        assert isinstance(lamp, SimulatedLamp)
        self.lamp = lamp
        peer = Wire(lamp, baud) if baud else lamp
        options = {**entry.example, "threaded": False}
        device = build(entry, MemoryTransport(peer, self.clock, baud=baud), options)
        channels = list(lamp.traces)[:3]
        self.heads = {
            light: LampHead(
                light, "main", channel, irradiance_w_m2=0.01, longest_ms=longest_ms, rise_ms=3.0
            )
            for light, channel in zip(LIGHTS, channels, strict=True)
        }
        traces = dict(zip(LIGHTS, (lamp.traces[channel] for channel in channels), strict=True))
        for trace in traces.values():
            trace.rise_s, trace.fall_s = 0.003, 0.002
        self.scene = Scene((48, 64), traces)
        pictures = {}
        for index, light in enumerate(LIGHTS):
            picture = np.zeros((48, 64, 3), np.uint8)
            picture[..., index] = 200
            pictures[light] = picture
        self.scene.put(pictures)
        self.camera = SimulatedCamera(self.scene, self.clock, fps=fps)
        self.keeper = LightKeeper(
            clock=self.clock,
            lamps={"main": device},  # type: ignore[dict-item]
            heads=self.heads,
            ledger=DoseLedger(folder / "dose.jsonl"),
            runs_without_lid=True,
        )
        self.keeper.start()
        self.plan = tuple(Shot(light, SETTINGS) for light in LIGHTS)

    def capture(self) -> Captured:
        return capture(self.camera, self.keeper, self.heads, self.plan, self.clock)

    def wait_for_duty(self) -> None:
        self.clock.sleep(2.0)


def assert_pure(captured: Captured) -> None:
    """Each frame shows its own light at full strength, evenly, and nothing of the others."""
    for index, taken in enumerate(captured.taken):
        pixels = taken.frame.pixels
        assert (abs(pixels[..., index].astype(int) - 200) <= 1).all(), taken.shot.light
        others = [channel for channel in range(3) if channel != index]
        assert (pixels[..., others] == 0).all(), taken.shot.light
    for dark in captured.dark:
        assert (dark.frame.pixels == 0).all()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def make(*args: object, **options: object) -> Desk:
        made.append(Desk(tmp_path, *args, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.keeper.close()


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0, 90.0])
@pytest.mark.parametrize("baud", [0, 9600, 115200])
def test_every_frame_under_its_own_lamp(desk: Callable[..., Desk], fps: float, baud: int) -> None:
    bench = desk("s-hash", baud=baud, fps=fps)
    for round_ in range(12):
        bench.clock.sleep(2.0 + 0.0037 * round_)  # another phase against the frames each time
        captured = bench.capture()
        assert_pure(captured)
        assert bench.lamp.is_dark(bench.clock.now())


@pytest.mark.parametrize("driver", LAMPS)
def test_with_every_lamp_driver(desk: Callable[..., Desk], driver: str) -> None:
    bench = desk(driver, baud=9600)
    bench.wait_for_duty()
    assert_pure(bench.capture())


def test_old_frames_are_skipped_by_their_times(desk: Callable[..., Desk]) -> None:
    bench = desk()
    bench.clock.sleep(5.0)
    dark = take_dark(bench.camera, bench.plan[0], bench.clock.now(), 0.0, bench.clock)
    assert dark.skipped >= 4
    assert_pure(bench.capture())


def test_three_lights_at_60_fps_within_400_ms(desk: Callable[..., Desk]) -> None:
    for baud in (9600, 115200):
        bench = desk("s-hash", baud=baud)
        bench.wait_for_duty()
        captured = bench.capture()
        assert captured.elapsed_s < 0.4
        assert captured.wire_s + captured.frame_s + captured.code_s == pytest.approx(
            captured.elapsed_s
        )
        bench.keeper.close()


def test_many_captures_in_virtual_time(desk: Callable[..., Desk]) -> None:
    bench = desk()
    for _ in range(150):
        bench.clock.sleep(1.7)
        assert_pure(bench.capture())


def test_a_stuck_lamp_is_found_and_uv_refused(desk: Callable[..., Desk]) -> None:
    bench = desk()
    bench.wait_for_duty()
    assert_pure(bench.capture())
    bench.lamp.fall_into("stuck")
    with pytest.raises(LampDisobeys, match="no longer obeys"):
        bench.capture()
    bench.lamp.recover()
    bench.keeper.all_off()
    bench.wait_for_duty()
    with pytest.raises(LightRefused, match="no longer obeys"):
        bench.capture()


def test_a_lamp_that_gives_no_light_is_found(desk: Callable[..., Desk]) -> None:
    bench = desk()
    bench.wait_for_duty()
    bench.scene.document["ir"][:] = 0  # type: ignore[index]
    with pytest.raises(LampDisobeys, match="ir lamp was switched on"):
        bench.capture()
    assert bench.lamp.is_dark(bench.clock.now())


def test_ultraviolet_without_any_glow_is_a_warning(desk: Callable[..., Desk]) -> None:
    bench = desk()
    bench.wait_for_duty()
    assert bench.capture().warnings == ()
    bench.scene.document["uv"][:] = 0  # type: ignore[index]
    bench.wait_for_duty()
    (warning,) = bench.capture().warnings
    assert "uv picture is as dark" in warning


def test_a_frozen_camera_is_named_and_lamps_are_dark(desk: Callable[..., Desk]) -> None:
    bench = desk()
    bench.wait_for_duty()
    bench.camera.is_frozen = True
    with pytest.raises(DeviceTimeout, match="no frame"):
        bench.capture()
    assert bench.lamp.is_dark(bench.clock.now())


@pytest.mark.parametrize("mood", ["silent", "refuse"])
def test_a_lamp_that_fails_in_the_middle_leaves_no_light(
    desk: Callable[..., Desk], mood: str
) -> None:
    bench = desk()
    bench.wait_for_duty()
    bench.lamp.fall_into(mood, 1)
    with pytest.raises(HardwareError):
        bench.capture()
    assert bench.lamp.is_dark(bench.clock.now() + 0.5)


def test_a_shot_beyond_the_rating_is_refused(desk: Callable[..., Desk]) -> None:
    bench = desk(longest_ms=20.0)
    bench.wait_for_duty()
    with pytest.raises(LightRefused, match="rating is 20 ms"):
        bench.capture()
    assert bench.lamp.is_dark(bench.clock.now())


def test_exposure_changes_between_lights(desk: Callable[..., Desk]) -> None:
    bench = desk(fps=30.0)
    bench.plan = (
        Shot("white", CameraSettings(6.0)),
        Shot("ir", CameraSettings(12.0), 0.5),
        Shot("uv", CameraSettings(50.0)),
    )
    bench.scene.document["uv"][:] *= 6.0 / 50.0  # type: ignore[index]
    bench.wait_for_duty()
    captured = bench.capture()
    for index, taken in enumerate(captured.taken):
        assert abs(float(taken.frame.pixels[..., index].mean()) - 200) < 2
    assert len(captured.dark) == 3
    assert {one.shot.settings.exposure_ms for one in captured.dark} == {6.0, 12.0, 50.0}


def test_a_frame_across_a_change_of_lamps_would_show() -> None:
    from docexam.hardware.simulated.light import LightTrace

    white, uv = LightTrace(), LightTrace()
    scene = Scene((48, 64), {"white": white, "uv": uv})
    picture = np.full((48, 64, 3), 200, np.uint8)
    scene.put({"white": picture, "uv": picture // 2})
    white.set(1.0, 0.0)
    white.set(0.0, 1.005)
    uv.set(1.0, 1.005)
    rows = scene.picture(1.0, 0.006, 0.008, 1.0, 0.006)[:, 0, 0].astype(int)
    assert rows[0] > rows[-1] + 20, "the upper rows saw white, the lower ones ultraviolet"


def test_linear_light_round_trip() -> None:
    levels = np.arange(256, dtype=np.uint8)
    assert (to_srgb(to_linear(levels)) == levels).all()


def test_presence_and_removal() -> None:
    rng = np.random.default_rng(1)
    empty = rng.integers(5, 10, (480, 640), np.uint8)
    card = empty.copy()
    card[100:400, 100:500] = 180
    shifted = np.roll(card, 40, axis=1)
    watch = PresenceWatch(empty)
    seen = [watch.look(picture) for picture in (empty, card, shifted, shifted, empty)]
    assert seen == ["empty", "moving", "moving", "present", "empty"]
