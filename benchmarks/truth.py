"""Pictures with known text: a folder with a `truth.tsv`.

Columns `file`, `format`, `mrz` (the lines joined by `|`; empty = no zone), `kind`, `note`,
`source`; lines that start with `#` are remarks.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture and the text printed in its zone; `lines` is empty where it has none."""

    path: Path
    format: str
    lines: tuple[str, ...]
    note: str

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def columns(self) -> int:
        """Characters in the longest line."""
        return max((len(line) for line in self.lines), default=0)


def nearest(text: str) -> str:
    """What a reading must say for printed `text`: a letter outside A-Z is its nearest one.

    The reading contract asks for it; so a printed N with tilde counts as read when it is an N.
    """
    return text.translate(str.maketrans("ÑÄÖÜÅÉÈ", "NAOUAEE"))


def read_truth(folder: Path) -> list[Picture]:
    """The pictures that `folder/truth.tsv` lists.

    Raises:
        InputError: no such table, or a row without its picture.
    """
    table = folder / "truth.tsv"
    try:
        text = table.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"Cannot read {table}: {error.strerror}.",
            code="bench.truth",
            hint="Name a folder that holds pictures and a truth.tsv with --pictures.",
        ) from error
    rows = csv.DictReader(
        (line for line in text.splitlines() if line and not line.startswith("#")),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
    pictures = []
    for row in rows:
        path = folder / row["file"]
        if not path.is_file():
            raise InputError(
                f"{table} names {row['file']}, which is not there.", code="bench.truth"
            )
        lines = tuple(nearest(line) for line in row["mrz"].split("|")) if row["mrz"] else ()
        pictures.append(Picture(path, row["format"], lines, row.get("note") or ""))
    return pictures
