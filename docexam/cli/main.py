"""The `docexam` command: finds the asked command, runs it, and ends every failure in a sentence."""

from __future__ import annotations

import inspect
import os
import signal
import sys
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from docexam import __version__
from docexam.cli.failure import debugging, end_of
from docexam.errors import DocexamError, ExitCode, OutputError

if TYPE_CHECKING:
    from types import FrameType

COMMANDS = {
    "read": "docexam.cli.read:read",
    "verify": "docexam.cli.verify:verify",
    "examine": "docexam.cli.examine:examine",
    "evaluate": "docexam.cli.evaluate:evaluate",
    "capture": "docexam.cli.capture:capture",
    "devices": "docexam.cli.devices:app",
    "specimen": "docexam.cli.specimen:app",
    "model": "docexam.cli.model:app",
    "doctor": "docexam.cli.doctor:doctor",
}
"""Each command is imported when it is asked for: a typer function, or a `Typer` of several."""


class LazyGroup(TyperGroup):
    """Commands by name, imported one at a time."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - typer's own types move
        """The names, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        """The command of that name, None for none."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, attribute = place.split(":")
        found = getattr(import_module(module), attribute)
        if not isinstance(found, typer.Typer):
            single = typer.Typer(add_completion=False)
            single.command(cmd_name, help=_in_paragraphs(found.__doc__ or ""))(found)
            found = single
        command = typer.main.get_command(found)
        command.name = cmd_name
        return command


def _in_paragraphs(docstring: str) -> str:
    """A docstring whose paragraphs are one line each, to be broken at the terminal's width."""
    paragraphs = inspect.cleandoc(docstring).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(*, value: bool) -> None:
    if value:
        typer.echo(f"docexam {__version__}")
        raise typer.Exit


_HELP = """Examine travel documents: read the machine readable zone and prove it.

Exit codes: 0 all clear, 1 something to refer, 2 wrong usage, 3 something is not installed, \
4 unreadable or nothing found, 5 a device failed, 6 incomplete, 70 a bug, \
74 output cannot be written, 130 interrupted."""


@app.callback(help=_HELP)
def _options(
    *,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the trace of a failure; it may hold names.")
    ] = False,
    version: Annotated[  # noqa: ARG001 - its callback has answered
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    if debug:
        os.environ["DOCEXAM_DEBUG"] = "1"


def run() -> NoReturn:
    """The entry point of the installed command; always ends the process."""
    signal.signal(signal.SIGTERM, _as_interrupt)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # Those of libraries concern who develops, not who reads.
    _open_streams()
    code = main(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        code = end_of(error)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _open_streams() -> None:
    """Make standard output and error usable; a closed one must not be taken by the next file."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - it takes the free descriptor
    if sys.stdout is None:
        sys.exit(end_of(OutputError("Standard output is closed.", code="output.stdout")))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code; failures are told on standard error."""
    try:
        typer.main.get_command(app).main(arguments, prog_name="docexam", standalone_mode=True)
    except SystemExit as end:
        return end_of(KeyboardInterrupt()) if _was_interrupted(end) else _code_of(end)
    except BaseException as error:
        if debugging() and not isinstance(error, KeyboardInterrupt | DocexamError):
            raise
        return end_of(error)
    return ExitCode.CLEAR


def _was_interrupted(end: SystemExit) -> bool:
    """Whether Ctrl-C ended the command: typer makes an exit of it without a word."""
    return end.__context__ is not None and isinstance(end.__context__.__cause__, KeyboardInterrupt)


def _code_of(end: SystemExit) -> int:
    if isinstance(end.code, int):
        return end.code
    return ExitCode.CLEAR if end.code is None else ExitCode.BUG


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    """Let SIGTERM end a run as Ctrl-C does: results kept, workers ended."""
    raise KeyboardInterrupt
