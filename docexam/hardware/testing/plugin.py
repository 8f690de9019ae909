"""Fixtures for integrators' own tests: simulated devices and a whole simulated rig.

In `conftest.py`: `pytest_plugins = ["docexam.hardware.testing.plugin"]`.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from docexam.hardware.registry import build, find_driver, simulator_of
from docexam.hardware.rig.model import RigFile
from docexam.hardware.rig.station import Station
from docexam.hardware.simulated.device import SimulatedDevice
from docexam.hardware.simulated.station import serve
from docexam.hardware.transports.opening import open_transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docexam.hardware.protocols import Device


@pytest.fixture
def simulated_device() -> Iterator[Callable[..., tuple[Device, SimulatedDevice]]]:
    """`simulated_device("gardasoft", channels=2)` -> the device over a real port, its other end."""
    with ExitStack() as stack:

        def make(name: str, **options: object) -> tuple[Device, SimulatedDevice]:
            driver = find_driver(name)
            simulated = simulator_of(driver, options)
            assert isinstance(simulated, SimulatedDevice)
            server = stack.enter_context(serve(simulated, driver.port_example))
            device = build(driver, open_transport(server.port, driver.line), options)
            stack.callback(device.close)
            return device, simulated

        yield make


@pytest.fixture
def simulated_rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    """A desk with a lid, white, infrared and ultraviolet lamps and a camera, ready to capture.

    `station.simulated.tell("glass FOLDER")` lays a document down.
    """
    folder = tmp_path_factory.mktemp("rig")
    lights: list[tuple[str, dict[str, Any]]] = [
        ("white", {}),
        ("ir", {"wavelength_nm": 870}),
        ("uv", {"wavelength_nm": 365, "irradiance_w_m2": 1.0}),
    ]
    rig = RigFile.model_validate(
        {
            "name": "simulated desk",
            "ledger": folder / "dose.jsonl",
            "lid": {"driver": "numato"},
            "camera": {"driver": "opencv"},
            "lamps": {"main": {"driver": "gardasoft"}},
            "heads": [
                {"light": light, "lamp": "main", "channel": channel, **more}
                for channel, (light, more) in enumerate(lights, 1)
            ],
            "plan": [{"light": light, "exposure_ms": 6} for light, _ in lights],
        }
    )
    with Station(rig) as station:
        yield station
