"""Importing a team's own rules, and refusing what is none. Everything here runs code that somebody else has written."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import importlib.util
import inspect
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from audit.entry_points import EntryPoint, files_at
from audit.errors import CopydeskError
from audit.loading.decode import decode, read_bytes
from audit.records.findings import CONFIDENCES, FAMILIES, SEVERITIES
from audit.rule_ids import RULE_ID, RULE_ID_HINT
from audit.rules.base import Rule
from audit.rules.registry import ALL_RULES

MAX_BYTES = 5_000_000  # of one module
_NAME = "_copydesk_own_rules"  # under which modules of the settings are imported: it can hide no other module
_WHAT = "a rule is a public class made from audit.rules.base.Rule"


@dataclass(frozen=True)
class OwnRule:
    """A rule that is not copydesk's, and where it comes from: a path, or an installed package with its version."""

    rule: type[Rule]
    origin: str


def load(points: Iterable[EntryPoint], paths: Iterable[Path]) -> tuple[OwnRule, ...]:
    """The rules behind entry points and paths, in this order. Raises CopydeskError for whatever is wrong with them."""
    found: list[OwnRule] = []
    for point in points:
        found += (OwnRule(rule, point.title) for rule in _of_entry_point(point))
    for path in paths:
        found += (OwnRule(rule, str(path)) for rule in _of_path(path))
    _check_ids(found)
    return tuple(found)


def _check_ids(found: Iterable[OwnRule]) -> None:
    taken = {rule.id: "copydesk itself" for rule in ALL_RULES}
    for own in found:
        before = taken.get(own.rule.id)
        if before is not None:
            where = "twice" if before == own.origin else f"already by {before}"
            message = f"the id {own.rule.id!r} of {own.rule.__name__} is taken {where}"
            raise _error(own.origin, message, "choose another")
        taken[own.rule.id] = own.origin


def _error(where: str, message: str, action: str, line: int | None = None) -> CopydeskError:
    return CopydeskError.of("rules", where, message, action, line=line)


# --- Installed packages -----------------------------------------------------------------------------------------------


def _of_entry_point(point: EntryPoint) -> list[type[Rule]]:
    where, action = f"{point.title} (entry point {point.name})", "mend the package, or uninstall it"
    with _imports(where, action, lambda file: None):
        module = importlib.import_module(point.module)
    value: object = module
    for name in filter(None, point.attribute.split(".")):
        value = getattr(value, name, None)
    if isinstance(value, ModuleType):
        return _of_module(value, where)
    if inspect.isclass(value) and issubclass(value, Rule):
        value = (value,)
    if not isinstance(value, tuple | list):
        raise _error(where, f"{point.value!r} is neither a module nor a rule nor a tuple or list of rules", action)
    return _checked(value, where)


# --- Modules and packages of the settings -----------------------------------------------------------------------------


def _of_path(path: Path) -> list[type[Rule]]:
    where = str(path)
    _check_files(path, where)
    module = _imported(path, where)
    return _of_module(module, where)


def _check_files(path: Path, where: str) -> None:
    if not path.exists():
        raise _error(where, "there is no such file or folder", "check `rules` in the settings")
    if path.is_dir():
        if not (path / "__init__.py").is_file():
            raise _error(where, "this folder is no package: it has no __init__.py", "add one, or name a module in it")
        modules = [(name, file) for name, file in files_at(path) if name.endswith(".py")]
    elif path.suffix == ".py":
        modules = [("", path)]
    else:
        raise _error(where, "this is no Python module", "name a file that ends in .py, or a folder with __init__.py")
    for _, file in modules:
        decode(read_bytes(str(file), MAX_BYTES), str(file))


def _imported(path: Path, where: str) -> ModuleType:
    """The module or package at a path, imported anew."""
    place = path.resolve()
    name = f"{_NAME}_{hashlib.sha256(str(place).encode('utf-8', 'surrogateescape')).hexdigest()[:12]}"
    file, inside = (place / "__init__.py", [str(place)]) if place.is_dir() else (place, None)
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=inside)
    assert spec is not None  # the ending is .py
    assert spec.loader is not None
    for old in [one for one in sys.modules if one == name or one.startswith(f"{name}.")]:
        del sys.modules[old]
    importlib.invalidate_caches()
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    own = {str(one): name for name, one in files_at(place)}

    def shown(of_frame: str) -> str | None:
        """The path of a file of this rule as its user writes it."""
        if of_frame not in own:
            return None
        return str(path / own[of_frame]) if inside else str(path.with_name(own[of_frame]))

    try:
        with _imports(where, "mend it", shown):
            spec.loader.exec_module(module)
    except CopydeskError:
        sys.modules.pop(name, None)
        raise
    return module


@contextlib.contextmanager
def _imports(where: str, action: str, shown: Callable[[str], str | None]) -> Iterator[None]:
    """Imports inside the block end well or with one line; what they print goes to standard error.

    `shown` says how the user writes the path of a file of theirs, and None for all others. No bytecode is written: it
    would lie about in the user's folders, and hold for a file that was edited twice within a second.
    """
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit from inside a module is a fault of the module
        file, line = _spot(error, shown)
        words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise _error(file or where, f"it cannot be imported ({words})", action, line) from None
    finally:
        sys.dont_write_bytecode = before


def _spot(error: BaseException, shown: Callable[[str], str | None]) -> tuple[str | None, int | None]:
    """The deepest line of the user's own files that an error comes from."""
    spots = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename is not None:
        spots.append((error.filename, error.lineno))
    for file, line in reversed(spots):
        path = shown(file)
        if path is not None:
            return path, line
    return None, None


# --- What counts as a rule --------------------------------------------------------------------------------------------


def _of_module(module: ModuleType, where: str) -> list[type[Rule]]:
    """`RULES` where the module has it; otherwise every public rule that is defined there, in the order of the text."""
    listed = getattr(module, "RULES", None)
    if listed is not None:
        if not isinstance(listed, tuple | list):
            raise _error(where, "`RULES` is no tuple or list of rules", _WHAT)
        return _checked(listed, where)
    found = [
        value
        for name, value in vars(module).items()
        if not name.startswith("_") and inspect.isclass(value) and issubclass(value, Rule)
        if f"{value.__module__}.".startswith(f"{module.__name__}.") and not _is_base(value)
    ]
    if not found and hasattr(module, "__path__"):
        raise _error(where, "there is no rule in its __init__.py", f"{_WHAT}; import those of other modules there")
    return _checked(list(dict.fromkeys(found)), where)


def _is_base(rule: type[Rule]) -> bool:
    """Whether a class is there for others to be made from: it has neither an id nor a `check`."""
    return inspect.isabstract(rule) and not hasattr(rule, "id")


def _checked(values: Sequence[object], where: str) -> list[type[Rule]]:
    if not values:
        raise _error(where, "there is no rule in it", _WHAT)
    rules = []
    for value in values:
        if not (inspect.isclass(value) and issubclass(value, Rule)):
            raise _error(where, f"{_shown(value)} is no rule", _WHAT)
        fault = _fault(value)
        if fault:
            raise _error(where, *fault)
        rules.append(value)
    return rules


def _fault(rule: type[Rule]) -> tuple[str, str] | None:
    """What is wrong with a rule, and what to do; None for nothing."""
    name = rule.__name__
    if not hasattr(rule, "id"):
        return f"{name} has no `id`", "give it one, or begin the name of a class that others are made from with _"
    if not isinstance(rule.id, str) or not RULE_ID.fullmatch(rule.id):
        return f"the id of {name} is {_shown(rule.id)}", RULE_ID_HINT
    if inspect.isabstract(rule):
        return f"{name} has no method `check`", "write one that yields a Draft for each finding"
    for key, allowed in (("family", FAMILIES), ("severity", SEVERITIES), ("confidence", CONFIDENCES)):
        value = getattr(rule, key, None)
        if value not in allowed:
            said = "has no" if value is None else f"has {_shown(value)} as its"
            return f"{name} {said} `{key}`", f"it can be one of {', '.join(allowed)}"
    for key in ("needs_source", "preview"):
        if not isinstance(getattr(rule, key), bool):
            return f"{name} has {_shown(getattr(rule, key))} as `{key}`", "it can be True or False"
    first, _, rest = rule.text().strip().partition("\n")
    if not first or (rest and rest.partition("\n")[0].strip()):
        return f"{name} has no summary", "begin its docstring with one line that says what it finds, then an empty line"
    return None


def _shown(value: object) -> str:
    text = value.__name__ if inspect.isclass(value) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
