"""Arguments of `docexam examine` to the capture sets that they stand for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from docexam.capture.capture_set import capture_sets_under
from docexam.capture.files import unreadable
from docexam.cli.examine_job import ExamineJob, safe_name
from docexam.errors import InputError, UsageError

_HTML = (".html", ".htm")


def examine_jobs(
    arguments: list[str], *, html: Path | None = None, evidence: Path | None = None
) -> list[ExamineJob]:
    """One job for each capture set or picture; a folder of capture sets stands for all of them.

    Raises:
        UsageError: one HTML file is named for several capture sets.
    """
    found: list[tuple[Path, InputError | None]] = []
    for argument in arguments:
        found += _sets_of(Path(argument))
    one_file = html is not None and is_one_html_file(html)
    if one_file and len(found) > 1:
        raise UsageError(
            f"One HTML file is named for {len(found)} capture sets.",
            code="usage.html",
            hint="Name a folder.",
        )
    taken: Counter[str] = Counter()
    jobs = []
    for path, error in found:
        name = safe_name(path.resolve().name if path.is_dir() else path.stem)
        taken[name] += 1
        unique = name if taken[name] == 1 else f"{name}~{taken[name]}"
        place = html if one_file or html is None else html / f"{unique}.html"
        jobs.append(ExamineJob(path, unique, error, place, evidence))
    return jobs


def is_one_html_file(html: Path) -> bool:
    """Whether `--html` names a file, not a folder."""
    return html.suffix.lower() in _HTML and not html.is_dir()


def _sets_of(path: Path) -> list[tuple[Path, InputError | None]]:
    try:
        if not path.is_dir():
            return [(path, None)]
        sets = list(capture_sets_under(path))
    except OSError as error:
        return [(path, unreadable(error))]
    except ValueError:
        message = "The path holds a character that no path can have."
        return [(path, InputError(message, code="input.missing", hint="Check the path."))]
    if not sets:
        nothing = InputError(
            "The folder holds no capture set.",
            code="capture.no-json",
            hint="Name a folder with capture.json, an archive of one, or a picture.",
        )
        return [(path, nothing)]
    return [(each, None) for each in sets]
