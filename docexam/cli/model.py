"""`docexam model`: learns what genuine documents of one issue show, and keeps it signed."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docexam.capture.limits import DEFAULT_MAX_MEGAPIXELS, Limits
from docexam.cli.failure import debugging, say
from docexam.cli.native_noise import muted
from docexam.cli.output import write_lines
from docexam.cli.progress import progress_on
from docexam.errors import ExitCode, InputError, ModelError, UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from docexam.capture.capture_set import OpenCapture

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Learn and keep what genuine documents of one issue show in each light.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
Trust = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR|FILE",
        envvar="DOCEXAM_TRUST",
        help="Public keys (PEM) of those whose models are believed.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a model, a line each.")]


@app.command()
def enrol(
    captures: Annotated[
        list[Path],
        typer.Argument(
            metavar="CAPTURE...",
            help="Capture sets of genuine documents of one issue, or folders of them; "
            "at least 3, better 5 or more, of different holders.",
        ),
    ],
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of models to write to.")],
    key: Annotated[
        Path | None, typer.Option(metavar="KEY.pem", help="Ed25519 private key to sign with.")
    ] = None,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Make that key first, and its public half beside it.")
    ] = False,
    number: Annotated[
        int, typer.Option(min=1, max=999, help="Tells apart issues of one type and year.")
    ] = 1,
    first_year: Annotated[
        int | None,
        typer.Option(min=1980, max=2199, help="Year of the first issue, if you know it."),
    ] = None,
    last_year: Annotated[
        int | None, typer.Option(min=1980, max=2199, help="Year of the last issue, if it is past.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the model of that name.")
    ] = False,
    today: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Read dates as on this day.")
    ] = None,
    max_megapixels: Annotated[
        float,
        typer.Option(
            envvar="DOCEXAM_MAX_MEGAPIXELS", min=0.01, max=1000, help="Refuse larger pictures."
        ),
    ] = DEFAULT_MAX_MEGAPIXELS,
    json: Json = False,
) -> None:
    """Learn a document model from genuine captures, say what was learned, and sign it.

    The model is written to DIR/<name>/ and holds nothing personal. Without --key it is not signed,
    and no station will use it.
    """
    from docexam.cli.model_view import show_model, state_line
    from docexam.reference.enrol import enrol as learn
    from docexam.reference.signature_keys import refuse_taken
    from docexam.reference.store import save_model

    if new_key and key is None:
        raise UsageError(
            "--new-key needs a place for the key.", code="usage.key", hint="Name it with --key."
        )
    if first_year is not None and last_year is not None and last_year < first_year:
        raise UsageError(
            f"The last year of issue, {last_year}, lies before the first, {first_year}.",
            code="usage.years",
            hint="Check --first-year and --last-year.",
        )
    if new_key and key is not None:
        refuse_taken(key)
    private = None if new_key else _private_key(key)
    opened, paths = _opened(captures, Limits(max_pixels=round(max_megapixels * 1e6)))
    with (
        muted(unless=debugging()),
        progress_on(len(opened), wanted=sys.stderr.isatty(), doing="learning") as advance,
    ):
        model = learn(
            opened,
            today=today.date() if today is not None else dt.date.today(),  # noqa: DTZ011
            number=number,
            first_year=first_year,
            last_year=last_year,
            progress=advance,
        )
    for each in model.left_out:
        say(f"{paths[each.number - 1].name} is left out: {each.why}.")
    if new_key and key is not None:
        from docexam.reference.signature_keys import new_private_key, public_half

        private = new_private_key(key)
        public = public_half(key).name
        say(f"A new key was made: keep {key.name}, and give {public} to the stations.")
    place = save_model(model, out, private, replace=replace)
    if private is None:
        say("The model is not signed: stations refuse it. Name a key with --key.")
    write_lines(state_line(place) if json else show_model(place))


@app.command("list")
def list_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of models.")],
    *,
    trust: Trust = None,
    json: Json = False,
) -> None:
    """List the models of a folder, and whether a station would use them."""
    from docexam.cli.model_view import state_line, table_of
    from docexam.reference.trust import trusted_keys

    keys, places = trusted_keys(trust), _models_in(folder)
    if json:
        write_lines("".join(state_line(place, keys) for place in places))
    else:
        write_lines(table_of(places, keys))


@app.command()
def show(
    model: Annotated[Path, typer.Argument(metavar="MODEL", help="A model's folder.")],
    *,
    sheet: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw what was learned (PNG).")
    ] = None,
    trust: Trust = None,
    json: Annotated[
        bool, typer.Option("--json", help="The model as docexam.model/1, on one line.")
    ] = False,
) -> None:
    """Say what a model knows, how sure it is, and what could not be learned.

    It is shown whoever signed it; the first lines say whether a station would use it.
    """
    from docexam.cli.model_view import as_one_line, show_model
    from docexam.reference.trust import trusted_keys

    places = _models_in(model)
    if len(places) > 1:
        raise UsageError(
            f"{model.name} holds {len(places)} models.",
            code="usage.model",
            hint=f"Name one of them, such as {model / places[0].name}.",
        )
    keys = trusted_keys(trust)
    write_lines(as_one_line(places[0]) if json else show_model(places[0], keys))
    if sheet is not None:
        from docexam.capture.save import write_whole
        from docexam.reference.model_sheet import model_sheet
        from docexam.reference.store import read_model

        write_whole(sheet, model_sheet(read_model(places[0])))


@app.command()
def verify(
    folder: Annotated[
        Path, typer.Argument(metavar="MODEL|DIR", help="A model, or a folder of models.")
    ],
    *,
    trust: Trust = None,
    json: Json = False,
) -> None:
    """Prove that models are what their authority signed, and that its key is trusted.

    Exit code 0 if all may be used, 1 if one must not be, 4 if one is damaged or there is none.
    """
    from docexam.cli.model_view import state_line, state_of, state_text
    from docexam.reference.trust import trusted_keys

    keys, places = trusted_keys(trust), _models_in(folder)
    states = [state_of(place, keys) for place in places]
    write = state_line if json else state_text
    write_lines("".join(write(place, keys) for place in places))
    refused = [state["why"] for state in states if state["why"] is not None]
    if refused and all(why == "broken" for why in refused):
        raise typer.Exit(ExitCode.UNREADABLE)
    raise typer.Exit(ExitCode.REFER if refused else ExitCode.CLEAR)


def _models_in(folder: Path) -> list[Path]:
    from docexam.reference.store import model_folders

    try:
        return model_folders(folder)
    except ModelError as error:
        raise InputError(error.message, code=error.code, hint=error.hint) from error


def _opened(captures: list[Path], limits: Limits) -> tuple[list[OpenCapture], list[Path]]:
    """The capture sets that are named, and those in folders that are named."""
    from docexam.capture.capture_set import capture_sets_under, open_capture_set

    paths: list[Path] = []
    for each in captures:
        found = list(capture_sets_under(each)) if each.is_dir() else [each]
        if not found:
            raise InputError(
                f"The folder {each.name!r} holds no capture set.",
                code="enrol.no-capture",
                hint="Name capture sets, or a folder of them.",
            )
        paths += found
    opened = []
    for path in paths:
        try:
            opened.append(open_capture_set(path, limits=limits))
        except InputError as error:
            raise InputError(
                f"{path.name} cannot be opened: {error.message}", code=error.code, hint=error.hint
            ) from error
    return opened, paths


def _private_key(path: Path | None) -> Ed25519PrivateKey | None:
    if path is None:
        return None
    from docexam.reference.signature_keys import is_open_to_others, load_private_key

    if is_open_to_others(path):
        say(f"Others may read the key {path.name}. Keep it to yourself: chmod 600.")
    return load_private_key(path, _password)


def _password() -> str:
    """The key's password: from DOCEXAM_KEY_PASSWORD, or asked for."""
    given = os.environ.get("DOCEXAM_KEY_PASSWORD")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        return ""
    return str(typer.prompt("Password of the key", hide_input=True, err=True))
