"""Speed of the MRZ text part on one core, beside PassportEye's parser, in one run.

    python benchmarks/bench_mrz_text.py [--json]

Three columns a second: full verifications (clean, parse, check digits, dates, codes, names, every
problem), sets of check digits alone, and the peer. PassportEye parses and checks digits, nothing
else; it is left out, and said to be, where it is not installed. Each figure is the best of some
rounds: the others show the load of the machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import importlib.util
import json
import time
from typing import TYPE_CHECKING

from docexam.mrz.check_digits import check_digits
from docexam.mrz.layouts import identify
from docexam.mrz.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = dt.date(2026, 6, 15)
ZONES = {
    "TD1": (
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F3204153UTO<<<<<<<<<<<2",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ),
    "TD2": ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F3204153<<<<<<<2"),
    "TD3": (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F3204153ZE184226B<<<<<16",
    ),
    "TD3 wrong": (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C37UTO7413122X3204153ZE184226B<<<<<16",
    ),
    "MRV-A": (
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L8988901C4XXX4009078F3204153ZE184226B<<<<<<<",
    ),
}
WANTED = {"verify": 10_000, "check digits": 50_000}
ROUNDS, SECONDS_A_ROUND = 5, 0.3


def calls_a_second(call: Callable[[], object]) -> float:
    call()
    started = time.perf_counter()
    call()
    once = max(time.perf_counter() - started, 1e-7)
    number = max(1, int(SECONDS_A_ROUND / once))
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for _ in range(number):
            call()
        best = min(best, (time.perf_counter() - started) / number)
    return 1 / best


def measure() -> list[dict[str, object]]:
    peer = None
    if importlib.util.find_spec("passporteye") is not None:
        from passporteye.mrz.text import MRZ as peer  # noqa: N811
    rows = []
    gc.disable()
    for name, lines in ZONES.items():
        layout = identify(lines)
        assert layout is not None  # noqa: S101
        row: dict[str, object] = {
            "zone": name,
            "verify": calls_a_second(lambda lines=lines: verify(lines, today=TODAY)),
            "check digits": calls_a_second(
                lambda layout=layout, lines=lines: check_digits(layout, lines)
            ),
            "PassportEye": (
                calls_a_second(lambda lines=lines: peer(list(lines))) if peer is not None else None
            ),
        }
        rows.append(row)
    gc.enable()
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object a row")
    arguments = parser.parse_args()
    rows = measure()
    columns = ("verify", "check digits", "PassportEye")
    if arguments.json:
        for row in rows:
            print(json.dumps(row))
    else:
        print("calls a second, one core, best of", ROUNDS)
        print("zone".ljust(12) + "".join(column.rjust(16) for column in columns))
        for row in rows:
            cells = (
                "not installed" if row[column] is None else f"{row[column]:,.0f}"
                for column in columns
            )
            print(str(row["zone"]).ljust(12) + "".join(cell.rjust(16) for cell in cells))
    worst = {key: min(float(str(row[key])) for row in rows) for key in WANTED}
    for key, wanted in WANTED.items():
        verdict = "reached" if worst[key] >= wanted else "NOT reached"
        if not arguments.json:
            print(f"{key}: at least {worst[key]:,.0f} a second, {wanted:,} wanted: {verdict}")
    return int(any(worst[key] < wanted for key, wanted in WANTED.items()))


if __name__ == "__main__":
    raise SystemExit(main())
