"""The local page: its addresses and what stands behind each."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from audit.errors import CopydeskError
from audit.records.report import Report
from audit.reports.html import render_html
from audit.reports.json import render_json
from audit.serve.decisions import Book, Refusal, holds
from audit.serve.desk import Audit, Desk
from audit.serve.edits import Piece, edited_paragraphs
from audit.serve.guard import ENTRANCE, Guard, Refused, Session, same
from audit.serve.pages import (
    GROUP_WORDS,
    STATIC,
    Question,
    bar_of,
    comparison_of,
    frame_of,
    open_findings,
    questions_of,
    render,
    summary,
    verbatim,
)
from audit.serve.uploads import (
    MAX_FILES,
    MAX_TOTAL,
    Brief,
    Choices,
    Text,
    UploadError,
    brief_of,
    choices_of,
    encoded,
    safe_name,
)

MAX_FIELDS = 200
MAX_DECISION = 200_000  # bytes of a decision as JSON
# The report has a policy of its own in its head, by the hashes of its style and script; this is what a head cannot say.
REPORT_POLICY = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SEE_OTHER = 303


def build_app(desk: Desk, session: Session, book: Book) -> ASGIApp:
    """The whole application, behind its guard. The desk is opened and closed with it."""
    pages = _Pages(desk, session, book)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        desk.open()
        yield
        await run_in_threadpool(desk.close)

    app = Starlette(
        routes=pages.routes(),
        lifespan=lifespan,
        exception_handlers={
            Refused: pages.refused,
            HTTPException: pages.http_error,
            CopydeskError: pages.mishap,
            OSError: pages.disk_error,
            Exception: pages.fault,
        },
    )
    return Guard(app, session, pages.refusal)


class _Pages:
    """The endpoints."""

    def __init__(self, desk: Desk, session: Session, book: Book) -> None:
        self._desk, self._session, self._book = desk, session, book

    def routes(self) -> list[Route | Mount]:
        """Every address. Endpoints that are no coroutines run in threads."""
        return [
            Route(ENTRANCE, self.enter),
            Route("/", self.start),
            Route("/audits", self.add, methods=["POST"]),
            Route("/audits/{number:int}", self.audit),
            Route("/audits/{number:int}/state", self.state),
            Route("/audits/{number:int}/stop", self.stop, methods=["POST"]),
            Route("/audits/{number:int}/report", self.report),
            Route("/audits/{number:int}/report.html", self.report_file),
            Route("/audits/{number:int}/report.json", self.report_json),
            Route("/audits/{number:int}/report.docx", self.report_word),
            Route("/audits/{number:int}/article", self.article),
            Route("/audits/{number:int}/edit", self.edit),
            Route("/audits/{number:int}/edit", self.edited, methods=["POST"]),
            Route("/audits/{number:int}/changes", self.changes),
            Route("/audits/{number:int}/decisions", self.decisions),
            Route("/audits/{number:int}/decisions", self.decide, methods=["POST"]),
            Route("/decisions.json", self.decisions_file),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]

    # --- Coming in, and what goes wrong -------------------------------------------------------------------------------

    def enter(self, request: Request) -> Response:
        """Exchange the token of the printed address for the session's cookie."""
        known = same(request.cookies.get(self._session.cookie_name, ""), self._session.cookie)
        if request.method == "HEAD":  # a look ahead must not use the token up
            return Response(status_code=204)
        if not known and not self._session.enter(request.query_params.get("token", "")):
            raise Refused(403, "This address has been used already, or it is not whole. Start copydesk serve again.")
        response = RedirectResponse("/", _SEE_OTHER)
        response.set_cookie(self._session.cookie_name, self._session.cookie, httponly=True, samesite="strict", path="/")
        return response

    async def refusal(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The answer to what the guard refuses."""
        response = self.refused(Request(scope), scope["refused"])
        await response(scope, receive, send)

    def refused(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return self._trouble(request, error.status, str(error))

    def http_error(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        words = {404: "There is no such page.", 405: "This page cannot be used like that."}
        return self._trouble(request, error.status_code, words.get(error.status_code, f"{error.detail}."))

    def mishap(self, request: Request, error: Exception) -> Response:
        return self._trouble(request, 409, f"{error}.")

    def disk_error(self, request: Request, error: Exception) -> Response:
        from audit.console import reason_of

        assert isinstance(error, OSError)
        return self._trouble(request, 507, f"The files could not be kept: {reason_of(error)}.")

    def fault(self, request: Request, error: Exception) -> Response:
        words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return self._trouble(request, 500, f"This is a fault of copydesk itself ({words}); please report it.")

    def _trouble(self, request: Request, status: int, message: str) -> Response:
        """One sentence, as a page or, for a script, as JSON."""
        if _is_json(request):
            return JSONResponse({"saved": False, "error": message}, status)
        return HTMLResponse(render("trouble.html.j2", message=message, shut_out=status in (403, 421)), status)

    # --- The start ----------------------------------------------------------------------------------------------------

    def start(self, request: Request) -> Response:
        return self._start_page()

    def _start_page(
        self, problem: str = "", status: int = 200, article: str = "", sources: list[str] | None = None
    ) -> Response:
        rows = [(audit, self._outcome(audit)) for audit in self._desk.all()]
        page = render(
            "start.html.j2",
            csrf=self._session.csrf,
            problem=problem,
            pasted=verbatim(article),
            pasted_sources=[verbatim(text) for text in (sources or [""])],
            rows=rows,
        )
        return HTMLResponse(page, status)

    def _outcome(self, audit: Audit) -> str:
        if audit.report is not None:
            return summary(self._book.applied(audit.report))
        return {"waiting": "waiting", "running": "being audited"}.get(audit.state, audit.why)

    async def add(self, request: Request) -> Response:
        """Take an article and its sources in."""
        async with self._form(request) as form:
            pasted, pasted_sources = _words(form, "article_text"), _all_words(form, "source_text")
            try:
                articles = await _texts(form, "article", "article")
                sources = await _texts(form, "sources", "source")
                if len(articles) > 1:
                    raise UploadError("Choose one article; more of them are more audits.")
                choices = choices_of(
                    _words(form, "profile") or "standard", complete="complete" in form, preview="preview" in form
                )
                brief = brief_of(articles[0] if articles else None, sources, pasted, pasted_sources, choices)
            except UploadError as error:
                return self._start_page(str(error), error.status, pasted, pasted_sources)
            return await self._added(brief)

    async def _added(self, brief: Brief, previous: int | None = None) -> Response:
        audit = await run_in_threadpool(self._desk.add, brief, previous)
        return RedirectResponse(f"/audits/{audit.number}", _SEE_OTHER)

    @contextlib.asynccontextmanager
    async def _form(self, request: Request) -> AsyncIterator[FormData]:
        """The fields of a form. Raises Refused where the session's token is not among them."""
        async with request.form(max_files=MAX_FILES + 2, max_fields=MAX_FIELDS, max_part_size=MAX_TOTAL) as form:
            self._check_csrf(_words(form, "csrf"))
            yield form

    def _check_csrf(self, token: str) -> None:
        if not same(token, self._session.csrf):
            raise Refused(403, "This form is of an earlier session, so nothing was done. Open the page again.")

    # --- One audit ----------------------------------------------------------------------------------------------------

    def _audit(self, request: Request) -> Audit:
        audit = self._desk.find(request.path_params["number"])
        if audit is None:
            raise HTTPException(404)
        return audit

    def _done(self, request: Request) -> tuple[Audit, Report]:
        """An audit and its report, with all decisions in it. Raises HTTPException where there is none yet."""
        audit = self._audit(request)
        if audit.report is None:
            raise HTTPException(404)
        return audit, self._book.applied(audit.report)

    def audit(self, request: Request) -> Response:
        """Where an audit is: under way, failed, or at its report."""
        audit = self._audit(request)
        if audit.state == "done":
            page = "report" if audit.previous is None else "changes"
            return RedirectResponse(f"/audits/{audit.number}/{page}", _SEE_OTHER)
        page = render(
            "running.html.j2",
            audit=audit,
            ahead=self._desk.ahead_of(audit),
            csrf=self._session.csrf,
        )
        return HTMLResponse(page)

    def state(self, request: Request) -> Response:
        audit = self._audit(request)
        return JSONResponse({"state": audit.state, "words": audit.words, "ahead": self._desk.ahead_of(audit)})

    async def stop(self, request: Request) -> Response:
        async with self._form(request):
            audit = self._audit(request)
            await run_in_threadpool(self._desk.stop, audit)
            return RedirectResponse(f"/audits/{audit.number}", _SEE_OTHER)

    def report(self, request: Request) -> Response:
        audit, report = self._done(request)
        page = render_html(report, frame_of(audit, self._session.csrf))
        return HTMLResponse(page, headers={"Content-Security-Policy": REPORT_POLICY})

    def report_file(self, request: Request) -> Response:
        audit, report = self._done(request)
        return _download(render_html(report), f"{_stem(audit)}-report.html", "text/html")

    def report_json(self, request: Request) -> Response:
        audit, report = self._done(request)
        return _download(render_json(report), f"{_stem(audit)}-report.json", "application/json")

    def report_word(self, request: Request) -> Response:
        """The article, where it is a Word file, with the findings as comments."""
        from audit.word_copy import commented

        audit, report = self._done(request)
        if not audit.is_word:
            raise HTTPException(404)
        return _download(commented(audit.article_bytes(), report), f"{_stem(audit)}-comments.docx", WORD)

    def article(self, request: Request) -> Response:
        """The article as it was audited, so that an edited text gets back to where it came from."""
        audit = self._audit(request)
        name = audit.article if "." in audit.article else f"{audit.article}.txt"
        return _download(audit.article_bytes(), name, "application/octet-stream")

    # --- Editing ------------------------------------------------------------------------------------------------------

    def edit(self, request: Request) -> Response:
        return self._edit_page(self._audit(request))

    def _edit_page(self, audit: Audit, text: str | None = None, problem: str = "", status: int = 200) -> Response:
        unreadable = ""
        if text is None and not audit.is_word:
            try:
                text = audit.article_text()
            except CopydeskError as error:
                unreadable = str(error)
        page = render(
            "edit.html.j2",
            audit=audit,
            bar=bar_of(audit, f"/audits/{audit.number}/edit") if audit.report is not None else None,
            text=None if text is None else verbatim(text),
            questions=self._questions(audit),
            problem=problem or unreadable,
            csrf=self._session.csrf,
        )
        return HTMLResponse(page, status)

    def _questions(self, audit: Audit) -> list[Question]:
        """What an editor has to look at in the article."""
        if audit.report is None:
            return []
        return questions_of(self._book.applied(audit.report))

    async def edited(self, request: Request) -> Response:
        """Audit an article again, edited on the page or handed in anew, with the same sources and more."""
        audit = self._audit(request)
        async with self._form(request) as form:
            text = _words(form, "text") if "text" in form else None
            try:
                brief = await self._next_version(audit, form, text)
            except UploadError as error:
                return self._edit_page(audit, text, str(error), error.status)
            return await self._added(brief, audit.number)

    async def _next_version(self, audit: Audit, form: FormData, text: str | None) -> Brief:
        files = await _texts(form, "article", "article")
        if files:
            article = Text(files[0].name, files[0].data)
        elif text is not None:
            article = Text(audit.article, encoded(text))
        else:
            article = Text(audit.article, audit.article_bytes())
        added = await _texts(form, "sources", "source")
        sources = (*audit.texts_of_sources(), *added)
        choices = Choices(audit.choices.profile, audit.choices.complete, audit.choices.preview)
        return brief_of(article, sources, "", _all_words(form, "source_text"), choices)

    def changes(self, request: Request) -> Response:
        """What an edit did."""
        audit, report = self._done(request)
        before = self._desk.find(audit.previous) if audit.previous is not None else None
        if before is None or before.report is None:
            return RedirectResponse(f"/audits/{audit.number}/report", _SEE_OTHER)
        comparison = comparison_of(self._book.applied(before.report), report)
        page = render(
            "changes.html.j2",
            audit=audit,
            before=before,
            bar=bar_of(audit, f"/audits/{audit.number}/changes"),
            comparison=comparison,
            groups=[(name, words, comparison.group(name)) for name, words in GROUP_WORDS.items()],
            paragraphs=_edits(before, audit),
        )
        return HTMLResponse(page)

    # --- Decisions ----------------------------------------------------------------------------------------------------

    def decisions(self, request: Request) -> Response:
        """Every open question with a form, for who has no scripts, and what was decided."""
        audit, report = self._done(request)
        return HTMLResponse(self._decisions_page(audit, report))

    def _decisions_page(self, audit: Audit, report: Report, problem: str = "", at: str = "") -> str:
        return render(
            "decisions.html.j2",
            audit=audit,
            bar=bar_of(audit, f"/audits/{audit.number}/decisions"),
            findings=[finding for finding in open_findings(report) if not holds(finding)],
            decided=[finding for finding in report.findings if holds(finding)],
            book=self._book,
            csrf=self._session.csrf,
            problem=problem,
            at=at,
        )

    async def decide(self, request: Request) -> Response:
        """Save one decision, sent by the report's script as JSON or by a form."""
        if _is_json(request):
            return await self._decide_json(request)
        async with self._form(request) as form:
            values = {name: value for name, value in form.items() if isinstance(value, str)}
            audit, report = await run_in_threadpool(self._done, request)
            try:
                await run_in_threadpool(self._save, audit, report, values)
            except Refusal as error:
                page = self._decisions_page(audit, report, str(error), values.get("fingerprint", ""))
                return HTMLResponse(page, error.status)
            return RedirectResponse(f"/audits/{audit.number}/decisions", _SEE_OTHER)

    async def _decide_json(self, request: Request) -> Response:
        try:
            self._check_csrf(request.headers.get("x-csrf-token", ""))
            audit, report = await run_in_threadpool(self._done, request)
            decision = await run_in_threadpool(self._save, audit, report, await _json(request))
        except (Refused, Refusal) as error:
            return JSONResponse({"saved": False, "error": str(error)}, error.status)
        except HTTPException:
            return JSONResponse({"saved": False, "error": "There is no such report."}, 404)
        return JSONResponse({"saved": True, "decision": decision})

    def _save(self, audit: Audit, report: Report, values: Mapping[str, Any]) -> dict[str, Any] | None:
        decision = self._book.save(report, values)
        self._desk.write(audit, self._book.applied(report))
        return decision

    def decisions_file(self, request: Request) -> Response:
        return _download(self._book.text(), "decisions.json", "application/json")


# --- Requests and answers ---------------------------------------------------------------------------------------------


def _words(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _all_words(form: FormData, name: str) -> list[str]:
    return [value for value in form.getlist(name) if isinstance(value, str)]


async def _texts(form: FormData, name: str, fallback: str) -> list[Text]:
    """The files of a field. A field that was left empty arrives as a file without a name."""
    files = [value for value in form.getlist(name) if isinstance(value, UploadFile)]
    return [Text(safe_name(file.filename or "", fallback), await file.read()) for file in files if file.filename]


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip() == "application/json"


async def _json(request: Request) -> dict[str, Any]:
    import json

    data = await request.body()
    if len(data) > MAX_DECISION:
        raise Refusal("The decision is too long.", 413)
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        raise Refusal("The decision did not arrive whole.") from None
    if not isinstance(values, dict):
        raise Refusal("The decision did not arrive whole.")
    return values


def _download(content: str | bytes, name: str, kind: str) -> Response:
    plain = "".join(char if char.isascii() and char not in '"\\' else "_" for char in name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=kind, headers={"Content-Disposition": disposition})


def _stem(audit: Audit) -> str:
    return audit.article.rpartition(".")[0] or audit.article


def _edits(before: Audit, after: Audit) -> list[list[Piece]]:
    """The edited paragraphs, where both versions are text."""
    if before.is_word or after.is_word:
        return []
    try:
        return edited_paragraphs(before.article_text(), after.article_text())
    except CopydeskError:
        return []
