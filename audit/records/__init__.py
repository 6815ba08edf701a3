"""The typed records that everything else reads and writes. Nothing here imports another part of the package."""

from audit.records.base import Place, Record
from audit.records.claims import (
    AgreementLink,
    AnyClaim,
    Claim,
    ContrastLink,
    DateMention,
    Heading,
    MarkDamage,
    Paragraph,
    Person,
    Position,
    Quantity,
    Quotation,
    ReportedStatement,
    Residue,
    Speaker,
    Turn,
)
from audit.records.document import Block, BlockKind, Document, LineIndex, Metadata, TurnSpan
from audit.records.dossier import DocumentRecords, Dossier, Profile
from audit.records.findings import Check, Diagnostic, Draft, Evidence, Finding
from audit.records.matches import PositionMatch, QuoteMatch, SpeakerCoverage, WordChange

__all__ = [
    "AgreementLink",
    "AnyClaim",
    "Block",
    "BlockKind",
    "Check",
    "Claim",
    "ContrastLink",
    "DateMention",
    "Diagnostic",
    "Document",
    "DocumentRecords",
    "Dossier",
    "Draft",
    "Evidence",
    "Finding",
    "Heading",
    "LineIndex",
    "MarkDamage",
    "Metadata",
    "Paragraph",
    "Person",
    "Place",
    "Position",
    "PositionMatch",
    "Profile",
    "Quantity",
    "Quotation",
    "QuoteMatch",
    "Record",
    "ReportedStatement",
    "Residue",
    "Speaker",
    "SpeakerCoverage",
    "Turn",
    "TurnSpan",
    "WordChange",
]
