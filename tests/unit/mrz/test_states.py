from __future__ import annotations

import pytest

from docexam.mrz.iso3166 import CURRENT
from docexam.mrz.states import STATE_CODES, lookup


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("FRA", "current"), ("D<<", "current"), ("D", "current"), ("DEU", "current"),
        ("GBD", "current"), ("GBN", "current"), ("GBO", "current"), ("GBP", "current"),
        ("GBS", "current"), ("RKS", "current"), ("EUE", "current"),
        ("ZAR", "former"), ("YUG", "former"), ("SCG", "former"), ("ANT", "former"),
        ("DDR", "former"), ("SUN", "former"), ("CSK", "former"), ("ROM", "former"),
        ("TMP", "former"), ("NTZ", "former"), ("BUR", "former"),
        ("UNO", "organisation"), ("UNA", "organisation"), ("UNK", "organisation"),
        ("XPO", "organisation"), ("XOM", "organisation"), ("XCE", "organisation"),
        ("XBA", "organisation"), ("XIM", "organisation"), ("XCC", "organisation"),
        ("XCO", "organisation"), ("XEC", "organisation"), ("XES", "organisation"),
        ("XMP", "organisation"), ("XDC", "organisation"), ("IAO", "organisation"),
        ("XXA", "person"), ("XXB", "person"), ("XXC", "person"), ("XXX", "person"),
        ("UTO", "specimen"), ("QMA", "specimen"), ("QZZ", "specimen"),
    ],
)  # fmt: skip
def test_codes_and_their_status(code: str, status: str) -> None:
    found = lookup(code)
    assert found is not None
    assert found.status == status
    assert found.name


@pytest.mark.parametrize("code", ["QLZ", "YTO", "ZZZ", "<<<", "", "<D<", "D<D", "fra", "F", "050"])
def test_unknown_codes(code: str) -> None:
    assert lookup(code) is None


def test_the_table_is_whole() -> None:
    # ISO 3166-1 has assigned 249 codes; QMA to QZZ are 14 x 26.
    assert len(CURRENT) == 249
    specimens = [code for code in STATE_CODES.values() if code.status == "specimen"]
    assert len(specimens) == 14 * 26 + 1
    assert all(key == state.code for key, state in STATE_CODES.items())
    assert not {"KOS", "ROM", "ZAR"} & set(CURRENT)
    assert [code.code for code in STATE_CODES.values() if not code.confirmed] == ["XCT"]
