"""What a headline and its story say of one matter: that it is so, that it is not, or that somebody says so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from audit.compare.ground import Ground, Said, forms_of
from audit.compare.wordlists import words_of_file
from audit.extract.annotate import Token
from audit.extract.lexicon import lines_of
from audit.extract.topics import concept, content_lemmas

Kind = Literal["denied", "affirmed", "reversed", "certainty", "hearsay", "scope", "undone", "swapped"]

_ROOM = 3  # words that "~" in a phrase stands for at most
_LEAD = 4  # sentences of a story in which it says what it is about
_FILE = "support.txt"
_MARKS = frozenset("“”\"‘’'")
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "without", "nor", "neither", "nobody", "none"})


@dataclass(frozen=True)
class Clash:
    """What the story says against a headline: the words on either side, the sentence, and how it was told."""

    kind: Kind
    own: tuple[Token, ...]
    said: Said
    against: tuple[Token, ...]
    shared: tuple[str, ...]
    by_somebody: bool = False  # somebody denies it; the story itself does not say


# --- Denials ----------------------------------------------------------------------------------------------------------


def debunking(tokens: Sequence[Token]) -> list[Token]:
    """The words by which a sentence says that something is not so: hoax, "not true", made up."""
    words = words_of_file(_FILE, "debunk")
    found = [token for token in tokens if token.lower in words or token.lemma.lower() in words]
    return found + list(_phrases(tokens, "debunk phrase"))


def denying(tokens: Sequence[Token]) -> list[Token]:
    """The words by which a sentence says that somebody denies something."""
    verbs = words_of_file(_FILE, "denial verb")
    return [
        t for t in tokens if (t.lemma.lower() in verbs and t.pos != "ADJ") or t.lower in ("denies", "denial", "denials")
    ]


def negating(tokens: Sequence[Token]) -> list[Token]:
    """Plain negations; "not only" and "no longer" are none."""
    found = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.lower in _NEGATIONS and (
            following is None or following.lower not in ("only", "just", "longer", "one")
        ):
            found.append(token)
    return found


def is_open(tokens: Sequence[Token]) -> bool:
    """Whether a headline leaves its matter open or says whose word it is: may, reportedly, "Report:", a question."""
    texts = [token.text for token in tokens]
    if "?" in texts or "(Report)" in " ".join(texts):
        return True
    if ":" in texts[1:6] and not {t.lower for t in tokens[: texts.index(":")]} & {"urgent", "breaking", "update"}:
        return True
    words = words_of_file(_FILE, "open")
    return any(
        token.lower in words and not (token.lower in ("may", "might") and token.text == "May") for token in tokens
    )


def is_quoting(tokens: Sequence[Token]) -> bool:
    """Whether a headline quotes its verb; that of a clause that says why or when ("as it 'tightens its belt'") is not.

    A mark behind a letter and before a blank closes, or is an apostrophe.
    """
    inside, last = False, -1
    said = aside = False  # whether the main verb and, behind it, a word that opens another clause came by
    for token in tokens:
        if token.text in _MARKS:
            inside = not inside if token.text == '"' else token.start != last
        elif inside and token.pos in ("VERB", "AUX") and not aside:
            return True
        said = said or (token.dep == "ROOT" and not inside)
        aside = aside or (said and token.dep == "mark" and not inside)
        last = token.end
    return False


def is_negated(tokens: Sequence[Token]) -> bool:
    """Whether a headline denies something itself; a purpose ("so that he won't ...") is no denial."""
    return any(not any(t.lower in ("so", "to") for t in tokens if t.i < word.i) for word in negating(tokens))


def denial_of(tokens: Sequence[Token], ground: Ground) -> Clash | None:
    """The sentence in which the story denies what its headline tells as a fact."""
    if is_negated(tokens) or debunking(tokens) or denying(tokens):
        return None
    topic = _topic(tokens)
    if len(topic) < 3 or not any(token.pos in ("VERB", "AUX") for token in tokens):
        return None
    strong: list[tuple[Said, list[Token]]] = []
    for said in ground.said:
        own = said.tokens
        shared = topic & said.concepts
        if said.order < 2 * _LEAD and len(shared) >= 3 and 2 * len(shared) >= len(topic):
            denials = [t for t in denying(own) if not _is_denied(own, t) and not _is_aside(said, t)]
            if denials and not _asks(own) and _is_of_act(tokens, denials, said):
                return Clash("denied", tuple(tokens), said, tuple(denials), tuple(sorted(shared)), by_somebody=True)
        if (words := debunking(own)) and not _is_hedged(own) and not negating(words):
            strong.append((said, words))
    near = [pair for pair in strong if pair[0].order < _LEAD]
    if len(strong) >= 3 or (len(strong) >= 2 and near) or any(len(topic & said.concepts) >= 1 for said, _ in near):
        said, words = max(near or strong, key=lambda pair: (len(topic & pair[0].concepts), -pair[0].order))
        return Clash("denied", tuple(tokens), said, tuple(words), tuple(sorted(topic & said.concepts)))
    return None


def affirmation_of(tokens: Sequence[Token], ground: Ground) -> Clash | None:
    """The sentence in which the story tells as a fact what its headline calls untrue, where nothing in it doubts it."""
    own = debunking(tokens) or _plain_denial(tokens)
    if not own or (debunking(tokens) and is_negated(tokens)):
        return None
    topic = _topic(tokens) - {concept(t.lemma.lower()) for t in own}
    best: tuple[int, Said] | None = None
    for said in ground.said:
        words = said.tokens
        shared = topic & said.concepts
        if debunking(words) or denying(words) or (2 * len(shared) >= len(topic) and negating(words)):
            return None
        if len(shared) >= 2 and (best is None or len(shared) > best[0]):
            best = len(shared), said
    if best is None or (best[0] < 3 and 2 * best[0] < len(topic)):
        return None
    return Clash("affirmed", tuple(own), best[1], (), tuple(sorted(topic & best[1].concepts)))


def _plain_denial(tokens: Sequence[Token]) -> list[Token]:
    """ "No, ...", "Sorry, ... did not ...": a negation of the headline's own verb."""
    if tokens and tokens[0].lower in ("no", "sorry", "nope") and len(tokens) > 1 and tokens[1].text == ",":
        return [tokens[0]]
    return []


# --- Certainty --------------------------------------------------------------------------------------------------------


def certainty_of(tokens: Sequence[Token], ground: Ground) -> Clash | None:
    """A sentence in which the story only supposes, or hears, what its headline tells as a fact; so do all near it."""
    topic = _topic(tokens)
    if len(topic) < 3 or not any(t.pos in ("VERB", "AUX") for t in tokens):
        return None
    verbs = {concept(t.lemma.lower()) for t in tokens if t.pos == "VERB"}
    found: list[Clash] = []
    for said in ground.said:
        shared = topic & said.concepts
        if len(shared) < 2:
            continue
        words = said.tokens
        hedging, hearing = words_of_file(_FILE, "hedge"), words_of_file(_FILE, "hearsay")
        hedges = [t for t in words if t.lower in hedging and _limits(said, t, verbs)]
        heard = [t for t in words if t.lower in hearing or t.lemma.lower() in hearing]
        if not hedges and not heard:
            return None
        if 2 * len(shared) >= len(topic) and shared & verbs:
            kind: Kind = "certainty" if hedges else "hearsay"
            found.append(Clash(kind, tuple(tokens), said, tuple(hedges or heard), tuple(sorted(shared))))
    return max(found, key=lambda clash: len(clash.shared), default=None)


def _limits(said: Said, hedge: Token, verbs: set[str]) -> bool:
    """Whether a hedge is about the headline's act: a modal verb has to stand with the same verb."""
    if hedge.pos != "AUX" and hedge.tag != "MD":
        earlier = any(kid.lower == "had" for kid in said.annotated.children(hedge))  # "had hoped": it is over
        return hedge.text != "May" and not earlier
    return concept(said.annotated.tokens[hedge.head].lemma.lower()) in verbs


# --- Outcomes ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Outcome:
    matters: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]


@cache
def _outcomes() -> tuple[_Outcome, ...]:
    rows = []
    for line in lines_of("audit.compare", "outcomes.txt"):
        first, *ways = (tuple(filter(None, map(str.strip, part.split(",")))) for part in line.split("|"))
        rows.append(_Outcome(first, tuple(way for way in ways if way)))
    return tuple(rows)


def reversal_of(tokens: Sequence[Token], ground: Ground) -> Clash | None:
    """The sentence by which a matter went another way than the headline says; none where any sentence bears it out."""
    for row in _outcomes():
        matter = standing_for(tokens, row.matters)
        if not matter:
            continue
        mine = [(way, words) for way in range(len(row.ways)) if (words := standing_for(tokens, row.ways[way]))]
        if len(mine) != 1 or negating(tokens):
            continue
        clash = _other_way(row, mine[0][0], (*matter, *mine[0][1]), ground)
        if clash is not None:
            return clash
    return None


def _other_way(row: _Outcome, way: int, own: tuple[Token, ...], ground: Ground) -> Clash | None:
    found: Clash | None = None
    for said in ground.said:
        words = said.tokens
        matter = standing_for(words, row.matters, said.forms)
        if not matter or _is_own(said, matter):
            continue
        turned = bool(negating(words))
        ways = {n: hits for n, way in enumerate(row.ways) if (hits := standing_for(words, way, said.forms))}
        if way in ways and not (turned and len(row.ways) == 2):
            return None
        others = [hits for other, hits in ways.items() if other != way]
        if turned and way in ways:
            others = [ways[way]]
        elif turned:
            continue
        if others and found is None:
            found = Clash("reversed", own, said, (*matter, *others[0]), tuple(t.lemma.lower() for t in matter))
    return found


def _is_own(said: Said, matter: Sequence[Token]) -> bool:
    """ "broke her own record", "a personal best": another matter than the one that everybody speaks of."""
    return any(kid.lower in ("own", "personal") for token in matter for kid in said.annotated.children(token))


def standing_for(
    tokens: Sequence[Token], phrases: Collection[str], forms: Collection[str] | None = None
) -> list[Token]:
    """The tokens that stand for one of these lemmas or phrases of lemmas; "~" leaves room for a few words.

    `forms` are those of the tokens, where they are known.
    """
    forms = forms_of(tokens) if forms is None else forms
    found: list[Token] = []
    for phrase in phrases:
        parts = phrase.split()
        if not all(part in forms or part == "~" for part in parts):
            continue
        for at in range(len(tokens)):
            found.extend(_standing(tokens, at, parts))
    return sorted(set(found), key=lambda token: token.i)


def _standing(tokens: Sequence[Token], at: int, parts: Sequence[str]) -> list[Token]:
    """The tokens from `at` on that a phrase stands for; none where it does not stand there."""
    found: list[Token] = []
    room = 0
    for part in parts:
        if part == "~":
            room = _ROOM
            continue
        fitting = (
            n for n in range(at, min(at + room + 1, len(tokens))) if part in (tokens[n].lemma.lower(), tokens[n].lower)
        )
        place = next(fitting, None)
        if place is None:
            return []
        found.append(tokens[place])
        at, room = place + 1, 0
    return found


# --- Small things -----------------------------------------------------------------------------------------------------


def _topic(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(map(concept, content_lemmas(tokens)))


def _phrases(tokens: Sequence[Token], section: str) -> Iterator[Token]:
    words = [token.lower.replace("’", "'") for token in tokens]
    text, starts = "", []
    for word in words:
        joined = word if word == "n't" or not text else f" {word}"
        starts.append(len(text))
        text += joined
    for phrase in sorted(phrase for phrase in words_of_file(_FILE, section) if phrase in text):
        for match in re.finditer(
            rf"(?<!\w){re.escape(phrase)}(?!\w)(?! (?:his|her|their|my|our|your|its) minds?| of)", text
        ):
            yield from (t for t, start in zip(tokens, starts, strict=True) if match.start() <= start + 1 <= match.end())


def _is_hedged(tokens: Sequence[Token]) -> bool:
    """Whether a sentence leaves open, or leaves to others, what it says."""
    doubts = (
        "may",
        "might",
        "could",
        "whether",
        "if",
        "possibly",
        "perhaps",
        "claims",
        "claim",
        "believe",
        "think",
        "suspicion",
    )
    return any(token.lower in doubts and token.text != "May" for token in tokens) or any(t.text == "?" for t in tokens)


def _asks(tokens: Sequence[Token]) -> bool:
    return any(token.text == "?" for token in tokens)


def _is_of_act(tokens: Sequence[Token], denials: Sequence[Token], said: Said) -> bool:
    """Whether what is denied is the headline's own act or the report of it, not a charge that a headline reports."""
    verbs = {token.lemma.lower() for token in tokens if token.pos == "VERB"}
    if verbs & words_of_file(_FILE, "charge verb"):
        return False
    denied = {t.lemma.lower() for denial in denials for t in said.annotated.subtree(denial)} - {
        d.lemma.lower() for d in denials
    }
    if denied & words_of_file(_FILE, "report noun"):
        return True
    return bool(set(map(concept, verbs)) & set(map(concept, denied)))


def _is_aside(said: Said, token: Token) -> bool:
    """Whether a word stands in a relative clause: "the offer, which she has denied, ..." """
    return any(link.dep == "relcl" for link in (token, *said.annotated.ancestors(token)))


def _is_denied(tokens: Sequence[Token], denial: Token) -> bool:
    """ "did not deny", "cannot be denied": no denial at all."""
    before = [token.lower for token in tokens if denial.i - 4 <= token.i < denial.i]
    return bool(_NEGATIONS & set(before))
