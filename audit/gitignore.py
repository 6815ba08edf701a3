"""Which files .gitignore leaves out, for folders and patterns that a run looks through."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pathspec import GitIgnoreSpec

FILE = ".gitignore"


def is_pattern(line: str) -> bool:
    """Whether a line can stand in a .gitignore; git passes over one that cannot."""
    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def walk(top: str) -> Iterator[tuple[str, list[str]]]:
    """A folder and all below it, each with the names of its files; hidden ones and ignored folders are left out."""
    ignored = GitIgnore(top)
    for parent, folders, names in os.walk(top):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and not ignored.leaves_out(os.path.join(parent, name), folder=True)
        ]
        yield parent, [name for name in names if not name.startswith(".")]


class GitIgnore:
    """The .gitignore files from the top of a repository down; outside one, from a folder down.

    The last line that fits decides, a file nearer to the path outweighs one above it, and what lies in a folder that is
    left out cannot be taken back: the rules of git.
    """

    def __init__(self, start: str) -> None:
        """`start` is a folder that is looked through, or any folder above what will be asked for."""
        folder = Path(os.path.realpath(start))
        self._top = next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)
        self._specs: dict[Path, GitIgnoreSpec | None] = {}

    def leaves_out(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file, or a folder, is left out, by itself or by a folder above it."""
        real = Path(os.path.realpath(os.path.dirname(path) or ".")) / os.path.basename(path)
        if not real.is_relative_to(self._top):
            return False
        parts = real.relative_to(self._top).parts
        return any(
            self._named(parts[:depth], folder=folder or depth < len(parts)) for depth in range(1, len(parts) + 1)
        )

    def _named(self, parts: tuple[str, ...], *, folder: bool) -> bool:
        """What the nearest .gitignore that has a word on a path says of it."""
        for depth in range(len(parts) - 1, -1, -1):
            spec = self._spec(self._top.joinpath(*parts[:depth]))
            if spec is None:
                continue
            told = spec.check_file("/".join(parts[depth:]) + ("/" if folder else "")).include
            if told is not None:
                return told
        return False

    def _spec(self, folder: Path) -> GitIgnoreSpec | None:
        if folder not in self._specs:
            try:
                text = (folder / FILE).read_text(encoding="utf-8", errors="replace")
            except OSError:
                self._specs[folder] = None
            else:
                self._specs[folder] = GitIgnoreSpec.from_lines(filter(is_pattern, text.splitlines()))
        return self._specs[folder]
