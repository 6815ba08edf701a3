"""Everybody whom the texts name, a row each: spellings, roles, quotations, and whether a source has their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from audit.reports.inputs import Inputs, Link

from audit.records import Person, Quotation, RoleMention, SpeakerCoverage, Turn
from audit.records.claims import AnyClaim, Speaker


@dataclass(frozen=True)
class Role:
    """What a text says that somebody is, and where."""

    words: str
    link: Link


@dataclass(frozen=True)
class Heard:
    """A source in which somebody speaks, how often, and where first."""

    path: str
    turns: int
    anchor: str


@dataclass(frozen=True)
class PersonRow:
    """One person. `quotations` are ids of the quotations that an article gives to them."""

    name: str
    variants: tuple[str, ...]
    roles: tuple[Role, ...]
    article: Link | None  # the first mention in an article
    source: Link | None
    quotations: tuple[str, ...]
    heard: tuple[Heard, ...]
    reason: str  # why quotations were not compared


def people_rows(
    claims: Iterable[AnyClaim], inputs: Inputs, coverage: Sequence[SpeakerCoverage]
) -> tuple[PersonRow, ...]:
    """The people of a report, those first whom an article quotes most."""
    claims = list(claims)
    groups = _groups([claim for claim in claims if isinstance(claim, Person)])
    known = {person.id: key for key, people in groups.items() for person in people}
    names = {_fold(name): key for key, people in groups.items() for p in people for name in (p.name, *p.aliases)}
    quoted: dict[str, list[Quotation]] = defaultdict(list)
    turns: dict[str, list[Turn]] = defaultdict(list)
    roles: dict[str, list[RoleMention]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, RoleMention) and claim.person in known:
            roles[known[claim.person]].append(claim)
        elif isinstance(claim, (Quotation, Turn)) and (key := _key_of(claim.speaker, known, names)):
            if isinstance(claim, Turn):
                turns[key].append(claim)
            elif (text := inputs.holding(claim)) is not None and text.is_article:
                quoted[key].append(claim)
    rows = [_row(p, roles[key], quoted[key], turns[key], inputs, coverage) for key, p in groups.items()]
    return tuple(sorted(rows, key=lambda row: (-len(row.quotations), row.article is None)))


def _groups(people: Sequence[Person]) -> dict[str, list[Person]]:
    """The persons of all texts by who they are: the same full name, or a family name that only one of them has."""
    groups: dict[str, list[Person]] = {}
    families: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for person in people:
        if person.given:
            key = _fold(" ".join((*person.given, *person.family)))
            groups.setdefault(key, []).append(person)
            families[person.family].add(key)
    for person in people:
        if not person.given:
            same = families[person.family] if person.family else set()
            key = next(iter(same)) if len(same) == 1 else _fold(person.name)
            groups.setdefault(key, []).append(person)
    return groups


def _key_of(speaker: Speaker | None, known: Mapping[str, str], names: Mapping[str, str]) -> str:
    if speaker is None:
        return ""
    return known.get(speaker.person or "") or names.get(_fold(speaker.name), "")


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _row(
    people: Sequence[Person],
    roles: Sequence[RoleMention],
    quoted: Sequence[Quotation],
    turns: Sequence[Turn],
    inputs: Inputs,
    coverage: Sequence[SpeakerCoverage],
) -> PersonRow:
    name = max((person.name for person in people), key=len)
    forms = [form for person in people for form in (*(mention.text for mention in person.mentions), *person.aliases)]
    spoken = {_fold(form) for form in (name, *forms)}
    reasons = [row.reason for row in coverage if _fold(row.speaker) in spoken and row.checked < row.quotations]
    return PersonRow(
        name=name,
        variants=tuple(dict.fromkeys(" ".join(form.split()) for form in forms if _fold(form) != _fold(name))),
        roles=tuple(_roles(people, roles, inputs)),
        article=_first(people, inputs, in_article=True),
        source=_first(people, inputs, in_article=False),
        quotations=tuple(quotation.id for quotation in quoted),
        heard=tuple(_heard(turns, inputs)),
        reason="; ".join(dict.fromkeys(reasons)),
    )


def _roles(people: Sequence[Person], mentions: Sequence[RoleMention], inputs: Inputs) -> Iterable[Role]:
    """Roles where they stand, each wording once; then those that are known of a person without a place."""
    said: set[str] = set()
    for mention in mentions:
        words, text = " ".join(mention.text.split()), inputs.holding(mention)
        if text is not None and _fold(words) not in said:
            said.add(_fold(words))
            yield Role(words, text.link(mention))
    for person in people:
        for words in (*person.titles, *person.roles):
            if not any(_fold(words) in known for known in said):
                said.add(_fold(words))
                yield Role(words, Link("", ""))


def _first(people: Sequence[Person], inputs: Inputs, *, in_article: bool) -> Link | None:
    for person in people:
        for place in (*person.mentions, person):
            text = inputs.holding(place)
            if text is not None and text.is_article == in_article:
                return text.link(place)
    return None


def _heard(turns: Sequence[Turn], inputs: Inputs) -> Iterable[Heard]:
    by_path: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        by_path[turn.path].append(turn)
    for path, of_path in by_path.items():
        text = inputs.holding(of_path[0])
        yield Heard(path, len(of_path), text.anchor_at(of_path[0]) if text is not None else "")
