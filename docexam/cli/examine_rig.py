"""`docexam examine --rig`: one document after another from a rig, each examined at once."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.cli.examine_inputs import is_one_html_file
from docexam.cli.examine_job import ExamineJob
from docexam.cli.failure import say, told
from docexam.errors import DeviceError, ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from docexam.capture.capture_set import OpenCapture
    from docexam.capture.limits import Limits
    from docexam.cli.examine_job import Outcome, StartExamining
    from docexam.hardware.errors import HardwareError


def examine_live(
    rig: Path,
    start: StartExamining,
    *,
    count: int | None,
    html: Path | None,
    evidence: Path | None,
    codes: list[ExitCode],
) -> Iterator[Outcome]:
    """The outcome of each document laid on the glass of `rig`, at most `count`.

    A device that fails is told at once and leaves its code in `codes`; when it was unplugged, the
    run goes on as soon as it is back. Nothing is written but what `html` and `evidence` ask for.

    Raises:
        UsageError: one HTML file is named for several documents.
        DeviceError: the rig cannot be used, or a lost device did not come back.
    """
    if html is not None and is_one_html_file(html) and count != 1:
        raise UsageError(
            "One HTML file is named for all documents of a rig.",
            code="usage.html",
            hint="Name a folder, or say --count 1.",
        )
    examine = start()
    with closing(_captures(rig, start.limits, codes)) as captures:
        for capture in islice(captures, count):
            name = capture.capture.name
            place = html if html is None or is_one_html_file(html) else html / f"{name}.html"
            yield examine.of(ExamineJob(Path(name), name, None, place, evidence), lambda: capture)  # noqa: B023 - called before the next


def _captures(
    rig: Path, limits: Limits, codes: list[ExitCode]
) -> Generator[OpenCapture, None, None]:
    from docexam.hardware.clock import SystemClock
    from docexam.hardware.rig.load import read_any_rig
    from docexam.hardware.session.live import Glass
    from docexam.hardware.session.live_captures import live_captures
    from docexam.hardware.session.reopening import BACK_WITHIN_S, reopened

    loaded = read_any_rig(rig)
    simulated_ports = {part.port for part in loaded.devices()} == {"sim:"}
    if simulated_ports and loaded.simulated.document is None:
        raise DeviceError(
            f"Nobody can lay a document on the simulated glass of {rig.name}.",
            code="rig.no-document",
            hint="Name a capture set as document under [simulated], or serve the rig to this "
            "command with docexam devices simulate --rig.",
        )
    glass = Glass()

    def lost(error: HardwareError) -> None:
        codes.append(error.exit_code)
        say(told(error.message, error.hint))
        say(f"Waiting {BACK_WITHIN_S:g} s for it to be put right; Ctrl-C ends.")

    yield from reopened(
        lambda: live_captures(rig, limits=limits, glass=glass, told=say), SystemClock(), lost=lost
    )
