"""What speaks for a run of capitals being the name of a person: its form, its surroundings, the model's label."""

from __future__ import annotations

from collections.abc import Sequence

from audit.extract.annotate import Annotated, Sentence, Token
from audit.extract.names import THINGS, Run, is_suffix
from audit.extract.person_words import (
    fold,
    is_any_given_name,
    is_given_name,
    is_house_title,
    is_kin_noun,
    is_person_noun,
    is_rarer_given_name,
    words_of,
)
from audit.loading.dates import MONTHS


def evidence(annotated: Annotated, run: Run) -> float:
    """How much a run looks like a person where it stands; above zero speaks for one."""
    tokens = annotated.tokens
    last = tokens[run.last]
    score = 0.0
    if run.titled or _job_before(annotated, run) or _apposed(annotated, run):
        score += 3
    if len(run.words) == 1 and run.front and _before_surnames(run.front[-1].text):
        score += 3
    if is_relative(annotated, run):
        score += 3
    if _taken_up(annotated, run):
        score += 3
    behind = tokens[run.last + 1] if run.last + 1 < len(tokens) and tokens[run.last + 1].block == run.block else None
    if behind is not None and behind.text == "," and _person_follows(tokens, run.last + 2, run.block):
        score += 2
    if said_by(annotated, run):
        score += 2
    elif speaks(annotated, run):
        score += 1
    before = tokens[run.first - 1] if run.first and tokens[run.first - 1].block == run.block else None
    if before is not None and not run.front and before.lower in _NOT_BEFORE_NAMES and last.dep != "compound":
        score -= 3
    if before is not None and before.lower in _BEFORE_PLACES and not (run.front or is_given_name(run.words[0].text)):
        score -= 2
    return score


def speaks(annotated: Annotated, run: Run) -> bool:
    """Whether a run is the subject of a verb of saying."""
    last = annotated.tokens[run.last]
    subject = last.dep in ("nsubj", "nsubjpass") and annotated.tokens[last.head].lemma in words_of("speech_verbs")
    return subject or said_by(annotated, run)


def said_by(annotated: Annotated, run: Run) -> bool:
    """Whether a run stands right behind a verb of saying that closes a quotation or a clause: “…,” said Ana Reyes."""
    first = run.front[0].first if run.front else run.first
    if first < 2 or annotated.tokens[first - 2].block != run.block:
        return False
    before, verb = annotated.tokens[first - 2 : first]
    return verb.lemma in words_of("speech_verbs") and (before.text in ",”\"?!’'" or before.tag == "''")


_BEFORE_SURNAMES = frozenset(["mr", "mrs", "ms", "mx"])  # "Ms. Church" is a person; "Miss World" and "Dr Pepper" not
_BEFORE_PLACES = frozenset(["in", "at", "near", "into", "across", "outside", "throughout", "around", "inside"])
_NOT_BEFORE_NAMES = frozenset(["the", "a", "an", "own", "its", "their", "our", "this", "these", "each", "every"])


def _before_surnames(word: str) -> bool:
    return fold(word) in _BEFORE_SURNAMES or is_house_title(word)


def label_evidence(annotated: Annotated, run: Run) -> float:
    """What the model's label says of a run: two for a person, less than nothing for a place or a body."""
    labels = [annotated.tokens[word.last].ent for word in run.words if not is_suffix(word.text)] or [""]
    if labels[-1] == "PERSON":
        return 2.0
    if annotated.tokens[run.last].tag == "NNPS":
        return -2.0
    if labels[-1] in THINGS:
        return -3.0 if len(run.words) == 1 else -1.0 if labels[-1] == "ORG" else -2.0
    return 0.0


def form_evidence(words: Sequence[str]) -> float:
    """What the words themselves say: a given name in front, a word for a body or a place among them."""
    plain = [word.casefold().replace(".", "") for word in words]
    score = 0.0
    if len(words) > 1 and is_given_name(words[0]):
        score += 3
    elif len(words) > 1 and is_rarer_given_name(words[0]):
        score += 1
    elif len(words) > 1 and (_is_initial(words[0]) or (len(words) > 2 and _is_initial(words[1]))):
        score += 2
    elif len(words) == 1 and is_given_name(words[0]):
        score += 1.5
    bodies = words_of("organisation_words")
    if len(words) == 2 and plain[1] in MONTHS and is_any_given_name(words[0]):
        return max(score, _GIVEN_BEFORE_MONTH)  # "Ali April"; where a number follows, the month is no part of the run
    if any(word in bodies for word in plain[:-1]):
        score -= 4
    if plain[-1] in bodies:
        score -= 2 if len(words) == 2 and is_given_name(words[0]) else 4
    places = words_of("places")
    if plain[0] in places or " ".join(plain) in places or (plain[-1] in places and not is_given_name(words[0])):
        score -= 4
    if len(plain[-1]) >= 7 and plain[-1].endswith(_ABSTRACT):
        score -= 3
    if len(words) == 1 and (len(words[0]) <= 2 or words[0].isupper()):
        score -= 3
    if any(word.isupper() and len(word.replace(".", "")) > 2 for word in words) and not all(w.isupper() for w in words):
        score -= 2
    return score


_ABSTRACT = ("tion", "sion", "ment", "ity", "ics", "ness", "ship", "logy", "graphy", "ware", "tech", "soft", "works")


_GIVEN_BEFORE_MONTH = 3.0


def _is_initial(word: str) -> bool:
    return len(word.replace(".", "")) == 1 or (word.endswith(".") and word.replace(".", "").isupper())


def _job_before(annotated: Annotated, run: Run) -> bool:
    """ "climate scientist Ana Reyes"; the tagger may take the job for a verb."""
    if run.front or run.first == 0:
        return False
    before = annotated.tokens[run.first - 1]
    return before.block == run.block and before.tag not in ("NNS", "NNPS") and is_person_noun(before.lower)


def _apposed(annotated: Annotated, run: Run) -> bool:
    """ "the society's treasurer, Ana Reyes, has": a job, and the name between commas behind it."""
    tokens = annotated.tokens
    if run.first < 2 or run.last + 1 >= len(tokens) or tokens[run.first - 2].block != run.block:
        return False
    job, comma = tokens[run.first - 2], tokens[run.first - 1]
    return comma.text == "," and tokens[run.last + 1].text in (",", ".") and is_person_noun(job.lower)


def _taken_up(annotated: Annotated, run: Run) -> bool:
    """ "Sigrun Holt steers the ferry. She is 71.": a given name, and "she" opens the sentence behind.

    Only where the run is the subject of its main clause and the model sees nobody else in it.
    """
    last = annotated.tokens[run.last]
    main = last.dep in ("nsubj", "nsubjpass") and annotated.tokens[last.head].dep == "ROOT"
    if not main or len(run.words) < 2 or not is_rarer_given_name(run.words[0].text):
        return False
    own = annotated.sentences[last.sent]
    others = any(token.ent == "PERSON" and not run.first <= token.i <= run.last for token in _tokens(annotated, own))
    if others or last.sent + 1 >= len(annotated.sentences):
        return False
    opening = annotated.tokens[annotated.sentences[last.sent + 1].first]
    return opening.block == run.block and opening.lower in ("she", "he")


def _tokens(annotated: Annotated, sentence: Sentence) -> Sequence[Token]:
    return annotated.tokens[sentence.first : sentence.last]


def is_relative(annotated: Annotated, run: Run) -> bool:
    """ "Her father, Ulf, had", "their daughter Ida": a kin noun of somebody, and the name right behind it."""
    tokens = annotated.tokens
    if run.front or run.first < 2:
        return False
    comma = tokens[run.first - 1].text == ","
    kin = tokens[run.first - 1 - comma]
    if kin.block != run.block or kin.i == 0 or kin.tag not in ("NN", "NNP") or not is_kin_noun(kin.lower):
        return False
    owned = any(kid.dep == "poss" for kid in annotated.children(kin)) or tokens[kin.i - 1].tag in ("PRP$", "POS")
    return owned and (not comma or _apposed(annotated, run))


def _person_follows(tokens: Sequence[Token], at: int, block: int) -> bool:
    """Behind the comma: "who ...", an age, or a noun phrase for a human being."""
    for step, token in enumerate(tokens[at : at + 7]):
        if token.block != block or token.text in (",", ".", ";") or token.pos in ("VERB", "AUX"):
            return False
        if step == 0 and (
            token.lower in ("who", "whose", "whom", "aged") or (token.text.isdigit() and len(token.text) == 2)
        ):
            return True
        if token.tag == "NN" and is_person_noun(token.lemma):
            return True
    return False
