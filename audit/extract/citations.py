"""What an article cites, and which newspapers and stations it credits: each with what a reader could look it up by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.extract.annotate import Annotated, Token
from audit.extract.wording import words
from audit.records import Citation, DateMention, OutletCredit
from audit.records.document import Block, Document
from audit.records.wording import Identifier, OutletForm

_BODIES = frozenset({"ORG", "GPE", "NORP", "FAC", "WORK_OF_ART"})
_LINK = re.compile(r"\]\(|\]\[|<a\s|https?://|www\.", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_TITLE = re.compile(r"[“\"‘*_][A-Z][^”\"’*_\n]{6,150}[”\"’*_]")
_PUBLISHED = re.compile(
    r"\b(?:published|released|issued|posted|printed|carried|broadcast|aired|conducted|commissioned|today|yesterday"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|this (?:week|month|year|morning)|last (?:week|month|year|night)"
    r"|earlier this)\b"
)
_PLAIN = frozenset({"a", "an", "one", "another", "some", "several", "many", "various", "numerous"})
_VAGUE = frozenset({"recent", "recently", "now", "new", "current", "currently"})
_CITED = frozenset({"paragraph", "list_item", "dek", "headline"})


def find_citations(annotated: Annotated, dates: Sequence[DateMention]) -> list[Citation]:
    """Works that the text speaks of for the first time ("a recent study found"), in order."""
    document = annotated.document
    if document.is_transcript:
        return []
    dated = {
        annotated.tokens_of(sentence)[0].sent
        for date in dates
        if date.text.lower() not in _VAGUE
        and (sentence := annotated.sentence_at(document.view_span(date)[0])) is not None
    }
    found: list[Citation] = []
    for token in annotated.tokens:
        if token.pos == "NOUN" and token.lemma_lower in words("cited") and _is_cited(annotated, token):
            block = document.blocks[token.block]
            if block.kind not in _CITED:
                continue
            span = _phrase(annotated, token)
            found.append(
                Citation(
                    **annotated.place_fields(span[0], span[-1]),
                    id=f"{document.key}.citation.{len(found) + 1}",
                    block=token.block,
                    work=token.lemma_lower,
                    identifiers=tuple(_identifiers(annotated, block, token, span, dated)),
                    sentence=annotated.sentence_place(annotated.sentences[token.sent]),
                )
            )
    return found


def _is_cited(annotated: Annotated, noun: Token) -> bool:
    """Whether a noun brings a work in that speaks: "a recent study found", "according to one report"."""
    kids = annotated.children(noun)
    if not _is_new(noun, kids):
        return False
    verb = annotated.tokens[noun.head]
    if noun.dep == "nsubj" and verb.pos in ("VERB", "AUX"):
        finite = verb.tag in ("VBD", "VBZ", "VBP", "VBN") and verb.lemma_lower in words("citing verb")
        open_ = any(kid.dep in ("neg", "mark") or kid.tag == "MD" for kid in annotated.children(verb))
        return (
            finite
            and not open_
            and any(kid.dep in ("ccomp", "dobj", "xcomp", "prep") for kid in annotated.children(verb))
        )
    return noun.dep == "pobj" and verb.lower == "to" and annotated.tokens[verb.i - 1].lower == "according"


def _is_new(noun: Token, kids: Sequence[Token]) -> bool:
    """With "a" or the like, or in the plural without "the": a work that was not spoken of before."""
    marks = {kid.lower for kid in kids if kid.dep in ("det", "nummod", "poss", "amod")}
    if any(kid.dep == "poss" or kid.lower in ("the", "this", "that", "these", "those") for kid in kids):
        return False
    return bool(marks & _PLAIN) or (noun.tag == "NNS" and bool(marks & words("citing attribute")))


def _phrase(annotated: Annotated, noun: Token) -> list[Token]:
    """The noun phrase without clauses behind it."""
    cut = [kid for kid in annotated.children(noun) if kid.dep in ("relcl", "acl", "appos", "punct")]
    left_out = {token.i for kid in cut for token in annotated.subtree(kid)}
    whole = [token for token in annotated.subtree(noun) if token.i not in left_out]
    at = whole.index(noun)
    last = at
    while last + 1 < len(whole) and whole[last + 1].i == whole[last].i + 1:
        last += 1
    first = at
    while first > 0 and whole[first - 1].i == whole[first].i - 1:
        first -= 1
    return whole[first : last + 1]


def _identifiers(
    annotated: Annotated, block: Block, noun: Token, span: Sequence[Token], dated: set[int]
) -> Iterator[Identifier]:
    """What the sentence of a citation, the next one and links near by tell of the work."""
    document = annotated.document
    near = [annotated.sentences[noun.sent]]
    near += [s for s in annotated.sentences[noun.sent + 1 : noun.sent + 2] if s.block == block.index]
    sentence = [token for one in near for token in annotated.tokens_of(one)]
    text = document.view[sentence[0].start : sentence[-1].end]
    if _TITLE.search(text):
        yield "title"
    if any(one.index in dated for one in near) or _YEAR.search(text) or _PUBLISHED.search(text):
        yield "date"
    if any(_is_linked(document, document.blocks[at]) for at in _around(document, block)):
        yield "link"
    if any(token.ent in _BODIES for token in sentence):
        yield "body"
    if any(token.ent == "PERSON" for token in span):
        yield "author"


def _around(document: Document, block: Block) -> range:
    return range(max(0, block.index - 1), min(len(document.blocks), block.index + 2))


def _is_linked(document: Document, block: Block) -> bool:
    """Whether the file has a link in a block: its markup is not in the text to analyse."""
    if block.start >= block.end:
        return False
    start, end = document.raw_span(block.start, block.end)
    return _LINK.search(document.raw, max(0, start - 2), end + 200 if end == len(document.raw) else end + 2) is not None


# --- Outlets ----------------------------------------------------------------------------------------------------------

_NEWS = (
    r"News|Times|Post|Herald|Gazette|Radio|Television|TV|Courier|Chronicle|Guardian|Journal|Mail|Tribune|Star|Telegraph"
    r"|Observer|Press|Mirror|Standard|Magazine|Weekly|Echo|Argus|Examiner|Dispatch|Bulletin|Advertiser|Sentinel|Globe"
    r"|Register|Independent|Inquirer|Enquirer|Record|Messenger|Broadcasting"
)
_NAME = (
    rf"(?:[Tt]he )?(?P<name>(?:[A-Z][\w’'-]+ ){{0,3}}?(?:{_NEWS})(?: (?:{_NEWS}))?"
    r"|BBC|CNN|NBC|CBS|ABC|ITV|NPR|MSNBC|Reuters|AFP|AP|Associated Press|Bloomberg)\b(?!’s|'s)"
)
_TOLD = re.compile(rf"\b(?:told|tells|spoke to|speaking to|in an interview with)\s+{_NAME}")
_REVEALS = re.compile(
    rf"\b{_NAME}\s+(?:can (?:now |exclusively )?(?:reveal|disclose|report)|can exclusively"
    r"|has (?:learned|learnt|seen|obtained)|understands\b)"
)
# What a text must hold for each of them.
_TELLING = ("told", "tells", "spoke to", "speaking to", "in an interview with")
_REVEALING = ("can ", "has learn", "has seen", "has obtained", "understands")
_BYLINE = re.compile(rf"(?:,|\bfor\b|\bof\b|\bat\b|\||–|—|-|\()\s*{_NAME}")
_LOCATED = re.compile(
    r"\b(?:on|in|for|during)\s+(?:the |an? |its |his |her )?(?:\w+ )?"
    r"(?:programme|program|show|podcast|bulletin|interview|edition|issue|episode)\b"
)


def _outlet_patterns(block: Block, text: str) -> Iterator[tuple[OutletForm, re.Pattern[str]]]:
    """The ways in which a block may credit an outlet."""
    if block.kind == "byline":
        yield "byline", _BYLINE
    elif block.kind in _CITED:
        if any(words in text for words in _TELLING):
            yield "told", _TOLD
        if any(words in text for words in _REVEALING):
            yield "reveals", _REVEALS


def find_outlets(annotated: Annotated, dates: Sequence[DateMention]) -> list[OutletCredit]:
    """Outlets that somebody told something, that reveal something or that the byline names, in order."""
    document = annotated.document
    if document.role != "article" or document.is_transcript:
        return []
    dated = {date.block for date in dates}
    found: list[OutletCredit] = []
    for block in document.blocks:
        text = document.block_text(block)
        for form, pattern in _outlet_patterns(block, text):
            for match in pattern.finditer(text):
                start = block.start + match.start("name")
                sentence = annotated.sentence_at(start)
                place = document.place(start, block.start + match.end("name"))
                located = block.index in dated or _is_linked(document, block) or _LOCATED.search(text) is not None
                found.append(
                    OutletCredit(
                        **place.model_dump(),
                        id=f"{document.key}.outlet.{len(found) + 1}",
                        block=block.index,
                        form=form,
                        outlet=match["name"],
                        located=located or _PUBLISHED.search(text) is not None,
                        sentence=annotated.sentence_place(sentence) if sentence is not None else place,
                    )
                )
    return found
