"""Names in the zone: identifiers, separators, truncation (Doc 9303-3, 4.6)."""

from __future__ import annotations

from typing import NamedTuple

SEPARATOR = "<<"


class NameParts(NamedTuple):
    """The primary and the secondary identifier, single spaces between components, no fillers."""

    surname: str
    given_names: str


def split_name(field: str) -> NameParts:
    """The two identifiers of a name field; `given_names` is empty for the holder of one name.

    Tolerant: a field with several separators keeps all of its components, the first group as the
    surname and the rest as given names.
    """
    primary, _, secondary = field.strip("<").partition(SEPARATOR)
    return NameParts(_words(primary), _words(secondary))


def _words(text: str) -> str:
    return " ".join([part for part in text.split("<") if part])


def may_be_truncated(field: str) -> bool:
    """Whether the field is full to its last column, as a truncated name must be."""
    return field[-1:] not in {"", "<"}


def name_fault(field: str, *, separator_allowed: bool = True) -> tuple[str, int, int] | None:
    """What breaks the rules of a name field: (reason, first index, last index), else None.

    Indexes count from 0 within the field. `separator_allowed` is False for a field that holds only
    one identifier.
    """
    text = field.rstrip("<")
    if not text:
        return ("the name is empty", 0, len(field) - 1)
    if not text.replace("<", "").isalpha():
        first = next(i for i, character in enumerate(text) if character.isdigit())
        last = max(i for i, character in enumerate(text) if character.isdigit())
        return ("a digit stands in the name", first, last)
    if text[0] == "<":
        return ("the name begins with a filler", 0, len(text) - len(text.lstrip("<")) - 1)
    first = text.find(SEPARATOR)
    if first < 0:
        return None
    if not separator_allowed:
        return ("two fillers stand inside one identifier", first, first + 1)
    if text[first + 2] == "<":
        last = first + 2
        while text[last + 1] == "<":
            last += 1
        return ("more than two fillers separate the parts of the name", first, last)
    second = text.find(SEPARATOR, first + 2)
    if second >= 0:
        return ("the separator of two fillers stands twice", second, second + 1)
    return None


def write_name(surname: str, given_names: str, width: int) -> str:
    """A name field of `width` columns, truncated where it must be (Doc 9303-4, 4.2.3).

    Takes A-Z and single spaces. A truncated name fills the field to its last column, ends with a
    letter there, and keeps something of both identifiers; the longest components lose their ends
    first, and components are left out only where single letters do not fit either.
    """
    primary, secondary = surname.split(), given_names.split()
    text = _joined(primary, secondary)
    if len(text) <= width:
        return text.ljust(width, "<")
    # Of the secondary identifier at least the first component stays, up to five letters of it: the
    # examples of Doc 9303-4 leave two to nine.
    kept = min(5, len(secondary[0])) if secondary else 0
    while secondary and len("<".join(primary)) + 2 + kept > width:
        _shorten(primary)
    text = _joined(primary, secondary)
    while len(text) > width and text[width - 1] == "<":
        if not _shorten_before(primary, secondary, width):
            break
        text = _joined(primary, secondary)
    return text[:width].ljust(width, "<")


def _joined(primary: list[str], secondary: list[str]) -> str:
    return "<".join(primary) + (SEPARATOR + "<".join(secondary) if secondary else "")


def _shorten(components: list[str]) -> None:
    """Takes the last letter from the longest component, or the last one of single letters away."""
    longest = max(range(len(components)), key=lambda i: (len(components[i]), i))
    if len(components[longest]) > 1:
        components[longest] = components[longest][:-1]
    elif len(components) > 1:
        components.pop()


def _shorten_before(primary: list[str], secondary: list[str], width: int) -> bool:
    """Takes a letter from a component before the cut, so that a letter moves to the last column."""
    room = width - len("<".join(primary)) - len(SEPARATOR)
    for components, limit in ((secondary, room), (primary, width)):
        end = -1
        ends = [end := end + 1 + len(component) for component in components]
        inside = [
            i for i, component in enumerate(components) if ends[i] <= limit and len(component) > 1
        ]
        if inside:
            longest = max(inside, key=lambda i: (len(components[i]), i))
            components[longest] = components[longest][:-1]
            return True
    return False
