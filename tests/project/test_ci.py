"""The hook, the GitHub Action and the GitLab job: their shape, and their steps run as far as they run here."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from audit.cli import cli

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures" / "run" / "dossier"
BIN = Path(sys.executable).parent
NEEDED = ("audit", "rules", "reports", "ci", "pyproject.toml", "README.md", "LICENSE", "action.yml")
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


def loaded(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """A repository with an article, its interview and settings; nothing in it is committed."""
    folder = tmp_path / "newsroom"
    shutil.copytree(FIXTURES, folder)
    (folder / "copydesk.toml").write_text('articles = ["*.md"]\nexclude = ["README.md"]\n', encoding="utf-8")
    (folder / "README.md").write_text("# Read me\n\n“We will take the crane down,” he said.\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    return folder


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What a runner sets, with this copydesk on the path."""
    for name in ("runner", "home"):
        (tmp_path / name).mkdir()
    return {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path / "home"),
        "LANG": "C.UTF-8",
        "RUNNER_TEMP": str(tmp_path / "runner"),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }


Step = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def check_step(newsroom: Path, environment: dict[str, str]) -> Step:
    """Run the check of the action as a runner would, with inputs."""
    action = loaded("action.yml")
    [step] = [one for one in action["runs"]["steps"] if one.get("id") == "check"]

    def run(**inputs: str) -> subprocess.CompletedProcess[str]:
        values = {name: inputs.get(name, about["default"]) for name, about in action["inputs"].items()}
        own = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: values[m[1]], value)
            for name, value in step["env"].items()
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=newsroom, env={**environment, **own}, capture_output=True, text=True, timeout=300,
        )  # fmt: skip

    return run


# --- GitHub -----------------------------------------------------------------------------------------------------------


def test_the_action_asks_for_little_and_is_pinned() -> None:
    action = loaded("action.yml")
    assert {"name", "description", "inputs", "outputs", "runs"} == set(action)
    assert all(set(about) == {"description", "default"} for about in action["inputs"].values())
    steps = action["runs"]["steps"]
    for step in steps:
        assert ("uses" in step) != ("run" in step)
        assert "uses" not in step or re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"])
        assert "run" not in step or (step["shell"] == "bash" and "${{" not in step["run"])
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(action["inputs"])


def test_the_example_workflow_has_the_least_rights_and_knows_the_inputs() -> None:
    text = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    [workflow] = [yaml.safe_load(one) for one in re.findall(r"```yaml\n(.*?)```", text, re.S) if "jobs:" in one]
    assert workflow["permissions"] == {"contents": "read"}
    checkout, copydesk = workflow["jobs"]["copydesk"]["steps"]
    assert re.fullmatch(r"actions/checkout@[0-9a-f]{40}", checkout["uses"])
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert set(copydesk["with"]) <= set(loaded("action.yml")["inputs"])
    known = {name for option in cli.commands["check"].params for name in option.opts}
    assert {line.partition("=")[0] for line in copydesk["with"]["arguments"].split()} <= known


def test_the_check_annotates_sums_up_and_fails(check_step: Step, newsroom: Path, environment: dict[str, str]) -> None:
    done = check_step(sarif="out.sarif", html="out.html")
    assert done.returncode == 1, done.stderr + done.stdout
    lines = done.stdout.splitlines()
    match = re.fullmatch(r"::stop-commands::([0-9a-f]{32})", lines[0])
    assert match is not None
    resumed = lines.index(f"::{match[1]}::")
    assert any("✖ error quote-altered" in line for line in lines[1:resumed])
    assert [line[: line.index("line=")] for line in lines[resumed + 1 :]] == ["::error file=article.md,"]
    assert Path(environment["GITHUB_OUTPUT"]).read_text(encoding="utf-8") == "exit-code=1\n"
    assert Path(environment["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8").startswith("## Copydesk: 1 error")
    assert json.loads((newsroom / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (newsroom / "out.html").is_file()
    assert list(Path(environment["RUNNER_TEMP"]).iterdir()) == []


def test_words_of_an_article_are_never_a_command(check_step: Step, newsroom: Path) -> None:
    article = newsroom / "article.md"
    text = article.read_text(encoding="utf-8")
    evil = "::error file=x::owned ##[error]owned\n::add-mask::a\n"
    article.write_text(text.replace("down before", f"down {evil} before"), encoding="utf-8")
    done = check_step()
    lines = done.stdout.splitlines()
    token = lines[0].removeprefix("::stop-commands::")
    outside = lines[lines.index(f"::{token}::") + 1 :]
    assert all(re.fullmatch(r"::(error|warning|notice) [^:]*::.*", line) for line in outside)
    assert all(f"::{token}" not in line for line in lines[1 : lines.index(f"::{token}::")])


def test_inputs_of_the_action_stay_arguments(check_step: Step, newsroom: Path) -> None:
    odd = "$(touch owned); `touch owned` 'a b.md"
    done = check_step(articles=f"{odd}\narticle.md\n", arguments="--fail-on=never\n--ignore\nquote-tidied\n")
    assert done.returncode == 2
    assert f"{odd}: there is no such file" in done.stdout
    assert not (newsroom / "owned").exists()
    assert check_step(articles="article.md", arguments="--fail-on=never").returncode == 0
    assert check_step(articles="--help").returncode == 2  # an article, if a strange one, and no option


def test_the_action_passes_a_revision_on(check_step: Step, newsroom: Path) -> None:
    git = [
        "git",
        "-C",
        str(newsroom),
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@b.example",
        "-c",
        "commit.gpgsign=false",
    ]
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "first"], check=True)
    done = check_step(diff="HEAD")
    assert done.returncode == 0, done.stdout
    assert "touches nothing that has changed since HEAD" in " ".join(done.stdout.split())


def test_the_action_installs_what_lies_beside_it(tmp_path: Path, environment: dict[str, str]) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in NEEDED:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tree / name)
    [step] = [one for one in loaded("action.yml")["runs"]["steps"] if one.get("name") == "Install copydesk"]
    # Nothing is fetched: the package alone, built with what is here, into a folder of its own.
    pip = {
        "PIP_TARGET": str(tmp_path / "target"),
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_NO_INDEX": "1",
    }
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        env={**environment, **pip, "GITHUB_ACTION_PATH": str(tree)}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "target" / "audit" / "reports" / "sarif.py").is_file()


def test_the_script_is_sound_for_shellcheck() -> None:
    program = shutil.which("shellcheck")
    if program is None:
        pytest.skip("shellcheck is not here")
    subprocess.run([program, str(ROOT / "ci" / "github.sh")], check=True)


# --- GitLab -----------------------------------------------------------------------------------------------------------


def test_the_job_for_gitlab_writes_the_reports_that_it_names(newsroom: Path, environment: dict[str, str]) -> None:
    job = loaded("ci/gitlab.yml")["copydesk"]
    install, check = job["script"]
    assert install.startswith("python -m pip install")
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", check],
        cwd=newsroom, env={**environment, "COPYDESK_ARGUMENTS": "--fail-on=error"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    reports = job["artifacts"]["reports"]
    [issue] = json.loads((newsroom / reports["codequality"]).read_text(encoding="utf-8"))
    assert issue["location"]["path"] == "article.md"
    assert ET.parse(newsroom / reports["junit"]).find(".//failure") is not None
    assert all((newsroom / path).is_file() for path in job["artifacts"]["paths"])
    assert job["variables"]["GIT_DEPTH"] == "0"


# --- pre-commit -------------------------------------------------------------------------------------------------------


def test_the_hook_is_one_that_pre_commit_takes() -> None:
    [hook] = loaded(".pre-commit-hooks.yaml")
    pattern = re.compile(hook["files"])
    for name in ("a.md", "b/c.html", "d.docx", "e.vtt", "f.srt", "g.txt"):
        assert pattern.search(name)
    assert not pattern.search("a.py")
    options = {name for option in cli.commands["check"].params for name in option.opts}
    assert {word for word in hook["entry"].split() if word.startswith("--")} <= options
    if importlib.util.find_spec("pre_commit") is None:
        pytest.skip("pre-commit is not installed")
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    subprocess.run(command, check=True)


def test_pre_commit_runs_the_hook(newsroom: Path, environment: dict[str, str], tmp_path: Path) -> None:
    """pre-commit itself, with the hook as it stands, but for the environment that it would build from the network."""
    if importlib.util.find_spec("pre_commit") is None:
        pytest.skip("pre-commit is not installed")
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (hooks / ".pre-commit-hooks.yaml").write_text(text.replace("language: python", "language: system"), "utf-8")
    who = ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]
    variables = {**environment, "PRE_COMMIT_HOME": str(tmp_path / "home" / "pre-commit")}

    def run(*command: str, at: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=at, env=variables, capture_output=True, text=True, check=check, timeout=300)

    run("git", "init", "-q", at=hooks)
    run("git", "add", ".", at=hooks)
    run("git", *who, "commit", "-q", "-m", "hooks", at=hooks)
    commit = run("git", "rev-parse", "HEAD", at=hooks).stdout.strip()
    config = {"repos": [{"repo": str(hooks), "rev": commit, "hooks": [{"id": "copydesk"}]}]}
    (newsroom / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    command = (sys.executable, "-m", "pre_commit", "run")
    run("git", "add", ".", at=newsroom)
    done = run(*command, at=newsroom, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "quote-altered" in done.stdout
    assert "README.md" not in done.stdout
    article = newsroom / "article.md"
    article.write_text(article.read_text(encoding="utf-8").replace("We will take", "We may take"), encoding="utf-8")
    run("git", "add", ".", at=newsroom)
    done = run(*command, at=newsroom)
    assert "Passed" in done.stdout
    only = run(*command, "--files", "README.md", at=newsroom)
    assert "Passed" in only.stdout
