"""The rules of an invented newsroom: phrases that it does not write, and people whose title goes with their name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.rules.base import Rule

from audit.records import Dossier, Draft, Evidence, NameMention, Person, Quotation, Statement, place_of

# From our style book: what we do not write, and why.
PHRASES = {
    "passed away": "people die",
    "slammed": "a hammer slams, a critic criticises",
    "in the wake of": "“after” says the same",
}
_PHRASE = re.compile(rf"\b(?:{'|'.join(PHRASES)})\b".replace(" ", r"\s+"), re.IGNORECASE)

# Who has a title at the first mention, and which.
TITLES = {
    "Ines Varga": "Dr.",
    "Edda Okoro": "Justice",
}


class HousePhrase(Rule):
    """A phrase that the style book rules out.

    Looked for in the article's own words, headlines among them. Left alone: whatever stands between quotation marks,
    since those are the words of somebody else.

    Fails:
        article: Edda Okoro passed away on Monday.

        article: Critics slammed the budget.

    Passes:
        article: “My aunt passed away in March,” Ana Reyes said.

        article: Edda Okoro died on Monday. The door of the mill slams.
    """

    id = "house-phrase"
    family = "production"
    severity = "warning"

    def check(self, dossier: Dossier) -> Iterator[Draft]:
        article = dossier.article
        quotations = list(article.of(Quotation))
        for sentence in article.of(Statement):
            found = [
                article.document.raw_place(sentence.start + match.start(), sentence.start + match.end())
                for match in _PHRASE.finditer(sentence.text)
            ]
            found = [words for words in found if not any(quotation.covers(words) for quotation in quotations)]
            if not found:
                continue
            phrases = dict.fromkeys(" ".join(words.text.lower().split()) for words in found)
            yield Draft(
                rule=self.id,
                severity=self.severity,
                confidence=self.confidence,
                message=f"What does the style book say instead of “{'” and “'.join(phrases)}”?",
                evidence=(Evidence(place=place_of(sentence), label="in the article", marks=tuple(found)),),
                why=(
                    *(f"“{phrase}” is on its list: {PHRASES[phrase]}" for phrase in phrases),
                    "it stands outside quotation marks",
                ),
                clear="other words, or the name of whoever said these",
            )


class TitleMissing(Rule):
    """Somebody who has a title in our pages, named for the first time without it.

    Knows the people of our own list only. Left alone: headlines, quotations, and every mention after the first.

    Fails:
        article: Ines Varga opened the clinic on Monday.

    Passes:
        article: Dr. Ines Varga opened the clinic on Monday. Varga has led it since May.

        article: Ana Reyes opened the clinic on Monday.
    """

    id = "title-missing"
    family = "names"
    severity = "note"

    def check(self, dossier: Dossier) -> Iterator[Draft]:
        article = dossier.article
        for person in article.of(Person):
            title = TITLES.get(person.name, "")
            first = _first_mention(person)
            if first is None or title in first.title:
                continue
            sentence = article.statement_at(first)
            yield Draft(
                rule=self.id,
                severity=self.severity,
                confidence=self.confidence,
                message=f"Is this the {title} {person.name} of our list?",
                evidence=(
                    Evidence(place=place_of(sentence or first), label="first mention", marks=(place_of(first),)),
                ),
                why=(f"our list has {person.name} with the title {title}", "the first mention is without it"),
                clear=f"“{title}” in front of the name, or that this is somebody else",
            )


def _first_mention(person: Person) -> NameMention | None:
    """The first time that the running text names somebody in its own words."""
    return next((one for one in person.mentions if not one.display and not one.quoted), None)
