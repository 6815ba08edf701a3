"""Installed packages that bring rules: those with an entry point in the group `copydesk.rules`.

They are looked for by hand. `importlib.metadata` costs some 30 ms to import and reads what every package says of
itself, and a run that finds its result in a cache has not that long. All that counts is in one place: whatever
installs a package, editable or not, writes `NAME-VERSION.dist-info/entry_points.txt` into a folder of `sys.path` (an
old `setup.py develop` writes `NAME.egg-info`, and puts the folder that has it on the path). So the folders are listed
once and only those small files are read. What is left out are packages inside zip files.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

GROUP = "copydesk.rules"
_FILE = "entry_points.txt"
_FOLDERS = (".dist-info", ".egg-info")
_STANDARD = (os.path.dirname(os.__file__), os.path.join(os.path.dirname(os.__file__), "lib-dynload"))
_MARK = GROUP.encode("ascii")
_CHUNK = 65_536


@dataclass(frozen=True, order=True)
class EntryPoint:
    """One line of a package's entry points: `name = value`, and what the package calls itself."""

    name: str
    distribution: str
    version: str
    value: str
    folder: str  # the package's folder of metadata

    @property
    def title(self) -> str:
        """The package, as messages and lists name it."""
        return f"{self.distribution} {self.version}".strip()

    @property
    def module(self) -> str:
        """The name of the module that the value begins with."""
        return self.value.partition(":")[0].partition("[")[0].strip()

    @property
    def attribute(self) -> str:
        """The name of an object in the module; "" where the value is the module itself."""
        return self.value.partition(":")[2].partition("[")[0].strip()


def find_entry_points(path: Sequence[str] | None = None) -> tuple[EntryPoint, ...]:
    """The entry points of the group in the folders of a path (`sys.path`), by name, then by package.

    Of a package that is there twice the first one counts, as it does for imports. Nothing is imported.
    """
    found: list[EntryPoint] = []
    seen: set[str] = set()
    for place in sys.path if path is None else path:
        for name in _metadata_folders(place):
            package = name[: -len(_FOLDERS[0])].partition("-")[0].lower().replace("_", "-").replace(".", "-")
            if package not in seen:
                seen.add(package)
                found += _entry_points(f"{place or '.'}{os.sep}{name}")
    return tuple(sorted(found))


def _metadata_folders(place: str) -> list[str]:
    if place in _STANDARD:
        return []  # nothing is installed there, and it has many files
    try:
        return sorted(name for name in os.listdir(place or ".") if name.endswith(_FOLDERS))
    except OSError:
        return []  # a zip file, or a folder that is not there: Python passes over it, too


def _entry_points(folder: str) -> list[EntryPoint]:
    data = _read(f"{folder}{os.sep}{_FILE}")
    if _MARK not in data:
        return []
    lines = list(_lines_of_group(data.decode("utf-8", "replace")))
    distribution, version = _name_and_version(Path(folder))
    return [EntryPoint(name, distribution, version, value, folder) for name, value in lines]


def _read(path: str) -> bytes:
    """The bytes of a file, b"" where there is none; without the layers of `open`, which take most of the time."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return b""
    try:
        data = chunk = os.read(handle, _CHUNK)
        while len(chunk) == _CHUNK:
            chunk = os.read(handle, _CHUNK)
            data += chunk
        return data
    except OSError:
        return b""
    finally:
        os.close(handle)


def _lines_of_group(text: str) -> Iterator[tuple[str, str]]:
    """Name and value of each line under the heading of the group."""
    inside = False
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            inside = line.rstrip("]").lstrip("[").strip() == GROUP
        elif inside and line and not line.startswith(("#", ";")):
            name, mark, value = line.partition("=")
            if mark:
                yield name.strip(), value.strip()


def _name_and_version(folder: Path) -> tuple[str, str]:
    """What a package says it is; what its folder is called where it does not."""
    name, _, version = folder.name.rpartition(".")[0].partition("-")
    fields = {"Name": name, "Version": version}
    for file in ("METADATA", "PKG-INFO"):
        head = _read(str(folder / file)).decode("utf-8", "replace").partition("\n\n")[0]
        fields |= dict(re.findall(r"^(Name|Version): *(\S+)\s*$", head, re.MULTILINE))
    return fields["Name"], fields["Version"]


# --- The files of a package -------------------------------------------------------------------------------------------


def package_files(point: EntryPoint) -> Iterator[tuple[str, Path]]:
    """The files that a package is made of, with names that do not depend on where it is installed.

    Those that it lists in its RECORD; of one that is installed as editable, which lists nothing of the kind, everything
    in the package or beside the module that the entry point names. Nothing of it is imported.
    """
    root = Path(point.folder).parent
    record = _read(os.path.join(point.folder, "RECORD")).decode("utf-8", "replace")
    names = [line.rpartition(",")[0].rpartition(",")[0].strip('"') for line in record.splitlines() if line.strip()]
    for name in sorted(names):
        if not name.endswith(".pyc") and not name.startswith((os.path.basename(point.folder), "/", "..")):
            yield name, root / name
    if not any(name.startswith((f"{point.module.partition('.')[0]}/", f"{point.module}.py")) for name in names):
        for number, place in enumerate(_places_of(point.module)):
            yield from ((f"{number}/{name}", path) for name, path in files_at(place))


def _places_of(module: str) -> list[Path]:
    """Where the topmost package of a module lies that has code of its own, or the module itself."""
    from importlib.machinery import PathFinder
    from importlib.util import find_spec

    parts = module.split(".")
    try:
        spec = find_spec(
            parts[0]
        )  # asks the finders of editable installs as well; imports nothing for a name at the top
    except Exception:  # finders are anybody's code, too
        return []
    for number in range(2, len(parts) + 1):
        if spec is None or spec.origin is not None or spec.submodule_search_locations is None:
            break
        spec = PathFinder.find_spec(".".join(parts[:number]), list(spec.submodule_search_locations))
    if spec is None:
        return []
    if spec.submodule_search_locations is not None:
        return [Path(place) for place in spec.submodule_search_locations]
    return [Path(spec.origin)] if spec.origin is not None else []


def files_at(path: Path) -> Iterator[tuple[str, Path]]:
    """The files that rules at a path may be made of, with their names there.

    Of a package everything in its folder, since it may read lists of words, but no hidden file and nothing that Python
    makes itself; of a module all modules beside it. Nothing where there is neither.
    """
    if (path / "__init__.py").is_file():
        yield from _files_below(path)
    elif path.is_file():
        beside = {one.name for one in path.parent.glob("*.py") if one.is_file()} | {path.name}
        yield from ((name, path.parent / name) for name in sorted(beside))


def _files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    seen: set[str] = set()
    for here, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(here)
        kept = [] if real in seen else sorted(one for one in folders if one != "__pycache__" and one[0] != ".")
        folders[:] = kept
        if real in seen:
            continue
        seen.add(real)
        for name in sorted(names):
            path = Path(here, name)
            if name[0] != "." and not name.endswith(".pyc") and path.is_file():
                yield path.relative_to(folder).as_posix(), path
