"""Repeated text, residue and damaged quotations as findings: places, severity, and what is joined to one finding."""

from helpers import annotator, audit_texts, findings_of, inputs_of

from audit.config import Settings
from audit.run import audit

BODY = "\n\n".join(
    f"In {year} the mill changed hands for the {year - 1900}th time, and the miller's family stayed."
    for year in range(1960, 1970)
)
INTERVIEW = "\n\n".join(
    f"**Okoro:** What happened in {year}, when it was sold again?\n\n**Reyes:** We kept the wheel turning in {year}."
    for year in range(1960, 1964)
)


def test_neighbouring_paragraphs_that_come_again_make_one_finding() -> None:
    pasted = (
        "The wheel was carved by hand out of a single oak.\n\nIt took the carver eleven years and three axes to do it."
    )
    report = audit_texts(f"# The mill\n\n{pasted}\n\nNobody paid him.\n\n{pasted}\n\nHe died happy.\n")
    (finding,) = findings_of(report, "duplicate-text")
    assert [evidence.place.line for evidence in finding.evidence] == [3, 9]
    assert "2 paragraphs" in finding.message


def test_a_long_paragraph_is_shown_by_its_beginning() -> None:
    long = " ".join(f"Sentence number {number} of this long paragraph says nothing new." for number in range(20))
    report = audit_texts(f"# The mill\n\n{long}\n\nNobody paid him.\n\n{long}\n")
    (finding,) = findings_of(report, "duplicate-text")
    assert all(evidence.place.text and len(evidence.place.text) <= 300 for evidence in finding.evidence)


def test_section_headings_may_recur() -> None:
    text = "# The mill\n\n## The price of it\n\nNothing at all.\n\n## The price of it\n\nStill nothing.\n"
    assert findings_of(audit_texts(text), "duplicate-text") == []


def test_lines_of_boilerplate_are_one_finding() -> None:
    article = f"# The mill\n\n{BODY}\n\nShare this:\n\nTwitter\n\nFacebook\n\nLeave a Reply\n\nCancel reply\n"
    (finding,) = findings_of(audit_texts(article), "production-residue")
    assert finding.severity == "error"
    assert finding.evidence[0].place.text == "Share this:"


def test_the_end_of_a_file_with_two_texts_belongs_to_the_article() -> None:
    article = f"# The mill\n\n{BODY}\n\n## Interview with Ana Reyes\n\n{INTERVIEW}\n\nLeave a Reploy\n"
    inputs = inputs_of(article)
    assert len(inputs.sources) == 1
    report = audit(inputs, Settings(articles=("article.md",)), annotator())
    (finding,) = findings_of(report, "production-residue")
    assert finding.evidence[0].place.text == "Leave a Reploy"


def test_residue_of_a_source_is_not_the_articles() -> None:
    source = f"{INTERVIEW}\n\nLeave a Reply\n"
    assert findings_of(audit_texts(f"# The mill\n\n{BODY}\n", source), "production-residue") == []


def test_damage_all_over_a_text_is_one_finding() -> None:
    report = audit_texts(f"# The mill\n\nIt didnâ€™t turn, and it couldnâ€™t.\n\n{BODY}\n\nIt wonâ€™t.\n")
    (finding,) = findings_of(report, "production-residue")
    assert (finding.severity, len(finding.evidence)) == ("warning", 3)


def test_each_form_of_mark_damage_asks_its_own_question() -> None:
    article = (
        "# The mill\n\n“We kept it turning, said Ana Reyes.\n\nIt still turns.\n\n"
        "“We could ask, but whether he would come is unlikely,” she said.\n"
    )
    found = findings_of(audit_texts(article), "quote-damaged")
    assert len({finding.message for finding in found}) == 2
    assert all(finding.message.count("?") == 1 for finding in found)


def test_two_marks_of_a_kind_in_one_paragraph_are_one_question() -> None:
    turned = "The miller was calm. He said,” the wheel will turn for years.” Nobody believed him.\n\nIt did not turn."
    (finding,) = findings_of(audit_texts(f"# The mill\n\n{turned}\n"), "quote-damaged")
    assert len(finding.evidence) == 2
    assert "both close one" in finding.message


def test_two_of_a_kind_in_two_paragraphs_are_two() -> None:
    apart = (
        "He said,” and was silent.\n\nShe waved to the miller. “He will come back,” she said.\n\nNobody came,” he said."
    )
    assert len(findings_of(audit_texts(f"# The mill\n\n{apart}\n"), "quote-damaged")) == 2


def test_a_quotation_that_is_set_off_opens_and_closes_once() -> None:
    lines = ["“My father built the mill.", "It took him eleven years.", "Then it burned.”"]
    set_off = "\n>\n".join(f"> {line}" for line in lines)
    assert findings_of(audit_texts(f"# The mill\n\n{set_off}\n\nNobody paid him.\n"), "quote-damaged") == []
    plain = "\n\n".join(lines)
    assert len(findings_of(audit_texts(f"# The mill\n\n{plain}\n\nNobody paid him.\n"), "quote-damaged")) == 1
