"""What README, CONTRIBUTING and docs say is there is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from audit import __version__
from audit.cli import EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOTHING, EXIT_TROUBLE, cli
from audit.config import PROFILES
from audit.settings_file import read_settings

ROOT = Path(__file__).parents[2]
PAGES = (
    *("README.md", "CONTRIBUTING.md", "CHANGELOG.md"),
    *("docs/rules.md", "docs/ci.md", "docs/settings.md", "docs/own-rules.md", "docs/editor.md"),
)
TEXTS = {".md", ".txt", ".py", ".toml", ".json", ".j2", ".css", ".js", ".html", ".vtt", ".srt", ""}
MACHINE_PATH = re.compile(r"(?<![\w.~$}/>-])/(?:work|root|home|Users|mnt|workspace)/\w+")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def options() -> set[str]:
    return {name for command in cli.commands.values() for option in command.params for name in option.opts}


def test_the_page_of_rules_is_current() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "make_rules.py"), "--check"], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text_of(page)):
        if not target.startswith("https://"):
            assert (ROOT / page).parent.joinpath(target).is_file(), target


@pytest.mark.parametrize("page", PAGES)
def test_commands_exist(page: str) -> None:
    text = text_of(page)
    code = "\n".join([*re.findall(r"```(?:sh|text)\n(.*?)```", text, re.S), *re.findall(r"`([^`\n]+)`", text)])
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.M))
    assert set(re.findall(r"^make ([a-z]+)", code, re.M)) <= targets
    assert set(re.findall(r"^copydesk ([a-z]+)", code, re.M)) <= set(cli.commands)
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", code)) <= options() | {"--version"}


def test_readme_names_every_option_that_a_user_may_want() -> None:
    check = cli.commands["check"]
    told = set(re.findall(r"--[a-z][a-z-]+", text_of("README.md")))
    left_out = {name for option in check.params if isinstance(option, click.Option) for name in option.opts} - told
    assert left_out <= {"--stdin-filename", "--color"}


def test_readme_has_the_exit_codes_and_profiles() -> None:
    rows = re.findall(r"^\| `?(\w+)`? \|", text_of("README.md"), re.M)
    assert [row for row in rows if row in PROFILES] == list(PROFILES)
    codes = [str(code) for code in (EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE, EXIT_NOTHING)]
    assert [row for row in rows if row.isdigit()] == codes


def test_named_files_exist() -> None:
    for name in re.findall(r"`((?:audit|rules|reports|tests|fixtures|docs)/[\w./]+)`", text_of("CONTRIBUTING.md")):
        assert (ROOT / name.removesuffix("ID/")).exists(), name


def test_no_path_of_one_machine() -> None:
    for folder in ("audit", "rules", "reports", "tests", "fixtures", "docs", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in TEXTS and path != Path(__file__) and "__pycache__" not in path.parts:
                assert MACHINE_PATH.search(path.read_text(encoding="utf-8", errors="replace")) is None, path


def test_the_changelog_has_this_version() -> None:
    assert f"## {__version__}\n" in text_of("CHANGELOG.md")


def test_settings_that_are_shown_can_be_read(tmp_path: Path) -> None:
    for page in ("README.md", "docs/ci.md"):
        for text in re.findall(r"```toml\n(.*?)```", text_of(page), re.S):
            (tmp_path / "copydesk.toml").write_text(text, encoding="utf-8")
            read_settings(str(tmp_path / "copydesk.toml"))
