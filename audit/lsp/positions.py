"""From code points of a file to the positions of an editor: lines and columns from 0, columns in the client's units."""

from __future__ import annotations

import re
from collections.abc import Callable

from lsprotocol import types

from audit.records import Place

_LINE_END = re.compile(r"\r\n|\r|\n")  # what an editor takes for one; U+2028 and the like stay inside a line

Units = Callable[[str], int]  # how long a text is in the units that were agreed on: UTF-16 unless the client has others


def range_of(place: Place, whole: str, units: Units) -> types.Range:
    """The range of a place; `whole` is the text of its file."""
    return types.Range(
        start=_position(place.line, place.column, place.start, whole, units),
        end=_position(place.end_line, place.end_column, place.end, whole, units),
    )


def line_range(text: str, line: int, units: Units) -> types.Range:
    """A whole line of a text, by its number from 1; the last one where there are not so many."""
    lines = _LINE_END.split(text)
    number = min(max(line, 1), len(lines)) - 1
    return types.Range(types.Position(number, 0), types.Position(number, units(lines[number])))


def position_at(text: str, offset: int, units: Units) -> types.Position:
    """The position of a code-point offset of a text."""
    ends = [match.end() for match in _LINE_END.finditer(text, 0, offset)]
    return types.Position(len(ends), units(text[ends[-1] if ends else 0 : offset]))


def line_end(text: str, offset: int) -> int:
    """Where the line that holds an offset ends, without its line end."""
    match = _LINE_END.search(text, offset)
    return match.start() if match is not None else len(text)


def holds(area: types.Range, position: types.Position) -> bool:
    """Whether a position lies in a range, its end included."""
    return _key(area.start) <= _key(position) <= _key(area.end)


def meet(one: types.Range, other: types.Range) -> bool:
    """Whether two ranges share a position."""
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def _position(line: int, column: int, offset: int, whole: str, units: Units) -> types.Position:
    return types.Position(line - 1, units(whole[offset - column + 1 : offset]))


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
