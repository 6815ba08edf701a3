"""How well dates are found and resolved, on the specifications of Recognizers-Text.

    python tests/benchmarks/dates.py ../shared/bench [--show]

Takes the folder of the scoring data, reads the DateTimeModel rows of `data/recognizers_text` with the project's grammar
and hands the readings to `scorers/score_spans.py`. A date whose year or week the words leave open is given as the
specifications give it: with both neighbours of the row's reference day.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from audit.extract.date_calendar import (
    nearest_weekday,
    numbered_weekdays,
    relative_day,
    relative_span,
    shift,
    weekday_near,
    written_span,
)
from audit.extract.date_reader import Found, read_dates
from audit.extract.date_reading import Reading
from audit.extract.date_words import holiday


def values(reading: Reading, today: date) -> list[str]:
    """The days that a reading can mean when it is said today, YYYY-MM-DD."""
    if reading.from_words and reading.step is not None:
        start = _start(reading.from_words, today)
        moved = shift(start, reading.step, reading.unit) if start is not None else None
        if moved is not None and reading.weekday:
            moved = nearest_weekday(moved, reading.weekday)
        return [moved.isoformat()] if moved is not None else []
    if reading.step is not None:
        day = relative_day(reading, today)
        span = relative_span(reading, today) if reading.unit == "weekday" else None
        days = {d for d in (day, span.first if span else None, span.last if span else None) if d is not None}
        return sorted(d.isoformat() for d in days)
    if reading.weekday and reading.at.day and not reading.at.month:
        return [d.isoformat() for d in numbered_weekdays(today, reading.weekday, reading.at.day)]
    if reading.precision == "weekday":
        return [weekday_near(today, reading.weekday, step).isoformat() for step in (-1, 0, 1)]
    years = [reading.at.year] if reading.at.year else [today.year - 1, today.year, today.year + 1]
    return [span.first.isoformat() for year in years if (span := written_span(reading, year)) is not None]


def _start(words: str, today: date) -> date | None:
    if words in ("today", "now"):
        return today
    if words.isdigit():
        return date(int(words), 1, 1)
    inner = next((f.reading for f in read_dates(words)), None)
    if inner is not None and inner.step is not None:
        return relative_day(inner, today)
    if inner is not None and inner.weekday:
        return weekday_near(today, inner.weekday, 1)
    return min((d for y in (today.year, today.year + 1) if (d := holiday(words, y)) and d >= today), default=None)


def entity(found: Found, today: date) -> dict[str, Any]:
    """A found date as the scorer reads it."""
    reading = found.reading
    kind = "date" if reading.precision in ("day", "weekday") else "daterange"
    if reading.relative and reading.step is not None and not reading.form.startswith("turn"):
        kind = "date"
    if reading.until is not None:
        kind = "daterange"
    if reading.precision == "time":
        kind = "time"
    return {"start": found.start, "end": found.end, "type": kind, "value": values(reading, today)}


def predictions(data: Path, show: bool) -> Iterator[dict[str, Any]]:
    with data.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["model"] != "DateTimeModel" or not row["ref_date"]:
                continue
            found = [entity(one, date.fromisoformat(row["ref_date"][:10])) for one in read_dates(row["text"])]
            if show:
                _show(row, found)
            yield {"id": row["id"], "entities": found}


def _show(row: dict[str, Any], found: list[dict[str, Any]]) -> None:
    gold = row["entities"]
    if not gold or any(str(e["type"]).removeprefix("datetimeV2.") != "date" for e in gold):
        return
    dates = [e for e in found if e["type"] == "date"]
    wanted = [(e["text"], [v.get("value") for v in (e["resolution"] or {}).get("values", [])]) for e in gold]
    got = [(row["text"][e["start"] : e["end"]], e["value"]) for e in dates]
    right = len(wanted) == len(got) and all(set(w[1]) & set(g[1]) for w, g in zip(wanted, got, strict=True))
    if not right:
        print(f"{row['text']} | {row['ref_date'][:10]}\n    wanted {wanted}\n    got    {got}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--show", action="store_true", help="print the rows of dates alone that are not all right")
    args = parser.parse_args()
    data = args.bench / "data" / "recognizers_text" / "data.jsonl"
    if not data.is_file():
        sys.exit(f"no scoring data in {args.bench}")
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for row in predictions(data, args.show):
            out.write(json.dumps(row) + "\n")
        out.flush()
        scorer = args.bench / "scorers" / "score_spans.py"
        subprocess.run([sys.executable, str(scorer), str(data), out.name, "--types", "date,daterange"], check=True)


if __name__ == "__main__":
    main()
