"""What each fault does to each driver: recovered, or reported by name within its deadline.

In virtual time, with the driver's own simulator. `docexam devices selftest` prints the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.hardware.clock import VirtualClock
from docexam.hardware.errors import HardwareError
from docexam.hardware.page_readers.page import PageReader
from docexam.hardware.protocols import Interlock, Lamp, MrzReader
from docexam.hardware.registry import build, simulator_of
from docexam.hardware.simulated.device import SimulatedDevice
from docexam.hardware.simulated.faults import WIRE_FAULTS, Fault, Faulty
from docexam.hardware.simulated.iseries import SimulatedISeries
from docexam.hardware.simulated.light import SimulatedLamp
from docexam.hardware.simulated.reader import SimulatedReader
from docexam.hardware.simulated.zones import SPECIMENS
from docexam.hardware.transports.memory import MemoryTransport

if TYPE_CHECKING:
    from collections.abc import Callable

    from docexam.hardware.drivers import Driver
    from docexam.hardware.protocols import Device

CALL_DEADLINE_S = 1.0
GRACE_S = 0.6  # after a failure a lamp gets half a second more to be told "off"
_ZONE = SPECIMENS["TD3"]
_PICTURE = b"\x89PNG picture"


@dataclass(frozen=True, slots=True)
class FaultOutcome:
    """What one fault at one answer did. `call`: the call that met it.

    `outcome` is an error's slug, or one of
    - `recovered`: as if nothing had happened;
    - `warned`, `marked`: delivered, with the doubt named;
    - `altered`: delivered with other characters and without doubt: the protocol has no check, and
      the zone's check digits are what is left;
    - `reads-open`: a closed lid was reported as open, which is the safe side;
    - `nothing`: no read came, and a reader that only speaks cannot say more;
    - `unseen`: the wire cannot show it; the camera can.

    `lamp_dark`: after closing, or None where there is no lamp or it does not obey.
    """

    driver: str
    fault: str
    answer: int
    call: str
    outcome: str
    slowest_s: float
    lamp_dark: bool | None
    hits: int
    resyncs: int


def faults_of(driver: Driver) -> tuple[str, ...]:
    """The faults that can occur on this driver's wire and in its device."""
    device = simulator_of(driver, driver.example)
    assert isinstance(device, SimulatedDevice)
    return (*WIRE_FAULTS, *sorted(device.moods))


def try_fault(driver: Driver, kind: str, answer: int, *, seed: int = 0) -> FaultOutcome:
    """Use the device while `kind` hits its answer number `answer` (0-based), once."""
    simulated = simulator_of(driver, driver.example)
    assert isinstance(simulated, SimulatedDevice)
    faulty = Faulty(simulated, [Fault(kind, first=answer)], seed=seed)
    clock = VirtualClock(100.0)
    options = {**driver.example, "threaded": False}
    device = build(driver, MemoryTransport(faulty, clock), options)
    calls = _calls(device, simulated)
    outcome, where, slowest_s = "recovered", "-", 0.0
    for name, call in calls:
        started_s = clock.now()
        try:
            verdict = call()
        except HardwareError as error:
            if outcome == "recovered":
                outcome, where = error.slug, name
        else:
            if verdict and outcome == "recovered":
                outcome, where = verdict, name
        slowest_s = max(slowest_s, clock.now() - started_s)
    device.close()
    clock.sleep(2.0)
    dark: bool | None = None
    if isinstance(simulated, SimulatedLamp):
        obeys = simulated.is_connected and kind not in ("stuck",)
        dark = simulated.is_dark(clock.now()) if obeys else None
        if kind in ("stuck", "dim") or (kind == "silent" and not faulty.answers):
            outcome = "unseen"
    return FaultOutcome(
        driver.name,
        kind,
        answer,
        where,
        outcome,
        slowest_s,
        dark,
        len(faulty.log),
        getattr(device, "resyncs", 0),
    )


def _calls(
    device: Device, simulated: SimulatedDevice
) -> list[tuple[str, Callable[[], str | None]]]:
    if isinstance(device, Lamp):
        channel = device.capabilities.channels[0]
        lamp: Lamp = device
        return [
            ("identify", lambda: _quiet(lamp.identify(deadline_s=CALL_DEADLINE_S))),
            ("on", lambda: _quiet(lamp.on(channel, 1.0, deadline_s=CALL_DEADLINE_S))),
            ("off", lambda: _quiet(lamp.off(deadline_s=CALL_DEADLINE_S))),
            ("on again", lambda: _quiet(lamp.on(channel, 1.0, deadline_s=CALL_DEADLINE_S))),
        ]
    if isinstance(device, MrzReader):
        reader: MrzReader = device
        assert isinstance(simulated, SimulatedReader)
        simulated.put(_ZONE)
        first = ("read", lambda: _same(reader))
        return [first, ("put", lambda: simulated.put(_ZONE)), ("read again", first[1])]
    if isinstance(device, PageReader):
        page: PageReader = device
        assert isinstance(simulated, SimulatedISeries)
        simulated.put(dict.fromkeys(("white", "ir", "uv"), _PICTURE), _ZONE)
        return [
            ("identify", lambda: _quiet(page.identify(deadline_s=CALL_DEADLINE_S))),
            ("capture", lambda: _same_page(page)),
            ("capture again", lambda: _same_page(page)),
        ]
    assert isinstance(device, Interlock)
    lid: Interlock = device
    one = ("is_closed", lambda: "" if lid.is_closed(deadline_s=0.1) else "reads-open")
    return [one, ("is_closed again", one[1])]


def _quiet(_: object) -> str:
    return ""


def _same_page(reader: PageReader) -> str:
    page = reader.capture(deadline_s=CALL_DEADLINE_S)
    if page.warnings:
        return "warned"
    whole = set(page.files.values()) == {_PICTURE} and len(page.files) == 3
    return "" if whole and page.mrz is not None and page.mrz.lines == _ZONE else "altered"


def _same(reader: MrzReader) -> str:
    zone = reader.read(deadline_s=CALL_DEADLINE_S)
    if zone is None:
        return "nothing"
    if zone.lines == _ZONE:
        return "warned" if zone.warnings else ""
    return "marked" if zone.missing or zone.warnings or zone.uncertain else "altered"
