"""One cache for all editors, and a folder with an article and its interview for each."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

DOSSIER = Path(__file__).parents[2] / "fixtures" / "run" / "dossier"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """article.md says “will” where its source, interviews/lindqvist.md, has “may”."""
    shutil.copytree(DOSSIER, tmp_path / "desk")
    return tmp_path / "desk"
