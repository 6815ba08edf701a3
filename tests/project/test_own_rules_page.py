"""The page about own rules: its code is that of the files beside it, and these do what the page says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from audit.rules.base import Rule
from audit.rules.docs import read_doc

from audit import records
from audit.records.findings import FAMILIES
from audit.rule_tests import check_examples, findings_in
from audit.settings_file import read_settings

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "own-rules"
PAGE = (DOCS / "own-rules.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("name", ["house_rules.py", "test_house_rules.py", "pyproject.toml"])
def test_files_stand_on_the_page_as_they_are(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") in blocks("toml" if name.endswith("toml") else "python")


def test_every_other_block_is_right(tmp_path: Path) -> None:
    settings, package = blocks("toml")
    assert "[build-system]" in package
    (tmp_path / "copydesk.toml").write_text(settings, encoding="utf-8")
    assert read_settings(str(tmp_path / "copydesk.toml")).table.rules == ["no_very.py"]
    [example] = blocks("text")
    passes = example.replace("Fails:", "Passes:")
    doc = read_doc(f"A rule.\n\n{example}\n{passes}")
    assert [len(one.sources) for one in doc.examples] == [1, 1]


def test_the_loop_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The short piece of code about records, inside a rule of its own."""
    loop = next(block for block in blocks("python") if block.startswith("for "))

    class Prints(Rule):
        """Prints.

        Fails:
            article: “We will sell the mill,” Ana Reyes said.

        Passes:
            article: The mill is old.
        """

        id = "prints"
        family = "production"
        severity = "note"

        def check(self, dossier: records.Dossier) -> list[records.Draft]:
            exec(loop, {"dossier": dossier, "Quotation": records.Quotation})
            return []

    assert findings_in(Prints, "“We will sell the mill,” Ana Reyes said.") == ()
    assert capsys.readouterr().out == "Ana Reyes “We will sell the mill,”\n"
    [fault] = check_examples(Prints)
    assert fault.endswith("the rule finds nothing")


def test_names_on_the_page_exist() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| `family` |"))
    assert set(re.findall(r"[a-z]+", row.split("|")[2])) - {"or"} == set(FAMILIES)
    table = PAGE[PAGE.index("| record |") : PAGE.index("Each of them is a *place*")]
    for line in table.splitlines()[2:]:
        if line:
            kinds, _, fields = line.strip("| ").split(" | ")
            for kind in re.findall(r"`(\w+)`", kinds):
                known = getattr(records, kind).model_fields
                assert set(re.findall(r"`([a-z_]+)`", fields)) <= set(known), kind


def run(*command: str | Path, cwd: Path, path: Path) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1", "XDG_CACHE_HOME": str(cwd)}
    return subprocess.run(
        [sys.executable, "-m", *map(str, command)], cwd=cwd, env=variables, capture_output=True, text=True
    )


def test_the_tests_of_the_example_pass(tmp_path: Path) -> None:
    options = ["-p", "no:cacheprovider", "-o", "addopts="]
    done = run("pytest", *options, FOLDER / "test_house_rules.py", cwd=tmp_path, path=FOLDER)
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout


def test_the_package_of_the_example_brings_its_rules(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "source", ignore=shutil.ignore_patterns("__pycache__"))
    target = tmp_path / "installed"
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--target", target, tmp_path / "source"]
    done = run("pip", "install", *options, cwd=tmp_path, path=Path())
    assert done.returncode == 0, done.stderr
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "a.md").write_text("Critics slammed the budget.\n", encoding="utf-8")
    done = run("audit", "rules", cwd=tmp_path / "work", path=target)
    assert [line.split()[0] for line in done.stdout.splitlines()][-2:] == ["house-phrase", "title-missing"]
    assert done.stdout.endswith("  [newsroom-rules 1.0]\n")
    done = run("audit", "check", "a.md", "--select", "house-phrase", cwd=tmp_path / "work", path=target)
    assert (done.returncode, done.stderr) == (1, "")
    assert "a.md:1:1: ▲ warning house-phrase" in done.stdout
    done = run("audit", "rules", "--test", cwd=tmp_path / "work", path=target)
    assert (done.returncode, done.stdout) == (0, "7 examples of 2 rules: all hold.\n")
