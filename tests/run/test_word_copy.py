"""The copy of a Word file: comments stand at the words that they are about, and of the text nothing changes."""

from __future__ import annotations

import copy
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from audit.errors import CopydeskError
from audit.loading import load
from audit.records import Document, Evidence, Finding, Place
from audit.records.report import Coverage, InputInfo, Report, Run, Tool
from audit.word_copy import commented

PART = "word/document.xml"


def build(path: Path) -> Path:
    """A Word file with what makes places hard: cut-up runs, tabs, breaks, a link, a table with a merged cell."""
    word = docx.Document()
    word.add_heading("The quay", level=1)
    paragraph = word.add_paragraph("“We ", style="List Bullet")
    bold = paragraph.add_run("will")
    bold.bold = True
    paragraph.add_run(" rebuild it & more\tby\nMay,” Mira ").italic = True
    paragraph.add_run().add_break(docx.enum.text.WD_BREAK.PAGE)
    paragraph.add_run("Holt said.")
    word.add_paragraph("   ")
    linked = word.add_paragraph("See ")
    link = OxmlElement("w:hyperlink")
    link.append(copy.deepcopy(bold._r))
    linked._p.append(link)
    linked.add_run(" non\u00adstop e\u0301 \U0001f469\u200d\U0001f467 <b> ends.")
    table = word.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Two  cells\nin one"
    table.cell(0, 2).text = "Oslo"
    table.cell(1, 1).text = "12 mm"
    word.add_paragraph("The last one.")
    word.save(str(path))
    return path


def rewritten(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """The same package with another text part."""
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry.filename == PART else content)
    return path


def report_on(document: Document, spans: Sequence[tuple[int, int]]) -> Report:
    """A report with a finding on each stretch of the extract of a Word file."""
    findings = tuple(
        Finding(
            id=f"f{number}",
            rule="quote-altered",
            severity="error",
            confidence="high",
            message=f"Did she say this, number {number}?",
            evidence=(Evidence(place=document.raw_place(*span), label="as quoted"), SAID),
            why=("other words\x07",),
            clear="the recording",
            fingerprint=f"{number:032x}",
            family="quotes",
        )
        for number, span in enumerate(spans, start=1)
    )
    return Report(
        tool=Tool(version="0.0.test"),
        run=Run(profile="standard", rules=(), model="none"),
        inputs=(
            InputInfo(
                path=document.path,
                role="article",
                format="docx",
                sha256=document.sha256,
                key="a1",
                start=0,
                end=len(document.raw),
                text=document.raw,
            ),
        ),
        claims=(),
        matches=(),
        findings=findings,
        coverage=Coverage(quotations=0, checked=0, unchecked=0),
        checks=(),
    )


SAID = Evidence(
    place=Place(path="s.md", start=0, end=6, line=4, column=1, end_line=4, end_column=7, text="We may"), label="said"
)


def article(path: Path) -> Document:
    return load(str(path), "article", "a1").documents[0]


def part(data: bytes, name: str = PART) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def joined(xml: bytes, ids: set[str]) -> bytes:
    """A text part without the anchors of comments, and with neighbouring runs of the same properties in one."""
    root = etree.fromstring(xml)
    for element in list(root.iter(qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:commentReference"))):
        if element.get(qn("w:id")) in ids:
            gone = element.getparent() if element.tag == qn("w:commentReference") else element
            gone.getparent().remove(gone)
    for run in list(root.iter(qn("w:r"))):
        before = run.getprevious()
        if before is not None and before.tag == run.tag and properties(before) == properties(run):
            for child in [child for child in run if child.tag != qn("w:rPr")]:
                before.append(child)
            run.getparent().remove(run)
    for text in list(root.iter(qn("w:t"))):
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
        before = text.getprevious()
        if before is not None and before.tag == text.tag:
            before.text = (before.text or "") + (text.text or "")
            text.getparent().remove(text)
    return bytes(etree.tostring(root, method="c14n"))


def properties(run: Any) -> tuple[object, ...]:
    found = run.find(qn("w:rPr"))
    return tuple(sorted(run.attrib.items())), None if found is None else etree.tostring(found, method="c14n")


def anchored(xml: bytes, id: str) -> str:
    """The text between the ends of a comment, without blanks."""
    inside, words = False, []
    for element in etree.fromstring(xml).iter():
        if element.get(qn("w:id")) == id and element.tag == qn("w:commentRangeStart"):
            inside = True
        elif element.get(qn("w:id")) == id and element.tag == qn("w:commentRangeEnd"):
            return "".join("".join(words).split())
        elif inside and element.tag == qn("w:t"):
            words.append(element.text or "")
    raise AssertionError("the comment has no end")


def check(path: Path, spans: Sequence[tuple[int, int]], old_ids: Sequence[str] = ()) -> bytes:
    """Everything that has to hold for any comments in any file. Returns the copy."""
    data, document = path.read_bytes(), article(path)
    report = report_on(document, spans)
    result = commented(data, report)
    assert result == commented(data, report)
    comments = [c for c in docx.Document(io.BytesIO(result)).comments if str(c.comment_id) not in old_ids]
    assert [(c.author, c.timestamp) for c in comments] == [("Copydesk", None)] * len(comments)
    ids = [str(c.comment_id) for c in comments]
    expected = ["".join(document.raw[start:end].replace("|", "").split()) for start, end in spans]
    assert [anchored(part(result), id) for id in ids] == [words for words in expected if words]
    assert joined(part(result), set(ids)) == joined(part(data), set())
    assert b"ns0" not in part(result)
    old, new = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(result))
    assert [p.text for p in old.paragraphs] == [p.text for p in new.paragraphs]
    for one, other in zip(old.element.iter(qn("w:pPr")), new.element.iter(qn("w:pPr")), strict=True):
        assert etree.tostring(one) == etree.tostring(other)
    assert article_text(result, path) == document.raw
    with zipfile.ZipFile(io.BytesIO(data)) as one, zipfile.ZipFile(io.BytesIO(result)) as two:
        touched = {PART, "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
        assert set(two.namelist()) - set(one.namelist()) <= {"word/comments.xml"}
        assert all(one.read(name) == two.read(name) for name in set(one.namelist()) - touched)
    return result


def article_text(data: bytes, path: Path) -> str:
    again = path.with_name("again.docx")
    again.write_bytes(data)
    return article(again).raw


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("word") / "a.docx")


def span(raw: str, words: str) -> tuple[int, int]:
    return raw.index(words), raw.index(words) + len(words)


def test_a_comment_says_message_passages_reason_and_remedy(word: Path) -> None:
    result = check(word, [span(article(word).raw, "“We will rebuild it")])
    [comment] = docx.Document(io.BytesIO(result)).comments
    assert comment.text.splitlines() == [
        "Did she say this, number 1?",
        "Said: We may",
        "Why: other words[U+0007]",
        "What would clear it: the recording",
        "Error, quote-altered, high confidence",
    ]


def test_a_run_is_cut_and_keeps_its_properties(word: Path) -> None:
    xml = part(check(word, [span(article(word).raw, "rebuild it & m")])).decode()
    start = xml.index("<w:commentRangeStart")
    assert xml[:start].endswith('<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve"> </w:t></w:r>')
    assert xml[start:].startswith(
        '<w:commentRangeStart w:id="0"/>'
        '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">rebuild it &amp; m</w:t></w:r>'
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        "<w:r><w:rPr><w:i/></w:rPr>"
    )


def test_without_findings_the_text_is_the_same_bytes(word: Path) -> None:
    result = check(word, [])
    with zipfile.ZipFile(word) as one, zipfile.ZipFile(io.BytesIO(result)) as two:
        assert one.namelist() == two.namelist()
        assert all(one.read(name) == two.read(name) for name in one.namelist())


def test_cuts_are_all_that_changes_in_the_bytes(word: Path) -> None:
    xml = part(check(word, [span(article(word).raw, "The last one.")])).decode()
    for mark in ('<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'):
        xml = xml.replace(mark, "")
    assert xml.replace('<w:r><w:commentReference w:id="0"/></w:r>', "").encode() == part(word.read_bytes())


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_comments_leave_the_text_as_it_is(word: Path, data: st.DataObject) -> None:
    raw = article(word).raw
    ends = st.tuples(st.integers(0, len(raw)), st.integers(0, len(raw))).map(lambda ends: (min(ends), max(ends)))
    worded = ends.filter(lambda ends: raw[slice(*ends)].replace("|", "").strip())  # no finding is about a blank
    spans = data.draw(st.lists(worded, max_size=6))
    check(word, spans)


def test_a_file_laid_out_with_blanks_keeps_them(tmp_path: Path) -> None:
    def change(xml: bytes) -> bytes:
        return xml.replace(b"<w:p>", b"\n  <w:p>\n").replace(b"</w:p>", b"\n</w:p>")

    path = rewritten(build(tmp_path / "a.docx"), change)
    result = check(path, [span(article(path).raw, "Mira Holt"), span(article(path).raw, "will rebuild")])
    assert part(result).count(b"\n") == part(path.read_bytes()).count(b"\n")


def test_comments_that_are_there_stay(tmp_path: Path) -> None:
    path = build(tmp_path / "a.docx")
    word = docx.Document(str(path))
    word.add_comment(word.paragraphs[1].runs[0], "Ours", author="Mira Holt", initials="MH")
    word.save(str(path))
    result = check(path, [span(article(path).raw, "“We will")], old_ids=["0"])
    comments = list(docx.Document(io.BytesIO(result)).comments)
    assert [(c.author, c.text.splitlines()[0]) for c in comments] == [
        ("Mira Holt", "Ours"),
        ("Copydesk", "Did she say this, number 1?"),
    ]
    assert comments[0].timestamp is not None


def test_another_prefix_and_encoding(tmp_path: Path) -> None:
    def change(xml: bytes) -> bytes:
        text = re.sub(r"(</?|\s|xmlns:)w([:=])", r"\1x\2", xml.decode())
        return re.sub("""encoding=.UTF-8.""", 'encoding="UTF-16"', text).encode("utf-16")

    path = rewritten(build(tmp_path / "a.docx"), change)
    result = check(path, [span(article(path).raw, "will rebuild")])
    assert b"<x:commentRangeStart" in part(result)


def test_the_same_passage_twice_and_one_inside_the_other(word: Path) -> None:
    raw = article(word).raw
    check(word, [span(raw, words) for words in ("will rebuild it", "will rebuild it", "rebuild", "it & more")])


def test_a_second_passage_of_the_article_points_to_the_first(word: Path) -> None:
    document = article(word)
    report = report_on(document, [span(document.raw, "will rebuild")])
    other = Evidence(place=document.raw_place(*span(document.raw, "The last one.")), label="further down")
    finding = report.findings[0].model_copy(update={"evidence": (*report.findings[0].evidence, other)})
    result = commented(word.read_bytes(), report.model_copy(update={"findings": (finding,)}))
    texts = [comment.text for comment in docx.Document(io.BytesIO(result)).comments]
    assert f"Further down ({word}, paragraph 6): The last one." in texts[0]
    assert texts[1] == "Further down; see the comment “Did she say this, number 1?”"


def test_findings_that_are_not_shown_are_no_comments(word: Path) -> None:
    report = report_on(article(word), [(0, 3)])
    hidden = report.findings[0].model_copy(update={"shown": False})
    result = commented(word.read_bytes(), report.model_copy(update={"findings": (hidden,)}))
    assert not list(docx.Document(io.BytesIO(result)).comments)


def test_another_file_than_the_audited_one_is_refused(word: Path, tmp_path: Path) -> None:
    report = report_on(article(word), [(0, 3)])
    with pytest.raises(CopydeskError, match="changed since it was read"):
        commented(build(tmp_path / "b.docx").read_bytes() + b" ", report)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_the_copy(word: Path, tmp_path: Path) -> None:
    raw = article(word).raw
    path = tmp_path / "copy.docx"
    path.write_bytes(check(word, [span(raw, "will rebuild it"), span(raw, "Two cells in one | Os")]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF")
