"""Invented texts to time: articles and transcripts of any length, the same for the same seed.

A text moves from topic to topic. Each has a place, a body, people and a few nouns, verbs and adjectives of its own,
drawn from lists that are large enough, and names put together from syllables, so that sentences of one topic share
words and those of different topics mostly do not, as in texts that people write. Patterns and words are in
`words.toml`; sentences are put together from a start, a core and an end.
"""

from __future__ import annotations

import functools
import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

TOPIC_WORDS = 450  # about so many words on one topic
SPEAKERS = 8  # who speaks in a transcript, however long it is
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SLOT = re.compile(r"\{(\w+)\}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a full name and an office."""

    first: str
    last: str
    role: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a transcript, without its stop, and who said it."""

    speaker: Person
    words: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What a stretch of text is about."""

    place: str
    body: str
    people: Sequence[Person]
    nouns: Sequence[str]
    verbs: Sequence[str]
    adjectives: Sequence[str]


@functools.cache
def words_of(name: str) -> tuple[str, ...]:
    """One of the lists of `words.toml`: patterns as they stand, words parted by `|` or by blanks."""
    value = _tables()[name]
    if isinstance(value, list):
        return tuple(value)
    if "|" in value:
        return tuple(value.split("|"))
    return tuple(value.split())


@functools.cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


class Writer:
    """Writes texts. Two writers with the same seed write the same."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)

    def article(self, words: int, heard: Sequence[Said] = ()) -> str:
        """An article in Markdown of about so many words; with `heard`, its quotations come from there, in order."""
        return "".join(self.article_parts(words, heard))

    def article_parts(self, words: int, heard: Sequence[Said] = ()) -> Iterator[str]:
        """The same paragraph by paragraph, for texts that had better not be held in memory."""
        quotes = _spread(heard, max(1, words // 45))
        left, topic = words, self._topic()
        heading = f"# What became of the {topic.nouns[0].split('/')[0]} of {topic.place}"
        while True:
            left -= len(heading.split())
            yield heading + "\n\n"
            for number in range(TOPIC_WORDS // 60):
                paragraph = self._told(topic, quotes, first=number == 0)
                left -= len(paragraph.split())
                yield paragraph + "\n\n"
                if left <= 0:
                    return
            topic = self._topic()
            heading = f"## The {topic.adjectives[0]} {topic.nouns[0].split('/')[1]} of {topic.place}"

    def transcript(self, words: int) -> tuple[str, list[Said]]:
        """A conversation of about so many words, and every sentence of the answers."""
        parts, heard = ["# The hearing, word for word\n\n"], list[Said]()
        for part, answers in self.transcript_parts(words):
            parts.append(part)
            heard += answers
        return "".join(parts), heard

    def transcript_parts(self, words: int) -> Iterator[tuple[str, list[Said]]]:
        """The same turn by turn, each with the sentences of an answer; questions have none."""
        people = [self._person() for _ in range(SPEAKERS)]
        left = words
        while left > 0:
            topic = self._topic()
            for _ in range(TOPIC_WORDS // 75):
                question = f"Q: {self._fill(self._pick(words_of('asked')), topic)}\n\n"
                answer = self._answer(topic, self._pick(people))
                turn = f"{answer[0].speaker.name}: {' '.join(f'{said.words}.' for said in answer)}\n\n"
                yield question, []
                yield turn, answer
                left -= len(question.split()) + len(turn.split())
                if left <= 0:
                    return

    # --- sentences ---

    def _told(self, topic: Topic, quotes: Iterator[Said], *, first: bool) -> str:
        """A paragraph of an article, with a quotation in most."""
        sentences = [f"{self._sentence('told', topic)}." for _ in range(2 + self._below(3))]
        if first:
            one, other = topic.people[:2]
            sentences.insert(0, f"{one.name} is {one.role} of {topic.body}, {other.name} its {other.role}.")
        if self._below(10) < 7:
            sentences.append(self._quotation(topic, quotes))
        return " ".join(sentences)

    def _quotation(self, topic: Topic, quotes: Iterator[Said]) -> str:
        said = next(quotes, None)
        if said is None:
            person = self._pick(topic.people)
            return f"“{self._sentence('said', topic)},” {person.last} said."
        return f"“{said.words},” {said.speaker.name} said."

    def _answer(self, topic: Topic, speaker: Person) -> list[Said]:
        return [Said(speaker, self._sentence("said", topic)) for _ in range(3 + self._below(4))]

    def _sentence(self, kind: str, topic: Topic) -> str:
        """A core with a start before every other one and an end behind two of three; without its stop."""
        start = self._pick(words_of(f"{kind}_starts")) if self._below(2) else ""
        end = self._pick(words_of(f"{kind}_ends")) if self._below(3) else ""
        sentence = self._fill(f"{start}{self._pick(words_of(f'{kind}_cores'))}{end}", topic)
        return sentence[0].upper() + sentence[1:]

    def _fill(self, pattern: str, topic: Topic) -> str:
        """A pattern with every slot filled; no word stands twice in it."""
        nouns, verbs = self._some(topic.nouns, 3), self._some(topic.verbs, 3)
        adjectives, people = self._some(topic.adjectives, 2), self._some(topic.people, 2)
        year = 1950 + self._below(75)
        number = 20 + self._below(900) * (1 + self._below(9))
        values = {
            "body": topic.body, "place": topic.place, "Last": people[0].last, "Last2": people[1].last,
            "adj": adjectives[0], "adj2": adjectives[1],
            "noun": nouns[0].split("/")[0], "nouns": nouns[1].split("/")[1], "noun2": nouns[2].split("/")[0],
            "verb": verbs[0].split("/")[0], "past": verbs[0].split("/")[1], "verb2": verbs[1].split("/")[0],
            "past2": verbs[2].split("/")[1],
            "year": str(year),
            "date": f"{1 + self._below(28)} {self._pick(MONTHS)} {2000 + self._below(26)}",
            "number": f"{number:,}", "number2": f"{number + 1 + self._below(500):,}",
            "small": str(2 + self._below(17)), "percent": str(2 + self._below(95)),
        }  # fmt: skip
        filled = _SLOT.sub(lambda slot: self._money() if slot[1] == "money" else values[slot[1]], pattern)
        return re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", filled)

    def _money(self) -> str:
        if self._below(4) == 0:
            return f"£{1 + self._below(60)}.{1 + self._below(9)} million"
        return f"£{(11 + self._below(900)) * 10 ** self._below(4):,}"

    # --- what a text is about ---

    def _topic(self) -> Topic:
        place = self._pick(words_of("place_starts")) + self._pick(words_of("place_ends"))
        return Topic(
            place=place,
            body=f"the {place} {self._pick(words_of('bodies'))}",
            people=[self._person() for _ in range(3)],
            nouns=self._common("nouns", 14),
            verbs=self._common("verbs", 8),
            adjectives=self._common("adjectives", 8),
        )

    def _person(self) -> Person:
        last = self._pick(words_of("surname_starts")) + self._pick(words_of("surname_ends"))
        return Person(self._pick(words_of("first_names")), last, self._pick(words_of("roles")))

    def _common(self, name: str, count: int) -> list[str]:
        """Some of the words of a list, those at its beginning more often than the others."""
        listed, found = words_of(name), dict[str, None]()
        while len(found) < count:
            found[listed[int(len(listed) * self._dice.random() ** 2)]] = None
        return list(found)

    def _some(self, things: Sequence[T], count: int) -> list[T]:
        """So many different ones."""
        at, step = self._below(len(things)), 1 + self._below((len(things) - 1) // count)
        return [things[(at + step * number) % len(things)] for number in range(count)]

    def _pick(self, things: Sequence[T]) -> T:
        return things[self._below(len(things))]

    def _below(self, limit: int) -> int:
        return int(self._dice.random() * limit)


def _spread(heard: Sequence[Said], count: int) -> Iterator[Said]:
    """So many of the sentences, from the first to the last, as evenly as can be."""
    step = max(1, len(heard) // count)
    return iter(heard[::step])


def write_article(path: Path, size: int, seed: int) -> None:
    """Write an article of at least so many bytes, holding no more than a paragraph of it."""
    _write(path, size, Writer(seed).article_parts(size))


def write_transcript(path: Path, size: int, seed: int) -> None:
    """Write a transcript of at least so many bytes, holding no more than a turn of it."""
    _write(path, size, (part for part, _ in Writer(seed).transcript_parts(size)))


def _write(path: Path, size: int, parts: Iterator[str]) -> None:
    with path.open("wb") as file:
        for part in parts:
            file.write(part.encode("utf-8"))
            if file.tell() >= size:
                return
