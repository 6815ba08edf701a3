"""What a headline tells as done and its story as planned, tried or left undone; and who did it to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.compare.ground import Ground, Said
from audit.compare.support_stance import Clash, is_negated, negating
from audit.compare.wordlists import words_of_file
from audit.extract.annotate import Token
from audit.extract.lexicon import stance
from audit.extract.topics import concept, concepts, content_lemmas, turns_concept

_FILE = "support.txt"
_LEAD = 4  # sentences of a story in which it says what it is about
_DONE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_UNDER = frozenset({"xcomp", "ccomp", "pcomp", "acl", "dobj", "pobj", "prep", "advcl", "conj", "relcl", "amod"})
_STEPS = 4  # words between an act and what leaves it undone
_MODALS = frozenset({"could", "might", "may"})
_MARKS = frozenset({"if", "whether", "unless", "until", "before"})


# --- Done or not ------------------------------------------------------------------------------------------------------


def undone_of(tokens: Sequence[Token], ground: Ground) -> Clash | None:
    """The sentence in which the story has as planned, tried or proposed what its headline tells as done.

    None where any sentence tells the act as done, in the headline's verb or by a word of decision.
    """
    act = _act(tokens)
    topic = concepts(content_lemmas(tokens))
    if act is None or len(topic) < 2 or is_negated(tokens):
        return None
    name = concept(act.lemma.lower())
    found: list[Clash] = []
    leading = False
    for said in ground.said:
        shared = topic & said.concepts
        mentions = [token for token in said.tokens if _is_of(token, act, name)]
        if shared - {name} and _is_decided(said):
            return None
        for token in mentions:
            against = _undoing(said, token)
            if any(_is_earlier(said, word) for word in against):
                continue
            if not against and (shared - {name} or _points_back(said, token)):
                return None
            if against and len(shared - {name}) >= 1 and 2 * len(shared) >= len(topic):
                found.append(Clash("undone", (act,), said, tuple(against), tuple(sorted(shared))))
                leading = leading or said.order < _LEAD
    if not found or not (leading or len(found) >= 2):
        return None
    return max(found, key=lambda clash: (len(clash.shared), -clash.said.order))


def _is_earlier(said: Said, word: Token) -> bool:
    """ "had hoped to": what was open before the story begins says nothing of how it ended."""
    return any(kid.lower == "had" for kid in said.annotated.children(word))


def _points_back(said: Said, act: Token) -> bool:
    """Whether a verb has a pronoun beside it: "On Friday it bought them"."""
    return act.pos == "VERB" and any(kid.pos == "PRON" for kid in said.annotated.children(act))


def _act(tokens: Sequence[Token]) -> Token | None:
    """The verb of a headline that tells an act as done; None for "to", a modal, a verb of saying or of no content."""
    for at, token in enumerate(tokens):
        if token.pos != "VERB" or token.dep not in ("ROOT", "conj", "acl", "ccomp") or token.tag not in _DONE:
            continue
        before = {one.lower for one in tokens[max(at - 2, 0) : at]}
        lemma = token.lemma.lower()
        empty = (
            lemma in stance("empty verb") or lemma in stance("mental verb") or lemma in words_of_file(_FILE, "undoing")
        )
        if before & ({"to", "will", "not", "never"} | _MODALS) or empty or lemma in words_of_file(_FILE, "charge verb"):
            return None
        return token
    return None


def _is_of(token: Token, act: Token, name: str) -> bool:
    """Whether a word names the act, in any form; "close" does not name an opening, although their concept is one."""
    lemma = token.lemma.lower()
    return (
        token.pos in ("VERB", "NOUN", "ADJ", "PROPN")
        and concept(lemma) == name
        and turns_concept(lemma) == turns_concept(act.lemma.lower())
    )


def _undoing(said: Said, act: Token) -> list[Token]:
    """The words that leave an act undone: "is considering", "proposal to", "failed to", "nearly"."""
    found: list[Token] = []
    at = act
    for _ in range(_STEPS):
        kids = said.annotated.children(at)
        found.extend(kid for kid in kids if kid.dep == "aux" and kid.lower in _MODALS)
        found.extend(kid for kid in kids if kid.dep in ("mark", "advmod") and kid.lower in _MARKS and kid.i < at.i)
        if at is act:
            found.extend(kid for kid in kids if kid.lower in words_of_file(_FILE, "undoing adverb"))
            found.extend(kid for kid in kids if kid.dep in ("neg", "det") and kid.lower in ("not", "n't", "n’t", "no"))
        head = said.annotated.tokens[at.head]
        if at.dep not in _UNDER or head.i == at.i:
            break
        if {head.lemma.lower(), head.lower} & words_of_file(_FILE, "undoing") or _is_voted_on(said, at, head):
            found.append(head)
        at = head
    return sorted(set(found), key=lambda token: token.i)


def _is_voted_on(said: Said, link: Token, head: Token) -> bool:
    """ "will vote on a ban" leaves it open; "voted to ban" and "voted for a ban" do not."""
    return head.lemma.lower() == "vote" and link.lower in ("on", "about", "over")


def _is_decided(said: Said) -> bool:
    """Whether a sentence says that something was decided or carried, and not that it is to be."""
    return any(
        token.lemma.lower() in words_of_file(_FILE, "deciding")
        and token.tag in ("VBD", "VBN", "VBZ")
        and not _undoing(said, token)
        for token in said.tokens
    ) and not negating(said.tokens)


# --- Who to whom ------------------------------------------------------------------------------------------------------


def swap_of(tokens: Sequence[Token], ground: Ground) -> Clash | None:
    """The sentence in which the story has the two parties of the headline's act the other way round.

    None where any sentence has them as the headline has.
    """
    if is_negated(tokens) or not ground.said:
        return None
    mine = next(_parties(tokens), None)
    if mine is None or mine[0] == mine[2]:
        return None
    doer, verb, other = mine
    found: Clash | None = None
    for said in ground.said:
        for one, act, two in _parties(said.tokens):
            if concept(act.lemma.lower()) != concept(verb.lemma.lower()) or negating(said.tokens):
                continue
            if _undoing(said, act) or turns_concept(act.lemma.lower()) != turns_concept(verb.lemma.lower()):
                continue
            if one == doer or two == other:
                return None
            if one == other and two == doer and found is None:
                words = tuple(token for token in tokens if token.lemma.lower() in (doer, other) or token is verb)
                marks = tuple(token for token in said.tokens if token.lemma.lower() in (doer, other) or token is act)
                found = Clash("swapped", words, said, marks, (doer, other))
    return found


def _parties(tokens: Sequence[Token]) -> Iterator[tuple[str, Token, str]]:
    """Doer, verb and other party of every act in a sentence, as lemmas; the passive is turned."""
    for verb in tokens:
        if verb.pos != "VERB" or verb.lemma.lower() in stance("mental verb"):
            continue
        kids = [token for token in tokens if token.head == verb.i and token.i != verb.i]
        subject = next((kid for kid in kids if kid.dep == "nsubj"), None)
        target = next((kid for kid in kids if kid.dep == "dobj"), None)
        passive = next((kid for kid in kids if kid.dep == "nsubjpass"), None)
        agent = next((kid for kid in kids if kid.dep == "agent"), None)
        if passive is not None and agent is not None:
            subject = next((t for t in tokens if t.head == agent.i and t.dep == "pobj"), None)
            target = passive
        if subject is None or target is None or {subject.pos, target.pos} - {"PROPN", "NOUN"}:
            continue
        yield subject.lemma.lower(), verb, target.lemma.lower()
