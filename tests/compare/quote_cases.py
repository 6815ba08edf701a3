"""Small dossiers for tests of quotations: the sources are loaded, the quotations are marked up by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from audit.compare.quotes import match_quotations
from audit.extract.annotate import Annotator
from audit.extract.pipeline import Prepared
from audit.loading.loader import load_text
from audit.records import Document, DocumentRecords, Dossier, Profile, Quotation, QuoteMatch, Speaker, Turn

_QUOTED = re.compile(r"“([^”]+)”")


@cache
def annotator() -> Annotator:
    """One annotator for all tests: the model is loaded once."""
    return Annotator()


def speaker_of(name: str, key: str) -> Speaker:
    """A named speaker whose person id holds the surname."""
    return Speaker(kind="named", name=name, person=f"{key}.{name.split()[-1].lower()}")


def source_of(text: str, key: str = "s1") -> Prepared:
    """A transcript with its turns."""
    document = load_text(text, f"{key}.txt", "source", "text", key).documents[0]
    claims = [
        Turn(
            **document.place(document.blocks[span.blocks[0]].start, document.blocks[span.blocks[-1]].end).model_dump(),
            id=f"{key}.turn.{number}",
            block=span.blocks[0],
            ordinal=number,
            speaker=speaker_of(span.name, key),
            role=span.role,
            words=" ".join(document.block_text(document.blocks[at]) for at in span.blocks),
        )
        for number, span in enumerate(document.turns, start=1)
    ]
    assert claims, "the source has no turns"
    return Prepared(DocumentRecords(document, tuple(claims)), annotator().annotate(document))


def article_of(text: str, speakers: tuple[str, ...], setting: str = "") -> Prepared:
    """An article whose quotations belong to these speakers in turn; "+" joins one to the quotation before it."""
    document = load_text(text, "article.txt", "article", "text", "a1").documents[0]
    groups: list[tuple[str, list[re.Match[str]]]] = []
    for match, name in zip(_QUOTED.finditer(document.view), speakers, strict=True):
        if name == "+":
            groups[-1][1].append(match)
        else:
            groups.append((name, [match]))
    annotated = annotator().annotate(document)
    claims = [quotation_of(document, number, name, found, setting) for number, (name, found) in enumerate(groups, 1)]
    return Prepared(DocumentRecords(document, tuple(claims)), annotated)


def quotation_of(
    document: Document, number: int, name: str, found: list[re.Match[str]], setting: str = ""
) -> Quotation:
    """One quotation with its segments; a lower-case first letter makes it partial."""
    content = " ".join(match[1] for match in found)
    start, end = found[0].start(), found[-1].end()
    block = document.block_at(start)
    sentence_start = document.view.rfind(". ", block.start, start)
    behind = document.view.find(".", end, block.end)
    return Quotation(
        **document.place(start, end).model_dump(),
        id=f"a1.quotation.{number}",
        block=block.index,
        form="partial" if content[:1].islower() else "direct",
        segments=tuple(document.place(match.start(1), match.end(1)) for match in found),
        content=content,
        words=len(content.split()),
        speaker=speaker_of(name, "a1") if name else None,
        sentence=document.place(
            block.start if sentence_start < 0 else sentence_start + 2, behind + 1 if behind >= 0 else block.end
        ),
        setting=setting,
    )


def identities_of(*prepared: Prepared) -> Mapping[str, str]:
    """Every person id to its surname."""
    claims = [claim for one in prepared for claim in one.records.claims]
    speakers = [claim.speaker for claim in claims if isinstance(claim, Quotation | Turn) and claim.speaker]
    return {speaker.person: speaker.person.split(".")[-1] for speaker in speakers if speaker.person}


def dossier_of(
    article: str,
    speakers: tuple[str, ...],
    *sources: str,
    profile: Profile = "standard",
    setting: str = "",
) -> Dossier:
    """A dossier with its quotations compared."""
    mine = article_of(article, speakers, setting)
    theirs = [source_of(text, f"s{number}") for number, text in enumerate(sources, start=1)]
    identities = identities_of(mine, *theirs)
    matches, coverage = match_quotations(mine, theirs, identities, profile)
    return Dossier(
        article=mine.records,
        sources=tuple(one.records for one in theirs),
        identities=identities,
        quote_matches=matches,
        coverage=coverage,
        profile=profile,
    )


def match_of(quote: str, said: str, around: str = "", setting: str = "") -> QuoteMatch:
    """What becomes of a quotation of Ana Reyes, who says some words in an interview with Okoro."""
    article = f"{around} “{quote}” Ana Reyes said.".strip()
    transcript = f"OKORO: Thank you for seeing me today.\n\nREYES: {said}\n\nOKORO: That was all I had.\n"
    return dossier_of(article, ("Ana Reyes",), transcript, setting=setting).quote_matches[0]
