"""Writes the committed JSON Schemas anew: `python -m audit.reports.schema` after a change of the records."""

from __future__ import annotations

from pathlib import Path

from audit.reports.contract import SCHEMAS
from audit.reports.json import render_schema


def main() -> None:
    """Write the schemas beside this module."""
    for name in SCHEMAS:
        Path(__file__).with_name(name).write_text(render_schema(name), encoding="utf-8")


if __name__ == "__main__":
    main()
