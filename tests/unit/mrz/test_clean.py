from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mrz_zones import TD1, TD2, TD3, TODAY, ZONES

from docexam.mrz.clean import LONGEST_LINE, MOST_LINES, clean
from docexam.mrz.verify import verify


@pytest.mark.parametrize("name", ZONES)
def test_clean_text_stays_as_it_is(name: str) -> None:
    assert clean(ZONES[name]).lines == ZONES[name]
    assert clean(ZONES[name]).problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(TD3),
        "\r\n".join(TD3) + "\r\n",
        f"  {TD3[0]}\t\n\n \n{TD3[1]}  \n",
        f"\ufeff{TD3[0]}\n{TD3[1]}\x00",
    ],
)
def test_what_stands_around_a_line_is_no_part_of_it(text: str) -> None:
    for raw in (text, [text]):
        assert clean(raw).lines == TD3
        assert clean(raw).problems == ()


@pytest.mark.parametrize(
    ("raw", "lines", "columns"),
    [
        ((TD3[0].lower(), TD3[1]), TD3, (1, 25)),  # from the first small letter to the last
        ((TD3[0].replace("<<A", " << A"), TD3[1]), TD3, (14, 16)),
        ((TD3[0].replace("N<<A", "N«A"), TD3[1]), TD3, (14, 15)),
        ((TD3[0].replace("N<<A", "N««A"), TD3[1]), TD3, (14, 14)),
        ((TD3[0], TD3[1].replace("L8", "Ł٨")), TD3, (1, 1)),
        ((TD3[0].replace("E", "Е", 1), TD3[1]), TD3, (6, 6)),  # Cyrillic
        ((TD3[0].replace("E", "É", 1), TD3[1]), TD3, (6, 6)),
        ((TD3[0].replace("E", "Ｅ", 1), TD3[1]), TD3, (6, 6)),  # full width
        ((TD3[0].replace("<", "＜", 1), TD3[1]), TD3, (2, 2)),
        ((TD3[0].replace("<", "(", 1), TD3[1]), TD3, (2, 2)),
        ((TD3[0][:9] + "\x07" + TD3[0][9:], TD3[1]), TD3, (10, 10)),
        ((TD3[0][:9] + "\u200b\u202e" + TD3[0][9:], TD3[1]), TD3, (10, 10)),
    ],
)
def test_each_change_is_reported_with_its_place(
    raw: tuple[str, str], lines: tuple[str, ...], columns: tuple[int, int]
) -> None:
    verification = verify(raw, today=TODAY)
    assert verification.lines == lines
    assert verification.format == "TD3"
    assert {p.id for p in verification.problems} == {"mrz.structure"}
    assert not verification.valid
    first = verification.problems[0]
    assert first.line == (1 if raw[0] != TD3[0] else 2)
    assert first.columns == columns
    assert verification.fields.surname == "ERIKSSON"


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        (["".join(TD3)], TD3),
        (["".join(TD2)], TD2),
        (["".join(TD1)], TD1),
        ([TD1[0] + TD1[1], TD1[2]], TD1),
        ([TD3[0][:22], TD3[0][22:], TD3[1][:22], TD3[1][22:]], TD3),
        (["".join(ZONES["CH-DL"])], ZONES["CH-DL"]),
    ],
)
def test_line_breaks_are_put_where_they_belong(raw: list[str], lines: tuple[str, ...]) -> None:
    cleaned = clean(raw)
    assert cleaned.lines == lines
    assert [p.id for p in cleaned.problems] == ["mrz.structure"]
    assert "line" in cleaned.problems[0].message.lower()


def test_lines_that_are_only_too_short_are_not_broken_again() -> None:
    raw = (TD3[0].rstrip("<"), TD3[1])  # 25 and 44 characters, as many as another layout has
    assert clean(raw).lines == raw


def test_a_character_that_cannot_be_shown_is_named_by_its_code() -> None:
    message = clean([TD3[0].replace("E", "\ud800", 1), TD3[1]]).problems[0].message
    message.encode("utf-8")
    shown = clean([TD3[0].replace("E", "ñ", 1), TD3[1]]).problems[0].message
    assert "ñ" in shown
    assert "read as N" in shown


def test_many_changes_are_summed_up() -> None:
    cleaned = clean(["é<" * 40])
    assert len(cleaned.problems) <= 21
    assert "more places" in cleaned.problems[-1].message


def test_limits_are_told() -> None:
    assert len(clean(["A" * 1000]).lines[0]) == LONGEST_LINE
    assert clean(["A" * 1000]).problems
    assert len(clean(["A"] * 100).lines) == MOST_LINES
    assert clean(["A"] * 100).problems


@settings(deadline=None)
@given(st.lists(st.text(max_size=100), max_size=6))
def test_the_result_is_zone_text_whatever_comes_in(raw: list[str]) -> None:
    lines = clean(raw).lines
    assert set("".join(lines)) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<")
    assert all(lines)
    again = clean(lines)
    assert again.lines == lines
    assert not again.problems
