"""What the hardware part must reach (run it alone: `python benchmarks/hardware.py`).

- 100,000 random byte streams into each decoder: no crash, bounded memory, resync after silence.
- 10,000 captures in virtual time and 500 over real pseudo-terminals: no frame under a wrong lamp,
  no leaked thread or descriptor; a three-light capture at 60 fps with its shares.
- kill -9 of the host, 100 times: when the lamp was dark, from the lamp's own trace.
- the table of faults.
"""

# ruff: noqa: S101 - a benchmark that finds a fault must stop
from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "hardware"))

import test_capture_session as virtual
from test_framing import PROTOCOLS
from test_rig import RIG, document

from docexam.hardware.drivers import DRIVERS
from docexam.hardware.rig.load import read_rig
from docexam.hardware.rig.station import Station
from docexam.hardware.safety.head import LampHead
from docexam.hardware.safety.plan import DevicePlan, GuardPlan
from docexam.hardware.simulated.s_hash import SimulatedSHash
from docexam.hardware.simulated.serving import PtyServer
from docexam.hardware.testing.fault_table import faults_of, try_fault


def streams(count: int) -> None:
    """Random pieces, broken and whole messages, pauses; then silence and a good message."""
    source = random.Random(1)
    pieces = [good for _, good, _ in PROTOCOLS.values()]
    for name, (make, good, kind) in PROTOCOLS.items():
        started_s, most = time.monotonic(), 0
        for _ in range(count):
            framer, now_s = make(), 0.0
            for _ in range(source.randrange(6)):
                piece = source.choice(pieces)
                choice = source.randrange(4)
                if choice == 0:
                    piece = source.randbytes(source.randrange(64))
                elif choice == 1:
                    piece = piece[: source.randrange(len(piece) + 1)]
                elif choice == 2:
                    spoiled = bytearray(piece)
                    spoiled[source.randrange(len(spoiled))] ^= 1 << source.randrange(8)
                    piece = bytes(spoiled)
                framer.feed(piece, now_s)
                most = max(most, len(framer._buffer))  # noqa: SLF001
                now_s += source.choice((0.0, 0.001, 0.4))
            now_s += framer.idle_gap_s + 0.001
            framer.feed(b"", now_s)
            framer.expected = "value"
            frames = framer.feed(good, now_s)
            assert [frame.kind for frame in frames][-1:] == [kind], name
        took_s = time.monotonic() - started_s
        print(f"{name:10} {count} streams, {took_s:6.1f} s, longest buffer {most} bytes")


def captures_in_virtual_time(count: int) -> None:
    """Every frame pure, whatever the phase."""
    with tempfile.TemporaryDirectory() as folder:
        bench = virtual.Desk(Path(folder))
        started_s = time.monotonic()
        for index in range(count):
            bench.clock.sleep(1.7 + 0.0001 * (index % 170))
            virtual.assert_pure(bench.capture())
        bench.keeper.close()
        print(f"{count} captures in virtual time, {time.monotonic() - started_s:.1f} s, all pure")


def open_descriptors() -> int:
    """How many this process has."""
    return len(list(Path("/proc/self/fd").iterdir()))


def captures_over_ports(count: int) -> None:
    """Real guard, real ports: shares, leaks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lying = document(folder)
        (folder / "rig.toml").write_text(RIG.format(driver="gardasoft"), encoding="utf-8")
        rig = read_rig(folder / "rig.toml")
        times: list[tuple[float, float, float, float]] = []
        threads, descriptors = threading.active_count(), open_descriptors()
        done = 0
        while done < count:
            # The duty rule allows 6 s of ultraviolet a minute: a fresh guard now and then.
            with Station(rig) as station:
                assert station.simulated is not None
                station.simulated.tell(f"glass {lying}")
                for _ in range(min(50, count - done)):
                    captured = station.capture()
                    for index, taken in enumerate(captured.taken):
                        pixels = taken.frame.pixels[20:76, 20:108].astype(int)
                        assert abs(pixels[..., index] - 200).max() <= 1, taken.shot.light
                        others = [channel for channel in range(3) if channel != index]
                        assert pixels[..., others].max() == 0, taken.shot.light
                    times.append(
                        (captured.elapsed_s, captured.wire_s, captured.frame_s, captured.code_s)
                    )
                    done += 1
        leaked = (
            threading.active_count() - threads,
            open_descriptors() - descriptors,
        )
        times.sort()
        median, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
        for label, row in (("median", median), ("p95", p95)):
            whole, wire, frame, code = (1000 * value for value in row)
            print(
                f"three lights at 60 fps, {label}: {whole:.0f} ms "
                f"(wire {wire:.0f}, frames {frame:.0f}, code {code:.0f})"
            )
        print(f"{count} captures over pseudo-terminals, leaked threads, descriptors: {leaked}")


HOST = """
    import sys, time
    from docexam.hardware.safety.guard import LampGuard
    from docexam.hardware.safety.plan import GuardPlan
    guard = LampGuard(GuardPlan.from_json(sys.argv[1]))
    guard.on("white", 1.0)
    print("lit", flush=True)
    time.sleep(60)
"""


def kills(count: int) -> None:
    """Send kill -9 to the host's whole process group."""
    delays_ms = []
    for _ in range(count):
        lamp = SimulatedSHash()
        with tempfile.TemporaryDirectory() as folder, PtyServer(lamp) as server:
            plan = GuardPlan(
                {"main": DevicePlan("s-hash", server.port)},
                (LampHead("white", "main", 1),),
                f"{folder}/dose",
            )
            host = subprocess.Popen(
                [sys.executable, "-c", textwrap.dedent(HOST), plan.to_json()],
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
            assert host.stdout is not None
            assert host.stdout.readline() == b"lit\n"
            killed_s = time.monotonic()
            os.killpg(host.pid, signal.SIGKILL)
            while not lamp.is_dark(time.monotonic()):
                assert time.monotonic() - killed_s < 5.0, "the lamp is still lit"
                time.sleep(0.0005)
            dark_s = lamp.traces[1].dark_since(time.monotonic())
            assert dark_s is not None
            delays_ms.append((dark_s - killed_s) * 1000)
            host.communicate()
    delays_ms.sort()
    p99 = delays_ms[min(len(delays_ms) - 1, int(len(delays_ms) * 0.99))]
    print(
        f"dark after kill -9: median {delays_ms[len(delays_ms) // 2]:.1f} ms, "
        f"p99 {p99:.1f} ms of {count}"
    )


def faults() -> None:
    """Drivers down, faults across: the worst of eight tries each."""
    for driver in DRIVERS:
        if not driver.simulator:
            continue
        for fault in faults_of(driver):
            tried = [try_fault(driver, fault, at, seed=at) for at in range(8)]
            hit = [one for one in tried if one.hits]
            if hit:
                outcomes = ", ".join(sorted({one.outcome for one in hit}))
                slowest = max(one.slowest_s for one in hit)
                dark = "LIT" if any(one.lamp_dark is False for one in hit) else ""
                print(f"{driver.name:13} {fault:11} {slowest:5.2f} s  {outcomes} {dark}")


def main() -> None:
    """Run what is asked for; all by default."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--streams", type=int, default=100_000)
    parser.add_argument("--virtual", type=int, default=10_000)
    parser.add_argument("--ports", type=int, default=500)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--no-table", action="store_true")
    asked = parser.parse_args()
    if not asked.no_table:
        faults()
    kills(asked.kills)
    captures_over_ports(asked.ports)
    captures_in_virtual_time(asked.virtual)
    streams(asked.streams)


if __name__ == "__main__":
    main()
