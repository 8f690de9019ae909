"""Live examination: from the command to the verdict, over lids and pulled cables."""

from __future__ import annotations

import json
import threading
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from test_rig import RIG, document, written

from docexam.cli.main import main
from docexam.errors import ExitCode
from docexam.hardware.clock import SystemClock, VirtualClock
from docexam.hardware.errors import (
    DeviceDisconnected,
    DeviceNotFound,
    DeviceTimeout,
    HardwareError,
    LampDisobeys,
)
from docexam.hardware.rig.load import guard_plan, read_rig
from docexam.hardware.rig.simulated import SimulatedRig
from docexam.hardware.rig.station import Station
from docexam.hardware.rig.write import rig_with_ports
from docexam.hardware.session.live import Glass, each_document
from docexam.hardware.session.live_captures import live_captures
from docexam.hardware.session.reopening import BACK_WITHIN_S, reopened
from docexam.hardware.simulated.mjpeg import MjpegServer
from docexam.hardware.simulated.station import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GONE = DeviceDisconnected("opt on /dev/x was unplugged.", hint="Plug it in.")
ABSENT = DeviceNotFound("There is no port /dev/x.", hint="Plug it in.")


class Openings:
    """A rig whose every opening gives some numbers, then ends or fails."""

    def __init__(self, *each: tuple[int, HardwareError | None]) -> None:
        self.left = list(each)
        self.number = 0

    def __call__(self) -> Iterator[int]:
        count, error = self.left.pop(0) if len(self.left) > 1 else self.left[0]
        for _ in range(count):
            self.number += 1
            yield self.number
        if error is not None:
            raise error


def test_a_rig_goes_on_when_its_device_is_back() -> None:
    lost: list[HardwareError] = []
    rig = Openings((2, GONE), (0, ABSENT), (0, ABSENT), (1, None))
    assert list(reopened(rig, VirtualClock(), lost=lost.append)) == [1, 2, 3]
    assert lost == [GONE], "told once"


def test_a_device_that_stays_away_ends_the_run() -> None:
    clock = VirtualClock(50.0)
    lost: list[HardwareError] = []
    with pytest.raises(DeviceNotFound):
        list(reopened(Openings((1, GONE), (0, ABSENT)), clock, lost=lost.append))
    assert BACK_WITHIN_S <= clock.now() - 50.0 < BACK_WITHIN_S + 2
    assert lost == [GONE]


@pytest.mark.parametrize("error", [ABSENT, LampDisobeys("The lamp stays lit.")])
def test_what_does_not_mend_ends_at_once(error: HardwareError) -> None:
    lost: list[HardwareError] = []
    with pytest.raises(type(error)):
        list(reopened(Openings((0, error)), VirtualClock(), lost=lost.append))
    assert lost == []


def test_a_lamp_is_plugged_in_again(tmp_path: Path) -> None:
    """Over real ports: the cable is pulled, comes back at another port below the same name."""
    lying = document(tmp_path)
    path = tmp_path / "rig.toml"
    path.write_text(RIG.format(driver="gardasoft"), encoding="utf-8")
    rig = read_rig(path)
    stable, told, lost = tmp_path / "by-id", [], []
    with SimulatedRig(rig, SystemClock()) as desk, MjpegServer(desk.camera) as stream:
        stable.symlink_to(desk.ports()["lamps.main"])
        ports = {**desk.ports(), "lamps.main": str(stable)}
        real = tmp_path / "real.toml"
        real.write_text(rig_with_ports(rig, ports, stream.port), encoding="utf-8")
        glass = Glass()

        def tell(text: str) -> None:
            told.append(text)
            if text == "Lay a document on the glass.":
                desk.tell(f"glass {lying}")
            elif text == "Take the document off the glass.":
                desk.tell("glass empty")

        live = reopened(
            lambda: live_captures(real, wait_s=30.0, glass=glass, told=tell),
            SystemClock(),
            lost=lost.append,
        )
        first = next(live)
        desk.tell("lamps.main unplug")
        lamp = desk.devices["lamps.main"]

        def plug_in() -> None:
            stable.unlink()
            lamp.plug()
            servers.append(serve(lamp, "/dev/ttyUSB0").__enter__())
            stable.symlink_to(servers[0].port)

        servers: list = []
        person = threading.Timer(1.5, plug_in)
        person.start()
        try:
            second = next(live)
        finally:
            live.close()
            person.join()
            servers[0].close()
    assert len(lost) == 1
    assert isinstance(lost[0], DeviceDisconnected)
    assert "gardasoft" in lost[0].message
    assert str(stable) in lost[0].message
    for opened in (first, second):
        white = opened.capture.pages[0].image("white")
        assert white is not None
        assert opened.picture(white).pixels[48, 64, 0] > 190
    assert first.capture.name != second.capture.name


def test_a_document_waits_for_the_lid(tmp_path: Path) -> None:
    lying = document(tmp_path)
    told: list[str] = []
    with Station(read_rig(written(tmp_path))) as station:
        desk = station.simulated
        assert desk is not None

        def tell(text: str) -> None:
            told.append(text)
            if text == "Lay a document on the glass.":
                desk.tell("lid open")
                desk.tell(f"glass {lying}")
            elif text == "Close the lid.":
                desk.tell("lid closed")

        documents = each_document(station, wait_s=20.0, told=tell)
        captured = next(documents)
        documents.close()
    assert told == ["Lay a document on the glass.", "Close the lid."]
    assert [one.shot.light for one in captured.taken] == ["white", "ir", "uv"]


def test_what_lies_there_when_a_rig_is_reopened_must_go_first(tmp_path: Path) -> None:
    lying = document(tmp_path)
    glass, told = Glass(), []
    path = written(tmp_path)
    with Station(read_rig(path)) as station, pytest.raises(DeviceTimeout, match="No document"):
        next(each_document(station, wait_s=0.2, glass=glass))
    with Station(read_rig(path)) as station:
        assert station.simulated is not None
        station.simulated.tell(f"glass {lying}")
        with pytest.raises(DeviceTimeout, match="The document stayed"):
            next(each_document(station, wait_s=0.3, glass=glass, told=told.append))
    assert told == ["Take the document off the glass."]


# -- the command ---------------------------------------------------------------------------------


def examine(
    capfd: pytest.CaptureFixture[str], *arguments: object
) -> tuple[int, list[dict[str, object]], str]:
    code = main(["examine", *map(str, arguments)])
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    return code, [json.loads(line) for line in out.splitlines() if line.startswith("{")], err


def test_examines_what_lies_on_a_simulated_rig(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    document(tmp_path)
    path = written(tmp_path, RIG.format(driver="gardasoft") + 'document = "doc"\n')
    html = tmp_path / "reports"
    code, reports, err = examine(capfd, "--rig", path, "--json", "--html", html)
    schema = json.loads((files("docexam.schemas") / "report-1.json").read_text("utf-8"))
    assert len(reports) == 1, err
    Draft202012Validator(schema).validate(reports[0])
    name = reports[0]["capture"]
    assert str(name).startswith("live-")
    assert [one.name for one in html.iterdir()] == [f"{name}.html"]
    assert not list(tmp_path.rglob("live*.png")), "no picture is kept"
    # Three coloured squares are no document.
    assert code == ExitCode.UNREADABLE


def test_require_live_refuses_a_simulated_rig(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    document(tmp_path)
    path = written(tmp_path, RIG.format(driver="gardasoft") + 'document = "doc"\n')
    code, reports, err = examine(capfd, "--rig", path, "--json", "--require-live")
    assert code == ExitCode.UNREADABLE
    assert reports[0]["verdict"] == "INCOMPLETE"
    assert "simulated" in err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((), ExitCode.USAGE, "Nothing is named"),
        (("x", "--rig", "rig.toml"), ExitCode.USAGE, "both named"),
        (("x", "--count", "2"), ExitCode.USAGE, "--count is for rigs"),
        (("--rig", "none.toml"), ExitCode.DEVICE, "none.toml cannot be read"),
        (("--rig", "rig.toml"), ExitCode.DEVICE, "Nobody can lay a document"),
        (("--rig", "rig.toml", "--html", "a.html"), ExitCode.USAGE, "One HTML file"),
        (("--rig", "absent.toml"), ExitCode.DEVICE, "iseries: There is no port /dev/not-there"),
        (("--rig", "nothing-lies.toml"), ExitCode.UNREADABLE, "nowhere cannot be laid"),
    ],
)
def test_what_cannot_be_examined_live_costs_one_sentence(
    arguments: tuple[str, ...],
    code: ExitCode,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path)
    text = '[page_reader]\ndriver = "iseries"\nport = "/dev/not-there"\n'
    (tmp_path / "absent.toml").write_text(text, encoding="utf-8")
    lost = RIG.format(driver="gardasoft") + 'document = "nowhere"\n'
    (tmp_path / "nothing-lies.toml").write_text(lost, encoding="utf-8")
    found, reports, err = examine(capfd, *arguments)
    assert (found, reports) == (code, [])
    assert told in err
    assert len(err.splitlines()) == 1


def test_simulated_light_counts_for_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCEXAM_STATE", str(tmp_path))
    text = RIG.format(driver="gardasoft")
    text = "\n".join(line for line in text.splitlines() if not line.startswith("ledger"))
    with Station(read_rig(written(tmp_path, text))) as station:
        station.capture()
    assert (tmp_path / "uv-dose-simulated.jsonl").is_file()
    assert not (tmp_path / "uv-dose.jsonl").exists()
    real = text.replace('driver = "gardasoft"', 'driver = "gardasoft"\nport = "/dev/ttyS9"')
    plan = guard_plan(read_rig(written(tmp_path, real)))
    assert plan.ledger == str(tmp_path / "uv-dose.jsonl")
