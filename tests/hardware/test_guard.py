"""The guard process: dark on every way out, kill -9 of the host and of the guard included."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from docexam.errors import SettingsError
from docexam.hardware.errors import (
    DeviceDisconnected,
    DeviceNotFound,
    HardwareError,
    InterlockOpen,
    LightRefused,
)
from docexam.hardware.safety.guard import LampGuard
from docexam.hardware.safety.head import LampHead
from docexam.hardware.safety.plan import DevicePlan, GuardPlan
from docexam.hardware.simulated.gardasoft import SimulatedGardasoft
from docexam.hardware.simulated.numato import SimulatedNumato
from docexam.hardware.simulated.s_hash import SimulatedSHash
from docexam.hardware.simulated.serving import PtyServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from docexam.hardware.simulated.light import SimulatedLamp

HEADS = (LampHead("white", "main", 1), LampHead("uv", "main", 2, irradiance_w_m2=10.0))


class Desk:
    def __init__(self, lamp: SimulatedLamp, lid: SimulatedNumato, plan: GuardPlan) -> None:
        self.lamp, self.lid, self.plan = lamp, lid, plan

    def wait_dark(self, within_s: float = 3.0) -> float:
        """When the lamp went dark; fails if it does not."""
        end_s = time.monotonic() + within_s
        while not self.lamp.is_dark(time.monotonic()) and time.monotonic() < end_s:
            time.sleep(0.001)
        dark = [trace.dark_since(time.monotonic()) for trace in self.lamp.traces.values()]
        assert None not in dark, "a lamp is still lit"
        return max(at_s for at_s in dark if at_s is not None)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    with ExitStack() as stack:

        def make(kind: str = "s-hash") -> Desk:
            lamp: SimulatedLamp = SimulatedSHash() if kind == "s-hash" else SimulatedGardasoft()
            lid = SimulatedNumato()
            lamp_port = stack.enter_context(PtyServer(lamp)).port
            lid_port = stack.enter_context(PtyServer(lid)).port
            plan = GuardPlan(
                lamps={"main": DevicePlan(kind, lamp_port)},
                heads=HEADS,
                ledger=str(tmp_path / "dose.jsonl"),
                lid=DevicePlan("numato", lid_port),
            )
            return Desk(lamp, lid, plan)

        yield make


HOST = """
    import sys, time
    from docexam.hardware.safety.guard import LampGuard
    from docexam.hardware.safety.plan import GuardPlan
    guard = LampGuard(GuardPlan.from_json(sys.argv[1]))
    guard.on("white", 1.0)
    guard.on("uv", 1.0, 0.9)
    print("lit", flush=True)
    time.sleep(60)
"""


def start_host(desk: Desk, *, with_fork: bool = False) -> subprocess.Popen[str]:
    fork = "import os\nif os.fork() == 0:\n    time.sleep(3); os._exit(0)\n" if with_fork else ""
    code = textwrap.dedent(HOST).replace('print("lit"', fork + 'print("lit"')
    host = subprocess.Popen(
        [sys.executable, "-c", code, desk.plan.to_json()],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert host.stdout is not None
    assert host.stdout.readline() == "lit\n"
    return host


def test_guard_lights_and_darkens(desk: Callable[..., Desk]) -> None:
    bench = desk()
    with LampGuard(bench.plan) as guard:
        accepted_s = guard.on("uv", 1.0, 0.3).from_s
        assert bench.lamp.traces[2].driven(accepted_s) == 1.0
        off_s = bench.wait_dark()
        assert 0.25 < off_s - accepted_s < 0.4
        guard.on("white", 0.5)
        guard.off("white")
        bench.wait_dark()
        assert guard.doses_j_m2()["uv-a"] == pytest.approx(3.0, rel=0.2)
        guard.on("white", 1.0)
    bench.wait_dark()


def test_rules_cross_the_process_border(desk: Callable[..., Desk]) -> None:
    bench = desk()
    with LampGuard(bench.plan) as guard:
        with pytest.raises(LightRefused, match="cap for one shot"):
            guard.on("uv", 1.0, 3.0)
        bench.lid.lid_closed = False
        with pytest.raises(InterlockOpen, match="lid is open") as caught:
            guard.on("uv", 1.0, 0.1)
        assert caught.value.hint == "Close the lid."


def test_opening_the_lid_darkens_within_100_ms(desk: Callable[..., Desk]) -> None:
    bench = desk()
    with LampGuard(bench.plan) as guard:
        guard.on("uv", 1.0, 0.9)
        opened_s = time.monotonic()
        bench.lid.lid_closed = False
        assert bench.wait_dark() - opened_s < 0.1
        event = guard.next_event(1.0)
        assert event is not None
        assert event.name == "lid-open"


@pytest.mark.parametrize("group", [False, True], ids=["process", "group"])
def test_kill_9_of_the_host(desk: Callable[..., Desk], group: bool) -> None:
    bench = desk()
    host = start_host(bench)
    killed_s = time.monotonic()
    (os.killpg if group else os.kill)(host.pid, signal.SIGKILL)
    assert bench.wait_dark() - killed_s < 0.05
    host.communicate(timeout=5)


def test_kill_9_of_the_host_while_a_forked_worker_lives(desk: Callable[..., Desk]) -> None:
    bench = desk()
    host = start_host(bench, with_fork=True)
    killed_s = time.monotonic()
    os.kill(host.pid, signal.SIGKILL)
    assert bench.wait_dark() - killed_s < 0.05
    os.killpg(host.pid, signal.SIGKILL)
    host.communicate(timeout=5)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_to_the_host(desk: Callable[..., Desk], number: int) -> None:
    bench = desk()
    host = start_host(bench)
    os.kill(host.pid, number)
    bench.wait_dark()
    host.communicate(timeout=5)


def test_signal_to_the_guard(desk: Callable[..., Desk]) -> None:
    bench = desk()
    with LampGuard(bench.plan) as guard:
        guard.on("white", 1.0)
        os.kill(guard.pid, signal.SIGTERM)
        bench.wait_dark()


def test_kill_9_of_the_guard(desk: Callable[..., Desk]) -> None:
    bench = desk()
    with LampGuard(bench.plan) as guard:
        guard.on("white", 1.0)
        guard.on("uv", 1.0, 0.9)
        os.kill(guard.pid, signal.SIGKILL)
        bench.wait_dark(0.5)
        event = guard.next_event(2.0)
        assert event is not None
        assert (event.name, event.detail) == ("guard-lost", "")
        with pytest.raises(DeviceDisconnected, match="ended unexpectedly"):
            guard.on("uv", 1.0, 0.1)


def test_kill_9_of_host_and_guard_leaves_a_pulse_that_ends(desk: Callable[..., Desk]) -> None:
    bench = desk("gardasoft")
    with LampGuard(bench.plan) as guard:
        lit_s = guard.on("uv", 1.0, 0.3).from_s
        os.kill(guard.pid, signal.SIGKILL)
        assert bench.wait_dark() - lit_s < 0.35


def test_unplugging_the_lamp_is_reported(desk: Callable[..., Desk]) -> None:
    bench = desk()
    with LampGuard(bench.plan) as guard:
        guard.on("white", 1.0)
        bench.lamp.unplug()

        def insist() -> None:
            end_s = time.monotonic() + 2.0
            while time.monotonic() < end_s:
                guard.on("white", 1.0)

        with pytest.raises(HardwareError) as caught:
            insist()
        assert caught.value.device == "s-hash"


def test_a_port_that_is_not_there(tmp_path: Path) -> None:
    plan = GuardPlan({"main": DevicePlan("opt", "/dev/no-such-port")}, HEADS, str(tmp_path / "d"))
    with pytest.raises(DeviceNotFound, match="/dev/no-such-port"):
        LampGuard(plan)


def test_an_unknown_option(tmp_path: Path) -> None:
    plan = GuardPlan({"m": DevicePlan("opt", "sim:", {"no": 1})}, HEADS, str(tmp_path / "d"))
    with pytest.raises(SettingsError, match="no option no"):
        LampGuard(plan)


def test_without_ultraviolet_no_ledger_is_needed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    heads = (LampHead("white", "main", 1),)
    plan = GuardPlan({"main": DevicePlan("opt", "sim:")}, heads, str(tmp_path / "file" / "dose"))
    with LampGuard(plan) as guard:
        guard.on("white", 1.0)
        assert guard.doses_j_m2() == {"uv-a": 0.0, "uv-c": 0.0}
