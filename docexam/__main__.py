"""`python -m docexam` is the same as `docexam`."""

from __future__ import annotations

from docexam.cli.main import run

if __name__ == "__main__":
    run()
