"""The queue of what to look up outside: what gets into it, in which order, and that it holds no verdict."""

from helpers import audit_texts

from audit.compare.worth import CAP
from audit.records.queue import CheckQueue

ARTICLE = """# The ferry

The ferry carried 41,000 passengers in 2023, the most since the war.

“I like the sea,” said captain Ana Reyes.

What will happen now?

The state paid 3 million euros to the company in 2022, and a court fined it in May.
"""


def queue(article: str, *sources: str) -> CheckQueue:
    return audit_texts(article, *sources).to_check


def test_figures_dates_and_acts_come_in_and_questions_and_likings_stay_out() -> None:
    listed = [item.place.text for item in queue(ARTICLE).items]
    assert len(listed) == 2
    assert any("41,000" in text for text in listed)
    assert any("3 million" in text for text in listed)


def test_an_item_says_what_to_look_up_and_why_it_is_there() -> None:
    items = queue(ARTICLE).items
    assert [item.rank for item in items] == [1, 2]
    ferry = next(item for item in items if "41,000" in item.place.text)
    assert "41,000 passenger" in ferry.look_up
    assert "2023" in ferry.look_up
    assert {"a figure", "no attribution"} <= {reason.replace("figures", "a figure") for reason in ferry.reasons}


def test_what_a_source_says_too_comes_later() -> None:
    source = (
        "Report of the harbour office, 2024\n\nThe ferry carried 41,000 passengers in 2023, the most since the war.\n"
    )
    assert "3 million" in queue(ARTICLE, source).items[0].place.text


def test_the_list_is_capped_and_the_total_is_kept() -> None:
    lines = [f"The town of Salm paid {n},000 euros for house number {n} in the year {1900 + n}." for n in range(2, 42)]
    found = queue("# Houses\n\n" + "\n\n".join(lines))
    assert len(found.items) == CAP
    assert found.total == 40
