"""`docexam specimen forge`: drawn documents with known attacks, and the truth about each."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from docexam.cli.output import write_lines
from docexam.cli.specimen_series import prepare, run_series

_MOST = 100_000


def forge(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", readable=False, help="A new or empty folder.")
    ],
    *,
    design: Annotated[
        list[str] | None,
        typer.Option(help="Design; several, or `all`, take turns. See `specimen list`."),
    ] = None,
    attack: Annotated[
        str,
        typer.Option(
            help="Attacks on each document, separated by commas; `all`: each possible one in turn."
        ),
    ] = "all",
    severity: Annotated[float, typer.Option(help="0.05 skilled to 1 crude.")] = 0.5,
    count: Annotated[
        int, typer.Option(min=0, max=_MOST, help="How many; 0: one, or all attacks once.")
    ] = 0,
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
    pages: Annotated[
        str,
        typer.Option(
            help="Pages, separated by commas, or `all`; by default what is usual and what the "
            "attack needs."
        ),
    ] = "",
    sheet: Annotated[
        bool, typer.Option("--sheet", help="Also a contact sheet beside the truth, forgery marked.")
    ] = False,
    workers: Annotated[
        int, typer.Option(min=0, max=256, help="Processes; 0 chooses by cores.")
    ] = 1,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a specimen.")] = False,
) -> None:
    """Draw forged documents, by seed, attack and severity.

    Capture sets are written to OUT/<name>/, their truth with the attacks to
    OUT/truth/<name>.json. The names do not tell what was forged.
    """
    from docexam.specimens.design import design_names
    from docexam.specimens.forger.series import forge_jobs, make_forged
    from docexam.specimens.series import Job, parse_lights

    names = tuple(design or ["uto-passport"])
    if names == ("all",):
        names = design_names()
    pattern = Job(
        name="",
        design="",
        seed=seed,
        lights=parse_lights(lights),
        ppi=ppi,
        device=device,
        wear=wear,
        degradation=degradation,
        pages=tuple(part.strip() for part in pages.split(",")) if pages else None,
        sheet=sheet,
    )
    wanted = tuple(part.strip() for part in attack.split(",") if part.strip())
    jobs = forge_jobs(pattern, names, wanted, severity, count=count)
    prepare(out)
    run_series(jobs, out, make_forged, workers=workers, as_json=json)


def attack_rows() -> list[dict[str, object]]:
    """The attacks for `docexam specimen list`, each with one sentence."""
    from docexam.specimens.forger.catalogue import catalogue

    return [
        {
            "kind": "attack",
            "name": kind.name,
            "sentence": kind.sentence,
            "lights": list(kind.lights),
        }
        for kind in catalogue().values()
    ]


def is_attack(name: str) -> bool:
    """Whether the forger knows an attack of that name."""
    from docexam.specimens.forger.catalogue import catalogue

    return name in catalogue()


def show_attack(name: str, sheet: Path | None) -> None:
    """Say what an attack is and which designs allow it; `sheet` compares it with the genuine."""
    from docexam.specimens.design import design_named, design_names
    from docexam.specimens.forger.catalogue import attack_named
    from docexam.specimens.forger.forge import obstacle, pages_for

    kind = attack_named(name)
    lines = [kind.sentence, f"best seen in {', '.join(kind.lights)}"]
    for design in design_names():
        made = design_named(design)
        why = obstacle(kind, made, pages_for((name,), made))
        lines.append(f"{design:<16} {f'no: {why}' if why else 'yes'}")
    write_lines("\n".join(lines) + "\n")
    if sheet is not None:
        import io

        from docexam.capture.save import write_whole
        from docexam.specimens.forger.comparison import example

        data = io.BytesIO()
        example(name).save(data, "PNG")
        write_whole(sheet, data.getvalue())
