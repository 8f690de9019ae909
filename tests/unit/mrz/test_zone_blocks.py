from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mrz_zones import FR_DL, TD1, TD2, TD3, ZONES

from docexam.cli.zone_blocks import zone_blocks


def joined(*zones: tuple[str, ...], between: str = "") -> str:
    return between.join("".join(f"{line}\n" for line in zone) for zone in zones)


@given(st.lists(st.sampled_from(sorted(ZONES)), min_size=1, max_size=8))
def test_lengths_tell_zones_apart(names: list[str]) -> None:
    zones = [ZONES[name] for name in names]
    for between in ("", "\n", "\r\n \r\n"):
        assert zone_blocks(joined(*zones, between=between)) == [list(zone) for zone in zones]


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("", []),
        (" \n\t\n\ufeff\n", []),
        (joined(TD3, between="\n") + "\n\n\n" + joined(TD1), [TD3, TD1]),
        (joined((TD3[0].rstrip("<"), TD3[1])), [(TD3[0].rstrip("<"), TD3[1])]),
        (joined((TD3[0][:-1], TD3[1]), TD2), [(TD3[0][:-1], TD3[1]), TD2]),
        (joined(TD3) + "\n" + joined(TD1, TD2), [TD3, TD1, TD2]),
        ("".join(TD3) + "\n" + "".join(TD3), [("".join(TD3),), ("".join(TD3),)]),
        (joined(FR_DL, FR_DL), [FR_DL, FR_DL]),
        ("HELLO\nWORLD", [("HELLO", "WORLD")]),
        (joined(TD3, (TD3[0],)), [TD3, (TD3[0],)]),
    ],
)
def test_blocks(text: str, zones: list[tuple[str, ...]]) -> None:
    assert zone_blocks(text) == [list(zone) for zone in zones]


@given(st.text("AB<\n ", max_size=200))
def test_no_character_is_lost(text: str) -> None:
    lines = [line for zone in zone_blocks(text) for line in zone]
    assert lines == [line.strip() for line in text.splitlines() if line.strip()]
