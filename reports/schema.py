"""Writes the committed JSON Schema anew: `python -m audit.reports.schema` after a change of the records."""

from __future__ import annotations

from pathlib import Path

from audit.reports.json import render_schema


def main() -> None:
    """Write report.schema.json beside this module."""
    Path(__file__).with_name("report.schema.json").write_text(render_schema(), encoding="utf-8")


if __name__ == "__main__":
    main()
