"""How much of a visual zone is compared, over layouts that no design here has.

    python -m benchmarks.viz_layouts [--pages 24] [--seed 1] [--keep FOLDER]

Development designs are drawn with visual zones laid out anew (`layout_pages`); of each page, white
and infrared, only the text is examined. Then one field after the other is altered in the zone, its
check digits computed anew, and the same reading is judged again. A field counts as

    caught   the altered zone fails on it;
    guess    it is named, but surely enough to hold a difference against the document;
    missed   no line was named so;
    alarm    it fails although nothing was altered;
    misread  its text is another than what is printed, or another field's; `surely` above SURE.

`--keep` keeps what was seen of the pages, so that another reader can be tried on the same ones.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.layout_pages import STYLES
from benchmarks.layout_seen import LIGHTS, TODAY, drawn, kept_page
from docexam.checks.cross_viz import CHECKS, SURE
from docexam.checks.examined import Examined, PageSeen, ZoneSeen
from docexam.checks.viz_naming import named_by_zone
from docexam.checks.viz_text import plain
from docexam.checks.zone_choice import main_zone
from docexam.evaluation.worker_start import get_ready
from docexam.mrz.verify import verify
from docexam.nouns.capture_set import CaptureSet
from docexam.nouns.reading import Reading
from docexam.specimens.holders import years_later
from docexam.specimens.mrz_text import mrz_lines
from docexam.vision.read_viz import read_viz_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.layout_seen import Kept
    from docexam.nouns.finding import Finding
    from docexam.nouns.report import VizField
    from docexam.specimens.holders import Holder
    from docexam.vision.read_viz import VizRead

DESIGNS = (
    "uto-card", "qmj-card", "uto-passport", "qmh-card", "qmb-visa", "qmf-residence",
    "qmi-passport", "qmj-card", "qmd-passport", "uto-card", "qmk-visa", "qmh-card",
)  # fmt: skip
FIELDS = ("document_number", "surname", "given_names", "birth_date", "expiry_date", "sex",
          "nationality")  # fmt: skip
_LETTERS = {"A": "M", "E": "K", "I": "S", "O": "N", "U": "P"}


def altered(holder: Holder, field: str, rng: np.random.Generator) -> Holder:
    """The holder with another figure or letter in one field."""
    years = int(rng.integers(1, 5))
    if field == "birth_date":
        return replace(holder, birth_date=years_later(holder.birth_date, years))
    if field == "expiry_date":
        return replace(holder, expiry_date=years_later(holder.expiry_date, years))
    if field == "sex":
        return replace(holder, sex="M" if holder.sex == "F" else "F")
    text: str = getattr(holder, field)
    if field == "document_number":
        at = int(rng.choice([i for i, c in enumerate(text) if c.isdigit()]))
        other = str((int(text[at]) + int(rng.integers(1, 10))) % 10)
    else:
        at = int(rng.choice([i for i, c in enumerate(text) if c.isascii() and c.isalpha()]))
        other = _LETTERS.get(text[at].upper(), "A")
    other = text[:at] + other + text[at + 1 :]
    if field == "document_number":
        return replace(holder, document_number=other)
    if field == "surname":
        return replace(holder, surname=other)
    return replace(holder, given_names=other)


def judged(
    kept: Kept, read: VizRead, lines: Sequence[str]
) -> tuple[tuple[VizField, ...], list[Finding]]:
    """The fields that a zone of these lines names, and what the two checks say of them."""
    page, view = kept.layout.page, kept.seen.view
    proven = verify(list(lines), today=TODAY)
    reading = Reading(
        "zone",
        found=True,
        format=proven.format,
        lines=proven.lines,
        valid=proven.valid,
        confident=True,
        confidence=0.99,
        fields=proven.fields,
        check_digits=proven.check_digits,
        problems=proven.problems,
    )
    home = page if kept.layout.document.design.pages[page].mrz else "back"
    pages = {page: PageSeen(page, view.format, view.size_mm, LIGHTS)}
    pages |= {home: PageSeen(home, proven.format, None, LIGHTS)} if home != page else {}
    capture = CaptureSet("layout", ())
    case = Examined(capture, TODAY, pages, {home: ZoneSeen(home, {"ir": reading})})
    fields = named_by_zone(read.fields, read.unnamed, main_zone(case))
    case = replace(case, viz={page: fields})
    return fields, [found for check in CHECKS for found in check.judge(check, case)]


def failed(findings: Iterable[Finding], field: str) -> bool:
    """Whether a difference in this field is held against the document."""
    own = {field, "name"} if "name" in field else {field}
    own |= {"passport_number"} if field == "document_number" else set()
    return any(f.outcome == "failed" and f.reason.params["field"] in own for f in findings)


def counted(kept: Kept, read: VizRead, rng: np.random.Generator, show: bool) -> dict[str, set[str]]:
    """What became of each printed field, by its name: the words of this module's docstring."""
    document = kept.layout.document
    named, findings = judged(kept, read, document.lines)
    by_name = {each.name: each for each in named}
    printed = {
        key: document.fields[key]
        for key in document.boxes_mm[kept.layout.page]
        if key in document.fields
    }
    told: dict[str, set[str]] = {}
    for field in FIELDS:
        own = "name" if "name" in field and "name" in printed else field
        if own not in printed:
            continue
        holder, design = document.holder, document.design
        if field == "nationality":
            design = design.model_copy(update={"bearer": "UTO" if design.bearer != "UTO" else "D"})
        else:
            holder = altered(holder, field, rng)
        _, after = judged(kept, read, mrz_lines(design, holder))
        seen = by_name.get(own)
        if seen is None and field == "document_number":
            seen = by_name.get("passport_number")
        if seen is None and own != field:
            seen = by_name.get(field)
        words = {"caught"} if failed(after, field) else {"guess" if seen else "missed"}
        if failed(findings, field):
            words.add("alarm")
        if seen is not None and seen.name == own and plain(seen.text) != plain(printed[own]):
            words |= {"misread", "surely"} if seen.confidence >= SURE else {"misread"}
        told[field] = words
        if show and words != {"caught"}:
            text = "" if seen is None else f"{seen.text} {seen.confidence:.2f}"
            print(f"    {field:16} {sorted(words)} printed {printed[own]!r} read {text!r}")
    if show and any("missed" in words for words in told.values()):
        print("    unnamed:", *(f"{each.text!r}" for each in read.unnamed))
    return told


def table(rows: dict[str, Counter[str]]) -> None:
    """Shares of the printed fields, a row each."""
    columns = ("caught", "guess", "missed", "alarm", "misread", "surely")
    print("".ljust(22), "n".rjust(5), *(name.rjust(8) for name in columns))
    for name, count in rows.items():
        n = count["n"]
        shares = (f"{count[column] / n:.0%}" if column != "alarm" else f"{count[column]}"
                  for column in columns)  # fmt: skip
        print(name.ljust(22), str(n).rjust(5), *(each.rjust(8) for each in shares))


def main() -> int:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--pages", type=int, default=24)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--ppi", type=float, default=300.0)
    options.add_argument("--device", default="camera-box")
    options.add_argument("--keep", type=Path, help="folder for what was seen of the pages")
    options.add_argument("--show", action="store_true", help="print what was not caught")
    chosen = options.parse_args()
    get_ready()
    rng = np.random.default_rng(chosen.seed)
    rows: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    took: list[float] = []
    for at in range(chosen.pages):
        design = DESIGNS[at % len(DESIGNS)]
        style = STYLES[(at + at // len(STYLES)) % len(STYLES)]
        seed = chosen.seed * 1000 + at
        key = f"{design}-{style}-{seed}-{chosen.ppi:g}-{chosen.device}"
        kept = kept_page(
            chosen.keep,
            key,
            lambda d=design, s=style, n=seed: drawn(d, s, n, chosen.ppi, chosen.device),  # type: ignore[misc]
        )
        if kept is None:
            print(f"{key}: does not fit or was not found")
            continue
        start = time.perf_counter()
        read = read_viz_lines(kept.seen.view, kept.seen.zone)
        took.append(time.perf_counter() - start)
        if chosen.show:
            look = kept.layout.style
            print(f"{key}: {look.font} {look.dates} {look.number} {'/'.join(look.languages)}")
        for field, words in counted(kept, read, rng, chosen.show).items():
            kind = kept.layout.document.design.format
            for group, name in (("field", field), ("format", kind), ("captions", style),
                                ("font", kept.layout.style.font),
                                ("dates", kept.layout.style.dates), ("", "all")):  # fmt: skip
                if group != "dates" or field.endswith("date"):
                    rows[group][name].update([*words, "n"])
    for group, found in rows.items():
        print(f"\nby {group}" if group else "")
        table(found)
    print(f"\nread in {sum(took) / max(1, len(took)):.2f} s a page, {len(took)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
