from __future__ import annotations

from audit.loading import load_text

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Quay shut | The Paper</title>
<meta property="article:published_time" content="2026-03-09T10:00:00Z"><script>var a = "<p>no</p>";</script></head>
<body><header class="site-head"><a href="/">The Paper</a></header><nav><ul><li>Menu</li></ul></nav>
<main><article><header><h1>Quay &amp; sea</h1></header>
<p class="byline">By <b>Ana Reyes</b></p>
<p>“We&nbsp;wait,” she   said &mdash;
<em>again</em>.<br>Second line.</p>
<aside><p>Subscribe now</p></aside>
<h2>What now?</h2>
<blockquote><p>No one knows.</p></blockquote>
<ul><li>one<li>two</ul>
<table><tr><th>City</th><th>Rain</th></tr><tr><td>Oslo</td><td>12 mm</td></tr></table>
<figure><figcaption>The quay</figcaption></figure>
</article></main><footer>© The Paper</footer></body></html>
"""


def test_the_article_without_the_furniture() -> None:
    document = load_text(PAGE, "a.html").documents[0]
    found = [(block.kind, document.block_text(block)) for block in document.blocks]
    assert found == [
        ("headline", "Quay & sea"),
        ("byline", "By Ana Reyes"),
        ("paragraph", "“We\u00a0wait,” she said — again. Second line."),
        ("heading", "What now?"),
        ("blockquote", "No one knows."),
        ("list_item", "one"),
        ("list_item", "two"),
        ("table_row", "City | Rain"),
        ("table_row", "Oslo | 12 mm"),
        ("caption", "The quay"),
    ]
    assert document.meta.title == "Quay & sea"
    assert str(document.meta.date) == "2026-03-09"
    assert document.meta.language == "en"


def test_an_entity_is_one_character_of_many_in_the_file() -> None:
    for raw in (PAGE, PAGE.replace("\n", "\r\n")):
        document = load_text(raw, "a.html").documents[0]
        for view, written in (
            ("&", "&amp;"),
            ("\u00a0", "&nbsp;"),
            ("—", "&mdash;"),
            ("again", "again"),
            ("12 mm", "12 mm"),
        ):
            at = document.view.index(view)
            start, end = document.raw_span(at, at + len(view))
            assert raw[start:end] == written


def test_broken_pages_do_not_break_the_reader() -> None:
    for raw in (
        "<p>a<p>b",
        "<div><b>x</div></b>y",
        "<a <b>",
        "&",
        "&#xFFFFFFF;",
        "<!DOCTYPE html><html>",
        "<table><td>x",
    ):
        document = load_text(raw, "a.html").documents[0]
        assert len(document.starts) == len(document.view)
