"""Linux key codes to characters, for the layouts that readers are set to type in.

`<` is not where it was: unshifted beside the left shift on German and French keyboards, shift and
comma on American ones. A wrong layout swaps Y and Z, or loses every filler.
"""

from __future__ import annotations

KEY_ENTER, KEY_KEYPAD_ENTER = 28, 96
SHIFTS = frozenset({42, 54})
KEY_CAPS_LOCK = 58

_ROWS = {2: "1234567890", 16: "qwertyuiop", 30: "asdfghjkl", 44: "zxcvbnm"}
_KEY_COMMA, _KEY_LESS = 51, 86


def _plain(rows: dict[int, str]) -> dict[int, str]:
    return {start + step: char for start, row in rows.items() for step, char in enumerate(row)}


def _layout(
    plain: dict[int, str], *, digits_shifted: bool, less: tuple[int, bool]
) -> dict[tuple[int, bool], str]:
    keys: dict[tuple[int, bool], str] = {}
    for code, char in plain.items():
        if char.isdigit():
            keys[code, digits_shifted] = char
        else:
            keys[code, False] = char.upper()
            keys[code, True] = char.upper()
    keys[less] = "<"
    return keys


_US = _plain(_ROWS)
_DE = {**_US, 21: "z", 44: "y"}
_FR = {**_US, 16: "a", 17: "z", 30: "q", 44: "w", 39: "m"}
_FR.pop(50)

# (key code, shift held) -> character; letters come out in capitals either way, as in a zone.
LAYOUTS: dict[str, dict[tuple[int, bool], str]] = {
    "us": _layout(_US, digits_shifted=False, less=(_KEY_COMMA, True)),
    "gb": _layout(_US, digits_shifted=False, less=(_KEY_COMMA, True)),
    "de": _layout(_DE, digits_shifted=False, less=(_KEY_LESS, False)),
    "fr": _layout(_FR, digits_shifted=True, less=(_KEY_LESS, False)),
}
