"""A run as the command line and the settings file want it: the command line outweighs the file, key by key."""

from __future__ import annotations

import glob
import json
import os
import string
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click
from pathspec import GitIgnoreSpec

from audit.cli import cache_folder
from audit.config import Policy, Settings
from audit.errors import CopydeskError
from audit.house_style import read_house
from audit.inputs import expand, is_address
from audit.own_rules import RuleSet
from audit.settings_file import Override, PolicyTable, SettingsFile, find_settings, read_settings

# What a settings file may say in place of an option, or besides them all; both have the same names for it.
_FILLED = ("profile", "select", "ignore", "confidence", "preview", "fail_on", "baseline", "decisions")
_PATHS = ("baseline", "decisions")
_PLACEHOLDERS = ("dir", "stem", "name")

OfArticles = Mapping[str, tuple[str, ...]]  # by an article's reference, the paths of its sources
_Audited = tuple[tuple[str, ...], OfArticles, OfArticles]  # articles, their sources, their complete sources


@dataclass(frozen=True)
class Project:
    """What is audited and how. `options` are those of the command line, filled up from the file.

    `articles` are the references to read; `sources` and `complete` say for an article which sources the file gives it;
    `rules` are those of copydesk and the team's own.
    """

    options: Mapping[str, Any]
    articles: tuple[str, ...]
    sources: OfArticles = field(default_factory=dict)
    complete: OfArticles = field(default_factory=dict)
    file: SettingsFile | None = None
    rules: RuleSet = field(default_factory=RuleSet)

    @property
    def inputs(self) -> list[str]:
        """Every file that this run reads by name."""
        own = [path for paths in (*self.sources.values(), *self.complete.values()) for path in paths]
        kept = [str(self.options[name]) for name in _PATHS if self.options[name]]
        return [*self.articles, *self.options["sources"], *self.options["complete_sources"], *own, *kept]

    def settings(self, settings: Settings) -> Settings:
        """The settings of the run with what only a file can say."""
        if self.file is None:
            return settings
        base = replace(
            settings,
            severities=self.file.table.severity or {},
            house=read_house(self.file),
            rule_paths=self.rules.paths,
        )
        given = given_options()
        policies = {path: base.policy(path) for path in self.own_policies()}
        for path in policies:
            for override in self._overrides(path):
                policies[path] = _overridden(policies[path], override, given)
        return replace(base, own_sources=self.sources, own_complete=self.complete, policies=policies)

    def own_policies(self) -> list[str]:
        """The articles that overrides of the file name."""
        return [path for path in _as_called(self.articles, self.options["stdin_filename"]) if self._overrides(path)]

    def _overrides(self, path: str) -> list[Override]:
        if self.file is None:
            return []
        return [one for one in self.file.table.overrides if _names(one.paths, path, self.file.folder)]


def open_project(options: Mapping[str, Any]) -> Project:
    """Join options with the settings file that is in force.

    Raises CopydeskError for a file that is at fault, and click.UsageError where neither names an article.
    """
    file = settings_in_force(options["config"], isolated=options["no_config"])
    filled = filled_options(options, file)
    if file is None:
        if not options["articles"]:
            raise click.UsageError("Missing argument 'ARTICLE...': name articles, or list them in copydesk.toml.")
        return Project(filled, tuple(expand(options["articles"])), rules=rule_set(None, cache_folder(options)))
    rules = rule_set(file, cache_folder(options))
    if options["only_articles"]:
        return Project(filled, *_only_named(find_audited(file), options["articles"]), file, rules)
    return Project(filled, *find_audited(file, options["articles"], options["stdin_filename"]), file, rules)


def settings_in_force(path: str | None, *, isolated: bool) -> SettingsFile | None:
    """The file that is named, or the nearest one; None where the run is to have none."""
    if path is not None:
        return read_settings(path)
    return None if isolated else find_settings()


def rule_set(file: SettingsFile | None, cache_folder: Path | None = None) -> RuleSet:
    """The rules under a settings file. None of them is loaded yet."""
    paths = (file.table.rules or ()) if file is not None else ()
    return RuleSet(tuple(Path(from_folder(file, path)) for path in paths if file is not None), cache_folder)


def filled_options(options: Mapping[str, Any], file: SettingsFile | None) -> dict[str, Any]:
    """The options with the file's value for each that was not given."""
    filled = dict(options)
    if file is None:
        return filled
    given = given_options()
    for name in _FILLED:
        value = getattr(file.table, name)
        if value is not None and name not in given:
            filled[name] = from_folder(file, value) if name in _PATHS else value
    return filled


def given_options() -> frozenset[str]:
    """The names of the options that stand on the command line."""
    context = click.get_current_context(silent=True)
    if context is None:
        return frozenset()
    default = (click.core.ParameterSource.DEFAULT, None)
    return frozenset(name for name in context.params if context.get_parameter_source(name) not in default)


def _overridden(policy: Policy, override: PolicyTable, given: frozenset[str]) -> Policy:
    """Single values and `select` replace what stands above; `ignore` and `severity` add to it."""
    changes: dict[str, Any] = {
        name: getattr(override, name)
        for name in ("profile", "confidence", "preview")
        if getattr(override, name) is not None and name not in given
    }
    if override.select is not None and "select" not in given:
        changes["select"] = tuple(override.select)
    if override.ignore is not None and "ignore" not in given:
        changes["ignore"] = (*policy.ignore, *override.ignore)
    if override.severity is not None:
        changes["severities"] = {**policy.severities, **override.severity}
    return replace(policy, **changes)


# --- Articles ---------------------------------------------------------------------------------------------------------


def find_audited(file: SettingsFile, references: Sequence[str] = (), stdin_filename: str = "") -> _Audited:
    """The articles, and for each the sources and the complete sources that the file gives it.

    A file that is the source of another one is no article, unless a reference names it. The text of standard input has
    the sources of the file that it is called after.
    """
    articles = _find_articles(file, references)
    called = _as_called(articles, stdin_filename)
    sources = _find_sources(file, called, file.table.sources or ())
    for article, named in _manifest(file, called).items():
        sources[article] = tuple(dict.fromkeys((*sources.get(article, ()), *named)))
    complete = _find_sources(file, called, file.table.complete_sources or ())
    own = {os.path.realpath(path) for paths in (*sources.values(), *complete.values()) for path in paths}
    articles = [path for path in articles if path in references or os.path.realpath(path) not in own]
    kept = _as_called(articles, stdin_filename)
    return tuple(articles), _only(sources, kept), _only(complete, kept)


def _as_called(articles: Iterable[str], stdin_filename: str) -> list[str]:
    """The articles by the names under which they are reported."""
    return [stdin_filename if path == "-" and stdin_filename else path for path in articles]


def _only_named(audited: _Audited, references: Sequence[str]) -> _Audited:
    """The articles of the settings file that are named themselves, or that have a source that is named."""
    articles, sources, complete = audited
    named = {os.path.realpath(reference) for reference in expand(references)}
    kept = tuple(
        path
        for path in articles
        if any(os.path.realpath(one) in named for one in (path, *sources.get(path, ()), *complete.get(path, ())))
    )
    return kept, _only(sources, kept), _only(complete, kept)


def _find_articles(file: SettingsFile, references: Sequence[str] = ()) -> list[str]:
    """The articles among the references, or those of the file where there are none, in the order of their names.

    What the file excludes is left out of folders and patterns, not where it is named.
    """
    if not references and not file.table.articles:
        raise click.UsageError(f"Missing argument 'ARTICLE...': {file.title} has no `articles` either.")
    patterns = [_pattern_from_folder(file, pattern) for pattern in file.table.articles or ()]
    found = expand(references) if references else [os.path.relpath(path) for path in expand(patterns)]
    excluded = file.table.exclude or ()
    return [path for path in found if path in references or not _names(excluded, path, file.folder)]


def leaves_out(file: SettingsFile, path: str) -> bool:
    """Whether the file says by `exclude` that a path is no article."""
    return _names(file.table.exclude or (), path, file.folder)


def _names(patterns: Iterable[str], path: str, folder: str) -> bool:
    """Whether one of the patterns, written as in .gitignore, names a path below the folder."""
    if path == "-" or is_address(path):
        return False
    below = os.path.relpath(os.path.realpath(path), folder)
    return not below.startswith("..") and GitIgnoreSpec.from_lines(patterns).match_file(below)


def from_folder(file: SettingsFile, path: str) -> str:
    """A path of the file as seen from the working folder."""
    return os.path.relpath(os.path.join(file.folder, path))


def _pattern_from_folder(file: SettingsFile, pattern: str) -> str:
    """A pattern of the file as seen from the working folder; signs of patterns in a folder's own name are set apart."""
    plain = from_folder(file, pattern)
    if os.path.exists(plain):
        return plain
    return os.path.relpath(os.path.join(glob.escape(file.folder), pattern), glob.escape(os.path.realpath(".")))


# --- Sources ----------------------------------------------------------------------------------------------------------


def _find_sources(file: SettingsFile, articles: Iterable[str], patterns: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each article the files that the patterns name, in the order of the patterns and then of their names.

    `{dir}` stands for the article's folder, `{stem}` for its name without the ending, `{name}` for its name. Raises
    CopydeskError for any other word in braces.
    """
    patterns = list(patterns)
    for pattern in patterns:
        _check_placeholders(file, pattern)
    found = {}
    for article in articles:
        if article == "-" or is_address(article):
            continue
        hits = [path for pattern in patterns for path in _source_paths(file, article, pattern)]
        if hits:
            found[article] = tuple(dict.fromkeys(hits))
    return found


def _source_paths(file: SettingsFile, article: str, pattern: str) -> list[str]:
    folder = os.path.dirname(article) or "."
    values = {"dir": folder, "stem": Path(article).stem, "name": os.path.basename(article)}
    filled = pattern.format_map({name: glob.escape(value) for name, value in values.items()})
    if not pattern.startswith("{dir}"):
        filled = _pattern_from_folder(file, filled)
    as_written = os.path.normpath if os.path.isabs(filled) else os.path.relpath
    hits = (as_written(path) for path in glob.glob(filled, recursive=True) if os.path.isfile(path))
    return sorted(path for path in hits if os.path.realpath(path) != os.path.realpath(article))


def _check_placeholders(file: SettingsFile, pattern: str) -> None:
    try:
        names = [name for _, name, spec, conversion in string.Formatter().parse(pattern) if name is not None]
        odd = next((name for name in names if name not in _PLACEHOLDERS), None)
    except ValueError:
        odd = pattern
    if odd is not None:
        raise CopydeskError.of(
            "settings",
            file.path,
            f"`sources` has {{{odd}}} in {pattern!r}",
            "what stands in braces is {dir}, {stem} or {name}",
        )


def _manifest(file: SettingsFile, articles: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The sources that the manifest gives each article; its paths count from its own folder."""
    if file.table.manifest is None:
        return {}
    path = from_folder(file, file.table.manifest)
    folder = os.path.dirname(path)
    by_article = {os.path.realpath(os.path.join(folder, name)): paths for name, paths in _read_manifest(path).items()}
    found = {}
    for article in articles:
        named = by_article.get(os.path.realpath(article), ())
        if named:
            found[article] = tuple(
                one if is_address(one) else os.path.normpath(os.path.join(folder, one)) for one in named
            )
    return found


def _read_manifest(path: str) -> dict[str, list[str]]:
    try:
        text = Path(path).read_bytes().decode("utf-8")
        values = json.loads(text) if path.endswith(".json") else tomllib.loads(text)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CopydeskError.of(
            "settings", path, f"the manifest cannot be read ({reason})", "check `manifest`"
        ) from None
    except ValueError as error:
        raise CopydeskError.of("settings", path, f"the manifest is not valid ({error})", "mend it") from None
    found: dict[str, list[str]] = {}
    for article, named in values.items() if isinstance(values, dict) else [("the manifest", None)]:
        named = [named] if isinstance(named, str) else named
        if not isinstance(named, list) or not all(isinstance(one, str) for one in named):
            raise CopydeskError.of(
                "settings", path, f"`{article}` is no list of paths", 'write "article.md" = ["source.md"]'
            )
        found[article] = named
    return found


def _only(of_articles: OfArticles, articles: Iterable[str]) -> OfArticles:
    return {article: of_articles[article] for article in articles if article in of_articles}
