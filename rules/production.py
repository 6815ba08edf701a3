"""Rules about production: what is printed twice, what should not be in the copy, and damaged quotations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from audit.rules.base import Rule

from audit.records import Document, Dossier, Draft, Evidence, MarkDamage, Paragraph, Place, Residue, place_of
from audit.records.findings import Confidence, Family, Severity

_LONGEST = 300  # characters of a passage that a finding shows
_SHOWN = 4  # places of one finding


def shortened(place: Place, document: Document) -> Place:
    """The place itself, or as many of its first words as a finding has room for."""
    if len(place.text) <= _LONGEST:
        return place_of(place)
    blank = place.text.rfind(" ", 0, _LONGEST)
    return document.raw_place(place.start, place.start + (blank if blank > 0 else _LONGEST))


class ProductionRule(Rule):
    """What the rules about production share."""

    family: ClassVar[Family] = "production"


class DuplicateText(ProductionRule):
    """A headline, a paragraph or a longer sentence that stands in the copy twice.

    Compared are the words only, without case, punctuation and spacing. A headline counts from three words on when it
    stands twice, also as summary or as a section heading; paragraphs and sentences from eight words on. Neighbouring
    paragraphs that are repeated together make one finding. Left alone: pull quotes (block quotations, captions and
    paragraphs that are nothing but a quotation), items of lists, questions that are put to several people, and set
    sentences such as those about requests for comment. Source: rule catalogue, duplicate-text.

    Fails:
        article: The council voted on Tuesday to keep the ferry running until the end of March.

            Two islanders spoke against it.

            The council voted on Tuesday to keep the ferry running until the end of March.

    Passes:
        article: The council voted on Tuesday to keep the ferry running until the end of March.

            Two islanders spoke against it.

            In March the council will vote again on whether to keep the ferry.
    """

    id = "duplicate-text"
    severity = "warning"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        document = dossier.article.document
        shown: list[Place] = []
        for copies in _repeated(list(dossier.article.of(Paragraph))):
            texts = [[copy[0], copy[-1]] for copy in copies]
            if any(place.covers(first) for first, _ in texts[1:] for place in shown):
                continue
            shown.extend(paragraph for copy in copies for paragraph in copy)
            yield self._draft(copies, document)

    def _draft(self, copies: Sequence[Sequence[Paragraph]], document: Document) -> Draft:
        first = copies[0]
        labels = ["here", "and again here", "and here", "and here"]
        places = [shortened(copy[0], document) for copy in copies[:_SHOWN]]
        what = _what(first)
        words = sum(paragraph.words for paragraph in first)
        number = _count(len(copies))
        return Draft(
            rule=self.id,
            severity="warning",
            confidence="high",
            message=f"Is {what} meant to be repeated? The copy has the same words at {number} places.",
            evidence=tuple(Evidence(place=place, label=label) for place, label in zip(places, labels, strict=False)),
            why=(f"the {words} words of {what} are the same at lines {_lines(copies)}, but for case and punctuation",),
            clear="one of them deleted, or the repeat marked as a pull quote",
        )


def _count(number: int) -> str:
    return {2: "two", 3: "three", 4: "four"}.get(number, str(number))


def _lines(copies: Sequence[Sequence[Paragraph]]) -> str:
    lines = [str(copy[0].line) for copy in copies]
    return ", ".join(lines[:-1]) + " and " + lines[-1]


def _what(texts: Sequence[Paragraph]) -> str:
    if len(texts) > 1:
        return f"this run of {len(texts)} paragraphs"
    role = texts[0].role
    return {
        "headline": "the headline",
        "dek": "the summary",
        "heading": "this heading",
        "sentence": "this sentence",
    }.get(role, "this paragraph")


_DISPLAY = frozenset({"headline", "dek", "heading"})
_BODY = frozenset({"paragraph", "sentence"})
_LEAST_DISPLAY, _LEAST_BODY = 3, 8  # words
_SET_WORDS = frozenset({"comment", "comments", "respond", "reached", "declined", "anonymity", "newsletter", "editing"})


def _repeated(paragraphs: Sequence[Paragraph]) -> Iterator[list[list[Paragraph]]]:
    """Each text that stands at several places: its copies, each copy as its paragraphs in a row."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, paragraph in enumerate(paragraphs):
        if _may_repeat(paragraph):
            groups[paragraph.normalized].append(at)
    done: set[int] = set()
    for group in groups.values():
        if len(group) < 2 or done.issuperset(group) or not _is_fault([paragraphs[at] for at in group]):
            continue
        length = _run(paragraphs, group)
        done.update(at + step for at in group for step in range(length))
        yield [list(paragraphs[at : at + length]) for at in group]


def _run(paragraphs: Sequence[Paragraph], group: Sequence[int]) -> int:
    """How many paragraphs in a row are the same at all places of a group."""
    length = 1
    while group[-1] + length < len(paragraphs) and group[0] + length < group[1]:
        forms = {paragraphs[at + length].normalized for at in group}
        if len(forms) > 1 or not forms.copy().pop():
            break
        length += 1
    return length


def _may_repeat(paragraph: Paragraph) -> bool:
    if paragraph.role in _DISPLAY:
        return paragraph.words >= _LEAST_DISPLAY
    if paragraph.role not in _BODY or paragraph.words < _LEAST_BODY:
        return False
    text = paragraph.text.rstrip("*_ ")
    return not text.endswith("?") and not _is_quotation(text) and not _SET_WORDS & set(paragraph.normalized.split())


def _is_quotation(text: str) -> bool:
    """Whether a text is nothing but one quotation: a pull quote without a mark of its own."""
    bare = text.strip("*_> ")
    return bare.startswith(("“", '"', "„", "«", "‘")) and bare.endswith(("”", '"', "“", "»", "’"))


def _is_fault(copies: Sequence[Paragraph]) -> bool:
    """Display type counts when the headline is one of the copies; section headings may recur by design."""
    roles = {copy.role for copy in copies}
    return "headline" in roles if roles & _DISPLAY else True


class ProductionResidue(ProductionRule):
    """Words that production should have taken out: placeholders, notes to the desk, boilerplate, traces of chatbots.

    Also raw markup that readers would see, invisible characters inside words, and characters that a wrong encoding
    left behind. Boilerplate counts at the edges of a text, or where a line holds nothing but a phrase that only a
    site's page says; slips ("Leave a Replay") are allowed. Left alone: such words between quotation marks, in code and
    in templates, TK as a name, XX as a Roman numeral or a chromosome. In a file that holds an article and its
    interview, the end of the file counts as well. Errors; damaged characters are warnings, markup a note.
    Source: rule catalogue, production-residue.

    Fails:
        article: The hall seats [CHECK number with Ana] people, and the roof is new.

    Fails:
        article: The ferry will stop running at the end of March, the company said on Tuesday.

            Leave a Replay

    Passes:
        article: The memo still read “[INSERT NAME HERE]” when it reached the 40 tenants.
    """

    id = "production-residue"
    severity = "error"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        document = dossier.article.document
        for group in _grouped(list(dossier.article.of(Residue))):
            yield self._draft(group, document)
        for source in dossier.sources:
            if _same_file(source.document, document):
                left = [claim for claim in source.of(Residue) if claim.form == "boilerplate"]
                for group in _grouped(left):
                    yield self._draft(group, source.document)

    def _draft(self, group: Sequence[Residue], document: Document) -> Draft:
        form = group[0].form
        severity, confidence = _WEIGHT[form]
        return Draft(
            rule=self.id,
            severity=severity,
            confidence=confidence,
            message=_QUESTION[form],
            evidence=tuple(Evidence(place=shortened(one, document), label=one.hint) for one in group[:_SHOWN]),
            why=tuple(dict.fromkeys(one.hint for one in group)) + _more(group),
            clear=_CLEAR[form],
        )


_WEIGHT: dict[str, tuple[Severity, Confidence]] = {
    "placeholder": ("error", "high"),
    "editor-note": ("error", "high"),
    "boilerplate": ("error", "high"),
    "machine": ("error", "medium"),
    "character": ("warning", "high"),
    "markup": ("note", "medium"),
}
_QUESTION = {
    "placeholder": "What belongs here? This looks like a placeholder that was not filled in.",
    "editor-note": "Is this meant for readers? It looks like a note to the desk that stayed in the copy.",
    "boilerplate": "Does this belong to the article? It looks like words of the site around it.",
    "machine": "Who wrote this line? It looks like what a chatbot says around the text that it returns.",
    "character": "Which character was meant? This one looks damaged or is not visible.",
    "markup": "Will readers see this? It looks like markup that was not turned into layout.",
}
_CLEAR = {
    "placeholder": "the missing words, or the sentence without them",
    "editor-note": "the question settled and the note deleted",
    "boilerplate": "the line deleted from the copy",
    "machine": "the line deleted, and the text around it checked by a person",
    "character": "the right character",
    "markup": "the markup removed or made to work",
}
_ONCE = frozenset({"character", "markup"})  # the same fault all over a text is one finding


def _grouped(residue: Sequence[Residue]) -> list[list[Residue]]:
    """What makes one finding: neighbouring lines of boilerplate; all markup and all damage of one sort."""
    groups: list[list[Residue]] = []
    sorts: dict[str, list[Residue]] = {}
    for one in residue:
        if one.form in _ONCE and one.hint in sorts:
            sorts[one.hint].append(one)
        elif groups and one.form == "boilerplate" and _follows(groups[-1][-1], one):
            groups[-1].append(one)
        else:
            groups.append([one])
            if one.form in _ONCE:
                sorts[one.hint] = groups[-1]
    return groups


def _follows(before: Residue, one: Residue) -> bool:
    return before.form == "boilerplate" and one.block - before.block <= 2


def _more(group: Sequence[Residue]) -> tuple[str, ...]:
    return (f"{len(group)} places in all",) if len(group) > _SHOWN else ()


def _same_file(one: Document, other: Document) -> bool:
    """Whether two documents are parts of one file."""
    return one.parts > 1 and one.path == other.path and one.sha256 == other.sha256


class QuoteDamaged(ProductionRule):
    """A quotation mark without its partner, or quoted words that are no clause.

    Marks are paired by code point inside a paragraph. A quotation of several paragraphs opens each of them and
    closes once; apostrophes, inches and feet are no marks. An opening mark without its partner and the next closing
    one without its own, at most three paragraphs on, are one question; so are two of a kind in one paragraph. A
    clause is reported only where it cannot be English, such as “whether he will come is unlikely”: nobody who was
    quoted verbatim said it like that. Source: rule catalogue, quote-damaged.

    Fails:
        article: “She left early, he said. “It rained all day,” he added.

            The others stayed until the evening.

    Passes:
        article: “She left early,” he said. “It rained all day,” he added.
    """

    id = "quote-damaged"
    severity = "warning"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for damage, partner in _with_partners(list(dossier.article.of(MarkDamage))):
            if partner is not None and _set_off(dossier.article.document, damage.block, partner.block):
                continue
            both = [damage, *([partner] if partner is not None else [])]
            message = _DAMAGED[damage.form] if partner is None else _PAIRS[damage.form, partner.form]
            yield Draft(
                rule=self.id,
                severity="warning",
                confidence="medium" if damage.form == "nested-unclosed" else "high",
                message=message,
                evidence=tuple(
                    Evidence(place=shortened(one, dossier.article.document), label=one.hint) for one in both
                ),
                why=tuple(one.hint for one in both),
                clear=_WHOLE if damage.form == "ungrammatical" else _PAIRED,
            )


_NEAR = 3  # paragraphs between an opening mark and a closing one that may be its partner


def _with_partners(damages: Sequence[MarkDamage]) -> Iterator[tuple[MarkDamage, MarkDamage | None]]:
    """Each damage, together with the next one where both are one slip: see `_PAIRS`."""
    taken = False
    for at, damage in enumerate(damages):
        if taken:
            taken = False
            continue
        after = damages[at + 1] if at + 1 < len(damages) else None
        taken = after is not None and _is_one_slip(damage, after)
        yield damage, after if taken else None


def _set_off(document: Document, first: int, last: int) -> bool:
    """Whether all paragraphs between two marks are set off as one quotation, which opens and closes once."""
    return first < last and all(block.kind == "blockquote" for block in document.blocks[first : last + 1])


def _is_one_slip(damage: MarkDamage, after: MarkDamage) -> bool:
    """An opening mark and the closing one that comes next, or two of a kind in a paragraph."""
    forms = (damage.form, after.form)
    return forms in _PAIRS and after.block - damage.block <= (_NEAR if forms == _APART else 0)


_APART = ("unclosed", "unopened")
_OPENS_TWICE = "Does one of these marks close the quotation? As they are set, both open one."
_PAIRS = {
    _APART: "Is this one quotation? A mark opens it here, and one closes it further on, with none in between.",
    ("unclosed", "unclosed"): _OPENS_TWICE,
    ("unclosed", "nested-unclosed"): _OPENS_TWICE,
    ("unopened", "unopened"): "Does one of these marks open the quotation? As they are set, both close one.",
}
_DAMAGED = {
    "unclosed": "Where does this quotation end? Its opening mark has no closing one.",
    "unopened": "Where does this quotation begin? Its closing mark has no opening one.",
    "nested-unclosed": "Where does the inner quotation end? It is opened and not closed.",
    "ungrammatical": "Was it said like this? The quoted words do not make a clause; check the recording.",
}
_PAIRED = "a partner for the mark, or the mark deleted"
_WHOLE = "a recording that has the words as quoted, or a quotation that follows it"

PRODUCTION_RULES = (DuplicateText, ProductionResidue, QuoteDamaged)
