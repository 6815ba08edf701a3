"""Rules about names: two spellings of one name, surnames without introduction, letters of another script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from audit.rules.base import Rule
from audit.rules.house import Exempt, HouseNames, Slip, house_slips
from audit.rules.passages import LONGEST, joined, passage
from audit.rules.spellings import (
    Pair,
    Strength,
    entities_with_source,
    entity_pairs,
    mark_pairs,
    pairs_with_source,
    particles_with_source,
    person_pairs,
)

from audit.extract.names import PARTICLES
from audit.extract.person_words import is_given_name, is_kin_noun, is_person_noun, is_title, words_of
from audit.records import (
    DocumentRecords,
    Dossier,
    Draft,
    Evidence,
    MixedScript,
    NameMention,
    Person,
    Place,
    RoleMention,
)
from audit.records.findings import Family, Severity

_HEARD = frozenset({"vtt", "srt"})  # captions are mostly written by a speech recogniser, which guesses names


class NameRule(Rule):
    """What the rules about names share."""

    family: ClassVar[Family] = "names"


def in_sentence(records: DocumentRecords, mark: Place, label: str) -> Evidence:
    """The sentence around a few words, with them marked; the words alone where there is no sentence or a long one."""
    sentence = records.statement_at(mark)
    whole = sentence is not None and len(sentence.text) <= LONGEST
    return passage(sentence if sentence is not None and whole else mark, label, marks=(mark,))


class NameTwoSpellings(NameRule):
    """A person, a body or a place whose name is spelled in two ways, a letter or two apart.

    Inside the article, and in the article against its sources. Persons count as one when the given name is the same,
    or when one of the spellings is a surname that the text never introduces; small words in front of a surname count
    too ("de Souza", "da Souza"). Left alone: two people in one sentence,
    family names in the plural, nicknames, British and American spellings, names that both stand in the source. Where
    only diacritics differ it is a note, and so it is against captions (VTT, SRT), which a machine may have written.
    Names of the house (`[house]` in the settings) are right: a name in the article that is nearly one of them is a
    warning, outside quotations and for names of two words or of six letters, and two of them are never one name.
    Source: rule catalogue, name-two-spellings.

    Fails:
        article: Dana Tarrant runs the bell foundry in Orrin.

            “We cast two bells a year,” Ms. Tarrent said.

    Fails:
        article: Dana Munsen, a bell founder from Orrin, sold the yard in May.
        source: The yard was sold by Dana Monsen, who has cast bells in Orrin for years.

    Passes:
        article: Dana Tarrant runs the bell foundry in Orrin.

            The Tarrants have cast bells since 1820. “We cast two a year,” Ms. Tarrant said.
    """

    id = "name-two-spellings"
    severity = "error"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        shown: set[tuple[str, str]] = set()
        house = HouseNames(dossier.house)
        told: set[str] = set()  # names that are in a finding already
        for pair in self._inside(dossier.article):
            names = (pair.spelled[0].casefold(), pair.spelled[1].casefold())
            if names not in shown and names[::-1] not in shown and not house.has_all(pair.spelled):
                shown.add(names)
                told.update(pair.spelled)
                yield self._draft(pair, _severity(pair), dossier.article, dossier.article, "in the article", "and here")
        against = (pairs_with_source, particles_with_source, entities_with_source)
        for pair, number in (found for pairs in against for found in pairs(dossier.article, dossier.sources)):
            if house.has_all(pair.spelled):
                continue
            told.update(pair.spelled)
            source = dossier.sources[number]
            heard = source.document.format in _HEARD and not _is_label(pair.other)
            yield self._draft(
                pair, "note" if heard else _severity(pair), dossier.article, source, "in the article", "in the source"
            )

        for slip in house_slips(dossier.article, house):
            if slip.spelled not in told:
                yield self._of_house(slip, dossier.article)

    def _of_house(self, slip: Slip, article: DocumentRecords) -> Draft:
        right = slip.right.spelling
        where = f"{slip.right.path}:{slip.right.line}" if slip.right.path else "the settings"
        return Draft(
            rule=self.id,
            severity="warning",
            confidence=slip.strength,
            message=f"Is “{right}” meant? The house spells the name so, and the article has “{slip.spelled}”.",
            evidence=(in_sentence(article, slip.place, "in the article"),),
            why=(f"the spelling of the house stands in {where}", slip.reason),
            clear=f"“{right}”, or “{slip.spelled}” among the names of the house where it is somebody else",
        )

    def _inside(self, article: DocumentRecords) -> Iterator[Pair]:
        yield from person_pairs(article)
        yield from entity_pairs(article)
        yield from mark_pairs(article)

    def _draft(
        self, pair: Pair, severity: Severity, one: DocumentRecords, other: DocumentRecords, here: str, there: str
    ) -> Draft:
        first, second = pair.spelled
        return Draft(
            rule=self.id,
            severity=severity,
            confidence=pair.strength,
            message=f"Is it “{first}” or “{second}”? The name is spelled in two ways.",
            evidence=(in_sentence(one, pair.one, here), in_sentence(other, pair.other, there)),
            why=(f"{first} and {second} differ in a letter or two", pair.reason)
            if pair.bond not in ("marks", "particles")
            else (f"{first} and {second}: {pair.reason}",),
            clear="one spelling throughout, or the words that tell two people, bodies or places apart",
        )


def _is_label(place: Place) -> bool:
    return isinstance(place, NameMention) and place.use == "label"


def _severity(pair: Pair) -> Severity:
    if pair.bond == "marks":
        return "note"
    by_strength: dict[Strength, Severity] = {"high": "error", "medium": "warning", "low": "warning"}
    return by_strength[pair.strength]


class SurnameBeforeIntroduction(NameRule):
    """Somebody who first appears by surname alone.

    Counted are the article's own words, from the first paragraph on; in a text without a headline a first line of one
    sentence is taken for one, and so is every line in title case. Left alone: names of two or more words besides
    titles, heads of state and others whom everybody knows, names that are part of another one (the Reyes
    administration), people who have only one name in the text and no title, relatives ("her father, Ulf", "Aunt Ida"),
    quotations, whoever a headline or a caption has introduced by then, and whoever the house exempts (`[house]` in the
    settings). A note.
    Source: rule catalogue, surname-before-introduction.

    Fails:
        article: Mr. Ortiz declined to comment on the sale of the mill. The council will vote in May.

    Passes:
        article: Lia Ortiz, the clerk, declined to comment on the sale of the mill. Ms. Ortiz will retire in May.
    """

    id = "surname-before-introduction"
    severity = "note"
    preview = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        article = dossier.article
        if article.document.is_transcript:
            return
        misspelled = {
            pair.other for pair in person_pairs(article) if pair.bond == "only"
        }  # name-two-spellings has them
        exempt = Exempt(dossier.house)
        for person in article.of(Person):
            first = _first_in_text(article, person)
            if first is None or first in misspelled or first.form != "family" or _is_relative(article, person):
                continue
            if exempt.has(person, first):
                continue
            if (
                _is_surname(first, dossier.house.titles)
                and not _in_headline(article, first)
                and _needs_introduction(person, first)
            ):
                yield self._draft(article, person, first)

    def _draft(self, article: DocumentRecords, person: Person, first: NameMention) -> Draft:
        full = next((m for m in person.mentions if m.form == "full" and m.start > first.start), None)
        evidence = [in_sentence(article, first, "first named here")]
        if full is not None:
            evidence.append(in_sentence(article, full, "in full only here"))
        known = " ".join(filter(None, (first.title, first.text)))
        return Draft(
            rule=self.id,
            severity="note",
            confidence="medium" if first.title else "low",
            message=f"Who is {known}? The first mention gives no first name.",
            evidence=joined(evidence),
            why=(
                f"“{known}” stands {'before' if full is not None else 'without'} the full name"
                + (f", “{full.text}”" if full is not None else ""),
            ),
            clear="the full name and what the person is at the first mention",
        )


def _first_in_text(article: DocumentRecords, person: Person) -> NameMention | None:
    """The first mention; None where a headline or a caption has the full name before, or where it is quoted."""
    for mention in sorted(person.mentions, key=lambda m: m.start):
        if mention.display and mention.form != "full":
            continue
        return None if mention.display or mention.quoted or mention.use == "label" else mention
    return None


def _is_surname(mention: NameMention, more_titles: Sequence[str] = ()) -> bool:
    """Whether a mention is one word, small words in front aside; "U.N.", "Aunt Ida", "Dutch High" are no surnames."""
    words = [word for word in mention.text.split() if word not in PARTICLES]
    if len(words) != 1 or words[0].isupper():
        return False
    titles = mention.title.split()
    if titles and is_kin_noun(titles[-1]) and is_given_name(words[0]):
        return False
    known = {word.casefold() for title in more_titles for word in title.split()}
    return not titles or any(is_title(word) or is_person_noun(word) or word.casefold() in known for word in titles)


def _in_headline(article: DocumentRecords, mention: NameMention) -> bool:
    """Whether a mention stands in a line that is a headline by its place or its capitals, though not marked as one."""
    document = article.document
    sentence = article.statement_at(mention)
    if sentence is None:
        return False
    words = [word for word in sentence.text.split() if len(word) > _SMALL and word[:1].isalpha()]
    if len(words) >= _MANY and sum(word[:1].isupper() for word in words) >= _TITLE_CASE * len(words):
        return True
    first = next(block for block in document.blocks if block.end > block.start)
    alone = document.view[first.start : first.end].strip() == " ".join(sentence.text.split())
    return alone and len(document.blocks) > 1 and all(block.kind != "headline" for block in document.blocks)


_SMALL = 3  # letters of the words that title case leaves small
_MANY, _TITLE_CASE = 5, 0.7  # longer words, and the share of capitals among them, that make a line title case


def _is_relative(article: DocumentRecords, person: Person) -> bool:
    """Whether the text introduces a lone name as somebody's relative: "her father, Ulf"."""
    return not person.given and any(
        role.person == person.id and is_kin_noun(role.office) for role in article.of(RoleMention)
    )


_SELF_EVIDENT = frozenset(
    {
        "president",
        "pope",
        "king",
        "queen",
        "prince",
        "princess",
        "emperor",
        "chancellor",
        "minister",
        "premier",
        "saint",
    }
)


def _needs_introduction(person: Person, first: NameMention) -> bool:
    if first.use in ("modifier", "plural") or set(first.title.casefold().split()) & _SELF_EVIDENT:
        return False
    if " ".join(person.family) in words_of("widely_known") or person.family[-1] in words_of("widely_known"):
        return False
    if not person.given and is_given_name(person.family[-1]) and not first.title:
        return False
    return first.use == "subject" or bool(first.title)


class NameMixedScripts(NameRule):
    """A word in Latin letters that holds a Cyrillic or Greek letter which looks like a Latin one.

    Such a word reads well and cannot be searched for. Left alone: words with letters that look like no Latin one, as
    in the sciences (μg, α-helix), and words that are wholly in another script. A warning for names, a note for other
    words. Source: text hygiene; Unicode Technical Standard 39 on confusable letters.

    Fails:
        article: The clerk, Lia Rоmer, read the minutes.

    Passes:
        article: The clerk, Lia Romer, read the minutes. The sign says “Москва”, and the dose was 5 μg.
    """

    id = "name-mixed-scripts"
    severity = "warning"
    preview = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        article = dossier.article
        shown: set[str] = set()
        for word in article.of(MixedScript):
            if word.text in shown:
                continue
            shown.add(word.text)
            codes = ", ".join(f"U+{ord(letter):04X}" for letter in word.letters)
            yield Draft(
                rule=self.id,
                severity="warning" if word.text[:1].isupper() else "note",
                confidence="high",
                message=f"Is “{word.latin}” meant? The word holds a {word.script} letter that looks like a Latin one.",
                evidence=(in_sentence(article, word, "in the article"),),
                why=(f"{codes} in “{word.text}”, beside Latin letters",),
                clear="the word typed in Latin letters throughout",
            )


NAME_RULES = (NameTwoSpellings, SurnameBeforeIntroduction, NameMixedScripts)
