"""What integrators build upon: fixtures, lamp tables, drivers of other packages, a rig on ports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_rig import RIG, document

from docexam.errors import DependencyMissing, SettingsError
from docexam.hardware import registry
from docexam.hardware.clock import SystemClock
from docexam.hardware.drivers import Driver
from docexam.hardware.lamps.template import TemplateLamp
from docexam.hardware.protocols import Lamp
from docexam.hardware.registry import find_driver, known_drivers, open_device
from docexam.hardware.rig.load import read_rig
from docexam.hardware.rig.simulated import SimulatedRig
from docexam.hardware.rig.station import Station
from docexam.hardware.rig.write import rig_with_ports
from docexam.hardware.session.to_capture_set import encode_png
from docexam.hardware.simulated.mjpeg import MjpegServer
from docexam.hardware.testing.plugin import simulated_device, simulated_rig

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["simulated_device", "simulated_rig"]

TABLE = """
[lamp]
name = "my-lamp"
channels = "AB"
steps = 99
on = "L{channel}{value:02d}"
off = "L{channel}00"
end = "\\r"
checksum = "xor"
reply = "OK"
reply_end = "\\n"
"""


def test_fixture_gives_a_rig(simulated_rig: Station) -> None:
    captured = simulated_rig.capture()
    assert [taken.shot.light for taken in captured.taken] == ["white", "ir", "uv"]


def test_fixture_gives_a_device(simulated_device) -> None:  # noqa: ANN001
    lamp, other_end = simulated_device("opt", channels=2)
    lamp.on(2, 1.0)
    assert other_end.traces[2].levels[-1] == 1.0


def test_own_lamp_table(tmp_path: Path) -> None:
    path = tmp_path / "lamp.toml"
    path.write_text(TABLE, encoding="utf-8")
    codec = TemplateLamp(file=str(path))
    assert codec.capabilities.channels == (1, 2)
    (command,) = codec.on(2, 0.5)
    body = b"LB50"
    check = body[0] ^ body[1] ^ body[2] ^ body[3]
    assert command.data == body + b"%02X" % check + b"\r"
    assert command.replies == ("line",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("steps = 99", ""),
        ("steps = 99", 'steps = "many"'),
        ("{value:02d}", "{nothing}"),
        ('reply = "OK"', 'reply = "("'),
        ("[lamp]", "[lump]"),
        ("[lamp]", "[lamp"),
    ],
)
def test_a_lamp_table_that_makes_no_sense(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "lamp.toml"
    path.write_text(TABLE.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError):
        TemplateLamp(file=str(path))


class _Point:
    """An entry point of another package."""

    def __init__(self, name: str, found: object) -> None:
        self.name, self.value, self._found = name, f"package:{name}", found

    def load(self) -> object:
        if isinstance(self._found, Exception):
            raise self._found
        return self._found


def test_drivers_of_other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = Driver(
        "foreign",
        "lamp",
        "a lamp of another package",
        "docexam.hardware.lamps.opt:Opt",
        "unconfirmed",
        style="lamp-codec",
        simulator="docexam.hardware.simulated.opt:SimulatedOpt",
    )
    points = [_Point("foreign", foreign), _Point("broken", ImportError("no vendor library"))]
    monkeypatch.setattr(registry, "entry_points", lambda group: points)  # noqa: ARG005
    assert "foreign" in known_drivers()
    with open_device("foreign", "sim:") as lamp:
        assert isinstance(lamp, Lamp)
        lamp.on(1, 1.0)
    with pytest.raises(DependencyMissing, match="broken"):
        find_driver("broken")
    assert find_driver("opt").name == "opt", "a broken package hurts only its own users"


def test_a_missing_library_says_what_to_install() -> None:
    driver = Driver(
        "x",
        "lamp",
        "",
        "no_such_vendor_module:Lamp",
        "unconfirmed",
        library="vendor-sdk",
        install="Install it: pip install vendor-sdk",
    )
    with pytest.raises(DependencyMissing, match="vendor-sdk") as caught:
        registry.load(driver.target, driver)
    assert caught.value.hint == "Install it: pip install vendor-sdk"


def test_a_simulated_rig_served_to_another_program(tmp_path: Path) -> None:
    lying = document(tmp_path)
    path = tmp_path / "rig.toml"
    path.write_text(RIG.format(driver="gardasoft"), encoding="utf-8")
    rig = read_rig(path)
    with SimulatedRig(rig, SystemClock()) as desk, MjpegServer(desk.camera) as stream:
        desk.tell(f"glass {lying}")
        real = tmp_path / "real.toml"
        real.write_text(rig_with_ports(rig, desk.ports(), stream.port), encoding="utf-8")
        loaded = read_rig(real)
        assert loaded.camera.driver == "opencv"
        assert loaded.lamps["main"].port.startswith("/dev/")
        with Station(loaded) as station:
            assert not station.is_simulated, "to this program they are real devices"
            captured = station.capture()
    for index, taken in enumerate(captured.taken):
        pixels = taken.frame.pixels[20:76, 20:108].astype(int)
        assert abs(pixels[..., index].mean() - 200) < 8, "JPEG changes colours a little"
        others = [channel for channel in range(3) if channel != index]
        assert pixels[..., others].mean() < 12, taken.shot.light
    assert encode_png(captured.taken[0].frame.pixels).startswith(b"\x89PNG")
