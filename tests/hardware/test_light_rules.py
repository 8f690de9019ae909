"""The rules for ultraviolet, in virtual time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from docexam.hardware.clock import VirtualClock
from docexam.hardware.errors import InterlockOpen, LightRefused, Unsupported
from docexam.hardware.inputs.numato import NumatoLid
from docexam.hardware.lamps.gardasoft import Gardasoft
from docexam.hardware.lamps.s_hash import SHash
from docexam.hardware.lamps.serial_lamp import SerialLamp
from docexam.hardware.lamps.usb_relay import UsbRelay
from docexam.hardware.safety.head import LampHead
from docexam.hardware.safety.keeper import LightKeeper
from docexam.hardware.safety.ledger import DoseLedger
from docexam.hardware.safety.limits import DOSE_LIMITS_J_M2
from docexam.hardware.simulated.gardasoft import SimulatedGardasoft
from docexam.hardware.simulated.numato import SimulatedNumato
from docexam.hardware.simulated.s_hash import SimulatedSHash
from docexam.hardware.simulated.usb_relay import SimulatedUsbRelay
from docexam.hardware.transports.memory import MemoryTransport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from docexam.hardware.simulated.light import SimulatedLamp

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


class Station:
    """A keeper over simulated lamps: white on channel 1, uv on 2, uv254 on 3."""

    def __init__(
        self,
        folder: Path,
        *,
        lid: bool = True,
        without_lid: bool = False,
        pulses: bool = False,
        irradiance: float | None = 50.0,
        supply: bool = False,
    ) -> None:
        self.clock = VirtualClock(1000.0)
        self.lamp: SimulatedLamp = SimulatedGardasoft() if pulses else SimulatedSHash()
        codec = Gardasoft() if pulses else SHash()
        self.lid = SimulatedNumato()
        self.relay = SimulatedUsbRelay()
        self.path = folder / "dose.jsonl"
        start_s = self.clock.now()
        self.wall = lambda: NOON + dt.timedelta(seconds=self.clock.now() - start_s)
        heads = [
            LampHead("white", "main", 1),
            LampHead("uv", "main", 2, irradiance_w_m2=irradiance, irradiance_source="radiometer"),
            LampHead("uv254", "main", 3, irradiance_w_m2=20.0),
        ]
        self.ledger = DoseLedger(self.path, self.wall)
        self.keeper = LightKeeper(
            clock=self.clock,
            lamps={"main": SerialLamp(self.memory(self.lamp), codec, threaded=False)},
            heads={head.light: head for head in heads},
            ledger=self.ledger,
            lid=NumatoLid(self.memory(self.lid), threaded=False) if lid else None,
            runs_without_lid=without_lid,
            supply=(SerialLamp(self.memory(self.relay), UsbRelay(), threaded=False), 1)
            if supply
            else None,
        )
        self.keeper.start()

    def memory(self, peer: object) -> MemoryTransport:
        return MemoryTransport(peer, self.clock)  # type: ignore[arg-type]

    def run(self, duration_s: float) -> None:
        """Let time pass as the guard's loop does."""
        end_s = self.clock.now() + duration_s
        while self.clock.now() < end_s:
            self.clock.sleep(min(self.keeper.poll(), end_s - self.clock.now()) or 1e-4)
        self.keeper.poll()

    def is_dark(self) -> bool:
        return self.lamp.is_dark(self.clock.now())

    def lit_s(self, channel: int, from_s: float, to_s: float) -> float:
        steps = 20_000
        width = (to_s - from_s) / steps
        return sum(
            width
            for step in range(steps)
            if self.lamp.traces[channel].driven(from_s + step * width)
        )


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Callable[..., Station]]:
    made: list[Station] = []

    def make(**options: object) -> Station:
        made.append(Station(tmp_path, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.keeper.close()


@pytest.mark.parametrize("pulses", [False, True])
def test_uv_goes_dark_by_itself(station: Callable[..., Station], pulses: bool) -> None:
    desk = station(pulses=pulses)
    started_s = desk.clock.now()
    desk.keeper.on("uv", 1.0, 0.2)
    assert desk.lamp.traces[2].driven(desk.clock.now() + 0.01) == 1.0
    desk.run(0.5)
    assert desk.is_dark()
    assert desk.lit_s(2, started_s, started_s + 0.5) == pytest.approx(0.2, abs=0.01)


def test_a_pulse_ends_though_nobody_polls(station: Callable[..., Station]) -> None:
    desk = station(pulses=True)
    desk.keeper.on("uv", 1.0, 0.2)
    desk.clock.sleep(0.25)
    assert desk.is_dark()


def test_uv_needs_a_time_within_the_caps(station: Callable[..., Station]) -> None:
    desk = station()
    for for_s in (None, 0.0, -1.0, 1.01, 5.01, float("nan")):
        with pytest.raises(LightRefused):
            desk.keeper.on("uv", 1.0, for_s)
    for level in (-1.0, 0.0, 1.5, float("nan")):
        with pytest.raises(LightRefused):
            desk.keeper.on("uv", level, 0.1)
    assert desk.is_dark()
    assert desk.ledger.dose_j_m2("uv-a") == 0


def test_white_needs_none(station: Callable[..., Station]) -> None:
    desk = station(lid=False)
    desk.keeper.on("white", 0.5, None)
    desk.run(30)
    assert not desk.is_dark()


def test_duty_is_a_tenth_of_a_minute(station: Callable[..., Station]) -> None:
    desk = station()
    for _ in range(5):
        desk.keeper.on("uv", 0.1, 1.0)
        desk.run(1.1)
    with pytest.raises(LightRefused, match=r"5\.0\d s of the last 60 s"):
        desk.keeper.on("uv", 0.1, 1.0)
    desk.run(60)
    desk.keeper.on("uv", 0.1, 0.5)


def test_dose_survives_a_restart_and_runs_out(station: Callable[..., Station]) -> None:
    desk = station(irradiance=2000.0)
    for _ in range(4):
        desk.keeper.on("uv", 1.0, 1.0)
        desk.run(1.0)
    assert desk.ledger.dose_j_m2("uv-a") == pytest.approx(8000, rel=0.01)
    assert [event.name for event in desk.keeper.events] == ["dose-warning"]
    desk.keeper.close()
    again = DoseLedger(desk.path, desk.wall)
    assert again.dose_j_m2("uv-a") == pytest.approx(8000, rel=0.01)
    assert again.dose_j_m2("uv-c") == 0
    again.close()
    after = DoseLedger(desk.path, lambda: NOON + dt.timedelta(hours=9))
    assert after.dose_j_m2("uv-a") == 0
    after.close()


def test_dose_limit_refuses(station: Callable[..., Station]) -> None:
    desk = station()
    desk.ledger.book("uv-a", DOSE_LIMITS_J_M2["uv-a"] - 10)
    with pytest.raises(LightRefused, match="9990 of 10000 J/m2"):
        desk.keeper.on("uv", 1.0, 0.5)
    desk.keeper.on("uv", 1.0, 0.1)


def test_uv_c_has_its_own_dose(station: Callable[..., Station]) -> None:
    desk = station()
    for _ in range(3):
        desk.keeper.on("uv254", 1.0, 0.9)
        desk.run(1.0)
    with pytest.raises(LightRefused, match="UV-C"):
        desk.keeper.on("uv254", 1.0, 0.9)
    desk.keeper.on("uv", 1.0, 0.1)


def test_an_early_off_is_reckoned_as_it_was(station: Callable[..., Station]) -> None:
    desk = station()
    desk.keeper.on("uv", 1.0, 1.0)
    desk.run(0.1)
    desk.keeper.off("uv")
    assert desk.ledger.dose_j_m2("uv-a") == pytest.approx(5.0, abs=0.3)


def test_unknown_irradiance_is_reckoned_as_assumed(station: Callable[..., Station]) -> None:
    desk = station(irradiance=None)
    desk.keeper.on("uv", 1.0, 0.5)
    assert desk.ledger.dose_j_m2("uv-a") == pytest.approx(50.0)
    assert "assumed" in desk.keeper.heads["uv"].irradiance_note


def test_no_lid_no_uv_unless_said(station: Callable[..., Station]) -> None:
    desk = station(lid=False)
    with pytest.raises(InterlockOpen, match="names no lid"):
        desk.keeper.on("uv", 1.0, 0.1)
    desk.keeper.close()
    desk = station(lid=False, without_lid=True)
    desk.keeper.on("uv", 1.0, 0.1)
    with pytest.raises(InterlockOpen, match="UV-C"):
        desk.keeper.on("uv254", 1.0, 0.1)


@pytest.mark.parametrize("how", ["opened", "silent", "nonsense", "unplugged"])
def test_lid_open_or_unknown_is_dark_within_100_ms(
    station: Callable[..., Station], how: str
) -> None:
    desk = station()
    desk.keeper.on("uv", 1.0, 0.9)
    desk.run(0.1)
    assert not desk.is_dark()
    changed_s = desk.clock.now()
    if how == "opened":
        desk.lid.lid_closed = False
    elif how == "unplugged":
        desk.lid.unplug()
    else:
        desk.lid.fall_into(how)
    desk.run(0.1)
    assert desk.is_dark()
    went_dark_s = desk.lamp.traces[2].dark_since(desk.clock.now())
    assert went_dark_s is not None
    assert went_dark_s - changed_s <= 0.1
    assert "lid-open" in [event.name for event in desk.keeper.events]
    with pytest.raises(InterlockOpen):
        desk.keeper.on("uv", 1.0, 0.1)
    desk.keeper.on("white", 1.0, None)


def test_without_a_ledger_there_is_no_ultraviolet(station: Callable[..., Station]) -> None:
    desk = station()
    desk.keeper.ledger = None
    with pytest.raises(LightRefused, match="nobody keeps its dose"):
        desk.keeper.on("uv", 1.0, 0.1)
    desk.keeper.on("white", 1.0, None)
    assert desk.keeper.doses_j_m2() == {"uv-a": 0.0, "uv-c": 0.0}
    desk.ledger.close()


def test_rating_is_kept_for_any_light(station: Callable[..., Station]) -> None:
    desk = station()
    desk.keeper.heads["white"] = LampHead("white", "main", 1, longest_ms=3.0)
    for for_s in (None, 0.004):
        with pytest.raises(LightRefused, match="3 ms"):
            desk.keeper.on("white", 1.0, for_s)
    desk.keeper.on("white", 1.0, 0.003)


def test_unknown_light_is_named(station: Callable[..., Station]) -> None:
    with pytest.raises(Unsupported, match="no ir lamp"):
        station().keeper.on("ir", 1.0, 0.1)


def test_a_lamp_that_disobeys_stays_refused_and_loses_its_supply(
    station: Callable[..., Station],
) -> None:
    desk = station(supply=True)
    assert desk.relay.traces[1].driven(desk.clock.now()) == 1.0
    desk.keeper.disobeyed("uv")
    assert desk.relay.traces[1].driven(desk.clock.now()) == 0.0
    with pytest.raises(LightRefused, match="no longer obeys"):
        desk.keeper.on("uv", 1.0, 0.1)
    assert [event.name for event in desk.keeper.events] == ["lamp-disobeys"]


def test_a_lamp_that_cannot_be_reached_loses_its_supply(station: Callable[..., Station]) -> None:
    desk = station(supply=True)
    desk.keeper.on("uv", 1.0, 0.5)
    desk.lamp.unplug()
    desk.run(1.0)
    assert desk.relay.traces[1].driven(desk.clock.now()) == 0.0
    assert "lamp-lost" in [event.name for event in desk.keeper.events]
    with pytest.raises(LightRefused):
        desk.keeper.on("uv", 1.0, 0.1)


def test_a_controller_that_switches_off_is_heard(station: Callable[..., Station]) -> None:
    desk = station(pulses=True)
    desk.lamp._duty_limit = 0.05  # type: ignore[attr-defined]
    desk.keeper.on("uv", 1.0, 0.2)
    desk.run(0.05)
    assert desk.is_dark()
    assert ("lamp-off-duty", "main") in [(one.name, one.device) for one in desk.keeper.events]


def test_closing_is_dark(station: Callable[..., Station]) -> None:
    desk = station(supply=True)
    desk.keeper.on("uv", 1.0, 0.5)
    desk.keeper.on("white", 1.0, None)
    desk.keeper.close()
    assert desk.is_dark()
    assert desk.relay.is_dark(desk.clock.now())


def test_starting_darkens_what_was_left_on(tmp_path: Path) -> None:
    desk = Station(tmp_path)
    desk.lamp.drive_all(1.0, desk.clock.now())
    desk.keeper.start()
    assert desk.is_dark()
    desk.keeper.close()


# -- the ledger's file ---------------------------------------------------------------------------


def test_ledger_forgives_a_torn_last_line(tmp_path: Path) -> None:
    path = tmp_path / "dose.jsonl"
    with DoseLedger(path, lambda: NOON) as ledger:
        ledger.book("uv-a", 10.0)
        ledger.book("uv-a", 20.0)
    path.write_bytes(path.read_bytes()[:-9])
    with DoseLedger(path, lambda: NOON) as ledger:
        assert ledger.dose_j_m2("uv-a") == 10.0
        ledger.book("uv-a", 5.0)
    with DoseLedger(path, lambda: NOON) as ledger:
        assert ledger.dose_j_m2("uv-a") == 15.0


@pytest.mark.parametrize(
    "line", ["nonsense", "{}", '{"at": 1, "band": "uv-a", "dose_j_m2": 1}', '["a"]', "null"]
)
def test_a_damaged_ledger_refuses_light(tmp_path: Path, line: str) -> None:
    path = tmp_path / "dose.jsonl"
    path.write_text(f"{line}\n", encoding="ascii")
    with pytest.raises(LightRefused, match="damaged in line 1"):
        DoseLedger(path)


def test_a_clock_set_back_forgets_nothing(tmp_path: Path) -> None:
    path = tmp_path / "dose.jsonl"
    with DoseLedger(path, lambda: NOON) as ledger:
        ledger.book("uv-a", 10.0)
    with DoseLedger(path, lambda: NOON - dt.timedelta(days=2)) as ledger:
        assert ledger.dose_j_m2("uv-a") == 10.0


def test_two_stations_do_not_share_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "dose.jsonl"
    with DoseLedger(path), pytest.raises(LightRefused, match="in use"):
        DoseLedger(path)


def test_an_unwritable_ledger_refuses_light(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(LightRefused, match="cannot be opened"):
        DoseLedger(tmp_path / "file" / "dose.jsonl")


def test_a_long_ledger_is_compacted(tmp_path: Path) -> None:
    path = tmp_path / "dose.jsonl"
    old = '{"at": "2026-02-01T00:00:00+00:00", "band": "uv-a", "dose_j_m2": 1.0}\n'
    new = '{"at": "2026-03-01T11:00:00+00:00", "band": "uv-a", "dose_j_m2": 2.0}\n'
    path.write_text(old * 6000 + new, encoding="ascii")
    with DoseLedger(path, lambda: NOON) as ledger:
        assert ledger.dose_j_m2("uv-a") == 2.0
    assert len(path.read_text(encoding="ascii").splitlines()) == 1
