"""What counts as residue of production, and what looks like it."""

import pytest
from helpers import annotator

from audit.extract.residue import find_residue
from audit.extract.residue_signs import SIGNS, signs_in
from audit.loading import load_text
from audit.records import Residue

PROSE = "\n\n".join(
    f"In the year {year} the mill was sold again, and nobody wrote down the price." for year in range(20)
)


def residue(text: str, path: str = "article.txt") -> list[Residue]:
    return find_residue(annotator().annotate(load_text(text, path, "article").documents[0]))


def in_copy(sentence: str, path: str = "article.txt") -> list[tuple[str, str]]:
    """Form and words of the residue in a sentence amid a longer article."""
    return [(one.form, one.text) for one in residue(f"The mill is sold\n\n{PROSE}\n\n{sentence}\n\n{PROSE}\n", path)]


@pytest.mark.parametrize(
    ("sentence", "form", "words"),
    [
        ("The mayor, TK, was there.", "placeholder", "TK"),
        ("About TKTK people were there.", "placeholder", "TKTK"),
        ("It was sold to [TK name] in the end.", "placeholder", "[TK name]"),
        ("It cost $XX million to build.", "placeholder", "XX"),
        ("It was signed on June XX by all.", "placeholder", "XX"),
        ("Lorem ipsum dolor sit amet, consectetur.", "placeholder", "Lorem ipsum dolor sit amet, consectetur."),
        ("He left in the spring (insert quote here).", "placeholder", "(insert quote here)"),
        ("It belongs to [NAME] and her son.", "placeholder", "[NAME]"),
        ("See http://example.com/link for more.", "placeholder", "http://example.com/link"),
        ("It seats [CHECK] people.", "editor-note", "[CHECK]"),
        ("It seats 300 [ed: is this right?] people.", "editor-note", "[ed: is this right?]"),
        ("NOTE TO DESK: photo comes later.", "editor-note", "NOTE TO DESK: photo comes later."),
        ("Leave a Replay", "boilerplate", "Leave a Replay"),
        ("As an AI language model, I cannot visit mills.", "machine", "As an AI language model, I cannot visit mills"),
        ("The mill\ufffds wheel is new.", "character", "\ufffd"),
        ("It didnâ€™t turn.", "character", "â€™"),
        ("The <b>wheel is new.", "markup", "<b>"),
        ("The wheel &amp; the door are new.", "markup", "&amp;"),
        ("The whe\u200bel is new.", "markup", "whe\u200bel"),
    ],
)
def test_residue(sentence: str, form: str, words: str) -> None:
    assert in_copy(sentence) == [(form, words)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The memo read “[INSERT NAME HERE]” and “lorem ipsum dolor sit amet” below it.",
        "The first coat came from TK Maxx, TK being short for something else.",
        "He watched Super Bowl XX in a shirt of size XXL.",
        "Half of the cells were XX, and chromosomes were all they counted.",
        "“We asked [the council] for it,” she said [sic].",
        "Readers may leave a reply below, and many of them share this view.",
        "An answer of a chatbot often begins with “As an AI language model, I”.",
        "The wheel is < 3 metres wide and > 2 metres high.",
        "The signature 🧑‍🌾 means a farmer.",
        "[Editor's note: This article was updated on Monday.]",
    ],
)
def test_what_looks_like_it(sentence: str) -> None:
    assert in_copy(sentence) == []


def test_a_note_that_slipped_into_a_quotation_counts() -> None:
    assert in_copy("“We sold it for [CHECK] euros in the autumn of that year,” she said.") == [
        ("editor-note", "[CHECK]")
    ]


# A text for each sign, in the order of the list.
SIGNED = """
It seats [CHECK] people. | It seats 300 [ed: is this right?] people. | It seats 300 (CQ) people. | SUBS: cut here.
Lorem ipsum dolor sit amet. | Lorem ipsum. | It is <the name goes here>. | It belongs to [NAME]. | INSERT A PHOTO HERE
Put a photo here | See https://example.com/tk now. | It costs ____ euros. | My last update was in May.
I am sorry, but I cannot assist you. | Certainly! Here’s the revised article: | Let me know if you want any changes.
It turned【1†source】. | Copy code | a\ufffd | a\x07 | a\u202e | m\ue000y | didnâ€™t | whe\u200bel | ma\u00adyor
the </b> wheel | <!-- cut --> | &nbsp; | the **new** wheel | the [mill](https://salm.example) | [caption] | {{ title }}
"""


@pytest.mark.parametrize(
    ("number", "text"), list(enumerate(part.strip() for line in SIGNED.split("\n") for part in line.split("|") if line))
)
def test_no_text_that_shows_a_sign_lacks_what_it_needs(number: int, text: str) -> None:
    sign = SIGNS[number]
    odd = text.translate(str.maketrans({"i": "ı", "s": "ſ", "k": "\u212a"}))  # i, s and k where case is ignored
    fitting = [one for one in (text, text.upper(), text.lower(), odd) if sign.pattern.search(one)]
    assert text in fitting
    assert all(sign in signs_in(one) for one in fitting)


def test_code_and_templates_of_markdown_are_left_alone() -> None:
    text = "Use `[NAME]` for a gap, and {{ page.title }} for the title.\n\n```\n[INSERT TITLE HERE]\n```"
    assert in_copy(text, "article.md") == []


def test_calls_of_the_site_count_at_the_edges_only() -> None:
    call = "Read more: The mill in pictures"
    assert in_copy(call) == []
    assert [one.form for one in residue(f"The mill is sold\n\n{PROSE}\n\n{call}\n")] == ["boilerplate"]


@pytest.mark.parametrize("sign", ["[", "(insert ", "TK", "as an ai ", "**a", "<a ", "{{ ", "here is the ", "X", "&#1"])
def test_a_sign_repeated_without_end_is_read_to_its_end(sign: str) -> None:
    from audit.extract.annotate import Annotated

    text = "The mill\n\n" + sign * 8_000
    document = load_text(text, "article.txt", "article").documents[0]
    for one in find_residue(Annotated(document)):
        assert text[one.start : one.end] == one.text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The may\u00ador of Salm left.", ["may\u00ador"]),
        ("An\u200ca Reyes left, and the ma\u200byor\u200b, too.", ["An\u200ca", "ma\u200byor"]),
        ("The \u2060mayor of Salm left.", ["\u2060mayor"]),
        ("The ma\u200fyor of Salm left.", ["\u200f"]),
        ("The m\ue000yor of Salm left.", ["m\ue000yor"]),
        ("Zañ\u200bar left.", ["Zañ\u200bar"]),
        ("MrÂ GarcÃ\u00ada left.", ["Ã\u00ad"]),
        ("The word می\u200cخواهم is Persian, and so is \u200fمی.", []),
        ("A family, 👨\u200d👩\u200d👧, left. A naïve plan, a cafe\u0301.", []),
    ],
)
def test_characters_that_nobody_sees(text: str, found: list[str]) -> None:
    document = load_text(f"{text}\n", "article.md", "article").documents[0]
    assert [claim.text for claim in find_residue(annotator().annotate(document))] == found
