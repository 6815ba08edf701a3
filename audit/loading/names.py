"""Names as the heads and labels of transcripts write them."""

from __future__ import annotations

import re
from functools import cache

from audit.loading.wordfiles import sections_of

_UPPER_WORD = r"[^\W\d_a-z][^\W\d_]*(?:[-'’.][^\W\d_]+)*"
_INITIAL = r"[^\W\d_a-z]\.(?:[ ]?[^\W\d_a-z]\.)*"
_PARTICLE = r"(?:de|da|do|dos|di|del|della|der|den|van|von|zu|bin|ibn|al|el|la|le|du|ter|ten|af|av)"
_GAP = "[ \t\u00a0]+"
_FULL_NAME = re.compile(
    rf"(?<![\w.])(?:{_INITIAL}|{_UPPER_WORD})(?:{_GAP}(?:{_INITIAL}|{_UPPER_WORD}|{_PARTICLE}(?=\s)))*{_GAP}{_UPPER_WORD}"
)
_WORD = re.compile(r"[^\W\d_](?:[\w'’.\-]*[\w.])?|\d+")


def _words(section: str) -> frozenset[str]:
    return sections_of("audit.loading", "names.txt")[section]


@cache
def _no_persons() -> frozenset[str]:
    return _words("no persons") | _words("roles")


def is_honorific(word: str) -> bool:
    """Whether a word is a title or a form of address in front of a name: Mr., Prof, Cllr."""
    return word.strip(".").casefold() in _words("honorifics")


def bare(name: str) -> list[str]:
    """The words of a name without honorifics in front."""
    words = name.replace("\u00a0", " ").split()
    while len(words) > 1 and is_honorific(words[0]):
        words.pop(0)
    return words


def key(name: str) -> str:
    """What two spellings of one label share."""
    return " ".join(word.strip(".,").casefold() for word in name.split())


def is_role(label: str) -> bool:
    """Whether a label is a part in the conversation, not a name: "Interviewer", "The DEPUTY SPEAKER", "Speaker 2"."""
    words = [word.strip(".,").casefold() for word in label.split()]
    words = [
        word for word in words if word not in ("the", "a", "an", "first", "second", "third") and not word.isdigit()
    ]
    return bool(words) and all(word in _words("roles") or word in ("of", "from") for word in words)


def asks_by_role(label: str) -> bool:
    """Whether a label says that this person puts the questions."""
    words = {word.strip(".,").casefold() for word in label.split()}
    return is_role(label) and bool(words & _words("asks")) and "deputy" not in words


def answers_by_role(label: str) -> bool:
    """Whether a part is one that answers: "Speaker 2", "Guest", "Witness"."""
    return bool({word.strip(".,").casefold() for word in label.split()} & _words("answers"))


def is_stop(label: str) -> bool:
    """Whether a label in front of a colon is of the kind "Note", "Contact", "Where"."""
    words = [word.strip(".,").casefold() for word in label.split()]
    return not words or words[0] in _words("no speakers") or words[-1] in ("note", "notes", "reading", "read", "update")


def name_shaped(text: str) -> bool:
    """Whether a text could be a person's name or part as a label gives it."""
    people = re.split(r"\s+(?:and|&)\s+", text)
    if len(people) == 2 and all(people):
        return all(name_shaped(person) for person in people)
    words = text.split()
    if not 1 <= len(words) <= 6 or is_stop(text):
        return False
    if is_role(text):
        return True
    if not all(_name_word(word) for word in words):
        return False
    last = words[-1].strip(".")
    return last[:1].isupper() and not is_honorific(last) and not words[-1].endswith((",", ";"))


def _name_word(word: str) -> bool:
    if word.casefold() in _words("particles"):
        return True
    return word[:1].isupper() and _WORD.fullmatch(word) is not None and (not word.endswith(".") or len(word) <= 6)


def spell(name: str) -> str:
    """A name without honorifics, its capitals as in running text: "MR CALLUM McRAE" is "Callum McRae"."""
    words = bare(name)
    return " ".join(_spell_word(word) for word in words)


def _spell_word(word: str) -> str:
    letters = [char for char in word if char.isalpha()]
    if word[:2] == "Mc" and len(word) > 3 and word[2:].isupper():  # McBRIDE
        return word[:3] + word[3:].lower()
    if len(letters) < 2 or not all(char.isupper() for char in letters) or "." in word[:-1]:
        return word
    if len(letters) == 2 or (len(letters) == 3 and not any(char in "AEIOUY" for char in letters)):
        return word  # initials
    spelled = re.sub(r"[^\W\d_]+", lambda match: match.group().capitalize(), word)
    spelled = re.sub(r"(['’])S$", r"\1s", spelled)
    return re.sub(r"\bMc([a-z])", lambda match: "Mc" + match.group(1).upper(), spelled)


def full_names(text: str) -> list[str]:
    """The runs of capitals in a head line that may be persons of two or more names, in order."""
    found: list[str] = []
    for match in _FULL_NAME.finditer(text):
        words = bare(match.group())
        if len(words) < 2 or len(words) > 5:
            continue
        if any(word.strip(".,").casefold() in _no_persons() or is_stop(word) for word in words):
            continue
        found.append(spell(" ".join(words)))
    return found


def initials_of(name: str) -> str:
    """The first letters of a name's words: "Gethin Oduya" gives "GO"."""
    return "".join(word[0].upper() for part in bare(name) for word in part.split("-")[:1] if word)


def fits(full: str, short: str) -> bool:
    """Whether a short form ("Stroud", "K. Stroud", "GO") may stand for a full name."""
    whole, part = [w.strip(".").casefold() for w in bare(full)], [w.strip(".").casefold() for w in bare(short)]
    if not whole or not part or len(whole) < 2:
        return False
    if len(part) == 1:
        letters = bare(short)[0].replace(".", "")
        if letters.isupper() and 2 <= len(letters) <= 3 and initials_of(full) == letters:
            return True
        return part[0] == whole[-1]
    if part[-1] != whole[-1]:
        return False
    return whole[0].startswith(part[0]) if len(part[0]) == 1 or len(whole[0]) > 1 else part[0].startswith(whole[0])


def surname(name: str) -> str:
    """The last word of a name."""
    words = bare(name)
    return words[-1] if words else ""
