"""The settings file: `copydesk.toml`, or the table `[tool.copydesk]` in pyproject.toml. Finding, reading, refusing."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from audit.config import Confidence, FailOn, Profile, Severity
from audit.errors import CopydeskError
from audit.gitignore import is_pattern
from audit.rule_ids import nearest

if TYPE_CHECKING:
    from audit.own_rules import RuleSet

OWN_FILE = "copydesk.toml"
SHARED_FILE = "pyproject.toml"
_TABLE = ("tool", "copydesk")


class _Table(BaseModel):
    """A table of the file: nothing is converted and no key is passed over."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, alias_generator=lambda name: name.replace("_", "-")
    )


class PolicyTable(_Table):
    """What may differ from folder to folder. None means that the file says nothing."""

    profile: Profile | None = Field(default=None, description="how quotations are judged")
    select: list[str] | None = Field(default=None, description="the rules that run; all of them where none is named")
    ignore: list[str] | None = Field(default=None, description="rules that are left out")
    severity: dict[str, Severity] | None = Field(default=None, description="another severity for a rule's findings")
    confidence: Confidence | None = Field(default=None, description="the least confidence that is shown and counts")
    preview: bool | None = Field(default=None, description="show what rules in preview find")


class Override(PolicyTable):
    """Other settings for the articles that `paths` name, in the patterns of .gitignore."""

    paths: list[str]


class HouseTable(_Table):
    """What the house has settled. A list may lie in a file of its own, an entry on each line, `#` before remarks."""

    names: list[str] | None = Field(default=None, description="names as the house spells them")
    names_file: str | None = Field(default=None, description="the same, in a file")
    titles: list[str] | None = Field(default=None, description="words in front of names, besides the usual ones")
    titles_file: str | None = Field(default=None, description="the same, in a file")
    exempt: list[str] | None = Field(default=None, description="people who need no introduction")
    exempt_file: str | None = Field(default=None, description="the same, in a file")


class SettingsTable(PolicyTable):
    """The whole file. Paths and patterns count from the folder that it lies in."""

    articles: list[str] | None = Field(default=None, description="which files are articles: files, folders, patterns")
    exclude: list[str] | None = Field(default=None, description="what is none, in the patterns of .gitignore")
    sources: list[str] | None = Field(default=None, description="where an article's sources are")
    complete_sources: list[str] | None = Field(default=None, description="the same, for whole records of what was said")
    manifest: str | None = Field(default=None, description="a TOML or JSON file that names the sources of each article")
    fail_on: FailOn | None = Field(default=None, description="the least severity that makes the exit code 1")
    rules: list[str] | None = Field(default=None, description="the team's own rules: modules and packages of Python")
    baseline: str | None = Field(default=None, description="the file of the findings that are known")
    decisions: str | None = Field(default=None, description="the file of an editor's decisions")
    house: HouseTable | None = Field(default=None, description="names, titles and well-known people of the house")
    overrides: list[Override] = Field(default=[], description="other settings for some of the articles")


@dataclass(frozen=True)
class SettingsFile:
    """A file that was read. `path` is what messages call it, `folder` the real folder that its paths count from."""

    path: str
    folder: str
    table: SettingsTable

    @property
    def title(self) -> str:
        """The file, with its table where it holds others as well."""
        return f"{self.path} [tool.copydesk]" if os.path.basename(self.path) == SHARED_FILE else self.path


def find_settings(start: str = ".") -> SettingsFile | None:
    """The nearest settings from a folder upwards, as far as the top of its repository.

    In one folder copydesk.toml outweighs pyproject.toml, and a pyproject.toml without the table counts for nothing.
    Raises CopydeskError for a file that cannot be read or that says what nobody understands.
    """
    folder = Path(os.path.realpath(start))
    for here in (folder, *folder.parents):
        if (here / OWN_FILE).is_file():
            return read_settings(os.path.relpath(here / OWN_FILE))
        if (here / SHARED_FILE).is_file() and _own_table(_parsed(os.path.relpath(here / SHARED_FILE))) is not None:
            return read_settings(os.path.relpath(here / SHARED_FILE))
        if (here / ".git").exists():
            return None
    return None


def read_settings(path: str) -> SettingsFile:
    """Read one file. Raises CopydeskError, in one line with the file and the key at fault."""
    values: Mapping[str, Any] | None = _parsed(path)
    if os.path.basename(path) == SHARED_FILE:
        values = _own_table(values or {})
        if values is None:
            raise _error(path, "there is no table [tool.copydesk] in it", "add one, or name another file")
    if "\\u0000" in json.dumps(values, default=str):  # which no path can hold
        raise _error(path, "it holds a zero character", "take it out")
    try:
        table = SettingsTable.model_validate(values)
    except ValidationError as error:
        worst = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")  # a key that is missing may be it
        raise _explained(path, worst) from None
    _check_patterns(path, "exclude", table.exclude or ())
    for number, override in enumerate(table.overrides, start=1):
        _check_patterns(path, f"overrides[{number}].paths", override.paths)
    return SettingsFile(path, os.path.dirname(os.path.realpath(path)), table)


def _parsed(path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(Path(path).read_bytes().decode("utf-8"))
    except OSError as error:
        raise _error(path, f"it cannot be read ({(error.strerror or str(error)).lower()})", "check the path") from None
    except UnicodeDecodeError as error:
        raise _error(path, f"byte {error.start} is not valid UTF-8", "save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise _error(path, f"this is no valid TOML ({error})", "mend the line") from None


def _own_table(values: Mapping[str, Any]) -> dict[str, Any] | None:
    for name in _TABLE:
        values = values.get(name, {})
        if not isinstance(values, dict):
            return None
    return dict(values) or None


def _error(path: str, message: str, action: str) -> CopydeskError:
    return CopydeskError.of("settings", path, message, action)


# --- What is wrong, in words ------------------------------------------------------------------------------------------


def _explained(path: str, error: ErrorDetails) -> CopydeskError:
    location = error["loc"]
    key = _dotted(location)
    if error["type"] == "extra_forbidden":
        return _unknown_key(path, key, str(location[-1]), _table_of(location))
    if error["type"] == "missing":
        return _error(path, f"`{key}` is missing", "say which articles are meant")
    if error["type"] == "literal_error":
        allowed = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return _error(path, f"`{key}` is {error['input']!r}", f"it can be one of {allowed}")
    wanted = error["msg"].removeprefix("Input should be ")
    return _error(path, f"`{key}` is {_shortened(error['input'])}", f"it has to be {wanted}")


def _table_of(location: Sequence[int | str]) -> type[_Table]:
    """The table that a key at fault lies in."""
    inner: dict[int | str, type[_Table]] = {"overrides": Override, "house": HouseTable}
    return inner.get(location[0], SettingsTable) if len(location) > 1 else SettingsTable


def _unknown_key(path: str, key: str, name: str, table: type[_Table]) -> CopydeskError:
    known = _keys(table)
    near = nearest(name, known)
    hint = f"did you mean `{near}`?" if near else f"the keys are {', '.join(known)}"
    if name in _keys(SettingsTable):
        hint = f"`{name}` is for the whole file: move it to the top"
    return _error(path, f"there is no key `{key}`", hint)


def _keys(table: type[_Table]) -> list[str]:
    return [field.alias or name for name, field in table.model_fields.items()]


def _dotted(location: Iterable[int | str]) -> str:
    """overrides[2].profile"""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location).removeprefix(".")


def _shortened(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def check_rule_ids(file: SettingsFile, rules: RuleSet) -> None:
    """Refuse ids that are no rule's. Apart from reading the file, since this may have to import all rules.

    Raises CopydeskError, in one line with the file and the key at fault.
    """
    _check_rules(file.path, "", file.table, rules)
    for number, override in enumerate(file.table.overrides, start=1):
        _check_rules(file.path, f"overrides[{number}].", override, rules)


def _check_rules(path: str, where: str, table: PolicyTable, rules: RuleSet) -> None:
    for key, ids in (("select", table.select), ("ignore", table.ignore), ("severity", table.severity)):
        for id in ids or ():
            if not rules.has(id):
                raise _error(path, f"`{where}{key}` names {id!r}, and there is no such rule", rules.hint(id))


def _check_patterns(path: str, key: str, patterns: Iterable[str]) -> None:
    odd = next((pattern for pattern in patterns if not is_pattern(pattern)), None)
    if odd is not None:
        raise _error(path, f"`{key}` has {odd!r}, which is no pattern of .gitignore", "mend it")
