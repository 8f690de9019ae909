"""Zones of invented people of Utopia, and a strategy that draws fields for any layout."""

from __future__ import annotations

import datetime as dt
from string import ascii_uppercase, digits

from hypothesis import strategies as st

from docexam.nouns.reading import Fields

TODAY = dt.date(2026, 6, 15)

TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F3204153UTO<<<<<<<<<<<2",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F3204153<<<<<<<2")
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F3204153ZE184226B<<<<<16",
)
MRV_A = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F3204153ZE184226B<<<<<<<",
)
MRV_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F3204153<<<<<<<<")
FR_ID = ("IDFRAEXEMPLE<<<<<<<<<<<<<<<<<<952042", "0509952018746NICOLAS<<PAUL<8206152M0")
FR_DL = ("D1FRA13AA000026181231EXEMPLE<7",)
CH_DL = ("AAA001D<<", "FACHE305142128097<<800126<<<<<", "EXEMPEL<<FABIENNE<<<<<<<<<<<<<")
ZONES = {
    "TD1": TD1, "TD2": TD2, "TD3": TD3, "MRV-A": MRV_A, "MRV-B": MRV_B,
    "FR-ID": FR_ID, "FR-DL": FR_DL, "CH-DL": CH_DL,
}  # fmt: skip
FIVE = ("TD1", "TD2", "TD3", "MRV-A", "MRV-B")

_words = st.lists(st.text(ascii_uppercase, min_size=1, max_size=9), min_size=1, max_size=3)
_states = st.sampled_from(["UTO", "QMA", "QZZ", "D", "ZAR", "UNO"])
_births = st.one_of(
    st.dates(dt.date(1927, 1, 1), dt.date(2020, 12, 31)).map(lambda d: (d.isoformat(), None)),
    st.sampled_from([("1974-08", "7408<<"), ("1974", "74<<<<"), ("1974", "74<<12")]),
    st.just((None, "<<<<<<")),
)  # fmt: skip


def _filled(size: int) -> st.SearchStrategy[str]:
    """Text that a field can hold: fillers may stand inside, not at the end."""
    return st.text(ascii_uppercase + digits + "<", max_size=size).map(lambda text: text.rstrip("<"))


def _numbers(longest: int) -> st.SearchStrategy[str]:
    return st.text(ascii_uppercase + digits, min_size=1, max_size=longest)


@st.composite
def fields_for(draw: st.DrawFn, layout: str) -> Fields:
    """Fields that make a valid zone of one of the five layouts, short enough not to be cut."""
    visa = layout.startswith("MRV")
    first = "V" if visa else "P" if layout == "TD3" else draw(st.sampled_from("AIC"))
    second = draw(st.sampled_from(["", *ascii_uppercase]))
    number = draw(_numbers(20 if layout == "TD1" else 14 if layout == "TD2" else 9))
    long = len(number) > 9
    sizes = {"TD1": 15, "TD2": 7, "TD3": 14, "MRV-A": 16, "MRV-B": 8}
    left = sizes[layout] - (len(number) - 9 + 2 if long else 0)
    birth, birth_printed = draw(_births)
    name_width = {"TD1": 30, "TD2": 31, "TD3": 39, "MRV-A": 39, "MRV-B": 31}[layout]
    surname = " ".join(draw(_words))
    given = " ".join(draw(st.one_of(st.just([]), _words)))
    if len(surname) + 2 + len(given) > name_width:
        surname, given = surname[:9].strip(), given[:9].strip()
    return Fields(
        document_code=first + second,
        issuing_state=draw(_states),
        document_number=number,
        surname=surname,
        given_names=given,
        nationality=draw(st.sampled_from(["UTO", "QMB", "XXA", "XXX", "D"])),
        birth_date=birth,
        birth_date_printed=birth_printed,
        sex=draw(st.sampled_from("FM<")),
        expiry_date=draw(st.dates(dt.date(2021, 1, 1), dt.date(2075, 12, 31))).isoformat(),
        optional_data_1=draw(_filled(max(0, left))),
        optional_data_2=draw(_filled(11)) if layout == "TD1" else None,
    )
