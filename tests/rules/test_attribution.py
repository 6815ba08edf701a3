"""Quotations that nobody says, and sources without a name."""

import pytest
from helpers import audit_texts, findings_of

QUOTE = "“We were told nothing until the water stood at the door.”"
AFTER = "The district has since bought new pumps."


@pytest.mark.parametrize(
    "body",
    [
        f"The river rose on Sunday.\n\n{QUOTE} {AFTER}",
        f"Mayor Lena Frick opened the new bridge.\n\nHundreds of people came to see it.\n\n{QUOTE} {AFTER}",
    ],
)
def test_nobody_says_it(body: str) -> None:
    (finding,) = findings_of(audit_texts(f"# Water in the street\n\n{body}\n"), "quote-without-speaker")
    assert (finding.severity, finding.evidence[0].place.text) == ("warning", QUOTE)


@pytest.mark.parametrize(
    "body",
    [
        f"{QUOTE[:-2]},” said Ute Sand. {AFTER}",
        f"“The siren is old and loud,” said Ute Sand.\n\n{QUOTE}\n\n{AFTER}",
        f"The residents put it like this:\n\n{QUOTE}\n\n{AFTER}",
        f"{QUOTE} She shook her head. {AFTER}",
        f'"https://example.org/who/says/what?on=the-wall"\n\n{AFTER}',
        f"{QUOTE}\n\nUte Sand lives at number four.",
        f"{QUOTE}\n\n“Nobody is ever told anything in this town.”\n\n{AFTER}",
        f"The letter says it plainly: {QUOTE} {AFTER}",
        f"> {QUOTE}\n\n{AFTER}",
        f"“No way out.” {AFTER}",
    ],
)
def test_a_reader_can_tell(body: str) -> None:
    assert findings_of(audit_texts(f"# Water in the street\n\n{body}\n"), "quote-without-speaker") == []


def test_a_pull_quote_has_its_speaker_elsewhere() -> None:
    body = f"{QUOTE}\n\n{AFTER}\n\n{AFTER}\n\n“We were told nothing until the water stood at the door,” said Ute Sand."
    assert findings_of(audit_texts(f"# Water in the street\n\n{body}\n"), "quote-without-speaker") == []


def test_one_note_for_each_class_of_unnamed_sources() -> None:
    body = "Experts say the dam is safe. Analysts say that it is cheap.\n\nCritics said on Monday that it leaks."
    found = findings_of(audit_texts(f"# The dam\n\n{body}\n"), "vague-source")
    assert [finding.severity for finding in found] == ["note", "note"]
    assert [finding.evidence[0].place.text.split()[0] for finding in found] == ["Experts", "Critics"]


@pytest.mark.parametrize(
    "body",
    [
        "Experts say the dam is safe.\n\n“It will outlast us all,” said Luis Kim, who measured it.",
        "Luis Kim, a professor of hydrology, measured it.\n\nIt moved.\n\nThe dam is safe, experts say.",
        "Defence Ministry officials said on Monday that the dam was safe.",
        "Six experts work at the dam.",
    ],
)
def test_a_name_or_a_body_stands_with_them(body: str) -> None:
    assert findings_of(audit_texts(f"# The dam\n\n{body}\n"), "vague-source") == []


@pytest.mark.parametrize(
    "body",
    [
        "The site helps officials see which pages people visit most.",
        "Picture a team of skilled specialists, known as keepers of old machines.",
        "Outside researchers should feel welcome in raising a “red flag” of their own.",
    ],
)
def test_who_only_sees_or_has_a_term_is_no_source(body: str) -> None:
    assert findings_of(audit_texts(f"# The site\n\n{body}\n"), "vague-source") == []
