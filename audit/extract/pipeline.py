"""From an annotated document to its claims, and the two together: what the comparison works on."""

from __future__ import annotations

from dataclasses import dataclass

from audit.extract.annotate import Annotated
from audit.records import DocumentRecords


@dataclass(frozen=True)
class Prepared:
    """The claims of a document beside the tokens that they were read from."""

    records: DocumentRecords
    annotated: Annotated


def extract(annotated: Annotated) -> DocumentRecords:
    """Every claim of a document, in order of their places."""
    return DocumentRecords(annotated.document, ())
