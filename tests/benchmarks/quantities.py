"""How well quantities are read, on news sentences and on the specifications of a recogniser.

    python tests/benchmarks/quantities.py ../shared/bench [--only newsquant] [--show]

Takes the folder of the scoring data and hands the predictions to its own scorers. Ranks and years are left out for
`newsquant`, which does not annotate them; a change "from 10 to 20" is one range there, as its annotation has it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from scoring import rows_of

from audit.extract.annotate import Annotator
from audit.extract.quantities import find_quantities
from audit.loading import load_text
from audit.loading.cache import Store, default_folder
from audit.records import Quantity

Row = dict[str, Any]
# Symbols of this project that the scorer knows by another name.
NAMES = {
    "ft²": "square foot", "m³": "cubic metre", "Mbit/s": "megabit per second", "pound": "pound-mass", "°C": "celsius",
    "°F": "fahrenheit", "penny": "p", "calorie": "calorie", "mAh": "mah", "‰": "per mille",
}  # fmt: skip


def read(text: str, annotator: Annotator) -> list[Quantity]:
    documents = load_text(text, "row.txt", "article", key="a1").documents
    return [one for document in documents for one in find_quantities(annotator.annotate(document))]


# --- newsquant -------------------------------------------------------------------------------------------------------


def newsquant(row: Row, annotator: Annotator) -> Row:
    """The predictions of one sentence."""
    found = [one for one in read(row["text"], annotator) if one.measure != "rank"]
    return {"id": row["id"], "quantities": list(_values(found))}


def _values(found: Sequence[Quantity]) -> Iterator[Row]:
    taken: set[str] = set()
    by_id = {one.id: one for one in found}
    for one in found:
        if one.id in taken:
            continue
        end = next((by_id[id] for id in one.change if by_id[id].role == "to" and by_id[id].start > one.start), None)
        if one.role == "from" and end is not None and not one.other and not end.other:
            taken.add(end.id)
            yield {"value": f"{one.value}-{end.value}", "unit": _unit(end)}
        else:
            yield {"value": _value(one), "unit": _unit(one)}


def _value(one: Quantity) -> str:
    if one.form == "vague":
        return f"{one.low}-{one.high}"
    return f"{one.value}-{one.other}" if (one.other and one.measure != "share") or one.form == "range" else one.value


def _unit(one: Quantity) -> str:
    if one.measure == "age":
        return f"{one.unit} of age"
    if one.form == "multiple":
        return "count"
    if one.unit:
        return (
            " per ".join(NAMES.get(part, part) for part in one.unit.split("/"))
            if one.per
            else NAMES.get(one.unit, one.unit)
        )
    return one.of


# --- recognizers_text ------------------------------------------------------------------------------------------------


def recognizers(row: Row, annotator: Annotator) -> Row:
    """The predictions of one specification, with spans."""
    kind = row["model"].removesuffix("Model")
    entities = [
        entity for one in read(row["text"], annotator) if (entity := _entity(one, kind, row["text"])) is not None
    ]
    return {"id": row["id"], "entities": entities}


def _entity(one: Quantity, kind: str, text: str) -> Row | None:
    assert text[one.start : one.end] == one.text
    entity = {"start": one.start, "end": one.end, "value": one.value}
    if kind == "Number" and one.measure != "rank":
        return {**entity, "type": "number"}
    if kind == "Percent" and one.measure in ("share", "points") and one.unit:
        return {**entity, "type": "percentage"}
    if kind == "Currency" and one.unit and one.measure in ("money", "rate"):
        return {**entity, "type": "currency"}
    if kind == "Age" and one.measure == "age":
        return {**entity, "type": "age"}
    counts = ("count", "money", "share", "points", "age", "rank", "ratio", "duration")
    if kind == "Dimension" and one.measure not in counts:
        return {**entity, "type": "dimension"}
    return None


# --- Running ---------------------------------------------------------------------------------------------------------


def measure(bench: Path, name: str, scorer: str, annotator: Annotator, out: Path) -> None:
    """Predict a set and print what its scorer says."""
    data = bench / "data" / name / "data.jsonl"
    predict = newsquant if name == "newsquant" else recognizers
    target = out / f"{name}.jsonl"
    with target.open("w", encoding="utf-8") as file:
        for row in rows_of(bench, name):
            if row.get("model") != "DateTimeModel":
                file.write(json.dumps(predict(row, annotator), ensure_ascii=False) + "\n")
    print(f"{name}", flush=True)
    types = ["--types", "number,percentage,currency,dimension,age"] if name == "recognizers_text" else []
    subprocess.run([sys.executable, str(bench / "scorers" / scorer), str(data), str(target), *types], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--only", choices=("newsquant", "recognizers_text"))
    parser.add_argument("--keep", type=Path, help="folder in which the predictions are kept")
    args = parser.parse_args()
    if not (args.bench / "data").is_dir():
        sys.exit(f"no scoring data in {args.bench}")
    annotator = Annotator(Store(default_folder() / "annotations"))
    with tempfile.TemporaryDirectory() as scratch:
        out = args.keep or Path(scratch)
        out.mkdir(parents=True, exist_ok=True)
        for name, scorer in (("newsquant", "score_quantities.py"), ("recognizers_text", "score_spans.py")):
            if args.only in (None, name):
                measure(args.bench, name, scorer, annotator, out)


if __name__ == "__main__":
    main()
