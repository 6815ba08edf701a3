"""Who a label stands for, and whether that person asks or answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from audit.loading.names import (
    answers_by_role,
    asks_by_role,
    bare,
    fits,
    full_names,
    is_role,
    key,
    spell,
    surname,
)

_WITH = re.compile(
    r"(?:interview(?:ed)?|conversation|q\s?&\s?a|q and a|talk|call|chat|discussion)\b[^\n]{0,40}?\b(?:with|of)\b\s+"
    r"|interview(?:ee)?\s*[:–—-]\s*|interviewing\s+|guest\s*:\s*",
    re.IGNORECASE,
)
_EXAMINED_BY = re.compile(r"(?:cross-|re-)?exami(?:ned|nation)(?:-in-chief)? by\s+(?:the\s+)?", re.IGNORECASE)
_SWORN = re.compile(r"[,(]?\s*(?:sworn|affirmed|recalled|called)\b", re.IGNORECASE)
_BY = re.compile(r"(?:interviewed|questions?|interviewer)\s*(?:by|:)\s+", re.IGNORECASE)
_MOST_ASK = 0.5  # share of turns that end in a question


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn while names are looked for."""

    label: str
    style: str
    title: str
    text: str
    section: str  # the person whom the section names
    asked_by: str


@dataclass(slots=True)
class Cast:
    """The people whom the head and the section headings of a transcript name."""

    names: dict[str, None] = field(default_factory=dict)  # in order of the text
    guest: str = ""  # whom the head says that the interview is with
    section: str = ""  # who answers from here on
    asks: str = ""  # who asks from here on
    head: list[str] = field(default_factory=list)
    labelled: dict[str, None] = field(default_factory=dict)  # full names among the labels
    _full: dict[tuple[str, str], str] = field(default_factory=dict)  # of the names that were asked for

    def preamble(self, text: str, heading: bool) -> None:
        """Learn from a paragraph in front of the first turn."""
        self.head.append(text)
        found = full_names(text)
        self.names.update(dict.fromkeys(found))
        match = _WITH.search(text)
        if match is not None:
            behind = full_names(text[match.end() :])
            if behind and not self.guest:
                self.guest = behind[0]
        elif found and not self.guest and _begins_with(text, found[0]):
            self.guest = found[0]
        by = _BY.search(text)
        if by is not None and full_names(text[by.end() :]):
            self.asks = full_names(text[by.end() :])[0]

    def heading(self, text: str) -> None:
        """Learn from a heading or stage line between turns."""
        match = _EXAMINED_BY.search(text)
        if match is not None:
            rest = re.split(r"\s+(?:for|on behalf of)\s+|[,.;(]", text[match.end() :])[0].strip()
            self.asks = rest if is_role(rest) else spell(rest)  # "Examined by the Coroner"
            return
        found = full_names(_SWORN.split(text)[0]) or full_names(text)
        self.names.update(dict.fromkeys(found))
        with_match = _WITH.search(text)
        behind = full_names(text[with_match.end() :]) if with_match else []
        if behind:
            self.section = behind[0]
        elif found and (_begins_with(text, found[0]) or len(found) == 1):
            self.section = found[0]

    def resolve(self, turns: Sequence[Spoken]) -> list[str]:
        """A name for each turn, as full as the document gives it."""
        self._learn(turns)
        names = [self._name(turn) for turn in turns]
        return _introduced(turns, names)

    def _learn(self, turns: Sequence[Spoken]) -> None:
        """Full names among the labels stand for the surnames among them."""
        for turn in turns:
            name = spell(turn.label)
            if turn.style != "qa" and not is_role(turn.label) and len(bare(name)) >= 2:
                self.labelled[name] = None
                self.names[name] = None

    def _name(self, turn: Spoken) -> str:
        if turn.style == "qa":
            return self._of_letter(turn)
        if is_role(turn.label):
            return self._of_part(turn.label) or turn.label
        return self._fullest(spell(turn.label), turn.section)

    def _of_letter(self, turn: Spoken) -> str:
        if turn.label.startswith("A"):
            person = turn.section or self.guest
            return self._fullest(person, "") if person else turn.label
        if is_role(turn.asked_by):
            return self._of_part(turn.asked_by) or turn.asked_by
        return self._fullest(turn.asked_by, "") if turn.asked_by else turn.label or "Interviewer"

    def _of_part(self, label: str) -> str:
        """A part whose holder the head names: "Assistant Coroner, Mr F. Bell"."""
        words = [word for word in key(label).split() if word not in ("the", "a")]
        pattern = re.compile(rf"\b{re.escape(' '.join(words))}\b[ ,:]{{1,3}}(?=\S)", re.IGNORECASE)
        for text in self.head:
            match = pattern.search(text)
            if match is not None:
                behind = full_names(text[match.end() : match.end() + 60])
                if behind and text[match.end() :].lstrip().startswith(tuple(_spellings(text, match.end()))):
                    return behind[0]
        return ""

    def _fullest(self, name: str, section: str) -> str:
        """The fullest form that the document has for a short one, if there is only one candidate."""
        if (name, section) not in self._full:
            self._full[name, section] = self._find_fullest(name, section)
        return self._full[name, section]

    def _find_fullest(self, name: str, section: str) -> str:
        if section and fits(section, name):
            name = section
        if not name:
            return name
        fitting = [full for full in self.names if full != name and fits(full, name) and len(full) > len(name)]
        if not fitting and len(bare(name)) == 1:  # "Katherine" behind a first "Katherine Spivey"
            fitting = [full for full in self.labelled if bare(full)[0].casefold() == name.casefold()]
        people = {full.casefold(): full for full in fitting if not _abbreviates(full, fitting)}
        return next(iter(people.values())) if len(people) == 1 else name


def _spellings(text: str, at: int) -> list[str]:
    """The first word behind a place, if it begins a name."""
    word = re.match(r"\S+", text[at:])
    return [word.group()] if word and word.group()[:1].isupper() else []


def _abbreviates(name: str, others: list[str]) -> bool:
    return any(other != name and fits(other, name) and len(other) > len(name) for other in others)


def _begins_with(text: str, name: str) -> bool:
    head = text.lstrip(" *_#\"“‘'").split("\n")[0]
    words = spell(" ".join(head.replace(",", " ,").split()[: len(bare(name)) + 2]))
    return words.casefold().startswith(name.casefold())


_FIRST = r"(?:[^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)*\s+){1,2}"


def _introduced(turns: Sequence[Spoken], names: list[str]) -> list[str]:
    """Complete a surname where its bearer says the full name at the start of a turn."""
    full: dict[str, str] = {}
    tried: dict[str, int] = {}
    for turn, name in zip(turns, names, strict=True):
        if tried.get(name, 0) >= 2 or name in full or is_role(name) or not _incomplete(name):
            continue
        tried[name] = tried.get(name, 0) + 1
        found = _introduction(turn.text[:160], name)
        if found:
            full[name] = found
    return [full.get(name, name) for name in names]


def _incomplete(name: str) -> bool:
    words = bare(name)
    return len(words) == 1 or (len(words) == 2 and len(words[0].strip(".")) == 1)


def _introduction(text: str, name: str) -> str:
    family = re.escape(surname(name))
    match = re.search(
        rf"(?:^|[.,!?]\s+|\b(?:I['’]m|I am|[Mm]y name is|[Mm]y name['’]s|[Tt]his is|[Ss]o)[, ]\s*)"
        rf"(?P<name>{_FIRST}{family})"
        r"(?=[,.;]|\s+(?:here|from|and I)\b)",
        text,
    )
    if match is None:
        return ""
    found = " ".join(match["name"].split())
    found = re.sub(r"^(?:So|Well|Yes|Hi|Hello|And|Okay|OK)\s+", "", found)
    words = bare(found)
    if len(words) < 2 or words[0].casefold() == "so":
        return ""
    return " ".join(words) if fits(" ".join(words), name) else ""


def roles(turns: Sequence[Spoken], names: Sequence[str], debate: bool = False) -> list[str]:
    """For each turn: interviewer, guest or other.

    Whoever a label calls interviewer, or who mostly asks, is one; those who speak with an interviewer are guests; in
    a debate without questions everybody is "other". `debate` says that the text is a record of one, where questions
    are part of speeches.
    """
    asking: dict[str, list[bool]] = {}
    for turn, name in zip(turns, names, strict=True):
        asking.setdefault(_person(turn, name), []).append(turn.text.rstrip("”’\"' ").endswith("?"))
    interviewers = {
        _person(turn, name)
        for turn, name in zip(turns, names, strict=True)
        if (turn.style == "qa" and not turn.label.startswith("A")) or asks_by_role(turn.label)
    }
    fixed = bool(interviewers)
    answering = {
        _person(turn, name)
        for turn, name in zip(turns, names, strict=True)
        if turn.style == "qa" and turn.label.startswith("A")
    }
    for person, questions in asking.items():
        if (
            not debate
            and person not in answering
            and len(questions) >= 2
            and sum(questions) / len(questions) > _MOST_ASK
        ):
            interviewers.add(person)
    if not interviewers and not debate:
        interviewers = _short_spoken(turns, names, asking)
    if fixed:
        interviewers |= _called_once(turns, names, asking, interviewers)
    if len(interviewers) == len(asking):
        interviewers &= {person for person in interviewers if person not in answering}
    return [_role(_person(turn, name), turn, interviewers) for turn, name in zip(turns, names, strict=True)]


def _short_spoken(turns: Sequence[Spoken], names: Sequence[str], asking: dict[str, list[bool]]) -> set[str]:
    """The one who asks most, says little each time, and speaks every other turn."""
    if len(asking) < 2 or len(turns) < 4:
        return set()
    words: dict[str, int] = {}
    for turn, name in zip(turns, names, strict=True):
        person = _person(turn, name)
        words[person] = words.get(person, 0) + len(turn.text.split())
    person = max(asking, key=lambda each: sum(asking[each]))
    own, count = words[person], len(asking[person])
    others, rest = sum(words.values()) - own, len(turns) - count
    asks = sum(asking[person]) / count >= 0.25
    asks = asks and sum(asking[person]) >= 2
    return {person} if asks and count * 3 >= len(turns) and rest and own / count < 0.6 * others / rest else set()


def _called_once(
    turns: Sequence[Spoken], names: Sequence[str], asking: dict[str, list[bool]], interviewers: set[str]
) -> set[str]:
    """Callers who put a single question: an operator or host speaks before them, a guest answers."""
    people = [_person(turn, name) for turn, name in zip(turns, names, strict=True)]
    return {
        person
        for at, person in enumerate(people[1:-1], 1)
        if asking[person] == [True]
        and people[at - 1] in interviewers
        and people[at + 1] not in interviewers
        and len(turns[at].text.split()) <= 80
    }


def _person(turn: Spoken, name: str) -> str:
    if turn.style == "qa" and not turn.label.startswith("A"):
        return f"Q {name}"
    return key(name)


def _role(person: str, turn: Spoken, interviewers: set[str]) -> str:
    if person in interviewers:
        return "interviewer"
    aside = is_role(turn.label) and not answers_by_role(turn.label) and turn.style != "qa"
    if not interviewers or aside:
        return "other"
    return "guest"
