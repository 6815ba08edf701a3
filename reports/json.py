"""The report as JSON: the fields of the report contract, in a fixed order, the same bytes for the same report."""

from __future__ import annotations

import json

from audit.reports.contract import encodable, json_schema, values_of

from audit.records.report import Report


def render_json(report: Report) -> str:
    """One JSON object with a line end behind it; text is not escaped beyond what JSON asks for.

    Raises CopydeskError when a text holds half a surrogate pair, which UTF-8 cannot carry.
    """
    return encodable(json.dumps(values_of(report), indent=1, ensure_ascii=False, allow_nan=False) + "\n")


def render_schema(name: str = "report.schema.json") -> str:
    """A JSON Schema as it is committed beside this module."""
    return json.dumps(json_schema(name), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
