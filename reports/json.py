"""The report as JSON: the fields of the report contract, in a fixed order, the same bytes for the same report."""

from __future__ import annotations

import json

from audit.reports.contract import absent_in, contract_of, encodable, json_schema, values_of
from pydantic_core import PydanticSerializationError

from audit.records.report import Report


def render_json(report: Report) -> str:
    """One JSON object with a line end behind it; text is not escaped beyond what JSON asks for.

    Raises CopydeskError when a text holds half a surrogate pair, which UTF-8 cannot carry.
    """
    contract = contract_of(report)
    try:
        # the same bytes as json.dumps with these settings, in a tenth of the time
        text = contract.model_dump_json(indent=1, by_alias=True, exclude=absent_in(contract))
    except PydanticSerializationError:  # half a surrogate pair; the other way says where
        text = json.dumps(values_of(report), indent=1, ensure_ascii=False, allow_nan=False)
    return encodable(text + "\n")


def render_schema(name: str = "report.schema.json") -> str:
    """A JSON Schema as it is committed beside this module."""
    return json.dumps(json_schema(name), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
