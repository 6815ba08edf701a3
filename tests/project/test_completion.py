"""What a shell gets when somebody presses the tab key."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from audit.rules.registry import rule_ids

BIN = Path(sys.executable).parent


def completions(line: str) -> list[str]:
    """What bash is offered for the last word of a line; nothing but that is written."""
    words = line.split(" ")
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_COPYDESK_COMPLETE": "bash_complete"}
    done = subprocess.run(
        [sys.executable, "-m", "audit"], env={**os.environ, **asked}, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return [answer.partition(",")[2] for answer in done.stdout.splitlines()]


def test_commands_options_and_values() -> None:
    assert completions("copydesk c") == ["check", "claims", "compare", "completion"]
    assert "--profile" in completions("copydesk check --pro")
    assert completions("copydesk check --profile st") == ["strict", "standard"]


def test_rules() -> None:
    wanted = [id for id in rule_ids() if id.startswith("quote-t")]
    assert completions("copydesk explain quote-t") == wanted
    assert completions("copydesk check --select quote-t") == wanted


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_are_what_their_shell_can_read(shell: str) -> None:
    program = shutil.which(shell)
    script = subprocess.run([sys.executable, "-m", "audit", "completion", shell], capture_output=True, check=True)
    assert b"_COPYDESK_COMPLETE" in script.stdout
    if program is not None:
        subprocess.run([program, "-n"], input=script.stdout, check=True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_takes_the_script() -> None:
    """The whole way: the script is evaluated and its function called as bash would call it."""
    line = (
        f'PATH="{BIN}:$PATH"; eval "$(copydesk completion bash)" || exit 1; '
        "COMP_WORDS=(copydesk explain quote-al); COMP_CWORD=2; "
        '_copydesk_completion copydesk; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("quote-altered", "")
