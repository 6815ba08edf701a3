"""The smaller commands, colour, and what start-up costs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from audit.rules.registry import ALL_RULES
from command import Command

from audit import __version__
from audit.console import wants_color


def test_version(copydesk: Command) -> None:
    assert copydesk("--version").out == f"copydesk {__version__}\n"


def test_module_and_program_are_the_same() -> None:
    done = subprocess.run([sys.executable, "-m", "audit", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"copydesk {__version__}\n"


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from audit.cli import invoke; invoke(['check', '--help']);"
        "print(sorted({'spacy', 'pydantic', 'httpx', 'jinja2', 'rapidfuzz', 'rich', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_rules_are_listed_one_a_line(copydesk: Command) -> None:
    lines = copydesk("rules").out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.id for rule in ALL_RULES]
    assert all(line.endswith(rule.summary()) for line, rule in zip(lines, ALL_RULES, strict=True))
    listed = json.loads(copydesk("rules", "--format", "json").out)
    assert [rule["id"] for rule in listed] == [rule.id for rule in ALL_RULES]


def test_explain_is_the_docstring(copydesk: Command) -> None:
    for rule in ALL_RULES:
        done = copydesk("explain", rule.id)
        assert done.code == 0
        assert done.out.endswith(f"{rule.text()}\n")


def test_explaining_an_unknown_rule_names_the_nearest(copydesk: Command) -> None:
    done = copydesk("explain", "quote-not-in-sauce")
    assert (done.code, done.out) == (2, "")
    assert "did you mean quote-not-in-source?" in done.err
    assert "`copydesk rules`" in copydesk("explain", "xyzzy").err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(copydesk: Command, shell: str) -> None:
    done = copydesk("completion", shell)
    assert done.code == 0
    assert "_COPYDESK_COMPLETE" in done.out


def test_claims_as_json(copydesk: Command, dossier: Path) -> None:
    done = copydesk("claims", dossier, "--format", "json")
    values = json.loads(done.out)
    text = dossier.read_text(encoding="utf-8")
    assert values["schema"] == "copydesk-claims/1"
    [article, source] = values["documents"]
    assert (article["role"], source["role"]) == ("article", "source")
    assert {"person", "quotation", "position"} <= {claim["kind"] for claim in article["claims"]}
    assert all(text[claim["start"] : claim["end"]] == claim["text"] for claim in article["claims"])


def test_claims_as_tables(copydesk: Command, dossier: Path) -> None:
    done = copydesk("claims", dossier)
    assert done.code == 0
    for words in ("People", "Marta Lindqvist", "Quotations", "We will take the crane down", "Turns"):
        assert words in done.out
    assert "\x1b" not in done.out


def test_claims_of_a_missing_file(copydesk: Command) -> None:
    done = copydesk("claims", "nowhere.md")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("when", "terminal", "environment", "expected"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
        ("always", False, {}, True),
        ("always", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": "", "FORCE_COLOR": ""}, True),
    ],
)
def test_who_decides_on_color(when: str, terminal: bool, environment: dict[str, str], expected: bool) -> None:
    assert wants_color(when, terminal, environment) is expected  # type: ignore[arg-type]
