"""placeholder until merge"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from audit.records.report import Report


class Refusal(Exception):
    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Book:
    reasons = {
        "source-elsewhere": "The source is elsewhere",
        "house-style": "House style",
        "other-topic": "Not the same topic",
        "accepted-risk": "Accepted risk",
        "rule-wrong": "The rule is wrong",
    }
    kept_in = "x"

    def __init__(self, path: Path, forgotten: bool = False) -> None: ...
    def applied(self, report: Report) -> Report:
        return report

    def decided(self, report: Report) -> list[Any]:
        return []

    def save(self, report: Report, values: dict[str, Any]) -> Any:
        return None

    def text(self) -> str:
        return "{}"
