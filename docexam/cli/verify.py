"""`docexam verify`: proves machine readable zones given as text."""

from __future__ import annotations

import datetime as dt
import sys
import time
from dataclasses import replace
from typing import Annotated

import typer

from docexam.cli.failure import say
from docexam.cli.output import write_lines
from docexam.cli.zone_blocks import zone_blocks
from docexam.errors import ExitCode, InputError, worst
from docexam.mrz.verify import Verification
from docexam.mrz.verify import verify as verify_zone
from docexam.nouns.reading import Reading, ReadingError
from docexam.report.reading_json import reading_to_line

_MOST_BYTES = 64 * 2**20
"""A text larger than this is no list of zones (our limit: some 700 000 of them)."""

SOURCE = "-"
ENGINE = "text"


def verify(
    lines: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LINE...]", help="Lines of zones; none reads standard input."),
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a zone, a line each.")] = (
        False
    ),
    today: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Judge dates as on this day."),
    ] = None,
    ambiguity: Annotated[
        bool,
        typer.Option("--ambiguity", help="Tell which exchanges no check digit would notice."),
    ] = False,
) -> None:
    """Prove machine readable zones given as text.

    On standard input an empty line separates zones; without one, lines are grouped by their length.
    Exit code 0 if every zone is valid, 1 if one is not, 4 if there is no text.
    """
    day = today.date() if today is not None else dt.date.today()  # noqa: DTZ011 - the desk's day
    text = "\n".join(lines) if lines else _standard_input()
    zones = zone_blocks(text)
    if not zones:
        error = InputError(
            "There is no machine readable zone in the input.",
            code="input.empty",
            hint="Give its lines as arguments or on standard input.",
        )
        if json:
            told = ReadingError(error.code, error.message, error.hint)
            write_lines(f"{reading_to_line(Reading(SOURCE, found=False, error=told))}\n")
        raise error
    codes = _as_json(zones, day, ambiguity) if json else _for_people(zones, day, ambiguity)
    if code := worst(codes):
        raise typer.Exit(code)


def _standard_input() -> str:
    if sys.stdin is None:  # a process started with its input closed
        return ""
    if sys.stdin.isatty():
        say("Type the lines of the zone, then end the input (Ctrl-D).")
    data = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        message = f"The input is larger than {_MOST_BYTES // 2**20} MiB."
        raise InputError(message, code="input.too-large", hint="Give it in parts.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8-sig", errors="replace")


def _proven(zone: list[str], day: dt.date, *, ambiguity: bool) -> Verification:
    verification = verify_zone(zone, today=day)
    if ambiguity:
        from docexam.mrz.ambiguity import ambiguity as ambiguity_of

        notice = ambiguity_of(verification.lines)
        if notice is not None:
            return replace(verification, problems=(*verification.problems, notice))
    return verification


def _code(verification: Verification) -> ExitCode:
    if not verification.lines:
        return ExitCode.UNREADABLE
    return ExitCode.CLEAR if verification.valid else ExitCode.REFER


def _as_json(zones: list[list[str]], day: dt.date, ambiguity: bool) -> list[ExitCode]:
    codes = []
    for index, zone in enumerate(zones, 1):
        started = time.perf_counter()
        verification = _proven(zone, day, ambiguity=ambiguity)
        codes.append(_code(verification))
        elapsed_ms = (time.perf_counter() - started) * 1000
        write_lines(f"{reading_to_line(reading_of(verification, index, elapsed_ms))}\n")
    return codes


def _for_people(zones: list[list[str]], day: dt.date, ambiguity: bool) -> list[ExitCode]:
    from rich.console import Console

    from docexam.cli.verify_view import zone_view

    console = Console(highlight=False)
    codes = []
    for index, zone in enumerate(zones, 1):
        verification = _proven(zone, day, ambiguity=ambiguity)
        codes.append(_code(verification))
        console.print(zone_view(verification, index))
    if len(codes) > 1:
        wrong = sum(code != ExitCode.CLEAR for code in codes)
        say(f"{len(codes)} zones, {wrong} of them not valid.")
    return codes


def reading_of(verification: Verification, index: int, elapsed_ms: float) -> Reading:
    """A proven text as a reading: there is no image, so nothing in it is left open by one."""
    return Reading(
        file=SOURCE,
        found=bool(verification.lines),
        index=index,
        format=verification.format if verification.lines else None,
        lines=verification.lines,
        valid=verification.valid,
        confident=bool(verification.lines),
        confidence=float(bool(verification.lines)),
        fields=verification.fields,
        check_digits=verification.check_digits,
        problems=verification.problems,
        engine=ENGINE,
        elapsed_ms=elapsed_ms,
    )
