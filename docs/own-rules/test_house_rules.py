"""Tests of the house rules; run them with pytest."""

from house_rules import HousePhrase, TitleMissing

from audit.rule_tests import check_examples, findings_in


def test_examples_of_the_docstrings():
    assert check_examples(HousePhrase, TitleMissing) == []


def test_two_phrases_of_one_sentence():
    [finding] = findings_in(HousePhrase, "The owner passed away in the\nwake of the flood.")
    assert [mark.text for mark in finding.evidence[0].marks] == ["passed away", "in the\nwake of"]


def test_headlines_count_for_phrases_and_not_for_titles():
    article = "# Ines Varga slammed\n\nDr. Ines Varga was criticised on Monday."
    assert len(findings_in(HousePhrase, article)) == 1
    assert findings_in(TitleMissing, article) == ()
