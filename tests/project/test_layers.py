"""Imports run one way: records, then loading, extracting and comparing, then rules; reports read records only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = {
    "records": {"records"},
    "loading": {"records", "loading"},
    "extract": {"records", "loading", "extract"},
    "compare": {"records", "loading", "extract", "compare"},
    "rules": {"records", "extract", "compare", "rules"},
    "reports": {"records", "reports"},
}
# What belongs to no layer: small things that anybody may use, and the modules at the top, which know all.
FOR_ALL = {"", "errors", "config"}
NO_INPUT_OR_OUTPUT = ("records", "compare", "rules")
OUTSIDE_WORLD = {"httpx", "socket", "subprocess", "requests", "urllib.request", "diskcache", "click", "spacy"}


def folder_of(layer: str) -> Path:
    return ROOT / layer if layer in ("rules", "reports") else ROOT / "audit" / layer


def modules() -> list[tuple[str, Path]]:
    return [(layer, path) for layer in LAYERS for path in sorted(folder_of(layer).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    """The full names of the modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            assert node.module is not None
            whole_package = node.module == "audit"
            yield from (f"audit.{alias.name}" for alias in node.names) if whole_package else (node.module,)


def part_of(name: str) -> str:
    """The layer, or the module at the top, of a module of the package."""
    part = name.split(".")[1] if "." in name else ""
    return "" if part.startswith("__") else part


@pytest.mark.parametrize(("layer", "path"), modules(), ids=lambda value: getattr(value, "name", value))
def test_no_import_runs_upwards(layer: str, path: Path) -> None:
    parts = {part_of(name) for name in imported(path) if name.split(".")[0] == "audit"}
    assert parts <= LAYERS[layer] | FOR_ALL, path


@pytest.mark.parametrize(("layer", "path"), modules(), ids=lambda value: getattr(value, "name", value))
def test_rules_and_what_they_stand_on_touch_nothing_outside(layer: str, path: Path) -> None:
    if layer in NO_INPUT_OR_OUTPUT:
        assert not set(imported(path)) & OUTSIDE_WORLD, path


def test_rules_see_records_and_no_tokens() -> None:
    """Of extraction they share word lists and the like; what they need of a text has to be in a record."""
    for path in folder_of("rules").rglob("*.py"):
        assert not set(imported(path)) & {"audit.extract.annotate", "audit.extract.pipeline"}, path


@pytest.mark.parametrize("package", ["serve", "lsp"])
def test_nothing_stands_on_the_local_page_or_the_editor_but_the_command(package: str) -> None:
    files = [path for folder in ("audit", "rules", "reports") for path in (ROOT / folder).rglob("*.py")]
    users = {path.relative_to(ROOT) for path in files if any(n.startswith(f"audit.{package}") for n in imported(path))}
    assert {user for user in users if user.parent != Path("audit") / package} == {Path("audit/cli.py")}


def test_one_module_owns_the_network_and_one_the_language_model() -> None:
    def users(package: str) -> set[str]:
        files = [path for folder in ("audit", "rules", "reports") for path in (ROOT / folder).rglob("*.py")]
        return {path.name for path in files if any(name.split(".")[0] == package for name in imported(path))}

    assert users("spacy") <= {"annotate.py", "word_labels.py"}
    assert users("diskcache") <= {"cache.py"}
    assert users("starlette") | users("uvicorn") <= {"app.py", "command.py", "guard.py"}
    assert users("pygls") | users("lsprotocol") <= {
        "server.py",
        "desk.py",
        "view.py",
        "hover.py",
        "actions.py",
        "positions.py",
    }
    assert users("watchfiles") <= {"watch_command.py", "desk.py"}
    assert users("httpx") | users("httpcore") <= {"fetch.py", "addresses.py"}
