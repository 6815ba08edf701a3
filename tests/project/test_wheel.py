"""What the wheel holds: everything of the package, and nothing else."""

from __future__ import annotations

import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from audit import __version__

ROOT = Path(__file__).parents[2]
PLACES = {"audit": "audit", "rules": "audit/rules", "reports": "audit/reports"}

pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_only_top_level_is_audit(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert tops == {"audit", f"copydesk-{__version__}.dist-info"}


def test_every_file_of_the_tree_is_in_it(names: set[str]) -> None:
    expected = {
        f"{inside}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, inside in PLACES.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if name.startswith("audit/")} == expected


def test_every_folder_with_modules_is_a_package() -> None:
    for folder in PLACES:
        for module in (ROOT / folder).rglob("*.py"):
            assert (module.parent / "__init__.py").is_file(), module


def test_licence_and_description_come_along(wheel: Path, names: set[str]) -> None:
    info = f"copydesk-{__version__}.dist-info"
    assert f"{info}/licenses/LICENSE" in names
    with zipfile.ZipFile(wheel) as archive:
        metadata = Parser().parsestr(archive.read(f"{info}/METADATA").decode("utf-8"))
        entry_points = archive.read(f"{info}/entry_points.txt").decode("utf-8")
    assert (metadata["License-Expression"], metadata["Requires-Python"]) == ("Apache-2.0", ">=3.11")
    assert str(metadata.get_payload()).strip() == (ROOT / "README.md").read_text(encoding="utf-8").strip()
    assert "copydesk = audit.cli:main" in entry_points
