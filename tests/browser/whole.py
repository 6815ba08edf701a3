"""A report with something of everything, and longer than a window: what the tests of the page look at."""

from __future__ import annotations

import re

import sample

from audit.records import DateMention, Finding, Person, Quantity, Quotation, QuoteMatch, Speaker
from audit.records.claims import NameMention
from audit.records.findings import Severity
from audit.records.report import BlockInfo, Report

LONG_WORD = "https://quay.example/" + "minutes-of-the-harbour-board-" * 12
PARAGRAPHS = "".join(f"Paragraph {number} of the article goes on about the quay.\n\n" for number in range(60))
ARTICLE = (
    f"{sample.ARTICLE}\n{PARAGRAPHS}{LONG_WORD}\n\n“Nobody ever asked the harbour,” Mira Holt said.\n\n{PARAGRAPHS}"
)
SOURCE = (
    "".join(f"HOLT: This is what I say in answer number {number}.\n\n" for number in range(60))
    + "HOLT: Nobody ever asked the harbour.\n\nHOLT: We may rebuild it one day.\n"
)


def fingerprint(number: int) -> str:
    return f"{number:032x}"


def said(number: int, severity: Severity, words: str, rule: str, speaker: str, message: str) -> Finding:
    """A finding of a rule about words that somebody says."""
    made = sample.finding(number, severity=severity, words=words, rule=rule, message=message, article=ARTICLE)
    source = sample.place(SOURCE, "We may rebuild it one day.", "holt.txt")
    evidence = (
        made.evidence[0].model_copy(update={"speaker": speaker}),
        made.evidence[1].model_copy(
            update={"place": source, "marks": (sample.place(SOURCE, "may", "holt.txt"),), "speaker": speaker}
        ),
    )
    return made.model_copy(update={"evidence": evidence})


def findings() -> tuple[Finding, ...]:
    return (
        said(1, "error", "“We will rebuild it,”", "quote-altered", "Mira Holt", "Did she say this?"),
        said(2, "warning", "The quay dates from 1911.", "date-differs", "Jon Abar", "Which year is it?"),
        said(3, "note", LONG_WORD, "quote-tidied", "Mira Holt", f"Is it {LONG_WORD}?"),
    )


def full_report(*made: Finding) -> Report:
    """A report with findings of all severities, or with those given, a quotation that was found, and long texts."""
    report = sample.report(*(made or findings()), article=ARTICLE)
    words = "Nobody ever asked the harbour"
    quoted = sample.place(ARTICLE, f"{words},")
    quotation = Quotation(
        **quoted.model_dump(),
        id="a1.quotation.1",
        block=1,
        form="direct",
        segments=(quoted,),
        content=quoted.text,
        words=5,
        speaker=Speaker(kind="named", name="Mira Holt"),
    )
    match = QuoteMatch(quotation=quotation.id, verdict="exact", passages=(sample.place(SOURCE, words, "holt.txt"),))
    turns = tuple(
        BlockInfo(kind="turn", start=turn.start() + 6, end=turn.end(), speaker="Mira Holt")
        for turn in re.finditer("HOLT: .+", SOURCE)
    )
    article, source = report.inputs
    source = source.model_copy(update={"text": SOURCE, "end": len(SOURCE), "blocks": turns})
    claims = (quotation, *story())
    return report.model_copy(update={"claims": claims, "matches": (match,), "inputs": (article, source)})


def story() -> tuple[Person | DateMention | Quantity, ...]:
    """Somebody, a date and a figure."""
    name = sample.place(ARTICLE, "Mira Holt")
    year = sample.place(ARTICLE, "1911")
    return (
        Person(
            **name.model_dump(), id="a1.person.1", block=1, name="Mira Holt", given=("mira",), family=("holt",),
            aliases=("Holt",), roles=("harbour master",), mentions=(NameMention(**name.model_dump(), form="full"),),
        ),
        DateMention(
            **year.model_dump(), id="a1.date.1", block=2, year=1911, precision="year", earliest="1911-01-01",
            latest="1911-12-31", resolved="explicit",
        ),
        Quantity(**year.model_dump(), id="a1.quantity.1", block=2, value="1911", low="1911", high="1911", of="quay"),
    )  # fmt: skip


def two_articles() -> Report:
    """A run over two articles; the second one has the warning."""
    report = full_report()
    article, source = report.inputs
    other = article.model_copy(
        update={
            "path": "drafts/pier.md",
            "key": "a2",
            "title": "The pier",
            "text": "# The pier\n\nIt is long.\n",
            "end": 23,
        }
    )
    place = sample.place(other.text, "It is long.", other.path)
    first, second, third = report.findings
    moved = second.evidence[0].model_copy(update={"place": place, "marks": ()})
    second = second.model_copy(update={"evidence": (moved, second.evidence[1])})
    return report.model_copy(update={"inputs": (article, other, source), "findings": (first, second, third)})
