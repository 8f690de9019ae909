"""Reads pictures with known text through each engine and counts what comes out.

First the pictures as they are, then after each degradation, for each engine, in one run on one
core: `python -m benchmarks.mrz_pictures`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import one_core, readers, show
from benchmarks.degrade import DEGRADATIONS, Degradation, turned
from benchmarks.outside import Reader, timed
from benchmarks.score import Outcome, summarise
from benchmarks.truth import Picture, read_truth
from benchmarks.variants import write_variant
from benchmarks.zones import Place, place_from_reading, places_from_file
from docexam.errors import DocexamError, ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CLEAN = "as they are"
DEFAULT_PICTURES = Path(__file__).resolve().parents[2] / "shared" / "real"


@dataclass(frozen=True, slots=True)
class Row:
    """The outcomes of one engine on one set of pictures."""

    title: str
    engine: str
    outcomes: list[Outcome]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the picture benchmark to `parser`."""
    parser.add_argument("--pictures", type=Path, default=DEFAULT_PICTURES, metavar="FOLDER")
    parser.add_argument(
        "--engines", default="onnx,tesseract,tesseract-alone,passporteye", metavar="LIST"
    )
    parser.add_argument(
        "--tessdata", type=Path, metavar="FILE", help="a .traineddata file for Tesseract"
    )
    parser.add_argument("--tessdata-name", metavar="NAME", help="its name in the table")
    parser.add_argument("--only", default="", metavar="TEXT", help="pictures whose name holds it")
    parser.add_argument(
        "--degrade",
        default="all",
        metavar="LIST",
        help=f"none, all, or of: {', '.join(DEGRADATIONS)}, turn:DEGREES",
    )
    parser.add_argument("--quads", type=Path, metavar="FILE", help="corners of the zones (JSON)")
    parser.add_argument("--json", action="store_true", help="JSON Lines, one row each")
    parser.add_argument("--failures", action="store_true", help="print what was misread")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the degraded pictures")


def chosen(names: str) -> list[Degradation]:
    """The degradations that `names` lists."""
    if names in ("", "none"):
        return []
    if names == "all":
        return list(DEGRADATIONS.values())
    found = []
    for name in names.split(","):
        if name in DEGRADATIONS:
            found.append(DEGRADATIONS[name])
            continue
        try:
            degrees = float(name.removeprefix("turn:")) if name.startswith("turn:") else None
        except ValueError:
            degrees = None
        if degrees is None:
            raise UsageError(
                f"There is no degradation {name!r}.",
                code="bench.degrade",
                hint=f"Choose from {', '.join(DEGRADATIONS)}, or turn:DEGREES.",
            )
        found.append(Degradation(name, f"turned by {degrees:g} degrees", turned(degrees)))
    return found


def read_all(reader: Reader, pictures: list[Picture], title: str) -> Row:
    """Every picture once, after one reading that is not counted and warms the engine."""
    if pictures:
        timed(reader, pictures[0].path)
    outcomes = []
    show_progress = sys.stderr.isatty()
    for i, picture in enumerate(pictures, 1):
        if show_progress:
            print(f"\r{title}, {reader.name}: {i}/{len(pictures)}\033[K", end="", file=sys.stderr)
        outcomes.append(Outcome(picture, timed(reader, picture.path)))
    if show_progress:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    return Row(title, reader.name, outcomes)


def places(pictures: list[Picture], quads: Path | None, clean: list[Row]) -> dict[str, Place]:
    """Where the text lies: from the table, else from the first engine that tells it."""
    known = places_from_file(quads, pictures) if quads else {}
    for row in clean:
        for outcome in row.outcomes:
            name = outcome.picture.name
            if outcome.picture.lines and name not in known:
                place = place_from_reading(outcome.picture, outcome.timed.zones)
                if place is not None:
                    known[name] = place
    return known


def rows(options: argparse.Namespace) -> Iterator[Row]:
    """One row after another, as they are measured."""
    pictures = [p for p in read_truth(options.pictures) if options.only in p.name]
    engines = readers.load(options.engines.split(","), options.tessdata, options.tessdata_name)
    clean = []
    for reader in engines:
        clean.append(read_all(reader, pictures, CLEAN))
        yield clean[-1]
    printed = [p for p in pictures if p.lines]
    changes = chosen(options.degrade)
    known = places(printed, options.quads, clean) if changes else {}
    unknown = [p.name for p in printed if p.name not in known]
    if unknown and any(c.needs_place for c in changes):
        print(
            f"Place of the text unknown, left out where it is needed: {', '.join(unknown)}",
            file=sys.stderr,
        )
    for change in changes:
        with tempfile.TemporaryDirectory(prefix="docexam-bench-") as temporary:
            folder = options.keep or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            made = [write_variant(p, change, known.get(p.name), folder) for p in printed]
            variants = [v for v in made if v is not None]
            for reader in engines:
                yield read_all(reader, variants, change.title)


def as_json(row: Row) -> dict[str, Any]:
    return {"pictures": row.title, "engine": row.engine, **asdict(summarise(row.outcomes))}


def run(options: argparse.Namespace) -> None:
    """Measure and print; a table for people unless JSON is asked for."""
    core = one_core.pin()
    if not options.json:
        print(f"MRZ pictures of {options.pictures.name}, core {core}\n{show.HEAD}")
    done = []
    for row in rows(options):
        done.append(row)
        if options.json:
            print(json.dumps(as_json(row)), flush=True)
            continue
        print(show.row(row.title, row.engine, summarise(row.outcomes)), flush=True)
        if options.failures:
            for outcome in row.outcomes:
                if outcome.missed or outcome.wrong:
                    print(show.failure(outcome, row.engine, row.title))
    if not options.json:
        print(f"\n{show.LEGEND}\n\nExact by format, {CLEAN}:")
        for row in done:
            if row.title == CLEAN:
                print(show.formats_row(row.engine, summarise(row.outcomes)))


def ending_in_a_sentence(work: Callable[[], None]) -> int:
    """Run `work`; 0, or the exit code of its error, told on standard error."""
    try:
        work()
    except DocexamError as error:
        print(f"{error.message} {error.hint}".strip(), file=sys.stderr)
        return int(error.exit_code)
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return int(ExitCode.INTERRUPTED)
    return 0


def main() -> int:
    """Command line; 0, or the exit code of the error."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mrz_pictures", description=__doc__)
    arguments(parser)
    return ending_in_a_sentence(lambda: run(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
