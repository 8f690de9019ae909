"""`docexam specimen`: draws travel documents of fictitious states, for training and for proof."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docexam.cli.output import write_lines
from docexam.cli.specimen_forge import attack_rows, forge, is_attack, show_attack
from docexam.cli.specimen_series import prepare, print_json, run_series
from docexam.errors import InputError, UsageError

if TYPE_CHECKING:
    from docexam.specimens.series import Job

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Draw travel documents of fictitious states under every light.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

_MOST = 100_000


@app.command()
def make(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", readable=False, help="A new or empty folder.")
    ],
    *,
    design: Annotated[
        list[str] | None,
        typer.Option(help="Design; several, or `all`, take turns. See `specimen list`."),
    ] = None,
    count: Annotated[int, typer.Option(min=1, max=_MOST, help="How many documents.")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="The first document's seed.")] = 1,
    lights: Annotated[str, typer.Option(help="Lights, separated by commas.")] = "white,ir,uv",
    ppi: Annotated[float, typer.Option(help="Resolution, 150 to 600.")] = 400.0,
    device: Annotated[
        str,
        typer.Option(
            help="flatbed, camera-box, page-reader, kiosk-reader, hand-reader, "
            "desk-reader, lane-reader, gate-reader, office-reader, ferry-reader, "
            "counter-reader or telephone."
        ),
    ] = "flatbed",
    wear: Annotated[float, typer.Option(help="0 new to 1 worn out.")] = 0.0,
    degradation: Annotated[float, typer.Option(help="State of the device, 0 to 1.")] = 0.0,
    turn: Annotated[
        float | None, typer.Option(help="Degrees clockwise on the glass; by seed if not given.")
    ] = None,
    pages: Annotated[
        str, typer.Option(help="Pages, separated by commas; `all` for the booklet's too.")
    ] = "",
    sheet: Annotated[
        bool, typer.Option("--sheet", help="Also a contact sheet beside the truth.")
    ] = False,
    surname: Annotated[str | None, typer.Option(help="The holder's surname.")] = None,
    given_names: Annotated[str | None, typer.Option(help="The holder's given names.")] = None,
    sex: Annotated[str | None, typer.Option(help="F, M or X.")] = None,
    birth_date: Annotated[str | None, typer.Option(help="YYYY-MM-DD.")] = None,
    expiry_date: Annotated[str | None, typer.Option(help="YYYY-MM-DD.")] = None,
    number: Annotated[str | None, typer.Option(help="The document number.")] = None,
    workers: Annotated[
        int, typer.Option(min=0, max=256, help="Processes; 0 chooses by cores.")
    ] = 1,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a specimen.")] = False,
) -> None:
    """Draw one genuine document, or a series by seed.

    Capture sets are written to OUT/<name>/, their truth to OUT/truth/<name>.json.
    """
    from docexam.specimens.design import design_names
    from docexam.specimens.series import Job, check_job, parse_lights
    from docexam.specimens.series import make as make_one

    names = tuple(design or ["uto-passport"])
    if names == ("all",):
        names = design_names()
    jobs = []
    for at in range(count):
        own = names[at % len(names)]
        jobs.append(
            Job(
                name=f"{own}-{seed + at:05d}",
                design=own,
                seed=seed + at,
                lights=parse_lights(lights),
                ppi=ppi,
                device=device,
                wear=wear,
                degradation=degradation,
                pages=_pages(own, pages),
                sheet=sheet,
                turn_deg=turn,
            )
        )
    for job in jobs[: len(names)]:
        check_job(job)
    data = {
        "surname": surname,
        "given_names": given_names,
        "sex": sex,
        "birth_date": birth_date,
        "expiry_date": expiry_date,
        "document_number": number,
    }
    given = {key: value for key, value in data.items() if value is not None}
    if given:
        jobs = [_with_holder(job, given) for job in jobs]
    prepare(out)
    run_series(jobs, out, make_one, workers=workers, as_json=json)


def _pages(design: str, text: str) -> tuple[str, ...] | None:
    """The pages that `text` lists; None for those that are usually drawn."""
    from docexam.specimens.design import design_named

    if text.strip() == "all":
        return tuple(design_named(design).pages)
    return tuple(part.strip() for part in text.split(",")) if text else None


def _with_holder(job: Job, given: dict[str, str]) -> Job:
    from docexam.specimens.design import design_named
    from docexam.specimens.holders import Sex, holder_for, read_date, refuse_impossible
    from docexam.specimens.mrz_text import mrz_lines

    design = design_named(job.design)
    holder = holder_for(design, job.seed)
    dates = {
        key: read_date(value, key.replace("_", " "))
        for key, value in given.items()
        if key.endswith("_date")
    }
    if "sex" in given and given["sex"] not in ("F", "M", "X"):
        raise UsageError("The sex is none of F, M, X.", code="specimen.sex")
    sex: Sex = given.get("sex", holder.sex)  # type: ignore[assignment]
    own_name = "surname" in given or "given_names" in given
    holder = replace(
        holder,
        surname=given.get("surname", holder.surname),
        given_names=given.get("given_names", holder.given_names),
        native_surname="" if own_name else holder.native_surname,
        native_given_names="" if own_name else holder.native_given_names,
        sex=sex,
        document_number=given.get("document_number", holder.document_number).upper(),
        birth_date=dates.get("birth_date", holder.birth_date),
        expiry_date=dates.get("expiry_date", holder.expiry_date),
    )
    if "expiry_date" in dates and holder.issue_date >= holder.expiry_date:
        holder = replace(holder, issue_date=_issued_for(holder.expiry_date, design.term_years))
    refuse_impossible(holder, design)
    mrz_lines(design, holder)
    return replace(job, holder=holder)


def _issued_for(expiry: dt.date, term_years: int) -> dt.date:
    """A day of issue `term_years` before `expiry`; dates of no calendar are refused later."""
    days = min(365 * term_years, (expiry - dt.date.min).days)
    return expiry - dt.timedelta(days=days)


@app.command("list")
def list_(
    *, json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False
) -> None:
    """List the designs, lights, devices and attacks."""
    from docexam.nouns.capture_set import LIGHTS
    from docexam.specimens.capturing.devices import devices
    from docexam.specimens.design import design_named, design_names

    rows: list[dict[str, object]] = []
    for name in design_names():
        design = design_named(name)
        rows.append(
            {
                "kind": "design",
                "name": name,
                "format": design.format,
                "issuer": design.issuer,
                "pages": list(design.pages),
                "title": design.title,
                "final_only": design.final_only,
            }
        )
    rows += [{"kind": "light", "name": light} for light in LIGHTS]
    rows += [
        {
            "kind": "device",
            "name": each.name,
            "lights": list(each.lights),
            "final_only": each.final_only,
        }
        for each in devices().values()
    ]
    rows += attack_rows()
    if json:
        print_json(rows)
        return
    lines = []
    for row in rows:
        if row["kind"] == "design":
            only = ", final figures only" if row["final_only"] else ""
            lines.append(f"design  {row['name']:<22} {row['format']:<6} {row['title']}{only}")
        elif row["kind"] == "attack":
            lines.append(f"attack  {row['name']:<34} {row['sentence']}")
        else:
            only = ", final figures only" if row.get("final_only") else ""
            lines.append(f"{row['kind']:<7} {row['name']}{only}")
    write_lines("\n".join(lines) + "\n")


@app.command()
def show(
    target: Annotated[str, typer.Argument(metavar="DESIGN|SET|ATTACK", help="What to show.")],
    *,
    sheet: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a contact sheet (PNG).")
    ] = None,
    lights: Annotated[str, typer.Option(help="Lights of the sheet.")] = "white,ir,uv",
) -> None:
    """Describe a design or an attack, or tell what a drawn capture set really is.

    The truth of a set OUT/<name> is read from OUT/truth/<name>.json.
    """
    from docexam.specimens.design import design_names

    path = Path(target)
    try:
        is_set = path.is_dir()
    except OSError as error:
        raise InputError(
            f"{target!r} cannot be looked at: {os.strerror(error.errno or 0)}.",
            code="specimen.show",
            hint="Name a design of `docexam specimen list`, or a drawn capture set.",
        ) from error
    if is_set:
        _show_set(path)
        return
    if is_attack(target):
        show_attack(target, sheet)
        return
    if target not in design_names() and path.suffix:
        raise InputError(
            f"{target!r} is neither a design nor a folder.",
            code="specimen.show",
            hint="Name a design of `docexam specimen list`, or a drawn capture set.",
        )
    _show_design(target, sheet, lights)


def _show_set(folder: Path) -> None:
    truth = folder.resolve().parent / "truth" / f"{folder.resolve().name}.json"
    try:
        text = truth.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"There is no truth of {folder.name!r} beside it.",
            code="specimen.truth",
            hint="Only sets that docexam drew have one, in the folder truth beside them.",
        ) from error
    write_lines(text if text.endswith("\n") else text + "\n")


def _show_design(name: str, sheet: Path | None, lights: str) -> None:
    from docexam.specimens.design import design_named

    design = design_named(name)
    lines = [
        f"{design.title}",
        f"issuer {design.issuer}, {design.format}, from {design.first_year}, "
        f"valid {design.term_years} years, MRZ in {design.mrz_ink}, page {design.mrz_page!r}",
    ]
    for page_name, page in design.pages.items():
        lines.append(f"page {page_name}: {page.substrate}")
        lines += [f"  {art.role:<12} {art.name} in {', '.join(art.inks)}" for art in page.layers]
        if page.portrait is not None:
            lines.append(f"  portrait     {page.portrait.technique}")
    write_lines("\n".join(lines) + "\n")
    if sheet is not None:
        from docexam.capture.save import write_whole
        from docexam.specimens.contact_sheet import contact_sheet
        from docexam.specimens.series import Job, draw_specimen, parse_lights

        job = Job(name=name, design=name, seed=1, lights=parse_lights(lights), ppi=300.0)
        write_whole(sheet, contact_sheet(draw_specimen(job)))


app.command()(forge)
