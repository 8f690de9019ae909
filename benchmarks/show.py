"""Results as plain tables, and failures line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.score import Outcome, Summary

HEAD = (
    f"{'pictures':36} {'engine':20} {'exact':>8} {'share':>6} {'conf.':>6} {'none':>5} "
    f"{'wrong+valid':>11} {'..+conf.':>8} {'extra':>5} {'false':>6} "
    f"{'median':>8} {'p95':>8} {'cpu':>8}"
)
LEGEND = (
    "exact: every line as printed. conf.: share of the exact ones that are confident. "
    "none: no zone found.\nwrong+valid: text not as printed, all check digits hold; "
    "..+conf.: and confident. "
    "extra: zones beyond the printed one.\nfalse: pictures without a zone in which one was found. "
    "Seconds a picture, decoding included, engine loaded, one core;\ncpu: median processor "
    "seconds, which other work on the machine does not stretch.\ntesseract: docexam finds the "
    "zone, Tesseract reads it; tesseract-alone: Tesseract on the whole picture;\neach with the "
    "trained data named behind it, English where none is. passporteye: its own pipeline."
)


def row(title: str, engine: str, s: Summary) -> str:
    """One line of the table under `HEAD`."""
    share = f"{100 * s.exact / s.n:.0f} %" if s.n else "-"
    confident = f"{100 * s.exact_confident / s.exact:.0f} %" if s.exact else "-"
    false = f"{s.false_found}/{s.blanks}" if s.blanks else "-"
    return (
        f"{title:36} {engine:20} {f'{s.exact}/{s.n}':>8} {share:>6} {confident:>6} {s.nothing:>5} "
        f"{s.wrong_valid:>11} {s.wrong_valid_confident:>8} {s.extra:>5} {false:>6} "
        f"{s.median_s:8.3f} {s.p95_s:8.3f} {s.median_cpu_s:8.3f}"
    ) + (f"  ({s.errors} errors)" if s.errors else "")


def formats_row(engine: str, s: Summary) -> str:
    """Exact counts of each format in one line."""
    counts = "  ".join(f"{name} {right}/{n}" for name, (right, n) in s.by_format.items())
    return f"{'':4}{engine:20} {counts}"


def failure(outcome: Outcome, engine: str, title: str) -> str:
    """Printed and read text one under the other, the differing columns marked."""
    flags = [
        f"{'valid' if z.valid else 'not valid'}, {'confident' if z.confident else 'open'}"
        for z in outcome.timed.zones
    ]
    what = "; ".join(flags) or outcome.timed.error or "no zone"
    parts = [f"--- {title} | {engine} | {outcome.picture.path.stem} | {what}"]
    if outcome.picture.note:
        parts.append(f"    note: {outcome.picture.note}")
    for zone in outcome.timed.zones:
        for i in range(max(len(zone.lines), len(outcome.picture.lines))):
            printed = outcome.picture.lines[i] if i < len(outcome.picture.lines) else ""
            read = zone.lines[i] if i < len(zone.lines) else ""
            parts.append(f"    printed {printed}")
            if printed != read:
                width = max(len(printed), len(read))
                pairs = zip(printed.ljust(width), read.ljust(width), strict=True)
                parts.append(f"    read    {read}")
                parts.append("            " + "".join(" " if a == b else "^" for a, b in pairs))
    return "\n".join(parts)
