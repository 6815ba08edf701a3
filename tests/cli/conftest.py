"""Running the command line inside the test's own process, with one cache for all tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from audit.cli import invoke

sys.path.insert(0, str(Path(__file__).parent))

from command import Command, Done

FIXTURES = Path(__file__).parents[2] / "fixtures" / "run"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def copydesk(cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run `copydesk` with arguments; the cache is the session's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    for name in ("NO_COLOR", "FORCE_COLOR", "COPYDESK_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: str | Path) -> Done:
        capsys.readouterr()
        code = invoke([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return command


@pytest.fixture
def dossier() -> Path:
    """An article with its interview: one altered quotation, one faithful one, a speaker without a transcript."""
    return FIXTURES / "dossier" / "article.md"


@pytest.fixture
def clean() -> tuple[Path, Path]:
    """An article and an interview that fit."""
    return FIXTURES / "clean" / "article.md", FIXTURES / "clean" / "varga.md"
