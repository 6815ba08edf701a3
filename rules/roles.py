"""Rules about what people are: a title, rank, field, body, party or side that differs for one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from audit.rules.base import Rule
from audit.rules.names import in_sentence

from audit.extract.person_words import fold
from audit.extract.role_words import exclusive_offices, exclusive_posts, role_words
from audit.records import DocumentRecords, Dossier, Draft, Person, RoleMention
from audit.records.findings import Confidence, Family

_STEM = 5  # letters that two words for one field share: finance, financial


@dataclass(frozen=True)
class _Clash:
    """Two role mentions of one person that do not go together, with what differs."""

    what: str
    working: str
    confidence: Confidence


class RoleDiffers(Rule):
    """A title, rank, field, party or side of a case that differs for one person.

    Compared are an office with itself (director of research, director of training; deputy mayor, mayor), offices that
    nobody holds together (surgeon, nurse), posts of one place that are seldom one person's where article and source
    know only one of them (mayor, director of the library), parties, and the sides of a case. Left alone: roles that
    are bound to a time (former, then, acting, since May) or stand near a word for a change of office, two offices in
    one phrase, short forms of one title, synonyms (CEO), general words (expert, researcher), and, against the sources,
    whatever one of them says as well. Source: rule catalogue, role-differs.

    Fails:
        article: Dana Tarrant, the director of research at the Orrin Bridge Trust, opened the gate.

            “I am the director of training,” Tarrant said.

    Fails:
        article: Ana Ito, the deputy mayor of Orrin, opened the bridge on Monday.
        source: The bridge was opened by the mayor of Orrin, Ana Ito.

    Passes:
        article: Finance minister Bo Ardal opened the bridge. Ardal, a former trade minister, wore a red coat.
    """

    id = "role-differs"
    family: ClassVar[Family] = "names"
    severity = "warning"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        own = _by_person(dossier, dossier.article)
        theirs = [_by_person(dossier, records) for records in dossier.sources]
        for person, roles in own.items():
            yield from self._inside(dossier, roles)
            others = [(role, number) for number, found in enumerate(theirs) for role in found.get(person, ())]
            yield from self._against(dossier, roles, others)

    def _inside(self, dossier: Dossier, roles: Sequence[RoleMention]) -> Iterator[Draft]:
        seen: set[str] = set()
        for at, one in enumerate(roles):
            for other in roles[at + 1 :]:
                clash = _clash(one, other)
                if clash is not None and clash.what not in seen and not _explained(roles, one, other):
                    seen.add(clash.what)
                    yield self._draft(dossier, clash, one, other, dossier.article, "and here")

    def _against(
        self, dossier: Dossier, roles: Sequence[RoleMention], others: Sequence[tuple[RoleMention, int]]
    ) -> Iterator[Draft]:
        seen: set[str] = set()
        said = [other for other, _ in others]
        for one in roles:
            for other, number in others:
                clash = _clash(one, other) or _posts(one, other)
                if clash is None or clash.what in seen or any(_supports(role, one, clash.what) for role in said):
                    continue
                if _explained([*roles, *said], one, other):
                    continue
                seen.add(clash.what)
                yield self._draft(dossier, clash, one, other, dossier.sources[number], "in the source")

    def _draft(
        self, dossier: Dossier, clash: _Clash, one: RoleMention, other: RoleMention, there: DocumentRecords, label: str
    ) -> Draft:
        person = dossier.claim(one.person)
        name = person.name if isinstance(person, Person) else "this person"
        return Draft(
            rule=self.id,
            severity="warning",
            confidence=clash.confidence,
            message=f"Which is it for {name}: “{one.text}” or “{other.text}”? The {clash.what} differs.",
            evidence=(in_sentence(dossier.article, one, "in the article"), in_sentence(there, other, label)),
            why=(clash.working,),
            clear=f"one {clash.what} in both places, or the words that say when each was held",
        )


def _by_person(dossier: Dossier, records: DocumentRecords) -> dict[str, list[RoleMention]]:
    """The roles of each human being that can be compared: not bound to a time, and nobody else's perhaps."""
    found: dict[str, list[RoleMention]] = defaultdict(list)
    for role in records.of(RoleMention):
        if not role.shared and len(found[dossier.identities.get(role.person, role.person)]) < _MOST:
            found[dossier.identities.get(role.person, role.person)].append(role)
    return found


_MOST = 40  # role mentions of one person that are compared


def _clash(one: RoleMention, other: RoleMention) -> _Clash | None:
    """What differs between two roles that cannot both be, as far as their words say."""
    if one.side and other.side and one.side != other.side:
        return _Clash("side", f"{one.side} on one side, {other.side} on the other", "high")
    if one.time or other.time or one.sentence == other.sentence:
        return None
    if one.party and other.party and one.party != other.party and "independent" not in (one.party, other.party):
        return _Clash("party", f"{one.party.title()} against {other.party.title()}", "high")
    if one.office == other.office:
        return _rank(one, other) or _field(one, other) or _seat(one, other)
    return _office(one, other)


def _rank(one: RoleMention, other: RoleMention) -> _Clash | None:
    """ "Deputy mayor" and "mayor"; "Colonel" may be short for a lieutenant colonel."""
    if set(one.ranks) == set(other.ranks):
        return None
    differ = set(one.ranks) ^ set(other.ranks)
    if differ <= role_words("dropped in address") or not differ & _TELLING:
        return None
    if one.office in _UNRANKED or _bodies_differ(one, other):
        return None
    words = sorted(differ)
    return _Clash("rank", f"one of the two says “{', '.join(words)}”, the other only “{one.office}”", "medium")


_TELLING = frozenset({"deputy", "vice", "assistant", "co", "junior", "under", "sub"})
_UNRANKED = frozenset({"editor", "author", "founder", "writer", "coach", "professor", "manager", "producer", "owner"})


def _field(one: RoleMention, other: RoleMention) -> _Clash | None:
    """ "Director of safety" and "director of training"."""
    if one.office not in role_words("fields") or not one.field or not other.field:
        return None
    if _overlap(one.field, other.field) or _bodies_differ(one, other) or set(one.ranks) != set(other.ranks):
        return None
    known = role_words("field words")
    sure = bool(set(one.field) & known and set(other.field) & known)
    working = f"{one.office}: {' '.join(one.field)} against {' '.join(other.field)}"
    return (
        _Clash("title", working, "high" if sure else "medium")
        if sure or one.affiliations == other.affiliations
        else None
    )


def _seat(one: RoleMention, other: RoleMention) -> _Clash | None:
    """ "Mayor of Orrin" and "mayor of Vell"."""
    if one.office not in role_words("seats") or not one.affiliations or not other.affiliations:
        return None
    if not _bodies_differ(one, other):
        return None
    return _Clash("place", f"{one.office}: {one.affiliations[0]} against {other.affiliations[0]}", "medium")


def _office(one: RoleMention, other: RoleMention) -> _Clash | None:
    """Two offices that nobody holds together."""
    if one.ranks or other.ranks or _bodies_differ(one, other):
        return None
    if any({one.office, other.office} <= group for group in exclusive_offices()):
        return _Clash("title", f"nobody is {one.office} and {other.office} at a time", "medium")
    return None


def _posts(one: RoleMention, other: RoleMention) -> _Clash | None:
    """ "Mayor of Orrin" and "director of the Orrin library": two posts in one place, each in a text of its own.

    One text that gives both means both.
    """
    if one.time or other.time or one.ranks or other.ranks or not one.affiliations or not other.affiliations:
        return None
    if {one.office, other.office} not in exclusive_posts() or _bodies_differ(one, other):
        return None
    return _Clash("title", f"{one.office} in one text, {other.office} in the other, at one place", "low")


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    return any(a[:_STEM] == b[:_STEM] for a in one for b in other)


def _bodies_differ(one: RoleMention, other: RoleMention) -> bool:
    """Whether both name a body or place and no name of the one fits one of the other."""
    if not one.affiliations or not other.affiliations:
        return False
    return not any(_same_body(a, b) for a in one.affiliations for b in other.affiliations)


def _same_body(one: str, other: str) -> bool:
    words = [{fold(w) for w in name.split() if len(w) > 2 and w[:1].isupper()} for name in (one, other)]
    initials = ["".join(w[0] for w in name.split() if w[:1].isupper()) for name in (one, other)]
    return bool(words[0] & words[1]) or one in initials or other in initials


def _supports(role: RoleMention, one: RoleMention, what: str) -> bool:
    """Whether a role of the sources says what the article says."""
    if what == "side":
        return role.side == one.side
    if what == "party":
        return role.party == one.party
    if role.office != one.office:
        return False
    if what == "title" and one.field:
        return _overlap(role.field, one.field)
    return set(role.ranks) == set(one.ranks) and not _bodies_differ(role, one)


def _explained(roles: Iterable[RoleMention], one: RoleMention, other: RoleMention) -> bool:
    """Whether the texts tell of a change: the same office once more, bound to a time."""
    return any(
        role.time and role.time not in ("was", "were") and role.office in (one.office, other.office) for role in roles
    )


ROLE_RULES = (RoleDiffers,)
