"""Local lists, CSV files: lost and stolen documents, and issuers that do not exist."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docexam.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

DOCUMENTS_FILE = "documents.csv"
ISSUERS_FILE = "issuers.csv"
_MOST_BYTES = 256 * 2**20
_DOCUMENT_COLUMNS = ("issuing_state", "document_number")
_ISSUER_COLUMNS = ("code",)


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """One line of a list of documents: `status` such as lost, stolen, stolen-blank, revoked."""

    status: str
    document_type: str = ""
    theft_state: str = ""


@dataclass(frozen=True, slots=True)
class ListedIssuer:
    """One line of a list of issuers: `kind` such as fantasy, camouflage, obsolete."""

    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Lists:
    """What the station was given. Documents by (issuing state, number), issuers by code.

    None means that there is no such list, which is not the same as an empty one.
    """

    documents: Mapping[tuple[str, str], tuple[ListedDocument, ...]] | None = None
    issuers: Mapping[str, ListedIssuer] | None = None
    sources: tuple[str, ...] = field(default=())


def load_lists(folder: Path) -> Lists:
    """The lists `documents.csv` and `issuers.csv` of a folder; one that is absent is None.

    Raises:
        SettingsError: a list is unreadable, too large or lacks a column.
    """
    documents, issuers = folder / DOCUMENTS_FILE, folder / ISSUERS_FILE
    if not documents.is_file() and not issuers.is_file():
        raise SettingsError(
            f"There is neither {DOCUMENTS_FILE} nor {ISSUERS_FILE} in the folder of lists.",
            code="lists.none",
            hint="See docs/examine.md for their columns.",
        )
    found: dict[tuple[str, str], tuple[ListedDocument, ...]] = {}
    if documents.is_file():
        for row in _rows(documents, _DOCUMENT_COLUMNS):
            key = (code_of(row["issuing_state"]), number_of(row["document_number"]))
            entry = ListedDocument(
                row.get("status") or "listed",
                row.get("document_type") or "",
                row.get("theft_state") or "",
            )
            found[key] = (*found.get(key, ()), entry)
    names: dict[str, ListedIssuer] = {}
    if issuers.is_file():
        for row in _rows(issuers, _ISSUER_COLUMNS):
            names[code_of(row["code"])] = ListedIssuer(
                row.get("kind") or "fantasy", row.get("name") or ""
            )
    return Lists(
        found if documents.is_file() else None,
        names if issuers.is_file() else None,
        tuple(path.name for path in (documents, issuers) if path.is_file()),
    )


def number_of(text: str) -> str:
    """A document number for comparing: capitals and digits only."""
    return "".join(character for character in text.upper() if character.isalnum())


def code_of(text: str) -> str:
    """A code of the zone for comparing, without fillers."""
    return text.strip().upper().rstrip("<")


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _unfit(path, f"is larger than {_MOST_BYTES // 2**20} MiB")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unfit(path, "is not UTF-8 text") from error
    except OSError as error:
        raise _unfit(path, "cannot be read") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    absent = [name for name in columns if name not in (reader.fieldnames or ())]
    if absent:
        raise _unfit(path, f"has no column {absent[0]!r}")
    try:
        for row in reader:
            if any(row.get(name) for name in columns):
                yield {key: value or "" for key, value in row.items() if isinstance(key, str)}
    except csv.Error as error:
        raise _unfit(path, f"is broken at line {reader.line_num}") from error


def _unfit(path: Path, what: str) -> SettingsError:
    return SettingsError(
        f"The list {path.name} {what}.",
        code="lists.file",
        hint="See docs/examine.md for its columns.",
    )
