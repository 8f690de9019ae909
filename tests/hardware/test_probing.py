"""Asking who is there: finds every device that can be asked, and lights none."""

from __future__ import annotations

import contextlib
import errno
from typing import TYPE_CHECKING

import pytest
import serial

from docexam.errors import SettingsError
from docexam.hardware import probing
from docexam.hardware.clock import VirtualClock
from docexam.hardware.discovery import EXTRA_PORTS, Port, list_ports, watch_ports
from docexam.hardware.drivers import DRIVERS, Driver
from docexam.hardware.errors import AccessDenied, DeviceBusy, DeviceNotFound, HardwareError
from docexam.hardware.registry import build, find_driver, open_device, simulator_of
from docexam.hardware.simulated.light import SimulatedLamp
from docexam.hardware.simulated.serving import PtyServer, TcpServer
from docexam.hardware.transports.memory import MemoryTransport
from docexam.hardware.transports.serial_settings import SerialSettings

if TYPE_CHECKING:
    from collections.abc import Callable
from itertools import islice

ASKABLE = [driver for driver in DRIVERS if driver.may_probe]
LAMPS = [driver for driver in DRIVERS if driver.kind == "lamp" and driver.simulator]


@pytest.mark.parametrize("lamp", LAMPS, ids=[lamp.name for lamp in LAMPS])
@pytest.mark.parametrize("asked_as", ASKABLE, ids=[driver.name for driver in ASKABLE])
def test_no_question_lights_any_lamp(lamp: Driver, asked_as: Driver) -> None:
    simulated = simulator_of(lamp, lamp.example)
    assert isinstance(simulated, SimulatedLamp)
    clock = VirtualClock()
    device = build(asked_as, MemoryTransport(simulated, clock), {"threaded": False})
    with contextlib.suppress(HardwareError):
        device.identify(deadline_s=0.3)
    device.close()
    for trace in simulated.traces.values():
        assert trace.levels == [0.0]


@pytest.mark.parametrize("driver", ASKABLE, ids=[driver.name for driver in ASKABLE])
def test_finds_each_device_over_a_wire(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "ANSWER_S", 0.1)
    peer = simulator_of(driver)
    over_tcp = driver.port_example.startswith("tcp:")
    with TcpServer(peer) if over_tcp else PtyServer(peer) as server:
        found = probing.probe(server.port, (driver.name, "elyctis", "honeywell"))
    assert found is not None
    assert found.info.driver == driver.name


def test_finds_the_right_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "ANSWER_S", 0.1)
    with PtyServer(simulator_of(find_driver("elyctis")), baud=115200) as server:
        found = probing.probe(server.port, ("elyctis",))
    assert found is not None
    assert found.baud == 115200


def test_nobody_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "ANSWER_S", 0.02)
    with PtyServer(simulator_of(find_driver("rte"))) as server:
        assert probing.probe(server.port, ("opt", "s-hash")) is None


def test_a_port_that_is_in_use_is_named(on_a_wire: Callable) -> None:
    device, _ = on_a_wire("opt")
    with pytest.raises(DeviceBusy, match="in use"):
        open_device("opt", device.info.port)


@pytest.mark.parametrize("port", ["/dev/no-such-port", "/dev/null", "/", "tcp://127.0.0.1:1"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(DeviceNotFound) as caught:
        open_device("opt", port)
    assert port.removeprefix("tcp://") in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "port", ["ftp://host/", "tcp://host", "tcp://:1", "ws://", "tcp://h:99999"]
)
def test_a_port_of_no_known_form_is_named(port: str) -> None:
    with pytest.raises(SettingsError, match="://"):
        open_device("opt", port)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("s-hash", {"channels": 99}),
        ("opt", {"channels": "many"}),
        ("gardasoft", {"channels": 0}),
        ("numato", {"nonsense": 1}),
        ("wedge", {"layout": "dvorak"}),
    ],
)
def test_options_that_make_no_sense_are_named(name: str, options: dict) -> None:
    with pytest.raises(SettingsError) as caught:
        open_device(name, "sim:", **options)
    assert name in caught.value.message or "dvorak" in caught.value.message


def test_wrong_speed_is_garbage_and_is_reported() -> None:
    with PtyServer(simulator_of(find_driver("opt")), baud=19200) as server:
        lamp = open_device("opt", server.port, line=SerialSettings(9600))
        with lamp, pytest.raises(HardwareError):
            lamp.identify(deadline_s=0.2)
        with open_device("opt", server.port, line=SerialSettings(19200)) as lamp:
            assert lamp.identify(deadline_s=0.5).driver == "opt"


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.EACCES, AccessDenied), (errno.EBUSY, DeviceBusy), (errno.ENODEV, DeviceNotFound)],
)
def test_what_the_system_says_is_named(
    monkeypatch: pytest.MonkeyPatch, number: int, kind: type[Exception]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise serial.SerialException(number, "could not open port")

    monkeypatch.setattr("serial.Serial", refuse)
    with pytest.raises(kind, match="/dev/ttyUSB7"):
        open_device("opt", "/dev/ttyUSB7")


def test_the_speed_is_an_option() -> None:
    with (
        PtyServer(simulator_of(find_driver("opt")), baud=19200) as server,
        open_device("opt", server.port, baud=19200) as lamp,
    ):
        assert lamp.identify(deadline_s=0.5).driver == "opt"
    with pytest.raises(SettingsError, match="baud='fast'"):
        open_device("opt", "/dev/null", baud="fast")  # type: ignore[arg-type]


def test_extra_ports_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    with PtyServer(simulator_of(find_driver("opt"))) as server:
        monkeypatch.setenv(EXTRA_PORTS, server.port)
        assert server.port in [port.port for port in list_ports()]


def test_ports_that_come_and_go_are_told() -> None:
    looks = iter([["a", "b"], ["a", "b"], ["b", "c"], ["c"]])
    clock = VirtualClock()

    def look() -> list[Port]:
        return [Port(name, "serial") for name in next(looks)]

    watching = watch_ports(clock, look)
    found = [(what, port.port) for what, port in islice(watching, 3)]
    assert found == [("arrived", "c"), ("gone", "a"), ("gone", "b")]
    assert clock.now() == 3.0


@pytest.mark.parametrize("path", ["/dev/null", "/dev/input/event-none"])
def test_a_file_that_is_no_input_device_is_named(path: str) -> None:
    with pytest.raises(DeviceNotFound, match=path):
        open_device("wedge", f"evdev://{path}")


def test_unknown_driver_is_named() -> None:
    with pytest.raises(SettingsError, match="no driver nothing"):
        find_driver("nothing")
