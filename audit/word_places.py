"""Where the characters of a Word file's extract stand in the file: in which run, and at which offset of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from audit.errors import CopydeskError
from audit.loading.word import CELL_BREAK, PARAGRAPH_BREAK, distinct_cells, runs_of


@dataclass(frozen=True, slots=True)
class Spot:
    """A character of the extract in the document: the number of its run, and its offset in the run's text."""

    run: int
    offset: int


def spots_of(document: Any, extract: str, path: str) -> list[Spot | None]:
    """A spot for each character of the file's extract; None for what the extract puts between paragraphs and cells.

    Raises CopydeskError where the extract is not what the report has.
    """
    numbers = {run: number for number, run in enumerate(all_runs(document.element))}
    words: list[str] = []
    spots: list[Spot | None] = []
    for text, places in _stretches(document, numbers):
        if not text.strip():
            continue
        if words:
            words.append(PARAGRAPH_BREAK)
            spots += [None] * len(PARAGRAPH_BREAK)
        words.append(text)
        spots += places
    if "".join(words) != extract:
        raise CopydeskError.of(
            "word-copy", path, "its words cannot be found again", "report this; it is a fault of copydesk"
        )
    return spots


def all_runs(root: Any) -> list[Any]:
    """Every run of a tree in its order, those among them that the extract does not have."""
    from docx.oxml.ns import qn

    return list(root.iter(qn("w:r")))


def _stretches(document: Any, numbers: dict[Any, int]) -> Iterator[tuple[str, list[Spot | None]]]:
    """The paragraphs and rows of a document in the order of the extract, each with a spot for every character."""
    for item in document.iter_inner_content():
        if not hasattr(item, "rows"):
            yield _paragraph(item, numbers)
            continue
        for row in item.rows:
            cells = [cell for cell in (_cell(cell, numbers) for cell in distinct_cells(row)) if cell[0]]
            spots: list[Spot | None] = []
            for at, (_, places) in enumerate(cells):
                spots += ([None] * len(CELL_BREAK) if at else []) + places
            yield CELL_BREAK.join(text for text, _ in cells), spots


def _paragraph(paragraph: Any, numbers: dict[Any, int]) -> tuple[str, list[Spot | None]]:
    texts: list[str] = []
    spots: list[Spot | None] = []
    for run in runs_of(paragraph):
        texts.append(run.text)
        spots += [Spot(numbers[run.element], offset) for offset in range(len(run.text))]
    return "".join(texts), spots


def _cell(cell: Any, numbers: dict[Any, int]) -> tuple[str, list[Spot | None]]:
    """The words of a cell with one blank between them, as the extract has them."""
    text, spots = "", list[Spot | None]()
    for paragraph in cell.paragraphs:
        words, places = _paragraph(paragraph, numbers)
        text, spots = f"{text}\n{words}", [*spots, None, *places]
    found: list[str] = []
    kept: list[Spot | None] = []
    for match in re.finditer(r"\S+", text):
        kept += ([None] if found else []) + spots[match.start() : match.end()]
        found.append(match[0])
    return " ".join(found), kept
