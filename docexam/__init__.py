"""docexam examines travel documents: it reads, proves and measures; the officer decides."""

from __future__ import annotations

__version__ = "0.1.0"
