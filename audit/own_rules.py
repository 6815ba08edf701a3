"""The rules of a run: those of copydesk, and a team's own ones from its settings and from installed packages.

Nothing here imports a rule before somebody asks for one: all rule modules together take longer to import than a report
takes that is found in a cache.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from audit.catalogue import RuleFacts, catalogue_of
from audit.entry_points import files_at, find_entry_points, package_files
from audit.rule_ids import rule_hint

if TYPE_CHECKING:
    from audit.rule_loading import OwnRule
    from audit.rules.base import Rule


def load_rules(paths: Sequence[Path] = ()) -> tuple[type[Rule], ...]:
    """All rules in the order in which they run: copydesk's, those of installed packages by the names of their entry
    points, then those of the modules and packages at the paths. This runs their code.

    Raises CopydeskError, one line with the place, where something of that cannot be loaded or is no rule.
    """
    from audit.rules.registry import ALL_RULES

    return (*ALL_RULES, *(own.rule for own in load_own_rules(paths)))


def load_own_rules(paths: Sequence[Path] = ()) -> tuple[OwnRule, ...]:
    """The rules that are not copydesk's, with where each comes from; what was loaded is kept while its files stay.

    Raises CopydeskError as `load_rules` does.
    """
    return _loaded(tuple(paths), tuple(map(os.path.realpath, paths)), rules_state(paths))


@lru_cache(maxsize=8)
def _loaded(paths: tuple[Path, ...], places: tuple[str, ...], state: str) -> tuple[OwnRule, ...]:
    """Remembered by where the files are and by what stands in them, too: the working folder changes, and so do texts.

    Only modules of the settings are imported anew then. An installed package stays as it was imported first.
    """
    points = find_entry_points()
    if not paths and not points:
        return ()
    from audit.rule_loading import load

    return load(points, paths)


def rules_state(paths: Sequence[Path] = ()) -> str:
    """A digest of all that own rules are made of; "" where there are none. It is another one after any change.

    Made of the contents of the modules and packages at the paths, and of name, version and files of the installed
    packages with rules. Imports none of them, and never raises.
    """
    points = find_entry_points()
    if not paths and not points:
        return ""
    from hashlib import sha256  # takes longer to import than the search for entry points

    digest = sha256()

    def add(*parts: bytes) -> None:
        for part in parts:
            digest.update(b"%d:%s" % (len(part), part))

    for point in points:
        add(b"entry point", *map(_bytes, (point.name, point.value, point.distribution, point.version)))
        for name, file in package_files(point):
            add(_bytes(name), _content(file))
    for path in paths:
        add(b"path", _bytes(path.name))
        for name, file in files_at(path):
            add(_bytes(name), _content(file))
    return digest.hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _content(path: Path) -> bytes:
    try:
        return b"=" + path.read_bytes()
    except OSError:
        return b"cannot be read"


@dataclass(frozen=True)
class RuleSet:
    """The rules that a command knows; `paths` are those of the settings, as seen from the working folder.

    They are loaded when their code is asked for; every member then raises CopydeskError as `load_rules` does. What they
    are called and the like may be known from an earlier run that had the same cache.
    """

    paths: tuple[Path, ...] = ()
    cache_folder: Path | None = None

    @cached_property
    def own(self) -> tuple[OwnRule, ...]:
        """The team's own rules."""
        return load_own_rules(self.paths)

    @cached_property
    def rules(self) -> tuple[type[Rule], ...]:
        """All rules, in their order."""
        return load_rules(self.paths)

    @cached_property
    def _facts(self) -> dict[str, RuleFacts]:
        from audit.kept import known_catalogue

        known = known_catalogue(self.cache_folder, rules_state(self.paths)) if self.cache_folder is not None else None
        catalogue = known if known is not None else catalogue_of(self.rules)
        return {rule.id: rule for rule in catalogue.rules}

    def has(self, id: str) -> bool:
        """Whether there is a rule with this id."""
        return id in self._facts

    def find(self, id: str) -> type[Rule] | None:
        """The rule with this id, or None."""
        return next((rule for rule in self.rules if rule.id == id), None)

    def hint(self, id: str) -> str:
        """What to do about an id that is no rule's: the nearest one, or where they are listed."""
        return rule_hint(id, self._facts)

    def origin(self, id: str) -> str:
        """Where an own rule comes from; "" for one of copydesk's."""
        return next((own.origin for own in self.own if own.rule.id == id), "")

    def needs_source(self, id: str) -> bool:
        """Whether a rule holds the article against its sources."""
        return self.has(id) and self._facts[id].needs_source
