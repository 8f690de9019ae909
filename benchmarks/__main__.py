"""Everything in one run: `python -m benchmarks`, or `make bench`.

Pictures as they are and degraded, docexam beside its peers; `docexam read ONE` as a whole process;
the text of Doc 9303.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import asdict

from benchmarks import mrz_pictures, one_core
from benchmarks.mrz_pictures import ending_in_a_sentence
from benchmarks.truth import read_truth
from benchmarks.whole_process import time_read


def run(options: argparse.Namespace) -> None:
    """Print all tables."""
    one_core.pin()
    mrz_pictures.run(options)
    pictures = [p for p in read_truth(options.pictures) if p.lines]
    # The middle one in size: neither the quickest nor the slowest to open.
    picture = sorted(pictures, key=lambda p: p.path.stat().st_size)[len(pictures) // 2]
    took = time_read(picture)
    if options.json:
        print(json.dumps({"command": "docexam read ONE", **asdict(took)}), flush=True)
    else:
        print(
            f"\ndocexam read ONE as a whole process ({picture.name}, {took.runs} runs): "
            f"median {took.median_s:.3f} s, worst {took.worst_s:.3f} s, "
            f"processor {took.median_cpu_s:.3f} s\n",
            flush=True,
        )
    # In a process of its own: what reading pictures has loaded must not slow the text.
    text = [sys.executable, "-m", "benchmarks.bench_mrz_text", *(["--json"] * options.json)]
    subprocess.run(text, check=False)


def main() -> int:
    """Command line; 0, or the exit code of the error."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    mrz_pictures.arguments(parser)
    return ending_in_a_sentence(lambda: run(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
