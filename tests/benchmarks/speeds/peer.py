"""proselint, the program that a first run is held against, in an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from speeds.bench import NotMeasured

VERSION = "0.16.0"


def proselint(kept: Path) -> Path:
    """The program; it is installed at the first time. Raises NotMeasured where that is not possible."""
    folder = kept.resolve() / f"proselint-{VERSION}"
    program = folder / ("Scripts" if os.name == "nt" else "bin") / "proselint"
    if not program.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        pip = [folder / program.parent.name / "python", "-m", "pip", "--disable-pip-version-check", "--quiet"]
        _run([sys.executable, "-m", "venv", folder], "no environment for it could be made")
        _run([*pip, "install", f"proselint=={VERSION}"], "it could not be installed")
    return program


def _run(command: list[str | Path], trouble: str) -> None:
    try:
        subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        lines = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
        raise NotMeasured(f"{trouble} ({lines[-1][:160] if lines else error})") from None
