"""The iSeries page reader: in memory, and over a real WebSocket."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
from typing import TYPE_CHECKING

import pytest

from docexam.errors import SettingsError
from docexam.hardware.clock import VirtualClock
from docexam.hardware.errors import (
    AccessDenied,
    DeviceBusy,
    DeviceDisconnected,
    DeviceFault,
    DeviceNotFound,
)
from docexam.hardware.page_readers.iseries import ISeriesReader
from docexam.hardware.page_readers.page import PageReader
from docexam.hardware.registry import open_device
from docexam.hardware.simulated.iseries import SimulatedISeries
from docexam.hardware.simulated.web_server import WebServer
from docexam.hardware.simulated.zones import SPECIMENS
from docexam.hardware.transports.memory import MemoryTransport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PNG = b"\x89PNG\r\n" + bytes(range(256)) * 40
JPEG = b"\xff\xd8\xff" + bytes(range(256))
TD3 = SPECIMENS["TD3"]


def asked(device: SimulatedISeries, kind: int, data: object = None) -> list[tuple[int, object]]:
    """Type and payload of each answer to one literal message."""
    text = json.dumps({"t": kind, "i": 7, "d": data}).encode()
    answers = [json.loads(reply) for _, reply in device.feed(text, 0.0)]
    assert all(answer["i"] == 7 for answer in answers)
    return [(answer["t"], answer["d"]) for answer in answers]


def test_simulator_speaks_the_numbers_of_the_reference() -> None:
    device = SimulatedISeries(key="k", key_id="n")
    assert asked(device, 9) == [(8, None)], "not authorised before connecting"
    assert asked(device, 1, {"authKey": "x", "authKeyID": "n"}) == [(22, None)]
    assert asked(device, 1, {"authKey": "k", "authKeyID": "n"})[0][0] == 2
    assert asked(device, 50) == [(14, None)], "no session yet"
    assert asked(device, 9) == [(10, None)]
    assert asked(device, 42) == [(44, None)]
    assert asked(device, 70)[0][1]["hasUV"] is True  # type: ignore[index]
    assert asked(device, 50) == [(13, None)], "nothing on the glass"
    device.put({"white": PNG, "ir": PNG, "uv": PNG}, TD3, checks={49: 1})
    event = json.loads(device.tick(0.0)[0][1])
    assert event == {"t": 46, "d": {"eventId": 0}}
    answers = asked(device, 50)
    assert [kind for kind, _ in answers] == [51] * 5 + [6]
    assert {item["type"] for kind, item in answers if kind == 51} == {164, 162, 169, 158, 49}  # type: ignore[index]
    assert asked(device, 52, {"id": 1, "type": 164}) == [(27, None)]
    assert asked(device, 99) == [(28, None)]
    assert asked(device, 43) == [(45, None)]
    assert asked(device, 11) == [(12, None)]


def test_driver_sends_the_numbers_of_the_reference() -> None:
    class Listening(SimulatedISeries):
        def __init__(self) -> None:
            super().__init__(key="k", key_id="n")
            self.heard: list[dict] = []

        def receive(self, message: bytes, now_s: float) -> list[bytes]:
            self.heard.append(json.loads(message))
            return super().receive(message, now_s)

    device = Listening()
    device.put({"white": PNG})
    transport = MemoryTransport(device, VirtualClock())
    with ISeriesReader(transport, key="k", key_id="n", threaded=False) as reader:
        reader.capture()
    assert [one["t"] for one in device.heard] == [1, 9, 42, 70, 50, 52, 11]
    assert device.heard[0]["d"] == {"authKey": "k", "authKeyID": "n"}
    assert device.heard[5]["d"]["type"] == 164
    assert len({one["i"] for one in device.heard}) == 7


def test_captures_everything(in_memory: Callable) -> None:
    reader, simulated, _ = in_memory("iseries", ppi=500.0)
    assert isinstance(reader, PageReader)
    simulated.put(
        {"white": PNG, "ir": JPEG, "uv": PNG}, TD3, {25: b"sod", 26: b"dg1"}, {49: 1, 44: -1}
    )
    page = reader.capture(deadline_s=3.0)
    assert page.files == {"white.png": PNG, "ir.jpg": JPEG, "uv.png": PNG}
    assert [(i.light, i.ppi) for i in page.capture.pages[0].images] == [
        ("white", 500.0),
        ("ir", 500.0),
        ("uv", 500.0),
    ]
    assert page.mrz is not None
    assert page.mrz.lines == TD3
    assert page.chip == {"EF.SOD": b"sod", "DG1": b"dg1"}
    assert page.checks == {"passive-authentication": "ok", "active-authentication": "failed"}
    assert reader.capabilities.lights == ("white", "ir", "uv")


def test_presence_and_dirt_are_told(in_memory: Callable) -> None:
    reader, simulated, _ = in_memory("iseries")
    reader.identify()
    simulated.put({"white": PNG})
    assert reader.next_event(0.5).name == "document-present"
    simulated.fall_into("dirty", 1)
    reader.capture()
    assert reader.next_event(0.5).name == "dirt-on-window"
    simulated.take_away()
    assert reader.next_event(0.5).name == "document-removed"
    assert reader.next_event(0.1) is None


@pytest.mark.parametrize(
    ("mood", "kind", "said"),
    [
        ("busy", DeviceBusy, "another client has it"),
        ("dark", DeviceFault, "its camera is disabled"),
        ("refuse", DeviceFault, "does not know the command"),
    ],
)
def test_refusals_are_named(
    in_memory: Callable, mood: str, kind: type[Exception], said: str
) -> None:
    reader, simulated, _ = in_memory("iseries")
    simulated.put({"white": PNG})
    simulated.fall_into(mood, 1)
    with pytest.raises(kind, match=said):
        reader.capture(deadline_s=1.0)


def test_wrong_key_and_swapped_key() -> None:
    def opened(**options: object) -> ISeriesReader:
        transport = MemoryTransport(SimulatedISeries(key="k", key_id="n"), VirtualClock())
        return ISeriesReader(transport, threaded=False, **options)  # type: ignore[arg-type]

    with opened(key="x", key_id="n") as reader, pytest.raises(AccessDenied, match="key"):
        reader.identify()
    with opened(key="n", key_id="k", swap_keys=True) as reader:
        assert reader.identify().maker == "Thales"


def test_over_a_real_web_socket() -> None:
    device = SimulatedISeries()
    picture = PNG * 100
    device.put({"white": picture, "ir": picture, "uv": picture}, TD3)
    with WebServer(device) as server:
        with open_device("iseries", server.port) as reader:
            assert isinstance(reader, PageReader)
            page = reader.capture(deadline_s=5.0)
            assert set(page.files.values()) == {picture}
            device.take_away()
            event = reader.next_event(2.0)
            assert event is not None
            assert event.name == "document-removed"
        with open_device("iseries", server.port) as reader:
            device.unplug()
            with pytest.raises((DeviceDisconnected, DeviceFault)):
                reader.identify(deadline_s=1.0)


def test_an_address_that_speaks_no_web_socket() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(DeviceNotFound, match="does not speak WebSocket"):
            open_device("iseries", f"ws://127.0.0.1:{port}/", clock=None)
    with pytest.raises(DeviceNotFound, match="Nothing answers"):
        open_device("iseries", f"ws://127.0.0.1:{port}/")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_certificate_is_verified(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-keyout", key, "-out", certificate, "-subj", "/CN=reader"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    device = SimulatedISeries()
    device.put({"white": PNG * 200, "ir": PNG, "uv": PNG})
    with WebServer(device, tls=context) as server:
        with pytest.raises(DeviceNotFound, match="does not prove"):
            open_device("iseries", server.port)
        with pytest.raises(SettingsError, match="no CA file"):
            open_device("iseries", server.port, ca_file=str(tmp_path / "none.pem"))
        with open_device("iseries", server.port, ca_file=str(certificate)) as reader:
            assert isinstance(reader, PageReader)
            assert reader.capture(deadline_s=5.0).files["white.png"] == PNG * 200
