"""Measures docexam from outside, beside other readers: `python -m benchmarks`.

The thread caps are set here because libraries read them once, at their first import.
"""

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
