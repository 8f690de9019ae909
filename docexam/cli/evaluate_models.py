"""The document models of one run of `docexam evaluate`: enrolled first, or taken from before."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from docexam.cli.failure import debugging, say
from docexam.cli.native_noise import muted
from docexam.cli.output import make_folder, write_private_file
from docexam.cli.progress import progress_on
from docexam.cli.worker_pool import processes_for, run_in_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import ExitStack

    from docexam.evaluation.enrolment import EnrolTask, RunModels


def models_of(
    tasks: Sequence[EnrolTask], out: Path | None, passing: ExitStack, *, workers: int
) -> RunModels:
    """A model of each design, of an earlier run where it is still good; kept under `out`."""
    from docexam.evaluation.enrolment import (
        MODELS_FOLDER,
        RECORD_FILE,
        EnrolDesigns,
        RunModels,
        enrolled_before,
        record_of,
    )

    if out is None:
        folder = Path(passing.enter_context(TemporaryDirectory(prefix="docexam-models-")))
    else:
        folder = out / MODELS_FOLDER
        make_folder(folder)
    found = enrolled_before(folder, tasks)
    missing = [task for task in tasks if task.key not in found]
    if missing:
        say(f"Enrolling a document model of {len(missing)} designs.")
    enrolling = EnrolDesigns(str(folder))
    with muted(unless=debugging()), progress_on(len(missing), doing="enrolling") as advance:
        for result in run_in_order(
            missing,
            enrolling,
            workers=processes_for(workers, len(missing)),
            on_lost=enrolling.lost,
        ):
            found[result.key] = result
            write_private_file(folder / RECORD_FILE, record_of(list(found.values())))
            advance()
    return RunModels(str(folder), tuple(found[task.key] for task in tasks))
