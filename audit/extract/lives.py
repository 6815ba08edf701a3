"""Ages, births and deaths, each with the person that it belongs to and the days at which it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.extract.annotate import Annotated, Token
from audit.extract.date_words import CARDINALS, number_of
from audit.extract.dated_events import tense_of
from audit.extract.descriptions import year_old
from audit.extract.lexicon import folded
from audit.extract.mentions import Quoted
from audit.extract.people import People
from audit.records import DatedEvent, DateMention, LifeFact, Place, place_of

Basis = Literal["sentence", "before", "published", ""]

_OLDEST = 115
_HEDGES = frozenset({"about", "around", "nearly", "almost", "roughly", "approximately", "over", "under", "nearing"})
_NAME_STOPS = frozenset({",", ".", ")", ";", ":", "—", "–", "”", '"'})
_YEAR_OLD = re.compile(r"(?<![\w.,-])(\d{1,3}|[a-z]+(?:-[a-z]+)?)[ -]years?[ -]old\b", re.IGNORECASE)
_TURNING = frozenset({"turn", "reach"})


@dataclass(frozen=True, slots=True)
class _Age:
    """An age where it stands; `at` says how the day is to be found."""

    first: Token
    last: Token
    years: int
    person: str | None
    at: Literal["now", "verb"]
    verb: Token | None = None
    hedge: bool = False


def find_lives(
    annotated: Annotated, people: People, dates: Sequence[DateMention], events: Sequence[DatedEvent]
) -> list[LifeFact]:
    """The ages, births and deaths of a document, in order of the text."""
    reader = _Reader(annotated, people, dates, events)
    every = {(fact.person, fact.fact, fact.start): fact for fact in (*reader.ages(), *reader.births())}
    found = sorted(every.values(), key=lambda fact: (fact.start, fact.end))
    return [
        fact.model_copy(update={"id": f"{annotated.document.key}.life.{number}"})
        for number, fact in enumerate(found, start=1)
    ]


class _Reader:
    def __init__(
        self, annotated: Annotated, people: People, dates: Sequence[DateMention], events: Sequence[DatedEvent]
    ) -> None:
        self._annotated, self._people = annotated, people
        self._dates = {date.id: date for date in dates}
        self._events: dict[int, list[tuple[Token, DatedEvent]]] = {}
        for event in events:
            start, _ = annotated.document.view_span(event)
            tokens = annotated.between(start, start + 1)
            if tokens:
                self._events.setdefault(tokens[0].sent, []).append((tokens[0], event))
        self._births = {e.date for e in events if e.head == "bear"} | {e.date for e in events if e.head == "die"}
        self._quoted = Quoted(annotated)

    # --- Births and deaths --------------------------------------------------------------------------------------------

    def births(self) -> Iterator[LifeFact]:
        for event in (e for found in self._events.values() for _, e in found):
            date = self._dates[event.date]
            told = not (event.planned or event.negated or date.range) and date.bound == "on"
            if told and event.head in ("bear", "die") and event.person:
                yield self._fact(date, date, "birth" if event.head == "bear" else "death", event.person)
        for date in self._dates.values():
            yield from self._in_brackets(date)

    def _in_brackets(self, date: DateMention) -> Iterator[LifeFact]:
        """ "Ana Reyes (1934–2001)", "Ana Reyes (born 1961)"."""
        start, end = self._annotated.document.view_span(date)
        before = self._annotated.between(max(0, start - 12), start)
        opening = next((at for at in range(len(before) - 1, -1, -1) if before[at].text == "("), None)
        if opening is None or before[opening].i == 0:
            return
        person = self._people.person_at(self._annotated.tokens[before[opening].i - 1])
        lead = [token.lower.strip(".") for token in before[opening + 1 :]]
        if person is None or date.precision not in ("day", "month", "year"):
            return
        behind = self._annotated.document.view[end : end + 1]
        if date.range and not lead and behind == ")" and date.precision == "year":
            yield self._fact(date, date, "birth", person.id, end="first")
            yield self._fact(date, date, "death", person.id, end="last")
        elif lead in (["born"], ["b"], ["born", "in"], ["born", "on"]):
            yield self._fact(date, date, "birth", person.id)
        elif lead in (["died"], ["d"]):
            yield self._fact(date, date, "death", person.id)

    def _fact(
        self, place: Place, date: DateMention, fact: Literal["birth", "death"], person: str, end: str = ""
    ) -> LifeFact:
        earliest, latest = date.earliest, date.latest
        if end == "first":
            latest = f"{earliest[:4]}-12-31"
        if end == "last":
            earliest = f"{latest[:4]}-01-01"
        token = self._token_at(date)
        return LifeFact(
            **place_of(place).model_dump(),
            id="",
            block=date.block,
            person=person,
            fact=fact,
            earliest=earliest,
            latest=latest,
            date=date.id,
            hedge=date.bound != "on",
            quoted=token is not None and self._quoted.span_at(token) is not None,
            sentence=self._sentence(token) if token is not None else place_of(date),
        )

    def _token_at(self, date: DateMention) -> Token | None:
        start, end = self._annotated.document.view_span(date)
        return next(iter(self._annotated.between(start, end)), None)

    def _sentence(self, token: Token) -> Place:
        return self._annotated.sentence_place(self._annotated.sentences[token.sent])

    # --- Ages ---------------------------------------------------------------------------------------------------------

    def ages(self) -> Iterator[LifeFact]:
        for age in self._written_ages():
            basis, date = self._when(age)
            held = self._dates[date] if date else None
            place = self._annotated.place(self._hyphened(age.first) or age.first, age.last)
            yield LifeFact(
                **place_of(place).model_dump(),
                id="",
                block=age.first.block,
                person=age.person,
                fact="age",
                years=age.years,
                earliest=held.earliest if held is not None else self._published() if basis == "published" else "",
                latest=held.latest if held is not None else self._published() if basis == "published" else "",
                date=date,
                basis=basis,
                hedge=age.hedge,
                quoted=self._quoted.span_at(age.first) is not None,
                sentence=self._sentence(age.first),
            )

    def _published(self) -> str:
        day = self._annotated.document.meta.date
        return day.isoformat() if day is not None else ""

    def _written_ages(self) -> Iterator[_Age]:
        tokens = self._annotated.tokens
        seen: set[int] = set()
        for age in self._year_old():
            seen.update(range(age.first.i, age.last.i + 1))
            yield age
        for token in _numbers(tokens):
            years = self._number_at(token)
            if years is None or token.i in seen:
                continue
            found = self._apposed(token, years) or self._aged(token, years) or self._predicate(token, years)
            if found is not None:
                yield found

    def _number_at(self, token: Token) -> int | None:
        """The age that one of the `_numbers` ends: 29, nineteen, and seventy-seven at its last word."""
        behind = self._annotated.tokens[token.i + 1 : token.i + 2]
        if behind and behind[0].text == "-" and behind[0].start == token.end:
            return None
        tens = self._hyphened(token)
        if tens is None:
            return _years(token)
        years = number_of(f"{tens.text}-{token.text}")
        return years if years is not None and 0 < years <= _OLDEST else None

    def _hyphened(self, token: Token) -> Token | None:
        """The word that a hyphen joins to the front of a token, or None."""
        before = self._annotated.tokens[max(0, token.i - 2) : token.i]
        joined = len(before) == 2 and before[1].text == "-" and before[1].end == token.start
        return before[0] if joined and before[0].end == before[1].start else None

    def _apposed(self, token: Token, years: int) -> _Age | None:
        """ "Ana Reyes, 58, said", "Ana Reyes (58)", "Ana Reyes, then 34,"."""
        tokens = self._annotated.tokens
        at, then = token.i - 1, False
        while at > 0 and tokens[at].lower in ("then", "now", "aged", "age", "just", "only"):
            then = then or tokens[at].lower == "then"
            at -= 1
        if at < 1 or tokens[at].text not in (",", "(") or tokens[at].block != token.block:
            return None
        behind = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
        if behind is None or (behind.block == token.block and behind.text not in _NAME_STOPS):
            return None
        person = self._people.person_at(tokens[at - 1])
        if person is None or token.sent != tokens[at - 1].sent:
            return None
        if tokens[at].text == "," and behind.block == token.block and behind.text == "," and self._in_list(token):
            return None
        return _Age(token, token, years, person.id, "verb" if then else "now", self._verb_above(token))

    def _in_list(self, token: Token) -> bool:
        """ "Reyes, 3, 4, 5": figures in a row are no ages."""
        behind = self._annotated.tokens[token.i + 2 : token.i + 3]
        return bool(behind) and behind[0].text[:1].isdigit()

    def _year_old(self) -> Iterator[_Age]:
        document = self._annotated.document
        for block in document.blocks:
            if block.kind in ("boilerplate", "stage"):
                continue
            text = document.block_text(block)
            if "old" not in folded(text):
                continue
            for match in _YEAR_OLD.finditer(text):
                years = number_of(match.group(1))
                inside = self._annotated.between(block.start + match.start(), block.start + match.end())
                if years is None or not 0 < years <= _OLDEST or not inside:
                    continue
                hedge = inside[0].i > 0 and self._annotated.tokens[inside[0].i - 1].lower in _HEDGES
                person, verb = self._of_year_old(inside)
                yield _Age(inside[0], inside[-1], years, person, "verb" if verb is not None else "now", verb, hedge)

    def _of_year_old(self, inside: Sequence[Token]) -> tuple[str | None, Token | None]:
        """Whose age it is; with the verb where the age is said of the subject: "she was 29 years old"."""
        old = inside[-1]
        head = self._annotated.tokens[old.head] if old.head != old.i else old
        verb = next((t for t in (old, head) if t.pos in ("AUX", "VERB")), None)
        if verb is not None and verb.lemma == "be" and old.dep in ("acomp", "attr"):
            return self._subject_person(verb), verb
        if year_old(self._annotated, old) is not None:
            known = self._people.speaker_of(old)
            return (known.person if known is not None else None), None
        noun = next((t for t in (head, old) if t.pos in ("NOUN", "PROPN")), None)
        if noun is None or any(kid.dep == "poss" for kid in self._annotated.children(noun)):
            return None, None
        known = self._people.speaker_of(noun)
        if known is not None and known.person is not None and known.kind == "named":
            return known.person, None
        if noun.dep == "appos":
            named = self._people.person_at(self._annotated.tokens[noun.head])
            return (named.id if named is not None else None), None
        return None, None

    def _aged(self, token: Token, years: int) -> _Age | None:
        """ "died aged 58", "at the age of 58", "at age 58", "at 58"."""
        tokens = self._annotated.tokens
        words = [t.lower for t in tokens[max(0, token.i - 4) : token.i] if t.sent == token.sent]
        aged = words[-1:] in (["aged"], ["age"]) or words[-2:] == ["age", "of"]
        if not aged and not (words[-1:] == ["at"] and self._is_bare(token)):
            return None
        if aged and words[-3:] == ["the", "age", "of"] and words[:1] in (["under"], ["over"], ["from"], ["until"]):
            return None
        verb = self._verb_above(token)
        if verb is None or (not aged and verb.lemma != "die" and not self._opens(token, verb)):
            return None
        return _Age(token, token, years, self._subject_person(verb), "verb", verb, words[-1] in _HEDGES)

    def _opens(self, token: Token, verb: Token) -> bool:
        """ "At 29, she ...": at the head of the sentence, in front of a person."""
        first = self._annotated.sentences[token.sent].first
        behind = self._annotated.tokens[token.i + 1 : token.i + 2]
        comma = bool(behind) and behind[0].text == ","
        return token.i == first + 1 and comma and self._subject_person(verb) is not None and token.text.isdigit()

    def _is_bare(self, token: Token) -> bool:
        behind = self._annotated.tokens[token.i + 1 : token.i + 2]
        return not behind or behind[0].text in (",", ".", ";", "and", "in", "after", "from", "on")

    def _predicate(self, token: Token, years: int) -> _Age | None:
        """ "She was 29 and ...", "he turned 80 in May"."""
        verb = self._annotated.tokens[token.head]
        is_age = (verb.lemma == "be" and token.dep in ("attr", "acomp")) or (
            verb.lemma in _TURNING and token.dep in ("dobj", "attr", "acomp", "npadvmod", "nummod")
        )
        if not is_age or any(kid.i > token.i and kid.dep != "punct" for kid in self._annotated.children(token)
                             if kid.dep not in ("cc", "conj", "advcl", "prep", "advmod")):  # fmt: skip
            return None
        behind = self._annotated.tokens[token.i + 1 : token.i + 2]
        if behind and (behind[0].lower == "of" or behind[0].pos in ("NOUN", "NUM", "PROPN", "SYM", "ADJ")):
            return None
        person = self._subject_person(verb)
        hedge = any(kid.lower in _HEDGES for kid in self._annotated.children(token))
        return _Age(token, token, years, person, "verb", verb, hedge) if person is not None else None

    def _subject_person(self, verb: Token) -> str | None:
        for _ in range(3):
            subject = self._annotated.child(verb, "nsubj", "nsubjpass")
            if subject is not None:
                known = self._people.speaker_of(subject)
                return known.person if known is not None else None
            if verb.dep not in ("conj", "advcl", "xcomp") or verb.head == verb.i:
                return None
            verb = self._annotated.tokens[verb.head]
        return None

    def _verb_above(self, token: Token) -> Token | None:
        return next((t for t in self._annotated.ancestors(token) if t.pos in ("VERB", "AUX")), None)

    # --- At which day -------------------------------------------------------------------------------------------------

    def _when(self, age: _Age) -> tuple[Basis, str]:
        """Where the day of an age comes from, and the id of the date."""
        events = [(verb, e) for verb, e in self._events.get(age.first.sent, ()) if e.date not in self._born()]
        if age.at == "now":
            elsewhere = [e for verb, e in events if self._is_long_ago(e) and not self._in_relative(verb)]
            return ("", "") if elsewhere else ("published", "")
        if age.verb is None:
            return "", ""
        near = self._clause_mates(age.verb)
        dated = {e.date for verb, e in events if verb.i in near}
        if len(dated) == 1:
            return "sentence", dated.pop()
        tense = tense_of(self._annotated, age.verb)
        if dated or tense not in ("past", "present"):
            return "", ""
        if tense == "present":
            return ("", "") if events else ("published", "")
        return self._before(age) if age.verb.dep == "ROOT" and not events else ("", "")

    def _born(self) -> set[str]:
        return {e.date for found in self._events.values() for _, e in found if e.head == "bear"}

    def _clause_mates(self, verb: Token) -> set[int]:
        """The verbs that happen at the time of this one: those joined to it, and the one it says "when" of."""
        near = {verb.i}
        if verb.dep in ("advcl", "conj") and verb.head != verb.i and self._is_when(verb):
            near.add(verb.head)
        near.update(
            kid.i for kid in self._annotated.children(verb) if kid.dep in ("conj", "advcl") and self._is_when(kid)
        )
        return near

    def _is_when(self, verb: Token) -> bool:
        marks = [kid.lower for kid in self._annotated.children(verb) if kid.dep in ("advmod", "mark")]
        return verb.dep == "conj" or "when" in marks or verb.tag in ("VBG", "VBN")

    def _in_relative(self, verb: Token) -> bool:
        return verb.dep in ("relcl", "acl") or any(t.dep in ("relcl", "acl") for t in self._annotated.ancestors(verb))

    def _is_long_ago(self, event: DatedEvent) -> bool:
        date, published = self._dates[event.date], self._published()
        if date.resolved not in ("explicit", "nearest") or not date.latest:
            return False
        return not published or int(date.latest[:4]) < int(published[:4])

    def _before(self, age: _Age) -> tuple[Basis, str]:
        """The one date of the sentence before, where it is the time of that sentence's main verb."""
        for back in (1, 2):
            number = age.first.sent - back
            if number < 0 or self._annotated.sentences[number].block != age.first.block:
                return "", ""
            events = self._events.get(number, [])
            if all(e.head == "bear" for _, e in events):
                continue
            main = {e.date for verb, e in events if verb.dep == "ROOT" and not self._dates[e.date].range}
            return ("before", main.pop()) if len(main) == 1 and len(events) == 1 else ("", "")
        return "", ""


def _years(token: Token) -> int | None:
    if token.pos != "NUM" and not token.text.isdigit():
        return None
    if not token.text.isdigit() and token.lower not in CARDINALS:
        return None
    years = number_of(token.text)
    return years if years is not None and 0 < years <= _OLDEST else None


def _numbers(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens that may end a number."""
    joined = False  # to the word before
    for token in tokens:
        if joined or token.pos == "NUM" or token.text.isdigit():
            yield token
        joined = token.text == "-"
