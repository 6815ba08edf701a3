"""Who is let in, what is refused, and what stands on every answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest
from desk_client import Visitor
from starlette.testclient import TestClient

from audit.serve import guard, uploads
from audit.serve.desk import Desk
from audit.serve.guard import Session

PAGES = ["/", "/audits/1", "/audits/1/state", "/audits/1/report", "/audits/1/report.json", "/decisions.json", "/none"]


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_anything_without_the_token(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "address that copydesk printed" in answer.text
    assert "<form" not in answer.text


@pytest.mark.parametrize("token", ["", "?token=", "?token=wrong", "?token=ü"])
def test_a_wrong_token_opens_nothing(stranger: TestClient, session: Session, token: str) -> None:
    assert stranger.get(f"/enter{token}").status_code == 403
    assert not stranger.cookies
    assert stranger.get(session.address).status_code == 200


def test_the_token_works_once(stranger: TestClient, visitor: Visitor, session: Session) -> None:
    assert visitor.get("/").status_code == 200
    stranger.cookies.clear()
    address = f"/enter?token={session.entry}"  # used up, so it is empty
    assert stranger.get(address).status_code == 403
    assert stranger.get("/").status_code == 403


def test_the_printed_address_stays_good_for_the_browser_that_used_it(stranger: TestClient, session: Session) -> None:
    address = session.address
    assert [stranger.get(address).status_code for _ in range(2)] == [200, 200]


def test_a_look_ahead_does_not_use_the_token_up(stranger: TestClient, session: Session) -> None:
    address = session.address
    assert stranger.head(address).status_code == 204
    assert not stranger.cookies
    assert stranger.get(address).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: TestClient, session: Session) -> None:
    cookie = stranger.get(session.address, follow_redirects=False).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert session.cookie_name == "copydesk-8765"


def test_a_cookie_that_is_nearly_right_is_wrong(stranger: TestClient, session: Session) -> None:
    for value in (session.cookie[:-1], session.cookie + "x", "", '"'):
        assert stranger.get("/", headers={"Cookie": f"{session.cookie_name}={value}"}).status_code == 403
    assert stranger.get("/", headers={"Cookie": f"a=b; {session.cookie_name}={session.cookie}"}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost:8765", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8765.evil.example"]
)
def test_another_host_is_refused_even_with_the_cookie(visitor: Visitor, host: str) -> None:
    answer = visitor.client.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "<form" not in answer.text


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8765", ""]
)
def test_another_origin_changes_nothing(visitor: Visitor, desk: Desk, origin: str) -> None:
    for path in ("/audits", "/audits/1/edit", "/audits/1/stop", "/audits/1/decisions"):
        assert visitor.post(path, article_text="Words.", origin=origin).status_code == 403
    assert desk.all() == []


def test_a_request_without_an_origin_changes_nothing(visitor: Visitor, desk: Desk) -> None:
    data = {"csrf": visitor.session.csrf, "article_text": "Words."}
    assert visitor.client.post("/audits", data=data).status_code == 403
    assert desk.all() == []


@pytest.mark.parametrize("csrf", ["", "wrong", "ü"])
def test_without_the_form_s_token_nothing_changes(visitor: Visitor, desk: Desk, csrf: str) -> None:
    assert visitor.post("/audits", article_text="Words.").status_code == 303
    for path in ("/audits", "/audits/1/edit", "/audits/1/stop", "/audits/1/decisions"):
        answer = visitor.post(path, article_text="Words.", text="Other words.", csrf=csrf)
        assert answer.status_code == 403
        assert "earlier session" in answer.text
    assert len(desk.all()) == 1
    assert desk.all()[0].state == "waiting"


def test_a_decision_as_json_needs_the_token_too(visitor: Visitor) -> None:
    headers = {"Origin": visitor.session.origin, "Accept": "*/*"}
    answer = visitor.client.post("/audits/1/decisions", json={"fingerprint": "x"}, headers=headers)
    assert (answer.status_code, answer.json()["saved"]) == (403, False)
    foreign = {"Origin": "http://evil.example", "X-CSRF-Token": visitor.session.csrf, "Accept": "*/*"}
    answer = visitor.client.post("/audits/1/decisions", json={"fingerprint": "x"}, headers=foreign)
    assert (answer.status_code, answer.json()["saved"]) == (403, False)


@pytest.mark.parametrize("path", ["/", "/none", "/static/desk.css", "/enter"])
def test_every_answer_forbids_what_is_not_needed(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_a_body_that_says_it_is_too_large_is_not_kept(
    visitor: Visitor, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MAX_BODY", 10_000)
    answer = visitor.post("/audits", [("article", ("a.md", b"x" * 20_000))])
    assert answer.status_code == 413
    assert "larger than" in answer.text
    assert desk.all() == []


@pytest.mark.parametrize("rest", [0, 100])
def test_a_body_that_does_not_say_how_large_it_is_is_counted(
    session: Session, monkeypatch: pytest.MonkeyPatch, rest: int
) -> None:
    """Whether the part that is too much is the last one or not; what follows is thrown away and not kept."""
    monkeypatch.setattr(guard, "MAX_BODY", 10_000)
    chunks = [{"type": "http.request", "body": b"x" * 1000, "more_body": True} for _ in range(10 + rest)]
    chunks.append({"type": "http.request", "body": b"x" * 1000, "more_body": False})
    taken: list[bytes] = []

    async def receive() -> Any:
        return chunks.pop(0)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        more = True
        while more:
            message = await receive()
            taken.append(message["body"])
            more = message["more_body"]

    async def no_answer(message: Any) -> None:
        raise AssertionError(message)

    headers = {"host": session.host, "origin": session.origin, "cookie": f"{session.cookie_name}={session.cookie}"}
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "POST", "path": "/audits", "headers": raw}
    # In a thread of its own: a browser test before it may have left an event loop running in this one.
    with ThreadPoolExecutor(1) as pool, pytest.raises(guard.Refused, match="larger than"):
        pool.submit(anyio.run, guard.Guard(app, session, app), scope, receive, no_answer).result()
    assert len(b"".join(taken)) == 10_000
    assert chunks == []


def test_limits_of_one_file_of_all_and_of_their_number(
    visitor: Visitor, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 3000)
    monkeypatch.setattr(uploads, "MAX_TOTAL", 5000)
    article = ("article", ("a.md", b"# A"))
    large = visitor.post("/audits", [article, ("sources", ("b.txt", b"x" * 3001))])
    assert (large.status_code, "b.txt is larger than" in large.text) == (413, True)
    assert visitor.post("/audits", [article, *[("sources", ("b.txt", b"x" * 2000))] * 3]).status_code == 413
    many = visitor.post("/audits", [article, *[("sources", ("b.txt", b"x"))] * uploads.MAX_FILES])
    assert many.status_code == 413
    assert (
        visitor.post("/audits", [article, *[("sources", ("b.txt", b"x"))] * (uploads.MAX_FILES + 40)]).status_code
        == 400
    )
    assert desk.all() == []


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd", "/static/none.css"]
)
def test_static_files_are_those_of_the_folder_only(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../../outside.md",
        "/etc/outside.md",
        "..\\..\\outside.md",
        "C:\\outside.md",
        "....//outside.md",
        "outside.md\x00",
    ],
)
def test_a_file_name_is_no_path(visitor: Visitor, desk: Desk, tmp_path: Path, name: str) -> None:
    answer = visitor.post("/audits", [("article", (name, b"# Words"))])
    assert answer.status_code == 303
    [audit] = desk.all()
    assert [path.parent for path in tmp_path.rglob("*outside*")] == [audit.texts]


def test_names_and_texts_cannot_act(visitor: Visitor) -> None:
    attack = "<img src=x onerror=alert(1)>\"'&"
    for _ in range(2):
        visitor.post("/audits", [("article", (f"{attack}.md", f"# {attack}".encode()))])
    for path in ("/", "/audits/1", "/audits/1/edit"):
        page = visitor.get(path).text
        assert "<img" not in page
        assert "_img src=x" in page or "&lt;img src=x" in page
    wrong = visitor.post("/audits", article_text="", source_text=f"</textarea><script>{attack}")
    assert "<script>" not in wrong.text
    assert "&lt;/textarea&gt;&lt;script&gt;" in wrong.text


def test_a_fault_is_one_sentence(visitor: Visitor, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise ZeroDivisionError("division by <zero>")

    monkeypatch.setattr(Desk, "all", broken)
    answer = visitor.get("/")
    assert answer.status_code == 500
    assert "ZeroDivisionError: division by &lt;zero&gt;" in answer.text
    assert "Traceback" not in answer.text


def test_a_full_disk_is_one_sentence(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    answer = visitor.post("/audits", article_text="Words.")
    assert answer.status_code == 507
    assert "no space left on device" in answer.text
