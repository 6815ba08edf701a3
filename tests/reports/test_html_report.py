"""The report as a page: what stands on it, where its links lead, and that texts cannot break out of it."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import Any

import pytest
import sample
from audit.reports.html import TEMPLATES, render_html
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.records import (
    Check,
    DateMention,
    Diagnostic,
    Evidence,
    Finding,
    Person,
    Quantity,
    Quotation,
    QuoteMatch,
    Speaker,
    SpeakerCoverage,
    Turn,
)
from audit.records.claims import AnyClaim
from audit.records.report import BlockInfo, Report

HOSTILE = (
    "</script><script>document.title='x'</script><img src=x onerror=alert(1)>\"'&{{ 7*7 }}\u202egnp\u2028\x1b[2J\x00"
)


class Page(HTMLParser):
    """A page as a list of elements, with the text of each id and the targets of all links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self._open: list[tuple[str, str, int]] = []
        self.by_id: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, values))
        if tag not in ("meta", "br", "path", "circle", "link", "img", "input"):
            self._open.append((tag, values.get("id", ""), len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or tag in ("path", "circle"):
            return
        opened, id, start = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"
        if id:
            self.by_id[id] = "".join(self.text[start:])

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str, css: str = "") -> list[dict[str, str]]:
        return [a for name, a in self.elements if name == tag and (not css or css in a.get("class", "").split())]

    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    def words(self) -> str:
        return " ".join("".join(self.text).split())


def page_of(report: Report) -> Page:
    return Page(render_html(report))


def compared(verdict: Any = "exact", article: str = sample.ARTICLE, said: str = "We may rebuild it one day.") -> Report:
    """A report with one quotation that was looked up."""
    quoted = sample.place(article, "We will rebuild it,")
    whole = sample.place(article, "“We will rebuild it,”")
    quotation = Quotation(
        **whole.model_dump(),
        id="a1.quotation.1",
        block=1,
        form="direct",
        segments=(quoted,),
        content="We will rebuild it,",
        words=4,
        speaker=Speaker(kind="named", name="Mira Holt"),
    )
    passages = () if verdict == "unchecked" else (sample.place(sample.SOURCE, said, "holt.txt"),)
    reason = "no source was supplied" if verdict == "unchecked" else ""
    match = QuoteMatch(quotation=quotation.id, verdict=verdict, passages=passages, reason=reason)
    return sample.report(article=article).model_copy(update={"claims": (quotation,), "matches": (match,)})


# --- Structure --------------------------------------------------------------------------------------------------------


def test_a_finding_shows_everything_that_an_editor_needs() -> None:
    page = page_of(sample.report(sample.finding()))
    card = " ".join(page.by_id[f"f-{1:032x}"].split())
    for part in (
        "Error",
        "high confidence",
        "quote-altered",
        "Did she say this? The source has other words.",
        "As quoted".lower(),
        "Mira Holt",
        "drafts/quay.md:3",
        "“We will rebuild it,” Mira Holt said.",
        "holt.txt:1",
        "We may rebuild it one day.",
        "“will” for “may”: a modal verb or hedge",
        "the words as spoken",
        "Other words.",
    ):
        assert part in card
    assert card.index("Article") < card.index("Source")


def test_the_words_that_differ_are_marked_inside_both_passages() -> None:
    html = render_html(sample.report(sample.finding()))
    card = html[html.index("<figure") : html.rindex("</figure>")]
    assert re.findall(r"<mark>(.*?)</mark>", card) == ["will", "may"]
    assert '<span class="core">“We <mark>will</mark> rebuild it,”</span> Mira Holt said.' in card


def test_passages_of_the_article_alone_stand_side_by_side() -> None:
    finding = sample.finding()
    other = Evidence(place=sample.place(sample.ARTICLE, "The quay dates from 1911."), label="another place")
    html = render_html(sample.report(finding.model_copy(update={"evidence": (finding.evidence[0], other)})))
    assert html.count("<figure") == 2
    assert '<div class="body">' in html
    single = render_html(sample.report(finding.model_copy(update={"evidence": finding.evidence[:1]})))
    assert single.count("<figure") == 1
    assert '<div class="body one">' in single


def test_evidence_of_one_paragraph_is_one_passage_with_both_places() -> None:
    finding = sample.finding()
    second = Evidence(place=sample.place(sample.ARTICLE, "said"), label="the cue")
    html = render_html(sample.report(finding.model_copy(update={"evidence": (finding.evidence[0], second)})))
    assert html.count("<figure") == 1
    assert html.count('class="caption"') == 2


def test_far_away_words_of_a_long_paragraph_are_left_out_of_a_passage() -> None:
    article = f"{'Before it all. ' * 60}“We will rebuild it,” she said. {'After it all. ' * 60}"
    html = render_html(sample.report(sample.finding(article=article), article=article))
    card = html[html.index("<figure") : html.index("</figure>")]
    assert "… " in card
    assert " …" in card
    assert 300 < len(re.sub("<.*?>", "", card)) < 900


def test_findings_stand_in_reading_order_and_notes_are_folded() -> None:
    note = sample.finding(1, severity="note", message="Tidied?")
    production = sample.finding(2, rule="duplicate-text", family="production", severity="warning", message="Twice?")
    quote = sample.finding(3, severity="warning", message="Which words?")
    page = page_of(sample.report(note, production, quote))
    assert page.words().index("Which words?") < page.words().index("Twice?") < page.words().index("Tidied?")
    assert "Tidied?" in page.by_id["notes"]
    assert "Twice?" not in page.by_id["notes"]


def test_settled_findings_are_set_aside_and_named() -> None:
    dismissed = sample.finding(1).model_copy(update={"status": "dismissed"})
    page = page_of(sample.report(dismissed))
    assert "dismissed" in page.by_id["settled"]
    assert "No findings." in page.words()


def test_silence_never_reads_as_approval() -> None:
    words = page_of(sample.report()).words()
    assert "No findings. That is no verification" in words
    assert "1 of 3 quotations was compared" in words
    assert "2 quotations of Jon Abar: no source holds this speaker's words" in words
    for word in ("verified", "all good", "passed", "correct "):
        assert word not in words


def test_nothing_read_means_nothing_audited() -> None:
    trouble = Diagnostic(code="missing", path="x.md", message="there is no such file", action="check the path")
    page = page_of(sample.report(diagnostics=(trouble,)).model_copy(update={"inputs": ()}))
    assert "nothing was audited" in page.words()
    assert "x.md: there is no such file; check the path" in page.words()
    assert "No findings" not in page.words()


def test_failed_and_silent_rules_are_told_with_their_reasons() -> None:
    checks = (
        Check(rule="quote-altered", status="run"),
        Check(rule="quote-stitched", status="skipped", reason="no source was supplied"),
        Check(rule="vague-source", status="failed", reason="drafts/quay.md: boom"),
    )
    page = page_of(sample.report(checks=checks))
    assert "no source was supplied: quote-stitched" in " ".join(page.by_id["coverage"].split())
    assert "The rule vague-source failed: drafts/quay.md: boom." in page.words()


def test_a_file_of_two_parts_says_that_it_was_split() -> None:
    report = sample.report()
    first, second = report.inputs
    first = first.model_copy(update={"parts": 2, "path": "both.txt"})
    second = second.model_copy(
        update={"part": 2, "parts": 2, "path": "both.txt", "start": first.end, "end": first.end + len(second.text)}
    )
    words = page_of(report.model_copy(update={"inputs": (first, second)})).words()
    assert "both.txt holds 2 texts one after the other. It was split" in words
    assert "lines 1–5 were read as the article, lines 6–6 were read as a source" in words


def test_settings_and_hashes_are_on_the_page() -> None:
    report = sample.report(sample.finding())
    run = " ".join(page_of(report).by_id["run"].split())
    for part in ("copydesk 0.0.test", "standard", "0" * 64, "drafts/quay.md", "holt.txt", "quote-altered"):
        assert part in run


# --- The texts --------------------------------------------------------------------------------------------------------


def test_the_whole_text_is_shown_with_findings_marked_and_linked() -> None:
    page = page_of(sample.report(sample.finding()))
    assert "The quay dates from 1911." in page.by_id["text-a1"]
    assert page.by_id[f"e-{1:032x}-1"].startswith("“We will rebuild it,”")
    assert page.by_id[f"e-{1:032x}-2"].startswith("We may rebuild it one day.")
    chips = page.all("a", "chip")
    assert {chip["href"] for chip in chips} == {f"#f-{1:032x}"}
    assert all("Finding 1, error" in chip["aria-label"] for chip in chips)


@pytest.mark.parametrize(
    ("verdict", "sign"), [("exact", "✓"), ("tidied", "≈"), ("altered", "≠"), ("unchecked", "○"), ("not-found", "?")]
)
def test_quotations_are_marked_by_what_became_of_them(verdict: str, sign: str) -> None:
    page = page_of(compared(verdict))
    assert page.by_id["q-a1.quotation.1"] == "“We will rebuild it,”"
    assert sign in page.by_id["text-a1"]
    found = "p-a1.quotation.1" in page.ids()
    assert found == (verdict in ("exact", "tidied", "altered"))


def test_every_link_leads_somewhere_and_every_id_is_there_once() -> None:
    report = compared("tidied").model_copy(
        update={"findings": (sample.finding(1), sample.finding(2, severity="note", words="The quay dates"))}
    )
    page = page_of(report)
    ids = page.ids()
    assert len(ids) == len(set(ids))
    for name in ("href", "data-go"):
        targets = {a[name] for _, a in page.elements if a.get(name, "").startswith("#")}
        assert targets
        assert {target[1:] for target in targets} <= set(ids)
    assert {a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a} <= set(ids)


def test_overlapping_spans_nest_and_lose_no_words() -> None:
    article = "one two three four five six seven"
    crossing = [
        sample.finding(1, words="one two three four", article=article),
        sample.finding(2, words="three four five six", article=article),
        sample.finding(3, words="four", article=article),
    ]
    page = page_of(sample.report(*crossing, article=article))  # the parser asserts that elements nest
    text = re.sub(r"[✖⁠\ufe0e\xa0\d]", "", page.by_id["text-a1"])
    assert article in " ".join(text.split())


def test_markup_is_not_shown_as_words() -> None:
    words = "“We **will** [rebuild](https://quay.example/a_b) it,”"
    article = f"# The quay\n\n{words} Mira Holt said. 2 * 3 * 4 snake_case_name\n"
    report = sample.report(sample.finding(words=words, article=article), article=article)
    text = page_of(report).by_id["text-a1"]
    assert "“We will rebuild it,”" in text
    assert "2 * 3 * 4 snake_case_name" in text


def test_markup_that_a_finding_is_about_is_shown() -> None:
    article = "# The quay\n\nThe **quay** dates from 1911.\n"
    finding = sample.finding(rule="production-residue", family="production", words="**quay**", article=article)
    page = page_of(sample.report(finding, article=article))
    assert "**quay**" in page.by_id[f"f-{1:032x}"]
    assert "**quay**" in page.by_id["text-a1"]


def test_turns_have_speakers_and_cues_of_subtitles_are_left_out() -> None:
    report = sample.report()
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Mira Holt>We may rebuild it\n\n00:02.000 --> 00:03.000\none day.\n"
    start = cues.index("We may")
    source = report.inputs[1].model_copy(
        update={
            "format": "vtt",
            "text": cues,
            "end": len(cues),
            "blocks": (BlockInfo(kind="turn", start=start, end=len(cues) - 1, speaker="Mira Holt"),),
        }
    )
    page = page_of(report.model_copy(update={"inputs": (report.inputs[0], source)}))
    assert page.by_id[f"s1-{start}"].split() == ["4", "Mira", "HoltWe", "may", "rebuild", "it", "one", "day."]


# --- Safety -----------------------------------------------------------------------------------------------------------


def hostile() -> Report:
    """A report in which every text is out to break the page."""
    article = f"# {HOSTILE}\n\n“We will rebuild it, {HOSTILE}” said.\n"
    finding = sample.finding(words=f"“We will rebuild it, {HOSTILE}”", article=article, message=HOSTILE)
    evidence = tuple(e.model_copy(update={"label": HOSTILE, "speaker": HOSTILE}) for e in finding.evidence)
    told = sample.decision(finding, text=HOSTILE, by=HOSTILE, article=HOSTILE)
    changes = {"evidence": evidence, "why": (HOSTILE,), "clear": HOSTILE, "decision": told, "reopened": "expired"}
    finding = finding.model_copy(update=changes)
    row = SpeakerCoverage(speaker=HOSTILE, quotations=1, checked=0, reason=HOSTILE)
    notice = Diagnostic(code="x", path=HOSTILE, message=HOSTILE, action=HOSTILE)
    report = sample.report(finding, article=article, speakers=(row,), diagnostics=(notice,))
    inputs = tuple(info.model_copy(update={"title": HOSTILE, "speakers": (HOSTILE,)}) for info in report.inputs)
    return report.model_copy(update={"inputs": inputs, "claims": hostile_claims(article)})


def hostile_claims(article: str) -> tuple[AnyClaim, ...]:
    """Somebody, a date, a figure and a turn that are all out to break the page."""
    spot = sample.place(article, HOSTILE).model_dump()
    turn = sample.place(sample.SOURCE, "We may rebuild it one day.", "holt.txt").model_dump()
    return (
        Person(**spot, id="a1.person.1", block=0, name=HOSTILE, aliases=(HOSTILE,), roles=(HOSTILE,)),
        DateMention(**spot, id="a1.date.1", block=0, earliest="2026-01-01", latest="2026-01-01"),
        Quantity(**spot, id="a1.quantity.1", block=0, value="9" * 5000, low="1", high="1", unit=HOSTILE, of=HOSTILE),
        Turn(
            **turn,
            id="s1.turn.1",
            block=0,
            ordinal=1,
            speaker=Speaker(kind="named", name=HOSTILE),
            role="guest",
            words="",
        ),
    )


def test_hostile_texts_stay_text() -> None:
    html = render_html(hostile())
    page = Page(html)
    assert [script.get("type", "") for script in page.all("script")] == ["application/json", ""]
    assert not page.all("img")
    assert not [a for _, a in page.elements if any(name.startswith("on") or name == "style" for name in a)]
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", html)
    assert "[U+202E]" in html
    assert "[U+0000]" in html
    assert "{{ 7*7 }}" in page.by_id["text-a1"]
    assert len(page.all("style")) == 2
    assert len(html) < 120_000  # nobody's digits are shown by the thousand


def test_the_head_of_printed_pages_has_title_program_and_hash_and_nothing_gets_out_of_it() -> None:
    html = render_html(sample.report())
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    assert style.startswith('@page{@top-left{content:"The quay"}@top-right{content:"copydesk 0')
    assert "0" * 16 in style
    inputs = tuple(
        info.model_copy(update={"title": 'x"}*{display:none}</style>\\\n'}) for info in sample.report().inputs
    )
    html = render_html(sample.report().model_copy(update={"inputs": inputs}))
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    assert style.startswith(
        '@page{@top-left{content:"x\\22 \\7d \\2a \\7b display\\3a none\\7d \\3c \\2f style\\3e \\5c \\a "}'
    )


def test_only_web_addresses_become_links() -> None:
    report = sample.report()
    article, source = report.inputs
    for path, linked in (
        ("https://quay.example/minutes", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///tmp/x", False),
    ):
        page = page_of(report.model_copy(update={"inputs": (article, source.model_copy(update={"path": path}))}))
        links = {a["href"] for a in page.all("a") if not a["href"].startswith("#")}
        assert links == ({path} if linked else set())


def test_the_policy_allows_the_page_its_own_style_and_script_only() -> None:
    html = render_html(sample.report(sample.finding()))
    policy = next(a["content"] for a in Page(html).all("meta") if "Content-Security-Policy" in a.values())
    allowed = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    for tag in ("style", "script"):
        contents = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digests = [base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() for content in contents]
        assert allowed[f"{tag}-src"] == [f"'sha256-{digest}'" for digest in digests]
    assert policy.startswith("default-src 'none'")
    assert not re.search(r"\b(?:src|srcset|action|poster)=", html)
    assert "url(" not in html
    assert "@import" not in html


@given(st.text(st.characters(codec=None), max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_a_page_that_parses_and_encodes(text: str) -> None:
    article = f"{sample.ARTICLE}\n{text}\n"
    finding = sample.finding(message=f"Is it {text}?")
    html = render_html(sample.report(finding, article=article))
    html.encode("utf-8")
    Page(html)


# --- The file ---------------------------------------------------------------------------------------------------------


def test_same_report_same_bytes() -> None:
    report = compared("tidied").model_copy(update={"findings": (sample.finding(1), sample.finding(2))})
    assert render_html(report) == render_html(Report.model_validate(report.model_dump(by_alias=True)))


def test_style_and_script_are_light() -> None:
    for name in ("report.css", "report.js"):
        assert len((TEMPLATES / name).read_bytes()) < 30_000


def many(number: int) -> list[Finding]:
    return [sample.finding(index, severity="warning") for index in range(1, number + 1)]


def test_weight_grows_with_the_texts_and_no_faster() -> None:
    article = sample.ARTICLE + "A paragraph of the article that goes on for a while.\n\n" * 400
    few, more = (len(render_html(sample.report(*many(n), article=article))) for n in (10, 40))
    assert more - few < 30 * 12_000
    assert few < 60_000 + 8 * len(article)
