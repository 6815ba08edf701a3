"""`copydesk config show`: the settings in force, key by key, and where each comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from audit.cli import EXIT_CLEAN
from audit.config import Settings
from audit.console import write_stdout
from audit.house_style import LISTS, read_house
from audit.own_rules import RuleSet
from audit.project import find_audited, rule_set, settings_in_force
from audit.reports.counting import counted
from audit.reports.terminal import one_line
from audit.settings_file import SettingsFile, SettingsTable, check_rule_ids

# What holds where a file says nothing, besides the defaults of a run.
_DEFAULTS: dict[str, Any] = {"exclude": (), "fail_on": "warning", "severity": {}, "rules": ()}


def show_settings(path: str | None) -> int:
    """Write the settings as TOML with a remark on each line. Raises CopydeskError for a file that is at fault."""
    file = settings_in_force(path, isolated=False)
    rules = rule_set(file)
    if file is not None:
        check_rule_ids(file, rules)
    lines = [*_settings(file)]
    if file is not None:
        lines += [*_house(file), *_overrides(file)]
    lines += _own_rules(rules)
    if file is not None and file.table.articles:
        lines += _articles(file)
    write_stdout("".join(f"{line}\n" for line in lines))
    return EXIT_CLEAN


def _settings(file: SettingsFile | None) -> Iterator[str]:
    rows = []
    for name, field in SettingsTable.model_fields.items():
        if name in ("house", "overrides"):  # tables, which stand below
            continue
        value = getattr(file.table, name) if file is not None else None
        origin = file.title if file is not None and value is not None else "default"
        rows.append((f"{field.alias} = {_toml(_default(name) if value is None else value)}", origin))
    width = max(len(row) for row, _ in rows)
    yield f"# settings of {one_line(file.title)}" if file is not None else "# no settings file: these are the defaults"
    yield from (f"{row:<{width}}  # {one_line(origin)}" for row, origin in rows)


def _default(name: str) -> Any:
    return _DEFAULTS.get(name, getattr(Settings(articles=()), name, ""))


def _house(file: SettingsFile) -> Iterator[str]:
    if file.table.house is None:
        return
    house = read_house(file)
    yield f"\n[house]  # {one_line(file.title)}"
    for key, value in file.table.house.model_dump(by_alias=True, exclude_none=True).items():
        yield f"{key} = {_toml(value)}"
    counts = (f"{name}: {len(getattr(house, name))}" for name in LISTS)
    yield f"# in all {', '.join(counts)}"


def _overrides(file: SettingsFile) -> Iterator[str]:
    for override in file.table.overrides:
        yield f"\n[[overrides]]  # {one_line(file.title)}"
        for key, value in override.model_dump(by_alias=True, exclude_none=True).items():
            yield f"{key} = {_toml(value)}"


def _own_rules(rules: RuleSet) -> Iterator[str]:
    if rules.own:
        yield f"\n# {counted(len(rules.own), 'rule')} besides those of copydesk"
        yield from (one_line(f"# {own.rule.id}: {own.origin}") for own in rules.own)


def _articles(file: SettingsFile) -> Iterator[str]:
    articles, sources, complete = find_audited(file)
    yield f"\n# {len(articles)} {'article' if len(articles) == 1 else 'articles'}"
    for path in articles:
        named = dict.fromkeys((*sources.get(path, ()), *complete.get(path, ())))
        yield one_line(f"# {path}: {', '.join(named) or 'no source but those that it names itself'}")


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    return json.dumps(value, ensure_ascii=False)
