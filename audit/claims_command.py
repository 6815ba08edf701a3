"""`copydesk claims`: what the tool understood of a text, before any rule looks at it."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from audit.cli import EXIT_CLEAN, EXIT_TROUBLE, cache_folder, read_stdin
from audit.config import MAX_BYTES, Settings
from audit.console import complain, wants_color, write_stdout
from audit.extract.annotate import Annotator
from audit.extract.pipeline import extract
from audit.inputs import read_inputs
from audit.loading.cache import Store
from audit.records import (
    AgreementLink,
    AnyClaim,
    ContrastLink,
    DateMention,
    Document,
    DocumentRecords,
    Heading,
    MarkDamage,
    Person,
    Place,
    Position,
    Quantity,
    Quotation,
    ReportedStatement,
    Residue,
    Speaker,
    Turn,
)
from audit.reports.terminal import one_line

SCHEMA = "copydesk-claims/1"


def show_claims(options: dict[str, Any]) -> int:
    """Write the claims of one file. Returns the exit code."""
    inputs = read_inputs(_settings(options))
    for diagnostic in inputs.diagnostics:
        complain(str(diagnostic))
    documents = [*inputs.articles, *inputs.sources]
    if not documents:
        return EXIT_TROUBLE
    extracted = _extract(documents, options)
    if options["format_"] == "json":
        write_stdout(_as_json(extracted))
    else:
        write_stdout(_as_tables(extracted, wants_color(options["color"], sys.stdout.isatty())))
    return EXIT_TROUBLE if any(diagnostic.fatal for diagnostic in inputs.diagnostics) else EXIT_CLEAN


def _settings(options: dict[str, Any]) -> Settings:
    file = (options["file"],)
    return Settings(
        articles=file if options["role"] == "article" else (),
        sources=file if options["role"] == "source" else (),
        offline=options["offline"],
        cache_folder=cache_folder(options),
        stdin=read_stdin(file, MAX_BYTES),
    )


def _extract(documents: Sequence[Document], options: dict[str, Any]) -> list[DocumentRecords]:
    folder = cache_folder(options)
    store = Store(folder / "annotations", complain) if folder is not None else None
    annotator = Annotator(store)
    try:
        return [extract(annotator.annotate(document)) for document in documents]
    finally:
        if store is not None:
            store.close()


def _as_json(extracted: Sequence[DocumentRecords]) -> str:
    values = {
        "schema": SCHEMA,
        "documents": [
            {
                "path": records.document.path,
                "role": records.document.role,
                "format": records.document.format,
                "part": records.document.part,
                "parts": records.document.parts,
                "claims": [claim.model_dump(mode="json") for claim in records.claims],
            }
            for records in extracted
        ],
    }
    return json.dumps(values, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


# --- Tables -----------------------------------------------------------------------------------------------------------

_COLUMNS: dict[str, tuple[str, ...]] = {
    "heading": ("role", "words"),
    "person": ("name", "also", "titles and roles", "mentions"),
    "turn": ("speaker", "role", "words"),
    "quotation": ("form", "speaker", "cue", "words"),
    "reported_statement": ("speaker", "cue", "words"),
    "position": ("holder", "stance", "how sure", "words"),
    "contrast_link": ("marker", "one side", "other side", "words"),
    "agreement_link": ("marker", "one side", "other side", "words"),
    "quantity": ("value", "of", "words"),
    "date": ("date", "words"),
    "residue": ("form", "hint", "words"),
    "mark_damage": ("form", "hint", "words"),
}
_TITLES = {
    "heading": "Headings",
    "person": "People",
    "turn": "Turns",
    "quotation": "Quotations",
    "reported_statement": "Reported statements",
    "position": "Positions",
    "contrast_link": "Contrasts",
    "agreement_link": "Agreements",
    "quantity": "Quantities",
    "date": "Dates",
    "residue": "Left by production",
    "mark_damage": "Damaged quotation marks",
}


def _as_tables(extracted: Sequence[DocumentRecords], color: bool) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    out = io.StringIO()
    width = min(shutil.get_terminal_size((110, 24)).columns, 160) if sys.stdout.isatty() else 110
    console = Console(file=out, width=width, force_terminal=color, no_color=not color, highlight=False)
    for records in extracted:
        document = records.document
        part = f", part {document.part} of {document.parts}" if document.parts > 1 else ""
        console.print(Text(f"{one_line(document.path)}{part}: {document.role}, {document.format}", style="bold"))
        for kind, claims in _by_kind(records).items():
            table = Table(title=f"{_TITLES[kind]} ({len(claims)})", title_justify="left", box=box.SIMPLE, expand=True)
            for name in ("place", *_COLUMNS[kind]):
                table.add_column(name, ratio=4 if name == "words" else None, overflow="fold")
            for claim in claims:
                table.add_row(*(Text(one_line(cell)) for cell in (f"{claim.line}:{claim.column}", *_cells(claim))))
            console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _by_kind(records: DocumentRecords) -> dict[str, list[AnyClaim]]:
    found: dict[str, list[AnyClaim]] = defaultdict(list)
    for claim in records.claims:
        if claim.kind in _COLUMNS:
            found[claim.kind].append(claim)
    return {kind: found[kind] for kind in _COLUMNS if kind in found}


def _cells(claim: AnyClaim) -> tuple[str, ...]:
    """The cells of a claim's row behind its place, as _COLUMNS names them."""
    match claim:
        case Heading():
            return claim.role, claim.text
        case Person():
            return (
                claim.name,
                ", ".join(claim.aliases),
                ", ".join((*claim.titles, *claim.roles)),
                _count(claim.mentions),
            )
        case Turn():
            return claim.speaker.name, claim.role, _short(claim.words)
        case Quotation():
            return claim.form, _name(claim.speaker), claim.cue, _short(claim.content)
        case ReportedStatement():
            return _name(claim.speaker), claim.cue, _short(claim.text)
        case Position():
            return _name(claim.holder) or "the article", claim.polarity, _strength(claim), _short(claim.text)
        case ContrastLink() | AgreementLink():
            return claim.marker, _name(claim.left), _name(claim.right), _short(claim.right_clause.text)
        case Quantity():
            return f"{claim.hedge} {claim.value} {claim.unit}".strip(), claim.of, claim.text
        case DateMention():
            return _date(claim), claim.text
        case Residue() | MarkDamage():
            return claim.form, claim.hint, _short(claim.text)
    return ("",)


def _count(mentions: Sequence[Place]) -> str:
    return str(len(mentions))


def _name(speaker: Speaker | None) -> str:
    return "" if speaker is None else speaker.name or f"({speaker.kind})"


def _strength(position: Position) -> str:
    condition = "if ..." if position.condition is not None else ""
    return ", ".join(filter(None, (position.rung, position.commitment or "", *position.degree, condition)))


def _date(claim: DateMention) -> str:
    numbers = [str(part) if part is not None else "?" for part in (claim.year, claim.month, claim.day)]
    known = "-".join(numbers) if any(part != "?" for part in numbers) else ""
    return " ".join(filter(None, (claim.weekday, known, claim.relative)))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 300 else f"{words[:300].rsplit(' ', 1)[0]} […]"
