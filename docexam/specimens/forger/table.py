"""The tables of docs/forger.md, computed from drawn layers.

`python -m docexam.specimens.forger.table docs/forger.md` rewrites them between their marks.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.specimens.design import design_named
from docexam.specimens.document import draw_document
from docexam.specimens.forger.catalogue import catalogue
from docexam.specimens.forger.forge import forge

if TYPE_CHECKING:
    from docexam.specimens.document import Document
    from docexam.specimens.truth import Attack

SEVERITIES = (0.1, 0.5, 1.0)
DESIGN, SEED, PPI = "uto-passport", 7, 200.0
NONE = "0"
NOT_TOLD = "-"

LABELS: dict[str, tuple[str, str]] = {
    "uv_level": ("UV level of the page (office paper 1)", ""),
    "mrz_contrast_900": ("print contrast of the MRZ at 900 nm", ""),
    "viz_contrast_900": ("print contrast of the fields at 900 nm", ""),
    "ink_contrast_900": ("print contrast of the new ink at 900 nm", ""),
    "contrast_900": ("print contrast of the new character at 900 nm", ""),
    "halo_contrast": ("halo: relative change of the glow at the place", NONE),
    "light_through_change": ("relative change of the light through the sheet", NONE),
    "white_level_change": ("change of reflectance in white light", NONE),
    "white_level": ("reflectance at the place in white light", ""),
    "border_step_mm": ("step at the portrait's border, mm", NONE),
    "turn_deg": ("photograph turned, degrees", NONE),
    "photo_uv_level": ("UV level of the portrait", ""),
    "likeness": ("likeness of the other face (same face 1)", "1"),
    "film_thicker_mm": ("film thicker by, mm", NONE),
    "trimmed_mm": ("leaf too narrow by, mm", NONE),
    "pitch_mm": ("pitch of the MRZ, mm", ""),
    "pitch_error_mm": ("error of the pitch, mm", NONE),
    "line_shorter_mm": ("line of the MRZ shorter by, mm", NONE),
    "right_mm": ("MRZ too far right by, mm", NONE),
    "down_mm": ("MRZ too low by, mm", NONE),
    "ink_elsewhere": ("ink that stands elsewhere, share of all", NONE),
    "baseline_error_mm": ("baseline off by, mm", NONE),
    "fields_too_low_mm": ("fields too low by, mm", NONE),
    "offset_mm": ("new print out of line by, mm", NONE),
    "size_error": ("relative error of the character's size", NONE),
    "characters": ("characters changed", NONE),
    "digits": ("digits that differ", NONE),
    "ghost_density": ("mean cover of the second portrait's ink", ""),
    "fibre_glow": ("glow of the fibres (office paper 1)", ""),
    "out_of_place_mm": ("motifs out of place by, mm", NONE),
    "share_of_one_colour": ("share of the one bought colour", NONE),
    "blur_mm": ("motifs blurred by, mm", NONE),
    "droplet_share": ("share of droplets in the print", NONE),
    "days_before_issue": ("stamp older than the passport by, days", NONE),
    "ink_left": ("share of the ink that is left", "1"),
    "glue_cover": ("glue at the sticker's rim, cover", NONE),
    "years_apart": ("years between holder and bearer", NONE),
}
"""Each figure of the truth: what it says, and its value on a genuine document where it has none
of its own."""


def measured(document: Document, name: str) -> dict[float, tuple[Attack, ...]]:
    """What the attack `name` does to `document` at each severity."""
    return {severity: forge(document, (name,), severity)[1] for severity in SEVERITIES}


def figure_rows(name: str, attacks: dict[float, tuple[Attack, ...]]) -> list[str]:
    """Rows `attack | figure | genuine | 0.1 | 0.5 | 1.0` of one attack, on its first page."""
    first = {severity: told[0] for severity, told in attacks.items()}
    keys = list(dict.fromkeys(key for each in first.values() for key in each.figures))
    rows = []
    for key in keys:
        if key not in LABELS:
            continue
        label, genuine = LABELS[key]
        own = first[1.0].figures.get(f"{key}_genuine")
        genuine = genuine if own is None else _number(own)
        values = [_number(first[severity].figures.get(key)) for severity in SEVERITIES]
        rows.append(f"| {name} | {label} | {genuine} | {' | '.join(values)} |")
    return rows


def _number(value: float | str | None) -> str:
    if value is None:
        return NOT_TOLD
    if isinstance(value, str):
        return value
    return f"{value:.0f}" if value == round(value) else f"{value:.3g}"


def check_row(name: str, attacks: dict[float, tuple[Attack, ...]]) -> str:
    """The row `attack | what | seen when crude | no longer seen when skilled`."""
    crude, skilled = (
        list(dict.fromkeys(check for each in attacks[at] for check in each.expect))
        for at in (1.0, 0.1)
    )
    gone = [f"`{check}`" for check in crude if check not in skilled]
    seen = ", ".join(f"`{check}`" for check in crude)
    return f"| `{name}` | {catalogue()[name].sentence} | {seen} | {', '.join(gone) or NOT_TOLD} |"


def example() -> Document:
    """The genuine document that the tables start from, with all its pages."""
    design = design_named(DESIGN)
    return draw_document(design, SEED, ppi=PPI, pages=tuple(design.pages))


def tables(names: tuple[str, ...] | None = None) -> dict[str, list[str]]:
    """The lines of both tables, by the name of their mark."""
    document = example()
    checks = [
        "| attack | what the forger does | seen by, when crude (1.0) | no longer at 0.1 |",
        "|---|---|---|---|",
    ]
    figures = ["| attack | figure | genuine | 0.1 | 0.5 | 1.0 |", "|---|---|---|---|---|---|"]
    for name in names or tuple(catalogue()):
        attacks = measured(document, name)
        checks.append(check_row(name, attacks))
        figures += figure_rows(name, attacks)
    return {"checks": checks, "figures": figures}


def rewritten(text: str) -> str:
    """`text` with both tables computed anew between their marks."""
    for mark, lines in tables().items():
        begin = f"<!-- {mark} -->\n"
        before, _, rest = text.partition(begin)
        after = rest[rest.index("<!-- end -->") :]
        text = before + begin + "\n".join(lines) + "\n" + after
    return text


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(rewritten(page.read_text(encoding="utf-8")), encoding="utf-8")
