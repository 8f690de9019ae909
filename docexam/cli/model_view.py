"""Document models for people at a terminal, and as lines of JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from docexam.cli.failure import printable
from docexam.cli.model_words import why_not_learned, why_refused
from docexam.errors import InputError, ModelError
from docexam.nouns.document_model import RefusedModel
from docexam.reference.enrol import ADVISED
from docexam.reference.model_file import MAX_JSON_BYTES, MODEL_FILE, parse_shape
from docexam.reference.signature import Refused
from docexam.reference.store import read_model, trusted_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from docexam.nouns.finding import Limit
    from docexam.reference.document_model import DocumentModel, PageModel
    from docexam.reference.trust import TrustedKeys

STATE_SCHEMA = "docexam.model-state/1"
_FACTS_SHOWN = 90


def state_of(place: Path, trusted: TrustedKeys = frozenset()) -> dict[str, Any]:
    """What a station would make of a model: `docexam.model-state/1`."""
    why = detail = signed_by = None
    shape = None
    try:
        stored = trusted_model(place, trusted)
        stored.load()
        signed_by = stored.signed_by
    except Refused as refused:
        why, detail = refused.code, refused.detail or None
    except ModelError:
        why, detail = "broken", MODEL_FILE
    try:
        from docexam.capture.files import read_file

        shape = parse_shape(read_file(place / MODEL_FILE, max_bytes=MAX_JSON_BYTES))
    except InputError:
        if why in (None, "unsigned"):
            why, detail = "broken", MODEL_FILE
    return {
        "schema": STATE_SCHEMA,
        "name": place.name,
        "trusted": why is None,
        "why": why,
        "detail": detail,
        "signed_by": signed_by,
        "format": None if shape is None else shape.format,
        "first_year": None if shape is None else shape.first_year,
        "last_year": None if shape is None else shape.last_year,
        "learned_from": None if shape is None else shape.learned_from,
        "pages": [] if shape is None else list(shape.pages),
    }


def state_line(place: Path, trusted: TrustedKeys = frozenset()) -> str:
    """The state as one line of JSON."""
    return json.dumps(state_of(place, trusted), ensure_ascii=False) + "\n"


def state_text(place: Path, trusted: TrustedKeys = frozenset()) -> str:
    """The state in one line for a person."""
    state = state_of(place, trusted)
    return f"{printable(place.name)}: {_verdict(state)}\n"


def _verdict(state: Mapping[str, Any]) -> str:
    if state["trusted"]:
        return f"trusted, signed by {state['signed_by']}"
    refused = RefusedModel(str(state["name"]), str(state["why"]), str(state["detail"] or ""))
    return f"refused: {printable(why_refused(refused))}"


def table_of(places: Sequence[Path], trusted: TrustedKeys) -> str:
    """One line a model: name, format, years, from how many captures, and whether it is used."""
    rows = []
    for place in places:
        state = state_of(place, trusted)
        years = f"{state['first_year'] or '?'}-{state['last_year'] or ''}"
        of = f"{state['learned_from'] or '?'} captures"
        rows.append((printable(place.name), state["format"] or "?", years, of, _verdict(state)))
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    lines = ["  ".join([*(f"{row[at]:<{widths[at]}}" for at in range(4)), row[4]]) for row in rows]
    return "\n".join(lines) + "\n"


def as_one_line(place: Path) -> str:
    """model.json on one line, once it has been found sound."""
    from docexam.capture.files import read_file

    data = read_file(place / MODEL_FILE, max_bytes=MAX_JSON_BYTES)
    parse_shape(data)
    return json.dumps(json.loads(data), ensure_ascii=False) + "\n"


def show_model(place: Path, trusted: TrustedKeys | None = None) -> str:
    """All that a model knows and how sure it is.

    Raises:
        InputError: it is damaged.
    """
    model = read_model(place)
    return "\n".join(_lines(model, place, trusted)) + "\n"


def _lines(model: DocumentModel, place: Path, trusted: TrustedKeys | None) -> Iterator[str]:
    key = model.key
    yield f"{key.name}: {model.format}, learned from {model.learned_from} genuine captures"
    if trusted is not None:
        yield f"  {_verdict(state_of(place, trusted))}"
    said = "as stated" if model.first_year_given else "the earliest that was met"
    last = f", last {model.last_year}" if model.last_year is not None else ""
    yield f"  first issued {key.first_year} ({said}){last}"
    if model.learned_from < ADVISED:
        yield f"  from so few captures limits are wide; {ADVISED} or more are advised"
    for each in model.left_out:
        yield f"  capture {each.number} left out: {each.why}"
    for page in model.pages.values():
        yield from _page(page)


def _page(page: PageModel) -> Iterator[str]:
    fixed = float((page.fixed > 0).mean())
    yield ""
    width_mm, height_mm = page.size_mm
    yield f"page {page.page}: {width_mm:g} x {height_mm:g} mm, {', '.join(page.lights)}"
    yield f"  fixed print   on {fixed:.0%} of the page; alike {_range(page.likeness)}"
    for part in page.parts.values():
        yield f"  {part.name}"
        for name, value in part.facts.items():
            text = json.dumps(value, ensure_ascii=False, default=list)
            short = text if len(text) <= _FACTS_SHOWN else f"{text[:_FACTS_SHOWN]}..."
            yield f"    {name}: {printable(short)}"
        width = max((len(name) for name in part.limits), default=0)
        for name, limit in part.limits.items():
            yield f"    {name:<{width}}  {_range(limit)}  ({printable(limit.source)})"
    for each in page.not_learned:
        yield f"  not learned: {each.name}: {printable(why_not_learned(each.code, each.params))}"


def _range(limit: Limit) -> str:
    unit = f" {limit.unit}" if limit.unit and limit.unit != "1" else ""
    if limit.low is not None and limit.high is not None:
        return f"{limit.low:.3g} to {limit.high:.3g}{unit}"
    if limit.low is not None:
        return f"at least {limit.low:.3g}{unit}"
    return "anything" if limit.high is None else f"at most {limit.high:.3g}{unit}"
