"""How a vote went: unanimous, narrow or by a majority, against the votes that the text counts elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from audit.extract.arguments import words
from audit.extract.topics import concepts
from audit.records import DocumentRecords, Place, Statement

_UNITS = "no none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_VALUE = {word: max(0, at - 1) for at, word in enumerate(f"{_UNITS} seventeen eighteen nineteen twenty".split())}
_NUMBER = rf"(\d+|{'|'.join(_VALUE)})"
_SOME = r"(?:\w+ ){0,3}?"
_ABOUT_A_VOTE = re.compile(r"\b(vote[sd]?|voting|ballot|motion|resolution|unanimous\w*|dissent\w*|majority)\b", re.I)
_SAYING = re.compile(
    r"\b(?:said|says?|told|claim\w*|according|argue[sd]?|insist\w*|believe[sd]?|thinks?|thought|expect\w*|reported\w*)\b",
    re.I,
)
_ALL = (
    r"\b(?:all|every(?: one)?)(?: of)?(?: the| its| their)?(?: \w+)? (?:members?|councill?ors?|delegates?|directors?)"
)
_UNANIMOUS = re.compile(
    r"\bunanimous(?:ly)?\b|\bwithout (?:a )?(?:single )?(?:dissent|dissenting (?:voice|vote)|vote against)\b"
    r"|\bwith no votes? against\b|\b(?:nobody|no one|no \w+) (?:had )?voted against\b"
    rf"|{_ALL}(?: of the (?:\w+ )?\w+)? (?:agreed|voted (?:for|in favou?r)|backed|supported|approved)\b",
    re.I,
)
_NOT_QUITE = re.compile(
    r"\b(?:almost|nearly|near|all but|virtually|practically|not|never|hardly|far from|less than)(?: \w+)?[ -]$"
    r"|\b(?:needs?|must|requires?|required|should|to be|until|unless)\b[^,;]*$",
    re.I,
)
_NARROW = re.compile(r"\bnarrow(?:ly)?\b|\bby a single vote\b|\bby one vote\b|\bknife-edge\b", re.I)
_CLEAR = re.compile(r"\boverwhelming(?:ly)?\b|\bby a landslide\b", re.I)
_MAJORITY = re.compile(r"\b(?:a|the) majority of (?:the |its |all )?(\w+)", re.I)
_COUNTS = (
    re.compile(rf"\bby {_NUMBER}(?: votes?)? to {_NUMBER}\b", re.I),
    re.compile(rf"\b{_NUMBER} votes? to {_NUMBER}\b", re.I),
    re.compile(rf"\bvoted? {_NUMBER}(?:-|–| to ){_NUMBER}\b", re.I),
    re.compile(rf"\b{_NUMBER}(?:-|–){_NUMBER} vote\b", re.I),
    re.compile(rf"\b{_NUMBER} {_SOME}(?:for|in favou?r)\b.{{0,30}}?\b{_NUMBER} {_SOME}against\b", re.I),
)
_OF_THEM = r"(?:of (?:the|its|their) (?:\w+ ){1,2}?)?"
_AGAINST = re.compile(
    rf"\b{_NUMBER} {_SOME}{_OF_THEM}(?:voted?|votes?) against\b|\bthe (?:only|lone|sole) vote against\b", re.I
)
_OF_ALL = re.compile(
    rf"\bof (?:the |its )?{_NUMBER} (\w+)\b.{{0,20}}?\b{_NUMBER} (?:\w+ ){{0,2}}?(?:voted|were) (for|in favou?r)", re.I
)
_OTHER_TIME = re.compile(
    r"\b(?:had|earlier|previously|before|last|first|second|third|again|later|then|initially|would|could|may|might|if"
    r"|in (?:january|february|march|april|may|june|july|august|september|october|november|december|\d{4}))\b",
    re.I,
)
_DAYS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
_PART = re.compile(r"\b(?:amendments?|clauses?|articles?|paragraphs?|sections?|readings?|stages?)\b", re.I)
_STAGE = re.compile(
    r"\b(?:earlier|previous(?:ly)?|last|first|second|third|again|later|another|separate(?:ly)?|in \d{4})\b", re.I
)
_DECIDED = re.compile(
    r"\b(?:vot(?:e|ed|es|ing)|approv\w+|adopt\w*|passe[ds]|reject\w*|decid\w+|agreed|backed|supported|ratified)\b", re.I
)
_ONWARD = re.compile(r"\b(?:then|next|also|turned|moved on|went on|another|other|separate(?:ly)?|meanwhile)\b", re.I)
_PARTS_OF_VOTES = (
    "vot", "ballot", "motion", "resolution", "unanim", "dissent", "majority",
    "agreed", "backed", "supported", "approved",
)  # fmt: skip
_NARROWEST, _LOPSIDED = 0.1, 0.4  # margins as a share of the votes cast


@dataclass(frozen=True)
class _Vote:
    """What a sentence says of how a vote went, and where: a word for it, or votes for and against."""

    statement: Statement
    start: int  # in the text of the statement
    end: int
    word: str  # unanimous, narrow, clear, majority; "" for a count
    votes: tuple[int, int] | None = None  # for and against; for None where only those against are counted
    body: frozenset[str] = frozenset()
    matter: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()  # words that bind it to one of several votes
    days: frozenset[str] = frozenset()


@dataclass(frozen=True)
class VoteClash:
    """Two sentences that have one vote go in two ways."""

    one: Statement
    other: Statement
    left: Place
    right: Place
    reason: str
    shared: tuple[str, ...]
    sure: bool  # both name one matter


def vote_clashes(article: DocumentRecords, sources: Sequence[DocumentRecords]) -> Iterator[VoteClash]:
    """The clashes inside the article and between it and its sources; the first sentence is the article's."""
    own = list(_votes(article))
    if not own:
        return
    theirs = [vote for records in sources for vote in _votes(records)]
    documents = {records.document.path: records for records in (article, *sources)}
    for one, other in (*combinations(own, 2), *((one, other) for one in own for other in theirs)):
        reason = _clash(one, other) or _clash(other, one)
        if reason and one.statement != other.statement and _is_one_vote(one, other):
            yield VoteClash(
                one.statement,
                other.statement,
                _place(documents, one),
                _place(documents, other),
                reason,
                tuple(sorted((one.matter & other.matter) | (one.body & other.body))) or ("vote",),
                bool(one.matter & other.matter),
            )


def _place(documents: dict[str, DocumentRecords], vote: _Vote) -> Place:
    at = vote.statement.start
    return documents[vote.statement.path].document.raw_place(at + vote.start, at + vote.end)


def _votes(records: DocumentRecords) -> Iterator[_Vote]:
    told = [statement for statement in records.of(Statement) if not _is_of_others(statement)]
    about = {statement.id for statement in told if _is_about_a_vote(statement.text)}
    if not about:
        return
    decided: _Vote | None = None  # the decision that the text told last
    for statement in told:
        if _SAYING.search(statement.text):
            continue
        bare = _bare(statement)
        if statement.id in about:
            yield from (_lent(vote, decided) for vote in _said(statement, bare))
        decided = _going_on(bare, decided)


def _is_of_others(statement: Statement) -> bool:
    """ "The committee backed it" counts as a position of the committee's, and is still the text's own word."""
    return statement.voice == "direct" or statement.asked or statement.hearsay


def _is_about_a_vote(text: str) -> bool:
    lower = text.lower()
    if not any(part in lower for part in _PARTS_OF_VOTES):  # what the two patterns cannot do without
        return False
    return _ABOUT_A_VOTE.search(text) is not None or _UNANIMOUS.search(text) is not None


def _going_on(bare: _Vote, decided: _Vote | None) -> _Vote | None:
    """The decision that the text is at behind a sentence: that of the sentence, the one before, or none it names."""
    text = bare.statement.text
    if _DECIDED.search(text):
        return _lent(bare, None if _ONWARD.search(text) and bare.matter else decided)
    elsewhere = bool(bare.body) and (decided is None or not bare.body & decided.body)
    return None if elsewhere or _ONWARD.search(text) else decided


def _bare(statement: Statement) -> _Vote:
    """A sentence as a vote of which nothing is told yet: the body, the matter and the times that it names."""
    topic = {*statement.topic, *(w for w in statement.text.lower().split() if w in words("voting body"))}
    bodies = {word for word in topic if word in words("voting body")}
    idle = words("voting body") | words("voting word")
    matter = {word for word in topic if word not in idle and not _DAYS.fullmatch(word)}
    times = frozenset(match[0].lower() for match in _OTHER_TIME.finditer(statement.text))
    days = frozenset(match[0].lower() for match in _DAYS.finditer(statement.text))
    return _Vote(statement, 0, 0, "", None, concepts(bodies), concepts(matter), times, days)


def _lent(vote: _Vote, decided: _Vote | None) -> _Vote:
    """A vote with what it leaves to the decision told before it: whose vote it is, on what, and which of several."""
    if decided is None or (vote.body and vote.matter) or (vote.body and decided.body and not vote.body & decided.body):
        return vote
    if vote.matter and not vote.matter & decided.matter:
        # another matter: whose vote it is stands, the rest does not
        return replace(vote, body=vote.body or decided.body)
    stages = frozenset(match[0].lower() for match in _STAGE.finditer(decided.statement.text))
    return replace(
        vote,
        body=vote.body or decided.body,
        matter=vote.matter or decided.matter,
        times=vote.times | (stages & decided.times),
        days=vote.days or decided.days,
    )


def _said(statement: Statement, bare: _Vote) -> Iterator[_Vote]:
    def vote(match: re.Match[str], word: str, votes: tuple[int, int] | None = None) -> _Vote:
        return replace(bare, start=match.start(), end=match.end(), word=word, votes=votes)

    text = statement.text
    for word, pattern in (("unanimous", _UNANIMOUS), ("narrow", _NARROW), ("clear", _CLEAR), ("majority", _MAJORITY)):
        if (match := pattern.search(text)) and not _NOT_QUITE.search(text[: match.start()]):
            yield vote(match, word)
    for pattern in _COUNTS:
        if match := pattern.search(text):
            ayes, noes = (_value(number) for number in match.groups()[:2])
            yield vote(match, "", (ayes, noes))
            return
    if match := _OF_ALL.search(text):
        total, ayes = _value(match[1]), _value(match[3])
        yield vote(match, "share", (ayes, total))
    elif match := _AGAINST.search(text):
        told = vote(match, "", (0, _value(match[1]) if match[1] else 1))
        voters = concepts(re.findall(r"\w+", match[0].lower()))  # "two of the professors" are not what is voted on
        yield replace(told, matter=told.matter - voters)


def _value(word: str) -> int:
    return int(word) if word.isdigit() else _VALUE[word.lower()]


def _clash(told: _Vote, counted: _Vote) -> str:
    """Why votes that are counted exclude what another sentence says of them; "" where both may be so."""
    if counted.votes is None or not told.word or told.votes is not None:
        return ""
    ayes, noes = counted.votes
    if counted.word == "share":
        few = told.word == "majority" and 2 * ayes <= noes
        return f"{ayes} of {noes} are no majority" if few else ""
    if told.word == "unanimous":
        return "a vote with a vote against it is not unanimous" if min(ayes or noes, noes) else ""
    if not ayes:
        return ""
    margin = abs(ayes - noes) / (ayes + noes)
    if told.word == "narrow" and margin >= _LOPSIDED:
        return f"{ayes} to {noes} is not narrow"
    return f"{ayes} to {noes} is no clear majority" if told.word == "clear" and margin <= _NARROWEST else ""


def _is_one_vote(one: _Vote, other: _Vote) -> bool:
    """Whether two sentences may be about one vote: no other body, no other matter, no other time."""
    if one.body and other.body and not one.body & other.body:
        return False
    if one.times != other.times or _parts(one) != _parts(other):
        return False
    if one.days and other.days and not one.days & other.days:
        return False
    if one.matter and other.matter:
        return bool(one.matter & other.matter)
    return bool(one.body & other.body)


def _parts(vote: _Vote) -> set[str]:
    """The parts of a text that a sentence names, each of which may have a vote of its own: an amendment, a clause."""
    return {match[0].lower().rstrip("s") for match in _PART.finditer(vote.statement.text)}
