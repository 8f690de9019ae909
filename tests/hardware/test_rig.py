"""Rig files, and a whole simulated rig: real guard, real pseudo-terminals, a seen glass."""

from __future__ import annotations

import json
import threading
import time
from importlib.resources import files
from typing import TYPE_CHECKING

import cv2
import jsonschema
import numpy as np
import pytest

from docexam.capture.capture_set import open_capture_set
from docexam.capture.save import save_capture_set
from docexam.errors import ExitCode, InputError
from docexam.hardware.errors import (
    DeviceDisconnected,
    DeviceTimeout,
    HardwareError,
    InterlockOpen,
    LampDisobeys,
    LightRefused,
    RigError,
)
from docexam.hardware.rig.load import guard_plan, read_any_rig, read_rig
from docexam.hardware.rig.station import Station
from docexam.hardware.session.live import each_document
from docexam.hardware.session.live_captures import live_captures
from docexam.hardware.simulated.light import SimulatedLamp
from docexam.nouns.capture_set import (
    CaptureDevice,
    CaptureImage,
    CapturePage,
    CaptureSet,
    ReferencePatch,
)

if TYPE_CHECKING:
    from pathlib import Path

RIG = """
name = "simulated desk"
ledger = "dose.jsonl"
lid = {{ driver = "numato" }}
[camera]
driver = "opencv"
[lamps.main]
driver = "{driver}"
[[heads]]
light = "white"
lamp = "main"
channel = 1
[[heads]]
light = "ir"
lamp = "main"
channel = 2
wavelength_nm = 870
[[heads]]
light = "uv"
lamp = "main"
channel = 3
wavelength_nm = 365
irradiance_w_m2 = 1
[[plan]]
light = "white"
exposure_ms = 6
[[plan]]
light = "ir"
exposure_ms = 6
[[plan]]
light = "uv"
exposure_ms = 6
[simulated]
shape = [96, 128]
noise = 0
"""


def written(folder: Path, text: str = "", driver: str = "gardasoft") -> Path:
    path = folder / "rig.toml"
    path.write_text(text or RIG.format(driver=driver), encoding="utf-8")
    return path


def document(folder: Path) -> Path:
    """A capture set whose lights each show in one colour."""
    images, files = [], {}
    for index, light in enumerate(("white", "ir", "uv")):
        picture = np.zeros((96, 128, 3), np.uint8)
        picture[10:86, 10:118, index] = 200
        files[f"{light}.png"] = cv2.imencode(".png", picture)[1].tobytes()
        images.append(CaptureImage(light, f"{light}.png", ppi=50.0))  # type: ignore[arg-type]
    capture = CaptureSet("doc", (CapturePage("data", tuple(images)),), device=CaptureDevice())
    save_capture_set(capture, files, folder / "doc")
    return folder / "doc"


def test_captures_what_lies_on_the_glass(tmp_path: Path) -> None:
    lying = document(tmp_path)
    with Station(read_rig(written(tmp_path))) as station:
        assert station.simulated is not None
        station.simulated.tell(f"glass {lying}")
        capture, files = station.capture_set("one")
        lamp = station.simulated.devices["lamps.main"]
        assert isinstance(lamp, SimulatedLamp)
        assert lamp.is_dark(time.monotonic())
        assert station.guard.doses_j_m2()["uv-a"] > 0
    save_capture_set(capture, files, tmp_path / "out")
    opened = open_capture_set(tmp_path / "out")
    assert opened.capture.device == CaptureDevice("simulated desk", "simulated")
    lights = [image.light for image in opened.capture.pages[0].images]
    assert lights == ["white", "ir", "uv", "dark"]
    for index, light in enumerate(("white", "ir", "uv")):
        image = opened.capture.pages[0].image(light)  # type: ignore[arg-type]
        assert image is not None
        assert (image.exposure_ms, image.lamp_level) == (6.0, 1.0)
        assert image.settle_ms is not None
        assert image.settle_ms >= 2.0
        pixels = opened.picture(image).pixels[20:76, 20:108]
        assert abs(int(pixels[..., index].min()) - 200) <= 1
        assert pixels[..., [c for c in range(3) if c != index]].max() == 0
    dark = opened.capture.pages[0].image("dark")
    assert dark is not None
    assert dark.for_light == "uv"


@pytest.mark.parametrize("driver", ["s-hash", "opt"])
def test_with_lamps_that_are_switched(tmp_path: Path, driver: str) -> None:
    with Station(read_rig(written(tmp_path, driver=driver))) as station:
        assert len(station.capture().taken) == 3


def test_an_open_lid_stops_ultraviolet(tmp_path: Path) -> None:
    with Station(read_rig(written(tmp_path))) as station:
        assert station.simulated is not None
        station.simulated.tell("lid open")
        with pytest.raises(InterlockOpen):
            station.capture()


def test_a_stuck_lamp_is_found_through_the_guard(tmp_path: Path) -> None:
    with Station(read_rig(written(tmp_path))) as station:
        assert station.simulated is not None
        station.capture()
        station.simulated.tell("lamps.main mood stuck")
        with pytest.raises(LampDisobeys):
            station.capture()
        assert "lamp-disobeys" in [event.name for event in station.events()]


def test_one_document_after_another(tmp_path: Path) -> None:
    lying = document(tmp_path)
    with Station(read_rig(written(tmp_path))) as station:
        desk = station.simulated
        assert desk is not None
        person = threading.Timer(0.3, lambda: desk.tell(f"glass {lying}"))
        person.start()
        count = 0
        for captured in each_document(station, wait_s=5.0):
            assert captured.taken[0].frame.pixels[48, 64, 0] > 190
            count += 1
            if count == 2:
                break
            desk.tell("glass empty")
            person = threading.Timer(0.4, lambda: desk.tell(f"glass {lying}"))
            person.start()
        person.join()
    assert count == 2


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ('name = "x"\nspeed = 3\n', "speed"),
        ("[[heads]]\nlight = 'white'\nlamp = 'main'\nchannel = 1\nwave = 3\n", "wave"),
        ("", "camera"),
        ("= nonsense", "no TOML"),
    ],
)
def test_a_rig_that_is_no_rig(tmp_path: Path, change: str, named: str) -> None:
    path = written(tmp_path, change or "\n")
    with pytest.raises(RigError, match=named) as caught:
        read_rig(path)
    assert "rig.toml" in caught.value.message
    assert caught.value.exit_code == ExitCode.DEVICE
    assert caught.value.hint


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('driver = "gardasoft"', 'driver = "gardasofd"', "no driver gardasofd"),
        ('driver = "gardasoft"', 'driver = "elyctis"', "is a mrz-reader"),
        ("channel = 2", "channel = 1", "channel 1 of main twice"),
        ('light = "ir"\nlamp', 'light = "white"\nlamp', "2 heads for white"),
        ('lamp = "main"\nchannel = 3', 'lamp = "other"\nchannel = 3', "other, which is no lamp"),
        ('light = "ir"\nexposure', 'light = "uv254"\nexposure', "plans uv254"),
        ('light = "ir"\nexposure', 'light = "white"\nexposure', "plans white twice"),
        ("irradiance_w_m2 = 1", "longest_ms = 5", "the head's rating is 5 ms"),
        ("exposure_ms = 6", "exposure_ms = -1", "exposure_ms"),
        ("exposure_ms = 6", "exposure_ms = nan", "exposure_ms"),
        (
            'driver = "gardasoft"',
            'driver = "gardasoft"\noptions = {clock = 1}',
            "clock is no option",
        ),
        ('light = "uv"\nexposure_ms = 6', 'light = "uv"\nexposure_ms = 1001', "may last 1000 ms"),
        ("irradiance_w_m2 = 1", "irradiance_w_m2 = -1", "irradiance_w_m2"),
        ("[simulated]", "[uv]\nshot_s = 9\n[simulated]", "shot_s"),
        ('driver = "opencv"', 'driver = "opencv"\nport = "/dev/x"\noptions = {fps = 1}\n', ""),
    ],
)
def test_a_rig_that_makes_no_sense(tmp_path: Path, old: str, new: str, named: str) -> None:
    text = RIG.format(driver="gardasoft")
    assert old in text
    path = written(tmp_path, text.replace(old, new, 1))
    if not named:
        assert read_rig(path).camera.options == {"fps": 1}
        return
    with pytest.raises(RigError, match=named):
        read_rig(path)


def test_clashing_ports_are_named(tmp_path: Path) -> None:
    text = RIG.format(driver="gardasoft")
    text = text.replace('driver = "gardasoft"', 'driver = "gardasoft"\nport = "/dev/ttyS9"')
    text = text.replace('"numato" }', '"numato", port = "/dev/ttyS9" }')
    with pytest.raises(RigError, match=r"/dev/ttyS9 2 times"):
        read_rig(written(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RigError, match=r"none\.toml cannot be read"):
        read_rig(tmp_path / "none.toml")


def test_no_lid_must_be_said(tmp_path: Path) -> None:
    text = RIG.format(driver="gardasoft").replace('lid = { driver = "numato" }', 'lid = "none"')
    assert guard_plan(read_rig(written(tmp_path, text))).runs_without_lid
    text = RIG.format(driver="gardasoft").replace('lid = { driver = "numato" }\n', "")
    plan = guard_plan(read_rig(written(tmp_path, text)))
    assert plan.lid is None
    assert not plan.runs_without_lid


def test_an_exposure_that_needs_more_light_than_the_rating(tmp_path: Path) -> None:
    text = RIG.format(driver="gardasoft").replace("irradiance_w_m2 = 1", "longest_ms = 20")

    with (
        pytest.raises(LightRefused, match="rating is 20 ms"),
        Station(read_rig(written(tmp_path, text))),
    ):
        pass


PAGE_RIG = """
name = "border desk"
[page_reader]
driver = "iseries"
[simulated]
document = "doc"
"""


def command(capfd: pytest.CaptureFixture[str], rig: Path, out: Path) -> dict:
    import typer

    from docexam.cli.capture import capture

    app = typer.Typer()
    app.command()(capture)
    with pytest.raises(SystemExit):
        typer.main.get_command(app).main(["--rig", str(rig), str(out), "--json"])
    row = json.loads(capfd.readouterr().out)
    schema = files("docexam.schemas").joinpath("device-1.json").read_text("utf-8")
    jsonschema.validate(row, json.loads(schema))
    assert isinstance(row, dict)
    return row


def test_capture_by_a_page_reader(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    document(tmp_path)
    row = command(capfd, written(tmp_path, PAGE_RIG), tmp_path / "out")
    assert row["lights"] == ["white", "ir", "uv"]
    opened = open_capture_set(tmp_path / "out")
    assert opened.capture.device.kind == "simulated"
    assert opened.picture(opened.capture.pages[0].images[0]).pixels.shape == (96, 128, 3)


def test_capture_by_a_folder(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    document(tmp_path)
    text = '[page_reader]\ndriver = "folder"\nport = ' + json.dumps(str(tmp_path)) + "\n"
    command(capfd, written(tmp_path, text), tmp_path / "out")
    assert open_capture_set(tmp_path / "out").capture.device.kind == "recorded"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[page_reader]\ndriver = "opt"', "is a lamp"),
        ('[page_reader]\ndriver = "nothing"', "no driver nothing"),
        ('speed = 1\n[page_reader]\ndriver = "iseries"', "speed"),
    ],
)
def test_a_page_rig_that_makes_no_sense(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(RigError, match=named):
        read_any_rig(written(tmp_path, text))


def test_capture_command(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    row = command(capfd, written(tmp_path), tmp_path / "out")
    assert row["lights"] == ["white", "ir", "uv"]
    assert row["elapsed_ms"] > row["frame_ms"] > 0
    assert (tmp_path / "out" / "capture.json").is_file()


@pytest.mark.parametrize(
    ("told", "device"), [("lamps.main unplug", "gardasoft"), ("lid unplug", "lid")]
)
def test_unplugging_anything_names_it(tmp_path: Path, told: str, device: str) -> None:
    with Station(read_rig(written(tmp_path))) as station:
        assert station.simulated is not None
        station.capture()
        station.simulated.tell(told)

        def insist() -> None:
            for _ in range(5):
                station.capture()

        with pytest.raises(HardwareError) as caught:
            insist()
        assert caught.value.device == device
        assert caught.value.hint
        assert "ERIKSSON" not in caught.value.message


def test_unplugging_the_camera_names_it(tmp_path: Path) -> None:
    with Station(read_rig(written(tmp_path))) as station:
        assert station.simulated is not None
        station.simulated.camera.is_plugged = False
        with pytest.raises(HardwareError, match="camera was unplugged"):
            station.capture()
        lamp = station.simulated.devices["lamps.main"]
        assert isinstance(lamp, SimulatedLamp)
        assert lamp.is_dark(time.monotonic())


def test_a_stuck_lamp_loses_its_supply(tmp_path: Path) -> None:
    text = RIG.format(driver="s-hash").replace(
        "[simulated]", '[supply]\ndriver = "usb-relay"\n[simulated]'
    )
    with Station(read_rig(written(tmp_path, text))) as station:
        assert station.simulated is not None
        relay = station.simulated.devices["supply"]
        assert isinstance(relay, SimulatedLamp)
        station.capture()
        assert relay.traces[1].driven(time.monotonic()) == 1.0
        station.simulated.tell("lamps.main mood stuck")
        with pytest.raises(LampDisobeys):
            station.capture()
        assert relay.traces[1].driven(time.monotonic()) == 0.0
        with pytest.raises(LightRefused, match="no longer obeys"):
            station.guard.on("uv", 1.0, 0.05)


def test_live_captures_leave_nothing_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying = document(tmp_path)
    path = written(tmp_path)
    stations: list[Station] = []
    enter = Station.__enter__

    def remember(station: Station) -> Station:
        stations.append(enter(station))
        desk = stations[0].simulated
        assert desk is not None
        threading.Timer(0.3, lambda: desk.tell(f"glass {lying}")).start()
        return stations[0]

    monkeypatch.setattr(Station, "__enter__", remember)
    before = {one.name for one in tmp_path.iterdir()}
    live = live_captures(path, wait_s=5.0)
    opened = next(live)
    live.close()
    assert {one.name for one in tmp_path.iterdir()} - before <= {"dose.jsonl"}
    assert [image.light for image in opened.capture.pages[0].images][:3] == ["white", "ir", "uv"]
    assert opened.picture(opened.capture.pages[0].images[0]).pixels[48, 64, 0] > 190
    assert opened.capture.name.startswith("live-")
    with pytest.raises(InputError):
        opened.container.read("other.png", max_bytes=10)
    with pytest.raises(DeviceDisconnected):
        stations[0].guard.on("white")


def test_live_captures_of_a_folder_end(tmp_path: Path) -> None:
    document(tmp_path)
    text = '[page_reader]\ndriver = "folder"\nport = ' + json.dumps(str(tmp_path)) + "\n"
    assert len(list(live_captures(written(tmp_path, text)))) == 1


def test_live_captures_of_a_page_reader_wait_for_documents(tmp_path: Path) -> None:
    path = written(tmp_path, '[page_reader]\ndriver = "iseries"\n')
    with pytest.raises(DeviceTimeout, match=r"no document present for 0\.3 s"):
        next(live_captures(path, wait_s=0.3))


def test_reference_patches_reach_the_capture_set(tmp_path: Path) -> None:
    lying = document(tmp_path)
    told = json.loads((lying / "capture.json").read_text(encoding="utf-8"))
    patch = {"kind": "fluorescent", "box_px": [10, 10, 20, 20], "level": 0.5}
    told["pages"][0]["images"][2]["reference"] = patch
    (lying / "capture.json").write_text(json.dumps(told), encoding="utf-8")
    plain = RIG.format(driver="opt").replace("shape = [96, 128]", "shape = [192, 300]")
    named = plain.replace(
        '[[plan]]\nlight = "white"\nexposure_ms = 6',
        '[[plan]]\nlight = "white"\nexposure_ms = 6\n'
        'reference = { kind = "white", box_px = [1, 2, 3, 4], level = 0.9 }',
    )
    with Station(read_rig(written(tmp_path, named))) as station:
        assert station.simulated is not None
        station.simulated.tell(f"glass {lying}")
        capture, files_ = station.capture_set("one")
    page = capture.pages[0]
    white, uv = page.image("white"), page.image("uv")
    assert white is not None
    assert white.reference == ReferencePatch("white", (1, 2, 3, 4), 0.9)
    assert uv is not None
    # Twice as large, and centred in a frame that is 44 pixels wider.
    assert uv.reference == ReferencePatch("fluorescent", (42, 20, 40, 40), 0.5)
    pixels = cv2.imdecode(np.frombuffer(files_["uv.png"], np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    assert pixels[30:50, 50:70, 2].min() > 190
