"""How long a specimen takes on one core, and how much memory: `python -m benchmarks.specimens`."""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")


def measure(design: str, ppi: float, runs: int) -> None:
    """Print the median processor and clock seconds of drawing and of writing."""
    import cv2

    from docexam.specimens.series import Job, draw_specimen, write_specimen

    cv2.setNumThreads(1)
    drawn, written, waited = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(runs):
            clock, start = time.perf_counter(), time.process_time()
            specimen = draw_specimen(Job(f"s{seed}", design, seed, ppi=ppi))
            middle = time.process_time()
            write_specimen(specimen, Path(folder))
            drawn.append(middle - start)
            written.append(time.process_time() - middle)
            waited.append(time.perf_counter() - clock)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{design} at {ppi:g} ppi, white, infrared, ultraviolet: first drawn in {drawn[0]:.2f} s, "
        f"then {sorted(drawn)[runs // 2]:.2f} s; written in {sorted(written)[runs // 2]:.2f} s "
        f"(processor); both {sorted(waited)[runs // 2]:.2f} s by the clock; peak {peak_mb:.0f} MB"
    )


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--design", default="uto-passport")
    parser.add_argument("--ppi", type=float, default=400.0)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    measure(options.design, options.ppi, options.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
