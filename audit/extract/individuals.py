"""From possible names to individuals: which runs of capitals name a person, and which name the same one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from audit.extract.annotate import Annotated
from audit.extract.name_evidence import evidence, form_evidence, label_evidence, speaks
from audit.extract.names import (
    PARTICLES,
    Run,
    find_known_runs,
    find_runs,
    is_suffix,
    lines_of,
)
from audit.extract.person_words import fold, gender_of_given, gender_of_noun, is_given_name, same_given, words_of
from audit.extract.spellings import FURTHEST, doubling_apart, is_near
from audit.loading.names import bare, is_role, name_shaped, spell
from audit.records import Document

_ENOUGH = 2.0  # evidence that makes a full name a person
_SURE = 4.5  # evidence for a full name that leaves no doubt
_ENOUGH_ALONE = 2.3  # the same for a single word
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})

Key = tuple[str, ...]


@dataclass(slots=True)
class Individual:
    """One person of a document while names are collected."""

    name: str  # the fullest spelling so far
    given: Key
    family: Key  # with its particles; the only name of a person who has one
    keys: set[Key] = field(default_factory=set)
    mentions: list[Run] = field(default_factory=list)
    near: list[Run] = field(default_factory=list)  # nobody's names, but a letter or two away from this one

    @property
    def full(self) -> bool:
        return bool(self.given)


def parts(words: Sequence[str]) -> tuple[Key, Key]:
    """Given names and family name of a full name, folded: (("ludwig",), ("van", "der", "berg"))."""
    plain = [word for word in words if not is_suffix(word)] or list(words)
    folded = [fold(word) for word in plain]
    if len(folded) < 2 or (folded[0] in PARTICLES and not is_given_name(plain[0])):
        return (), tuple(folded)  # "Reyes", "van der Berg"
    if len(plain) == 2 and _of_two_syllables(plain[1]):
        return tuple(folded[1:]), tuple(folded[:1])
    at = next((i for i in range(1, len(folded) - 1) if folded[i] in PARTICLES and len(folded[i]) > 1), len(folded) - 1)
    return tuple(folded[:at]), tuple(folded[at:])


def _of_two_syllables(word: str) -> bool:
    """Whether a given name is written as in Chinese and Korean names, behind the family name: "Kwok-hung"."""
    pieces = word.split("-")
    return len(pieces) == 2 and pieces[1].islower()


def key_of(words: Sequence[str]) -> Key:
    """The folded words of a name; "Jr." stays, since it tells a son from his father."""
    folded = [fold(word) for word in words]
    return tuple(word for word in folded if word and (word in _GENERATIONS or not is_suffix(word)))


def same_person(one: tuple[Key, Key], other: tuple[Key, Key]) -> bool:
    """Whether two full names may be those of one person: the family names equal, no given name against another."""
    (given, family), (others, other_family) = one, other
    if family[-1] != other_family[-1] or not given or not others:
        return False
    if _goes_with(given, others):
        return True
    # "J. Edgar Reyes" is called Edgar.
    return (len(given) > 1 and len(given[0]) == 1 and _goes_with(given[1:], others)) or (
        len(others) > 1 and len(others[0]) == 1 and _goes_with(given, others[1:])
    )


def _goes_with(given: Key, others: Key) -> bool:
    return all(same_given(one, other) for one, other in zip(given, others, strict=False))


class Register:
    """The individuals of a document, and the way from a name to them."""

    def __init__(self) -> None:
        self.individuals: list[Individual] = []
        self._by_key: dict[Key, list[int]] = {}
        self._by_family: dict[str, list[int]] = {}
        self._by_given: dict[str, list[int]] = {}

    def add(self, words: Sequence[str]) -> None:
        """Enter a name that is known to be a person's: under the individual that it fits, or as a new one."""
        key = key_of(words)
        if not key or key in self._by_key:
            return
        given, family = parts(words)
        if not family or (not given and self.candidates(key)):
            return
        fitting = self._fitting(given, family, key)
        if len(fitting) == 1:
            self._join(fitting[0], words, key, given)
        else:
            self._enter(Individual(spell(" ".join(words)), given, family), key)

    def _fitting(self, given: Key, family: Key, key: Key) -> list[int]:
        generation = _generation(key)
        return [
            at
            for at in self._by_family.get(family[-1], ())
            if same_person((given, family), (self.individuals[at].given, self.individuals[at].family))
            and all(_generation(other) == generation for other in self.individuals[at].keys)
        ]

    def _join(self, at: int, words: Sequence[str], key: Key, given: Key) -> None:
        one = self.individuals[at]
        if _weight(given) > _weight(one.given):
            one.name, one.given = spell(" ".join(words)), given
        self._index(at, key, given)

    def _enter(self, one: Individual, key: Key) -> None:
        self.individuals.append(one)
        self._index(len(self.individuals) - 1, key, one.given)
        at = len(self.individuals) - 1
        for form in _family_forms(one, key):
            known = self._by_family.setdefault(form, [])
            if at not in known:
                known.append(at)

    def _index(self, at: int, key: Key, given: Key) -> None:
        self.individuals[at].keys.add(key)
        known = self._by_key.setdefault(key, [])
        if at not in known:
            known.append(at)
        for name in given[:1]:
            bearers = self._by_given.setdefault(name, [])
            if at not in bearers and len(name) > 1:
                bearers.append(at)

    def words(self) -> frozenset[str]:
        """Every folded word of a name that is known, without particles, initials and suffixes."""
        return frozenset(
            word
            for one in self.individuals
            for key in one.keys
            for word in key
            if len(word) > 1 and word not in PARTICLES and not is_suffix(word)
        )

    def candidates(self, key: Key) -> list[int]:
        """The individuals that a name may stand for: by the whole, by family name, by given name; in this order."""
        if not key:
            return []
        if key in self._by_key:
            return self._by_key[key]
        named = [word for word in key if not is_suffix(word)] or list(key)
        if self._is_family(tuple(named)):
            return [at for at in self._by_family[" ".join(named)] if self.individuals[at].full] or self._by_family[
                " ".join(named)
            ]
        if len(named) == 1:
            return self._by_given.get(named[0], [])
        given, family = parts(named)
        return self._fitting(given, family, key)

    def _is_family(self, key: Key) -> bool:
        return " ".join(key) in self._by_family


def _family_forms(one: Individual, key: Key) -> list[str]:
    """The ways in which a family name may stand alone: "van der berg", "berg"; "garcia marquez", "marquez"."""
    family = one.family
    forms = [" ".join(family[at:]) for at in range(len(family))]
    if len(one.given) >= 2 and len(one.given[-1]) > 2 and not is_given_name(one.given[-1]):
        forms.append(" ".join((one.given[-1], *family)))
    return [form for form in forms if form and form not in PARTICLES]


def _generation(key: Key) -> str:
    return next((word for word in key if word in _GENERATIONS), "")


def _weight(given: Key) -> tuple[int, int]:
    return sum(len(word) > 1 for word in given), sum(map(len, given))


# --- From the runs of a document --------------------------------------------------------------------------------------


def find_individuals(annotated: Annotated) -> list[Individual]:
    """The individuals that a document names, each with its mentions in order."""
    register = Register()
    for name in spoken_names(annotated.document):
        register.add(name.split())
    lines = lines_of(annotated)
    by_line = find_runs(annotated, lines)
    runs = [run for found in by_line for run in found if not run.shouted]
    names = [_Name(key, found, _best_spelling(found)) for key, found in _by_key(runs).items()]
    _enter_full_names(annotated, runs, names, register)
    _enter_lone_names(annotated, names, register)
    _assign(annotated, find_known_runs(annotated, lines, by_line, register.words()), register)
    return register.individuals


def spoken_names(document: Document) -> list[str]:
    """The names of a transcript's speakers that are names, not parts or letters; without titles."""
    spelt = dict.fromkeys(spell(name) for name in dict.fromkeys(turn.name for turn in document.turns))
    return sorted(filter(_is_persons_name, spelt), key=lambda name: -len(bare(name)))


def _is_persons_name(name: str) -> bool:
    words = name.split()
    if not words or is_role(name) or not name_shaped(name) or len(name) < 2:
        return False
    if any(word in ("and", "&") for word in words):
        return False
    last = words[-1].casefold()
    return len(words) > 1 or last not in words_of("organisation_words") | words_of("places")


def _by_key(runs: Iterable[Run]) -> dict[Key, list[Run]]:
    found: dict[Key, list[Run]] = {}
    for run in runs:
        found.setdefault(key_of([word.text for word in run.words]), []).append(run)
    return found


@dataclass(frozen=True, slots=True)
class _Name:
    """What may be a name, wherever it stands."""

    key: Key
    runs: Sequence[Run]
    words: Sequence[str]  # its best spelling


def _enter_full_names(annotated: Annotated, runs: Sequence[Run], names: Sequence[_Name], register: Register) -> None:
    alone = [run for run in runs if len(run.words) == 1]
    titled = {key_of([run.words[-1].text])[-1:] for run in alone if run.titled}
    speaking = {key_of([run.words[-1].text])[-1:] for run in alone if speaks(annotated, run)}
    scores = {
        # "Ms. Reyes" elsewhere speaks for "Annika Reyes", and so does "Reyes said".
        name.key: _score(annotated, name)
        + (2.0 if name.key[-1:] in titled else 0.0)
        + (2.0 if name.key[-1:] in speaking else 0.0)
        for name in names
        if 2 <= len([word for word in name.key if not is_suffix(word)]) <= 6
    }
    families = {key[-1] for key, score in scores.items() if score >= _SURE}
    for name in names:
        if scores.get(name.key, 0.0) < _ENOUGH:
            continue
        if not parts(name.words)[0] or (name.key[0] in families and scores[name.key] < _SURE):
            continue  # "Reyes Foundation", "Reyes Wins": begins with a family name
        register.add(name.words)


def _enter_lone_names(annotated: Annotated, names: Sequence[_Name], register: Register) -> None:
    for name in names:
        if not name.key or parts(name.words)[0] or register.candidates(name.key):
            continue
        if _score(annotated, name) >= _ENOUGH_ALONE:
            register.add(name.words)


def _score(annotated: Annotated, name: _Name) -> float:
    """The form of a name, the best that its surroundings say, and what the model says of it on average."""
    labels = [label_evidence(annotated, run) for run in name.runs]
    context = [evidence(annotated, run) for run in name.runs]
    return form_evidence(name.words) + max(context) + min(0.0, min(context)) / 2 + sum(labels) / len(labels)


def _best_spelling(found: Sequence[Run]) -> list[str]:
    """The first spelling that is not all in capitals."""
    best = next((run for run in found if not run.text.isupper()), found[0])
    return [word.text for word in best.words]


def _assign(annotated: Annotated, runs: Sequence[Run], register: Register) -> None:
    """Give each run to the individual that it names."""
    last_full: dict[str, tuple[int, int]] = {}  # family name: block and individual of its last full mention
    families = _Families(register)
    for run in runs:
        found = _named(annotated, run, register)
        if found is None:
            families.take(annotated, run)
            continue
        run, candidates = found
        at = _choose(run, candidates, register, last_full)
        register.individuals[at].mentions.append(run)
        if len(run.words) > 1:
            last_full[register.individuals[at].family[-1]] = (run.block, at)


class _Families:
    """The family names of a register by their first letters, for names that come near to one."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._by_start: dict[str, list[int]] = {}
        for at, one in enumerate(register.individuals):
            if one.full:
                self._by_start.setdefault(one.family[-1][:1], []).append(at)

    def take(self, annotated: Annotated, run: Run) -> None:
        """Give a run that is nobody's name to the only individual whose family name it nearly is."""
        last = run.words[-1].text
        if len(run.words) > 3 or run.shouted or fold(last) in words_of("places"):
            return
        # "Councilman Web" is Mr. Webb and "Meg Marsh" Meg March; "the Marsh Trust" has nothing to do with her.
        body = fold(last) in words_of("organisation_words") and not (run.words[1:] and is_given_name(run.words[0].text))
        near = doubling_apart if body else is_near
        known = self._by_start.get(fold(last)[:1], ())
        families = ((at, self._register.individuals[at].family[-1]) for at in known)
        length = len(fold(last))
        found = [at for at, name in families if abs(len(name) - length) <= FURTHEST and near(last, name)]
        if len(found) == 1 and _may_be(annotated, run, self._register.individuals[found[0]]):
            self._register.individuals[found[0]].near.append(run)


def _may_be(annotated: Annotated, run: Run, one: Individual) -> bool:
    """Whether a run that is near to a name may be meant for it: by its given name, or by what stands around it."""
    given, _ = parts([word.text for word in run.words])
    if given:
        return _goes_with(given, one.given)
    if not run.front and run.first and annotated.tokens[run.first - 1].lower in ("the", "a", "an"):
        return False  # "the Star said"
    person = annotated.tokens[run.last].ent == "PERSON" and not is_given_name(run.words[-1].text)
    return run.titled or person or speaks(annotated, run)


def _named(annotated: Annotated, run: Run, register: Register) -> tuple[Run, list[int]] | None:
    """The individuals that a run may name; the run without a first word that is none of the name."""
    key = key_of([word.text for word in run.words])
    candidates = register.candidates(key)
    if candidates:
        return None if _is_place(annotated, run) else (run, candidates)
    if len(run.words) > 2 and len(key) > 2 and (candidates := register.candidates(key[1:])):
        shorter = Run(run.words[1:], run.front, run.block, run.shouted)
        return shorter, candidates
    return None


def _is_place(annotated: Annotated, run: Run) -> bool:
    """Whether a single word that is somebody's name is more likely the place of that name here."""
    if len(run.words) > 1 or run.titled:
        return False
    token = annotated.tokens[run.first]
    return token.ent in ("GPE", "LOC", "FAC", "ORG") and token.text.casefold() in words_of("places")


def _choose(run: Run, candidates: Sequence[int], register: Register, last_full: dict[str, tuple[int, int]]) -> int:
    """Among namesakes: the one whose gender fits the title, else the one just named in full, else the first."""
    if len(candidates) == 1:
        return candidates[0]
    gender = next((g for word in run.front if (g := gender_of_noun(word.text))), None)
    if gender is not None:
        genders = {at: _given_gender(register.individuals[at]) for at in candidates}
        fitting = [at for at in candidates if genders[at] == gender]
        candidates = fitting or [at for at in candidates if genders[at] is None] or candidates
    block, at = last_full.get(register.individuals[candidates[0]].family[-1], (-1, -1))
    return at if at in candidates and block == run.block else candidates[0]


def _given_gender(one: Individual) -> str | None:
    return gender_of_given(one.given[0]) if one.given else None
