"""Documents as the checks see them, made of zone texts: nobody's data, no pixels."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from docexam.checks.examined import Examined, PageSeen, ZoneSeen
from docexam.mrz.verify import verify
from docexam.nouns.capture_set import CaptureDevice, CaptureImage, CapturePage, CaptureSet
from docexam.nouns.reading import Reading, Resolved
from docexam.nouns.report import VizField

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docexam.nouns.finding import Finding

TODAY = dt.date(2026, 11, 22)
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F3204153ZE184226B<<<<<16",
)
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F3204153UTO<<<<<<<<<<<2",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F3204153<<<<<<<2")
MRV_A = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4UTO7408122F3204153<<<<<<<<<<<<<<<<",
)


def reading(
    lines: Sequence[str], *, open_at: Iterable[tuple[int, int]] = (), confident: bool | None = None
) -> Reading:
    """What a reader would say of these lines; the places in `open_at` are left open."""
    proven = verify(list(lines), today=TODAY)
    places = list(open_at)
    return Reading(
        "zone.png",
        found=True,
        format=proven.format,
        lines=proven.lines,
        valid=proven.valid,
        confident=not places if confident is None else confident,
        confidence=0.99 if not places else 0.6,
        fields=proven.fields,
        check_digits=proven.check_digits,
        problems=proven.problems,
        resolved=tuple(
            Resolved(line, column, lines[line - 1][column - 1], (("X", 0.5),), "open")
            for line, column in places
        ),
    )


def zone(page: str = "data", **readings: Reading) -> ZoneSeen:
    """A zone on a page, each cell 2.54 mm wide."""
    some = next(iter(readings.values()))
    cells = {
        (line, column): (6.0 + 2.54 * (column - 1), 70.0 + 6.35 * (line - 1), 2.0, 2.5)
        for line, text in enumerate(some.lines, 1)
        for column in range(1, len(text) + 1)
    }
    return ZoneSeen(page, readings, cells, (6.0, 70.0, 111.0, 9.0))


def examined(
    lines: Sequence[str] = TD3,
    *,
    page: str = "data",
    white: Sequence[str] | None = None,
    open_at: Iterable[tuple[int, int]] = (),
    viz: Sequence[VizField] = (),
    **more: Any,
) -> Examined:
    """A document whose zone was read in infrared and in white (the same, unless `white` says)."""
    seen = zone(
        page,
        ir=reading(lines, open_at=open_at),
        white=reading(white or lines, open_at=open_at),
    )
    page_seen = PageSeen(page, seen.readings["ir"].format, (125.0, 88.0), ("white", "ir", "uv"))
    given: dict[str, Any] = {
        "pages": {page: page_seen},
        "zones": {page: seen},
        "viz": {page: tuple(viz)} if viz else {},
    }
    return Examined(**{"capture": capture_set(), "today": TODAY, **given, **more})


def capture_set(kind: str = "live") -> CaptureSet:
    """A capture set of one page that nobody will open."""
    images = tuple(CaptureImage(light, f"{light}.png") for light in ("white", "ir", "uv"))
    return CaptureSet("case", (CapturePage("data", images),), device=CaptureDevice("box", kind))


def field(name: str, text: str, confidence: float = 0.99) -> VizField:
    """A printed field, surely read."""
    return VizField(name, text, confidence, (40.0, 20.0, 30.0, 4.0))


def one(findings: Iterable[Finding], check: str) -> Finding:
    """The only finding of a check."""
    found = [each for each in findings if each.check == check]
    assert len(found) == 1, found
    return found[0]


def changed(lines: Sequence[str], line: int, column: int, character: str) -> tuple[str, ...]:
    """The lines with one other character."""
    text = list(lines)
    row = text[line - 1]
    text[line - 1] = row[: column - 1] + character + row[column:]
    return tuple(text)
