"""From a form to a report, to the edited text and its report; what waits, what breaks off, what is stopped."""

from __future__ import annotations

import html
import io
import json
import multiprocessing
import os
import re
import signal
import threading
import zipfile
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import docx
import pytest
from desk_client import ARTICLE, HOST, SOURCE, Visitor
from starlette.testclient import TestClient

from audit.config import PROFILES
from audit.errors import CopydeskError
from audit.extract.annotate import Annotator
from audit.serve.app import build_app
from audit.serve.decisions import Book
from audit.serve.desk import BROKE_OFF, STOPPED, Desk
from audit.serve.guard import Session
from audit.serve.pages import PROFILE_WORDS
from audit.serve.uploads import UploadError, brief_of, choices_of, safe_name
from audit.serve.worker import Failed, Job, Memory, Step, serve_jobs


def rules_of(visitor: Visitor, path: str) -> list[str]:
    report = visitor.get(f"{path}/report.json").json()
    return [finding["rule"] for finding in report["findings"] if finding["shown"]]


def test_an_article_and_its_source_become_a_report(office: Visitor) -> None:
    path = office.audit(ARTICLE, SOURCE)
    page = office.get(path)
    assert page.url.path == f"{path}/report"
    assert "We may rebuild the weir in spring" in page.text
    assert f'<meta name="copydesk-save" content="{path}/decisions">' in page.text
    assert f'<meta name="copydesk-csrf" content="{office.session.csrf}">' in page.text
    assert "quote-altered" in rules_of(office, path)
    assert page.headers["content-security-policy"].startswith("frame-ancestors 'none'")
    [policy] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', page.text)
    assert html.unescape(policy).startswith("default-src 'none'; style-src 'sha256-")
    assert " 'self'; connect-src 'self'; img-src 'self'; script-src 'sha256-" in html.unescape(policy)


def test_downloads_are_the_plain_reports(office: Visitor) -> None:
    path = office.audit(ARTICLE, SOURCE)
    page, values = office.get(f"{path}/report.html"), office.get(f"{path}/report.json")
    assert page.headers["content-disposition"].startswith('attachment; filename="article-report.html"')
    assert 'name="copydesk-save"' not in page.text
    assert "desk-bar" not in page.text
    assert "connect-src" not in page.text
    assert [info["path"] for info in json.loads(values.text)["inputs"]] == ["article.md", "source-1.txt"]
    article = office.get(f"{path}/article")
    assert (article.content, article.headers["content-type"]) == (ARTICLE.encode(), "application/octet-stream")


def test_pasted_texts_are_audited_like_files(office: Visitor) -> None:
    answer = office.post("/audits", article_text=ARTICLE.replace("\n", "\r\n"), source_text=["", SOURCE])
    path = office.wait(answer.headers["location"])
    assert "quote-altered" in rules_of(office, path)
    report = office.get(f"{path}/report.json").json()
    assert [info["path"] for info in report["inputs"]] == ["Pasted article", "Pasted source"]
    assert report["inputs"][0]["text"] == ARTICLE


def test_an_edit_is_audited_again_and_what_changed_is_shown(office: Visitor) -> None:
    first = office.audit(ARTICLE, SOURCE)
    assert "We will rebuild the weir" in office.get(f"{first}/edit").text
    mended = ARTICLE.replace("We will", "We may").replace("comes first", "came first")
    answer = office.post(f"{first}/edit", text=mended)
    second = office.wait(answer.headers["location"])
    page = office.get(second)
    assert page.url.path == f"{second}/changes"
    assert "<b>1</b> fixed" in page.text
    assert "<b>1</b> new" in page.text
    assert "<del>will</del><ins>may</ins>" in page.text
    assert office.get(f"{second}/article").text == mended
    assert office.get(f"{first}/article").text == ARTICLE


def test_an_edit_that_mends_nothing_is_not_called_fixed(office: Visitor) -> None:
    first = office.audit(ARTICLE, SOURCE)
    answer = office.post(f"{first}/edit", text=ARTICLE.replace("We will", "We must"))
    page = office.get(office.wait(answer.headers["location"]))
    assert "<b>0</b> fixed" in page.text
    assert "The words are others; the question stays." in page.text


def test_a_source_can_be_added_later(office: Visitor) -> None:
    first = office.audit(ARTICLE)
    assert "quote-altered" not in rules_of(office, first)
    answer = office.post(f"{first}/edit", [("sources", ("late.txt", SOURCE.encode()))], text=ARTICLE)
    second = office.wait(answer.headers["location"])
    assert "quote-altered" in rules_of(office, second)


def test_a_word_article_is_handed_in_anew(office: Visitor) -> None:
    answer = office.post("/audits", [("article", ("a.docx", word(ARTICLE))), ("sources", ("s.txt", SOURCE.encode()))])
    first = office.wait(answer.headers["location"])
    assert "quote-altered" in rules_of(office, first)
    page = office.get(f"{first}/edit").text
    assert "<textarea" not in page
    assert "A Word file is edited in Word" in page
    changed = word(ARTICLE.replace("We will", "We may"))
    answer = office.post(f"{first}/edit", [("article", ("a-2.docx", changed))])
    second = office.wait(answer.headers["location"])
    assert "quote-altered" not in rules_of(office, second)
    assert "<b>1</b> fixed" in office.get(second).text


def test_a_word_article_comes_back_with_comments(office: Visitor) -> None:
    answer = office.post("/audits", [("article", ("a.docx", word(ARTICLE))), ("sources", ("s.txt", SOURCE.encode()))])
    path = office.wait(answer.headers["location"])
    assert "Word with comments" in office.get(f"{path}/report").text
    copy = office.get(f"{path}/report.docx")
    assert copy.headers["content-disposition"].startswith('attachment; filename="a-comments.docx"')
    comments = list(docx.Document(io.BytesIO(copy.content)).comments)
    assert any("We may rebuild the weir in spring" in comment.text for comment in comments)
    plain = office.audit(ARTICLE, SOURCE)
    assert "Word with comments" not in office.get(f"{plain}/report").text
    assert office.get(f"{plain}/report.docx").status_code == 404


def word(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        if line:
            document.add_paragraph(line.removeprefix("# "), style="Title" if line.startswith("# ") else None)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_choices_reach_the_audit(office: Visitor) -> None:
    path = office.audit(ARTICLE, SOURCE, profile="strict", complete="yes", preview="yes")
    report = office.get(f"{path}/report.json").json()
    assert report["run"]["profile"] == "strict"
    assert [info["complete"] for info in report["inputs"]] == [False, True]


def test_what_cannot_be_read_is_said_in_the_report(office: Visitor) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    files = [("article", ("article.md", ARTICLE.encode())), ("sources", ("bomb.docx", bomb.getvalue()))]
    page = office.get(office.wait(office.post("/audits", files).headers["location"])).text
    assert "Not everything was audited" in page
    assert "unpacks to 60 MB" in page


def test_a_source_that_the_article_names_is_the_one_that_was_handed_in(office: Visitor) -> None:
    head = "---\nsources: [interviews/feld.txt, interviews/other.txt, /etc/passwd, https://feld.example/x]\n---\n"
    files = [("article", ("article.md", (head + ARTICLE).encode())), ("sources", ("feld.txt", SOURCE.encode()))]
    path = office.wait(office.post("/audits", files).headers["location"])
    told = {d["path"]: d["message"] for d in office.get(f"{path}/report.json").json()["diagnostics"]}
    assert told.pop("article.md").startswith("its front matter names a source outside")
    assert set(told) == {"interviews/other.txt", "https://feld.example/x"}
    assert set(told.values()) == {"the article names this source, and it was not handed in"}


def test_an_audit_that_breaks_off_is_a_message_and_the_next_one_goes_on(office: Visitor) -> None:
    desk = desk_of(office)
    worker = desk._bench._process
    assert worker is not None
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGSTOP)
    first = office.post("/audits", article_text=ARTICLE).headers["location"]
    second = office.post("/audits", article_text=ARTICLE).headers["location"]
    assert "1 audit before this one" in office.get(second).text
    os.kill(worker.pid, signal.SIGKILL)
    page = office.get(office.wait(first)).text
    assert BROKE_OFF in page
    assert office.get(office.wait(second)).url.path == f"{second}/report"


def test_a_fault_in_an_audit_is_a_message(desk: Desk, tmp_path: Path) -> None:
    """What a worker cannot do comes back as a sentence, and the worker lives on."""
    ours, theirs = multiprocessing.Pipe()
    worker = threading.Thread(target=_answer, args=(theirs,))
    worker.start()
    for _ in range(2):
        ours.send(Job(tmp_path / "nowhere", "a.md", (), choices_of("standard", complete=False, preview=False)))
        while isinstance(message := ours.recv(), Step):
            pass
        assert isinstance(message, Failed)
        assert "FileNotFoundError" in message.why
    ours.close()
    worker.join(timeout=10)
    assert not worker.is_alive()


def _answer(pipe: Connection) -> None:
    serve_jobs(pipe, Annotator())


def test_what_runs_or_waits_can_be_stopped(office: Visitor) -> None:
    desk = desk_of(office)
    office.audit("# Words\n\nPlain.\n")
    worker = desk._bench._process
    assert worker is not None
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGSTOP)
    running, waiting, last = (office.post("/audits", article_text=ARTICLE).headers["location"] for _ in range(3))
    while office.get(f"{running}/state").json()["state"] != "running":
        pass
    for path in (waiting, running):
        assert office.post(f"{path}/stop").status_code == 303
        assert STOPPED in office.get(path).text
    assert office.get(office.wait(last)).url.path == f"{last}/report"
    assert office.get(f"{running}/state").json()["state"] == "failed"
    assert office.get(f"{running}/report").status_code == 404


def desk_of(visitor: Visitor) -> Desk:
    from audit.serve.app import _Pages

    routes: Any = visitor.client.app._app.routes  # type: ignore[attr-defined]
    pages = next(route.endpoint.__self__ for route in routes if getattr(route, "path", "") == "/")
    assert isinstance(pages, _Pages)
    return pages._desk


@pytest.mark.parametrize(
    ("fields", "files", "words"),
    [
        ({}, [], "There is no article yet"),
        ({"article_text": "  \r\n "}, [], "There is no article yet"),
        ({"article_text": "Words."}, [("article", ("a.md", b"# A"))], "both an article file and a pasted article"),
        ({}, [("article", ("a.md", b"# A")), ("article", ("b.md", b"# B"))], "Choose one article"),
        ({"article_text": "Words.", "profile": "lax"}, [], "There is no such way"),
    ],
)
def test_a_form_that_makes_no_audit_says_why_and_keeps_what_was_pasted(
    visitor: Visitor, desk: Desk, fields: dict[str, str], files: list[Any], words: str
) -> None:
    answer = visitor.post("/audits", files, source_text="Kept words.", **fields)
    assert answer.status_code == 400
    assert words in answer.text
    assert "Kept words." in answer.text
    assert desk.all() == []


def test_the_page_without_scripts_asks_again_by_itself(visitor: Visitor) -> None:
    path = visitor.post("/audits", article_text=ARTICLE).headers["location"]
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in visitor.get(path).text
    assert visitor.get(f"{path}/report").status_code == 404
    assert visitor.get("/audits/7").status_code == 404


def test_kept_audits_have_a_folder_each(tmp_path: Path) -> None:
    desk = Desk(tmp_path, keep=True)
    brief = brief_of(None, [], ARTICLE, [SOURCE], choices_of("standard", complete=False, preview=False))
    folders = [desk.add(brief).folder for _ in range(2)]
    assert folders[0] != folders[1]
    assert all(folder.name.startswith(f"{desk.all()[0].begun:%Y-%m-%d}") for folder in folders)
    assert sorted(path.name for path in (folders[0] / "texts").iterdir()) == ["Pasted article", "Pasted source"]
    assert folders[0].stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("story.md", "story.md"),
        ("Grüße 1.docx", "Grüße 1.docx"),
        ("a/b/../c.md", "c.md"),
        ("-", "article"),
        ("--help.md", "help.md"),
        ("http:x.md", "http_x.md"),
        ("con", "article con"),
        ("NUL.txt", "article NUL.txt"),
        (".md", "md"),
        ("\u202egnp.md", "gnp.md"),
        ("x" * 300 + ".docx", "x" * 95 + ".docx"),
        ("", "article"),
    ],
)
def test_safe_names(given: str, name: str) -> None:
    assert safe_name(given, "article") == name


def test_equal_names_are_told_apart() -> None:
    from audit.serve.uploads import Text

    choices = choices_of("standard", complete=False, preview=False)
    texts = [Text(name, b"x") for name in ("a.md", "A.md", "a.md")]
    brief = brief_of(texts[0], texts[1:], "", [], choices)
    assert [brief.article.name, *(source.name for source in brief.sources)] == ["a.md", "A 2.md", "a 3.md"]


def test_half_a_character_is_refused() -> None:
    with pytest.raises(UploadError, match="half a character"):
        brief_of(None, [], "A \ud800 word", [], choices_of("standard", complete=False, preview=False))


def test_every_profile_has_words() -> None:
    assert tuple(PROFILE_WORDS) == PROFILES


def test_the_memory_of_the_worker_is_bounded() -> None:
    memory = Memory(limit=2)
    memory.set_many({"a": 1})
    memory.set_many({"b": 2})
    assert memory.get("a") == 1
    memory.set_many({"c": 3})
    assert [memory.get(key) for key in "abc"] == [1, None, 3]


def decide(visitor: Visitor, path: str, **values: Any) -> Any:
    """What the script of the report sends."""
    headers = {"Origin": visitor.session.origin, "X-CSRF-Token": visitor.session.csrf}
    return visitor.client.post(f"{path}/decisions", json=values, headers=headers)


def altered(visitor: Visitor, path: str) -> dict[str, Any]:
    findings = visitor.get(f"{path}/report.json").json()["findings"]
    return next(finding for finding in findings if finding["rule"] == "quote-altered")


DISMISSED = {"verdict": "dismissed", "reason": "source-elsewhere", "text": "It is on the tape.", "by": "Ada Quill"}


def test_a_decision_is_saved_at_once_and_shown(office: Visitor) -> None:
    path = office.audit(ARTICLE, SOURCE)
    mark = altered(office, path)["fingerprint"]
    answer = decide(office, path, fingerprint=mark, expires="2999-01-31", rule="forged", **DISMISSED)
    assert answer.status_code == 200
    saved = answer.json()["decision"]
    assert (saved["rule"], saved["article"], saved["expires"]) == ("quote-altered", "article.md", "2999-01-31")
    assert office.get("/decisions.json").json()["decisions"] == [saved]
    finding = altered(office, path)
    assert (finding["status"], finding["decision"]) == ("dismissed", saved)
    assert "It is on the tape." in office.get(f"{path}/decisions").text
    again = office.audit(ARTICLE, SOURCE)
    assert altered(office, again)["status"] == "dismissed"
    undone = decide(office, path, fingerprint=mark, verdict="")
    assert undone.json() == {"saved": True, "decision": None}
    assert altered(office, path)["status"] == "open"
    assert office.get("/decisions.json").json()["decisions"] == []


def test_a_decision_reopens_when_the_words_change_and_the_new_one_takes_its_place(office: Visitor) -> None:
    first = office.audit(ARTICLE, SOURCE)
    assert decide(office, first, fingerprint=altered(office, first)["fingerprint"], **DISMISSED).status_code == 200
    answer = office.post(f"{first}/edit", text=ARTICLE.replace("We will", "We must"))
    second = office.wait(answer.headers["location"])
    finding = altered(office, second)
    assert (finding["status"], finding["reopened"]) == ("open", "text-changed")
    assert "reopened, the article’s words have changed since" in office.get(f"{second}/decisions").text
    confirmed = {**DISMISSED, "verdict": "confirmed"}
    assert decide(office, second, fingerprint=finding["fingerprint"], **confirmed).json()["decision"]["reason"] == ""
    assert [d["verdict"] for d in office.get("/decisions.json").json()["decisions"]] == ["confirmed"]
    decide(office, second, fingerprint=finding["fingerprint"], verdict="")


def test_a_decision_can_be_made_without_scripts(office: Visitor) -> None:
    path = office.audit(ARTICLE, SOURCE)
    mark = altered(office, path)["fingerprint"]
    incomplete = office.post(f"{path}/decisions", fingerprint=mark, **{**DISMISSED, "by": " "})
    assert incomplete.status_code == 400
    assert "the name is missing" in incomplete.text
    assert office.post(f"{path}/decisions", fingerprint=mark, expires="", **DISMISSED).status_code == 303
    assert altered(office, path)["status"] == "dismissed"
    assert office.post(f"{path}/decisions", fingerprint=mark, verdict="").status_code == 303
    assert altered(office, path)["status"] == "open"


@pytest.mark.parametrize(
    ("values", "status", "words"),
    [
        ({"fingerprint": "f" * 32}, 404, "no such finding"),
        ({"fingerprint": ["x"]}, 404, "no such finding"),
        ({"verdict": "perhaps"}, 400, "dismiss it or to confirm it"),
        ({"reason": ""}, 400, "for one of the reasons"),
        ({"reason": "because"}, 400, "one of the reasons"),
        ({"by": ""}, 400, "name is missing"),
        ({"by": None}, 400, "name is missing"),
        ({"expires": "soon"}, 400, "has to be a day"),
        ({"expires": 20990101}, 400, "has to be a day"),
        ({"text": "x" * 5001}, 400, "longer than"),
        ({"text": {"a": 1}}, 400, "text"),
        ({"text": "x" * 300_000}, 413, "too long"),
    ],
)
def test_a_decision_that_is_not_whole_is_not_saved(
    office: Visitor, values: dict[str, Any], status: int, words: str
) -> None:
    path = office.audit(ARTICLE, SOURCE)
    sent = {**DISMISSED, "fingerprint": altered(office, path)["fingerprint"], **values}
    answer = decide(office, path, **sent)
    assert (answer.status_code, answer.json()["saved"]) == (status, False)
    assert words in answer.json()["error"]
    assert office.get("/decisions.json").json()["decisions"] == []


def test_what_is_no_decision_at_all_is_refused(office: Visitor) -> None:
    path = office.audit(ARTICLE, SOURCE)
    headers = {"Origin": office.session.origin, "X-CSRF-Token": office.session.csrf}
    headers["Content-Type"] = "application/json"
    for content in (b"", b"{", b"[]", b"\xff", b"[" * 100_000):
        answer = office.client.post(f"{path}/decisions", content=content, headers=headers)
        assert (answer.status_code, answer.json()["saved"]) == (400, False)
    assert decide(office, "/audits/999", **DISMISSED).status_code == 404


def test_a_broken_file_of_decisions_is_one_sentence(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CopydeskError, match="it is not JSON"):
        Book(path)
    path.unlink()
    with pytest.raises(CopydeskError, match="no such folder"):
        Book(tmp_path / "none" / "decisions.json")


def test_kept_reports_hold_the_decisions(tmp_path: Path) -> None:
    """The files in the folder are those that the page shows, before and after a decision."""
    session, book = Session(HOST), Book(tmp_path / "decisions.json")
    app = build_app(Desk(tmp_path, keep=True, finish=book.applied), session, book)
    with TestClient(app, base_url=session.origin) as client:
        client.get(session.address)
        visitor = Visitor(client, session)
        path = visitor.audit(ARTICLE, SOURCE)
        [file] = tmp_path.glob("*/report.json")
        assert file.read_text(encoding="utf-8") == visitor.get(f"{path}/report.json").text
        decide(visitor, path, fingerprint=altered(visitor, path)["fingerprint"], **DISMISSED)
        assert "It is on the tape." in file.read_text(encoding="utf-8")
        assert file.read_text(encoding="utf-8") == visitor.get(f"{path}/report.json").text
        assert file.with_name("report.html").is_file()
