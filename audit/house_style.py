"""The lists of the house: read from the settings file, or from files of their own that it names."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

from audit.config import House, HouseName
from audit.errors import CopydeskError
from audit.loading.decode import decode, read_bytes
from audit.settings_file import HouseTable, SettingsFile

LISTS = ("names", "titles", "exempt")
MAX_BYTES = 5_000_000
_LONGEST = 200  # characters of an entry

Entry = tuple[str, str, int]  # the words, the file that they stand in, and the line


def read_house(file: SettingsFile | None) -> House:
    """What a settings file says of the house. Raises CopydeskError for a list that cannot be read or used."""
    if file is None or file.table.house is None:
        return House()
    names, titles, exempt = (_unique(_entries(file, file.table.house, name)) for name in LISTS)
    return House(
        names=tuple(HouseName(*entry) for entry in names),
        titles=tuple(words for words, _, _ in titles),
        exempt=tuple(words for words, _, _ in exempt),
    )


def _unique(entries: Iterator[Entry]) -> list[Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry[0], entry)
    return list(found.values())


def _entries(file: SettingsFile, table: HouseTable, name: str) -> Iterator[Entry]:
    own = getattr(table, name)
    lines = _lines(file.path) if own else []
    for words in own or ():
        yield _checked(words, file.path, _line_of(words, lines), f"`house.{name}`")
    named = getattr(table, f"{name}_file")
    if named is not None:
        path = os.path.relpath(os.path.join(file.folder, named))
        for number, line in enumerate(_lines(path), start=1):
            words = line.partition("#")[0].strip()
            if words:
                yield _checked(words, path, number, "the line")


def _checked(words: str, path: str, line: int, what: str) -> Entry:
    words = " ".join(words.split())
    if not any(char.isalpha() for char in words) or len(words) > _LONGEST:
        raise CopydeskError.of(
            "settings", path, f"{what} has an entry that is no name ({words[:40]!r})", "mend it", line
        )
    return words, path, line


def _lines(path: str) -> list[str]:
    try:
        return decode(read_bytes(path, MAX_BYTES), path).text.splitlines()
    except CopydeskError as error:
        raise CopydeskError.of("settings", path, error.diagnostic.message, "check `house`") from None


def _line_of(words: str, lines: list[str]) -> int:
    """Where an entry stands in the settings file, which a reader of TOML does not say; 1 for one with escapes in it."""
    forms = (json.dumps(words, ensure_ascii=False), f"'{words}'")
    below = next((at for at, line in enumerate(lines) if "house" in line and line.lstrip().startswith("[")), 0)
    return next((at + 1 for at, line in enumerate(lines) if at >= below and any(form in line for form in forms)), 1)
