"""Codes of states, organisations and persons in the zone (Doc 9303-3, section 5; ISO 3166-1)."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from docexam.mrz.iso3166 import CURRENT, FORMER

if TYPE_CHECKING:
    from collections.abc import Mapping

CodeStatus = Literal["current", "former", "organisation", "person", "specimen"]


@dataclass(frozen=True, slots=True)
class StateCode:
    """One code; `name` in English.

    `status`: `current` state or territory; `former` (documents under it are still met);
    `organisation`; `person`: a nationality that is no state's, never an issuer; `specimen`.
    `confirmed` is False where no primary text was at hand.
    """

    code: str
    name: str
    status: CodeStatus
    confirmed: bool = True


# Doc 9303-3, section 5, parts A to D: what ICAO adds to ISO 3166-1.
_ICAO_STATES = {
    "D": "Germany",
    "EUE": "European Union",
    "GBD": "British Overseas Territories citizen",
    "GBN": "British National (Overseas)",
    "GBO": "British Overseas citizen",
    "GBP": "British Protected person",
    "GBS": "British Subject",
    "RKS": "Kosovo",
}
_ORGANISATIONS = {
    "IAO": "International Civil Aviation Organization",
    "UNA": "United Nations specialized agency",
    "UNK": "United Nations Interim Administration Mission in Kosovo",
    "UNO": "United Nations Organization",
    "XBA": "African Development Bank",
    "XCC": "Caribbean Community",
    "XCE": "Council of Europe",
    "XCO": "Common Market for Eastern and Southern Africa",
    "XDC": "Southern African Development Community",
    "XEC": "Economic Community of West African States",
    "XES": "Organization of Eastern Caribbean States",
    "XIM": "African Export-Import Bank",
    "XMP": "Parliamentary Assembly of the Mediterranean",
    "XOM": "Sovereign Military Order of Malta",
    "XPO": "International Criminal Police Organization (INTERPOL)",
}
_PERSONS = {
    "XXA": "stateless person (1954 Convention)",
    "XXB": "refugee (1951 Convention)",
    "XXC": "refugee other than under the 1951 Convention",
    "XXX": "person of unspecified nationality",
}
# Met on documents, but not in a primary text that was at hand.
_UNCONFIRMED: dict[str, tuple[str, CodeStatus]] = {
    "XCT": ("Turkish Republic of Northern Cyprus", "organisation"),
}


def _table() -> dict[str, StateCode]:
    groups: tuple[tuple[CodeStatus, Mapping[str, str]], ...] = (
        ("former", FORMER),
        ("current", CURRENT),
        ("current", _ICAO_STATES),
        ("organisation", _ORGANISATIONS),
        ("person", _PERSONS),
        ("specimen", {"UTO": "Utopia, for specimens"}),
    )
    table = {
        code: StateCode(code, name, status)
        for status, names in groups
        for code, name in names.items()
    }
    table |= {
        code: StateCode(code, name, status, confirmed=False)
        for code, (name, status) in _UNCONFIRMED.items()
    }
    # ISO 3166-1 leaves QMA to QZZ to its users; here they are fictitious issuers.
    for second in "MNOPQRSTUVWXYZ":
        for third in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            code = f"Q{second}{third}"
            table[code] = StateCode(code, f"fictitious issuer {code}", "specimen")
    return table


STATE_CODES: Mapping[str, StateCode] = MappingProxyType(_table())


def lookup(code: str) -> StateCode | None:
    """What a code stands for, None for an unknown one; trailing fillers are ignored."""
    return STATE_CODES.get(code) or STATE_CODES.get(code.rstrip("<"))
