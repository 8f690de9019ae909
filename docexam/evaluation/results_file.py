"""The results of a run that may be continued: one line of JSON a document."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from docexam.errors import OutputError
from docexam.evaluation.document_result import DocumentResult, result_of

if TYPE_CHECKING:
    from pathlib import Path

RESULTS_FILE = "documents.jsonl"


def done_before(folder: Path) -> dict[str, DocumentResult]:
    """The results of earlier runs by their key; a line that was cut off is taken back.

    Raises:
        OutputError: the file cannot be read, or is not one of ours.
    """
    path = folder / RESULTS_FILE
    if not path.exists():
        return {}
    try:
        data = path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) < len(data):
            os.truncate(path, len(whole))
    except OSError as error:
        raise _cannot(path, error) from error
    found = {}
    for number, line in enumerate(whole.splitlines(), 1):
        try:
            result = result_of(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise OutputError(
                f"Line {number} of {str(path)!r} is no result of an evaluation.",
                code="evaluate.results",
                hint="Remove that line, or name another folder.",
            ) from error
        found[result.key] = result
    return found


def add_result(folder: Path, result: DocumentResult) -> None:
    """Add one result; it is on its way to the disk before this returns.

    Raises:
        OutputError: it cannot be written.
    """
    path = folder / RESULTS_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as stream:
            stream.write(f"{result.line()}\n")
    except OSError as error:
        raise _cannot(path, error) from error


def _cannot(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{str(path)!r} cannot be used: {os.strerror(error.errno or 0)}.",
        code="output.file",
        hint="Choose a folder that you may write to and that has room.",
    )
