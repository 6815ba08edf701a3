"""Reports read back from files, for the commands that work on what a run left."""

from __future__ import annotations

import json

from pydantic import ValidationError

from audit.errors import CopydeskError
from audit.pairing import Keyed, key_of
from audit.records.report import SCHEMA
from audit.records.saved import SavedFinding, SavedReport

MAX_REPORT = 200_000_000  # bytes


def load_report(path: str) -> SavedReport:
    """The report that a JSON file holds.

    Raises CopydeskError where there is no such file, where it is no report, or one of another version of the schema.
    """
    from audit.loading.decode import read_bytes

    try:
        values = json.loads(read_bytes(path, MAX_REPORT).decode("utf-8"))
    except (ValueError, RecursionError):
        raise _no_report(path, "it is not JSON") from None
    schema = values.get("schema") if isinstance(values, dict) else None
    if not isinstance(schema, str) or not schema.startswith("copydesk-report/"):
        raise _no_report(path, "it is no report of copydesk")
    if schema != SCHEMA:
        raise CopydeskError.of(
            "report", path, f"it is a {schema}, and this version reads {SCHEMA}", "make the report anew"
        )
    try:
        return SavedReport.model_validate(values)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise _no_report(path, f"it is no whole report ({where}: {fault['msg'].lower()})") from None


def _no_report(path: str, message: str) -> CopydeskError:
    return CopydeskError.of("report", path, message, "name a file that `copydesk check --out json=PATH` wrote")


def keyed_saved(finding: SavedFinding, report: SavedReport) -> Keyed:
    """What a finding of a saved report is known by."""
    passages = ((report.side_of(passage), passage.quote) for passage in finding.evidence)
    return key_of(finding.rule, finding.fingerprint, passages)
