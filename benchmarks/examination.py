"""How long an examination takes in a warm process: `python -m benchmarks.examination`.

Data pages at 400 ppi under white, infrared and ultraviolet, opened and decoded inside the clock,
on two cores. The first result is the zone with B900 and dullness. Beside it stand figures of the
same pictures that docexam has no part in: decoding them, and Tesseract on the white page.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.outside import cpu_seconds
from benchmarks.process_tree import PeakMemory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docexam.capture.pixels import Pixels

TARGETS_S = {"first result": 0.5, "all without VIZ": 1.0, "all with VIZ": 2.5}
MEMORY_MIB = 600
WARM = 3
PEER_RUNS = 10


def draw(folder: str, design: str, device: str, count: int, ppi: float) -> None:
    """Draw what is not there yet; a process of its own, so that its memory is not counted."""
    from docexam.specimens.series import Job, draw_specimen, write_specimen

    for seed in range(1, count + 1):
        job = Job(f"{design}-{device}-{seed:03d}", design, seed, ppi=ppi, device=device, wear=0.15)
        if not (Path(folder) / job.name).exists():
            write_specimen(draw_specimen(job), Path(folder))


def measure(captures: Sequence[Path], *, warm: int) -> None:
    """Print the table."""
    from docexam.capture.capture_set import open_capture_set
    from docexam.examination import Options, examine

    def run(path: Path, *, viz: bool) -> tuple[float, float, float]:
        """Seconds by the clock to the first result and to the end, and processor seconds."""
        cpu, start = cpu_seconds(), time.perf_counter()
        capture = open_capture_set(path)
        opened = time.perf_counter() - start
        (found,) = examine(capture, Options(today=dt.date(2026, 6, 1), viz=viz))
        whole = time.perf_counter() - start
        return opened + found.report.timings_ms["first"] / 1e3, whole, cpu_seconds() - cpu

    for path in captures[:warm]:
        run(path, viz=True)
    with PeakMemory() as peak:
        without = np.array([run(path, viz=False) for path in captures])
        with_viz = np.array([run(path, viz=True) for path in captures])
    first = np.concatenate([without[:, 0], with_viz[:, 0]])
    print(f"{len(captures)} captures; seconds by the clock")
    print(f"{'':<34}{'p50':>7}{'p95':>7}{'target':>8}")
    rows = (("first result", first), ("all without VIZ", without[:, 1]),
            ("all with VIZ", with_viz[:, 1]))  # fmt: skip
    for name, seconds in rows:
        print(f"{name:<34}{_two(seconds)}{TARGETS_S[name]:>8.1f}")
    print(f"{'  processor, without VIZ':<34}{_two(without[:, 2])}")
    print(f"{'  processor, with VIZ':<34}{_two(with_viz[:, 2])}")
    print(f"peak memory with all children {peak.mib:.0f} MiB (target {MEMORY_MIB}), "
          f"this process alone {peak.own_mib:.0f} MiB")  # fmt: skip
    print("beside it, without docexam:")
    _peer("  decoding the pictures", [partial(_decode, path) for path in captures])
    from docexam.vision.engines import tesseract_program

    tesseract_program.find()
    pages = [_white(path) for path in captures[:PEER_RUNS]]
    options = ["-l", "eng", "--psm", "3"]
    reads = [partial(tesseract_program.read, white, options) for white in pages]
    _peer("  Tesseract on the white page", reads)


def _two(seconds: np.ndarray) -> str:
    return "".join(f"{np.percentile(seconds, part):>7.3f}" for part in (50, 95))


def _peer(name: str, runs: Sequence[Callable[[], object]]) -> None:
    took = []
    for once in runs:
        start = time.perf_counter()
        once()
        took.append(time.perf_counter() - start)
    print(f"{name:<34}{_two(np.array(took))}   (n {len(took)})")


def _pictures(path: Path) -> list[Path]:
    return [each for each in sorted(path.iterdir()) if each.suffix in (".png", ".jpg")]


def _decode(path: Path) -> None:
    import cv2

    for each in _pictures(path):
        cv2.imdecode(np.frombuffer(each.read_bytes(), np.uint8), cv2.IMREAD_ANYCOLOR)


def _white(path: Path) -> Pixels:
    from docexam.capture.pictures import open_pictures

    file = next(each for each in _pictures(path) if each.stem.endswith("white"))
    return next(open_pictures(file, colour=False)).pixels


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.examination", description=__doc__)
    parser.add_argument("--design", default="uto-passport")
    parser.add_argument("--device", default="flatbed")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--ppi", type=float, default=400.0)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="draw the captures here, and use those there are")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.cores])
    with ExitStack() as passing:
        folder = options.keep or Path(passing.enter_context(tempfile.TemporaryDirectory()))
        drawing = multiprocessing.get_context("spawn").Process(
            target=draw,
            args=(str(folder), options.design, options.device, options.count, options.ppi),
        )
        drawing.start()
        drawing.join()
        captures = sorted(folder.glob(f"{options.design}-{options.device}-*"))[: options.count]
        print(f"{options.design} on {options.device}, {options.ppi:g} ppi, {options.cores} cores")
        measure(captures, warm=WARM)
    return 0


if __name__ == "__main__":
    sys.exit(main())
