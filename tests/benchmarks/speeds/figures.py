"""Figures of several runs, the goals they are held against, and the table of them all."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SCHEMA = "copydesk-speed/1"
_HEAD = ("", "median", "least - most", "runs", "goal", "")
_DIGITS = {"s": 2, "MB": 0, "words/s": 0, "x": 2, "exponent": 2}


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound that a median should keep."""

    sign: str  # "<=", ">=" or "<"
    bound: float

    def met(self, value: float) -> bool:
        if self.sign == "<=":
            return value <= self.bound
        return value >= self.bound if self.sign == ">=" else value < self.bound


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. Without values, `note` says why there are none."""

    section: str
    name: str
    unit: str  # "s", "MB", "words/s", "x" (a ratio) or "exponent"
    values: tuple[float, ...] = ()
    goal: Goal | None = None
    note: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without goal or values."""
        return self.goal.met(self.median) if self.goal is not None and self.values else None

    def as_json(self) -> dict[str, Any]:
        goal = {"sign": self.goal.sign, "bound": self.goal.bound, "met": self.met} if self.goal is not None else None
        spread = {"median": self.median, "least": min(self.values), "most": max(self.values)} if self.values else {}
        return {
            "section": self.section,
            "name": self.name,
            "unit": self.unit,
            **spread,
            "values": list(self.values),
            "goal": goal,
            "note": self.note,
        }


def ratios(above: Sequence[float], below: Sequence[float]) -> tuple[float, ...]:
    """Run by run, so that a slow minute of the machine is in both. Raises ValueError for lengths that differ."""
    return tuple(one / other for one, other in zip(above, below, strict=True))


def exponents(smaller: Sequence[float], larger: Sequence[float], fixed: Sequence[float]) -> tuple[float, ...]:
    """By which power time grows when the size doubles, run by run: 1 is linear, 2 is quadratic.

    `fixed` is what a run takes for next to no text; it is taken off both.
    """
    return tuple(
        math.log2((more - start) / (less - start))
        for less, more, start in zip(smaller, larger, fixed, strict=True)
        if less > start and more > start
    )


# --- The table --------------------------------------------------------------------------------------------------------


def table(figures: Iterable[Figure], titles: Mapping[str, str]) -> str:
    """All figures as text, section by section, in columns."""
    rows: list[tuple[str, ...] | str] = [_HEAD]
    section = None
    for figure in figures:
        if figure.section != section:
            section = figure.section
            rows += ["", titles.get(section, section)]
        rows.append(_row(figure))
    cells = [row for row in rows if not isinstance(row, str)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(_HEAD))]
    return "\n".join(row if isinstance(row, str) else _line(row, widths) for row in rows) + "\n"


def _row(figure: Figure) -> tuple[str, ...]:
    name, goal = f"  {figure.name}", ""
    if figure.goal is not None:
        goal = f"{figure.goal.sign} {_bound(figure)}"
    if not figure.values:
        return name, "not available", "", "", goal, figure.note
    spread = f"{_shown(min(figure.values), figure.unit)} - {_shown(max(figure.values), figure.unit)}"
    verdict = {True: "met", False: "not met", None: ""}[figure.met]
    last = f"{verdict}; {figure.note}" if verdict and figure.note else verdict or figure.note
    return name, f"{_shown(figure.median, figure.unit)}{_unit(figure)}", spread, str(len(figure.values)), goal, last


def _bound(figure: Figure) -> str:
    assert figure.goal is not None
    return f"{figure.goal.bound:,.10g}{_unit(figure)}"


def _unit(figure: Figure) -> str:
    return "" if figure.unit == "exponent" else f" {figure.unit}"


def _shown(value: float, unit: str) -> str:
    return f"{value:,.{_DIGITS[unit]}f}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    """Names and notes at the left of their columns, numbers at the right."""
    last = len(row) - 1
    cells = [
        cell if at == last else cell.ljust(width) if at in (0, last - 1) else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def document(figures: Iterable[Figure], machine: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """All figures as JSON, with every single value."""
    values = {
        "schema": SCHEMA,
        "machine": dict(machine),
        "options": dict(options),
        "figures": [figure.as_json() for figure in figures],
    }
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"
