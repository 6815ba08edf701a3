"""The wheel in a fresh environment that holds only what it says it needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FIXTURES = Path(__file__).parents[2] / "fixtures" / "run" / "clean"
IMPORT_ALL = """
import importlib, json, pkgutil, audit
names = sorted(module.name for module in pkgutil.walk_packages(audit.__path__, "audit."))
names = [name for name in names if name != "audit.__main__"]
print(json.dumps({name: importlib.import_module(name).__file__ for name in names}))
"""

pytestmark = [pytest.mark.xdist_group("wheel"), pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")]


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel, and with links to what it requires: nothing is fetched."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    packages = next((folder / "lib").glob("python*")) / "site-packages"
    command = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install", "--no-deps"]
    subprocess.run([*command, "--no-index", "--quiet", str(wheel)], check=True)
    [metadata] = packages.glob("copydesk-*.dist-info")
    for required in _closure(Distribution.at(metadata)).values():
        _link(required, packages)
    return folder


def _closure(top: Distribution) -> dict[str, Distribution]:
    """Everything that a distribution requires without extras, by name."""
    found: dict[str, Distribution] = {}
    waiting: list[tuple[Distribution, frozenset[str]]] = [(top, frozenset())]
    while waiting:
        current, extras = waiting.pop()
        for text in current.requires or ():
            requirement = Requirement(text)
            wanted = requirement.marker is None or any(
                requirement.marker.evaluate({"extra": extra}) for extra in ("", *extras)
            )
            name = canonicalize_name(requirement.name)
            if wanted and name not in found:
                found[name] = distribution(name)
                waiting.append((found[name], frozenset(requirement.extras)))
    return found


def _link(required: Distribution, packages: Path) -> None:
    """Put what a distribution has at its top level into the environment."""
    for name in {file.parts[0] for file in required.files or ()} - {"..", "__pycache__"}:
        if not (packages / name).exists():
            (packages / name).symlink_to(Path(str(required.locate_file(name))).resolve())


def run(environment: Path, tmp_path: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command of the environment, in a folder that has nothing to do with the project."""
    program, *arguments = command
    variables = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    return subprocess.run(
        [str(environment / "bin" / program), *arguments], cwd=tmp_path, env=variables, capture_output=True, text=True
    )


def test_every_module_imports(environment: Path, tmp_path: Path) -> None:
    done = run(environment, tmp_path, "python", "-I", "-c", IMPORT_ALL)
    assert done.returncode == 0, done.stderr
    files = json.loads(done.stdout)
    assert {"audit.rules.registry", "audit.reports.json", "audit.compare.quotes", "audit.cli"} <= set(files)
    assert all(Path(file).is_relative_to(environment) for file in files.values())


def test_it_audits_a_file(environment: Path, tmp_path: Path) -> None:
    article, source = str(FIXTURES / "article.md"), str(FIXTURES / "varga.md")
    done = run(environment, tmp_path, "copydesk", "check", article, "--source", source, "--out", "html=report.html")
    assert (done.returncode, done.stderr) == (0, "")
    assert "No findings" in done.stdout
    assert "Ines Varga" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_package_runs_as_a_module(environment: Path, tmp_path: Path) -> None:
    by_name = run(environment, tmp_path, "copydesk", "--version")
    by_module = run(environment, tmp_path, "python", "-m", "audit", "--version")
    assert by_name.returncode == by_module.returncode == 0
    assert by_name.stdout == by_module.stdout != ""
