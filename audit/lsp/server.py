"""The protocol: what an editor may ask, and what it is told. The work is the desk's."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from audit import __version__
from audit.console import complain, reason_of, write_file
from audit.errors import CopydeskError
from audit.lsp.actions import EXPLAIN_RULE, OPEN_REPORT, actions_at
from audit.lsp.desk import Desk, Opened
from audit.lsp.hover import hover_at
from audit.records.report import Report


class Server(LanguageServer):
    """A server with its desk. `folder` is where reports for the browser go; only this user may read it."""

    def __init__(self, arguments: tuple[str, ...], folder: Path) -> None:
        # The whole text with every change: pygls would count U+2028 and its like as ends of lines in parts of one.
        super().__init__("copydesk", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.folder = folder
        self.desk = Desk(arguments, self._publish)
        self.was_shut_down = False

    def _publish(self, uri: str, version: int | None, diagnostics: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Say what went wrong in the log, and not in a window that nobody asked for."""
        complain(f"{error}; the server goes on")

    def path_of(self, uri: str) -> str | None:
        """The file of an address; None for texts without one, and for the server's own reports."""
        path = to_fs_path(uri)
        return None if path is None or Path(path).is_relative_to(self.folder) else path

    def opened(self, uri: str) -> Opened | None:
        """The open text of an address that the desk knows."""
        path = self.path_of(uri)
        return self.desk.find(path) if path is not None else None

    def offers(self, *names: str) -> Any:
        """What the client says of itself under a path of names; None where it says nothing."""
        value: Any = self.client_capabilities
        for name in names:
            value = getattr(value, name, None)
        return value

    async def show(self, path: Path, *, outside: bool) -> bool:
        """Have a file shown, by a program of the system or in the editor; otherwise say where it lies."""
        if self.offers("window", "show_document", "support"):
            params = types.ShowDocumentParams(str(from_fs_path(str(path))), external=outside, take_focus=True)
            if (await self.window_show_document_async(params)).success:
                return True
        self.tell(f"copydesk has written {path}")
        return False

    def tell(self, words: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Show a message."""
        self.window_show_message(types.ShowMessageParams(kind, words))


def build_server(arguments: tuple[str, ...], folder: Path) -> Server:
    """A server that is ready to listen; `arguments` are options of `copydesk check`."""
    server = Server(arguments, folder)
    _add_life(server)
    _add_texts(server)
    _add_questions(server)
    _add_commands(server)
    return server


def _add_life(server: Server) -> None:
    @server.feature(types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:
        server.desk.units = server.workspace.position_codec.client_num_units
        server.desk.related = bool(server.offers("text_document", "publish_diagnostics", "related_information"))
        server.desk.prepare()

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:
        server.was_shut_down = True
        server.desk.close()


def _add_texts(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        document, path = params.text_document, server.path_of(params.text_document.uri)
        if path is not None:
            server.desk.open(document.uri, path, document.text, document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        path = server.path_of(params.text_document.uri)
        if path is not None:
            text = server.workspace.get_text_document(params.text_document.uri).source
            server.desk.change(path, text, params.text_document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        path = server.path_of(params.text_document.uri)
        if path is not None:
            server.desk.save(path)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        path = server.path_of(params.text_document.uri)
        if path is not None:
            server.desk.shut(path)


def _add_questions(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        opened = server.opened(params.text_document.uri)
        if opened is None or opened.view is None:
            return None
        formats = server.offers("text_document", "hover", "content_format")
        markdown = formats is None or types.MarkupKind.Markdown in formats
        return hover_at(opened.view, params.position, markdown=markdown)

    kinds = [types.CodeActionKind.QuickFix, types.CodeActionKind.Source]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        opened = server.opened(params.text_document.uri)
        if opened is None or opened.view is None:
            return []
        return actions_at(opened.view, params, server.desk.units, opened.diagnostics)


def _add_commands(server: Server) -> None:
    @server.command(OPEN_REPORT)
    async def open_report(uri: str) -> bool:
        """Show the report of a text's last audit. Returns whether the client took it."""
        opened = server.opened(uri)
        if opened is None or opened.report is None:
            server.tell("There is no report of this text yet.")
            return False
        name = f"{Path(opened.path).stem}-{hashlib.sha256(uri.encode()).hexdigest()[:8]}.html"
        try:
            await asyncio.to_thread(_write_report, opened.report, server.folder / name)
        except (CopydeskError, OSError) as error:
            why = reason_of(error) if isinstance(error, OSError) else str(error)
            server.tell(f"The report could not be written: {why}.", types.MessageType.Error)
            return False
        return await server.show(server.folder / name, outside=True)

    @server.command(EXPLAIN_RULE)
    async def explain_rule(uri: str, rule: str) -> str | None:
        """Show what a rule says of itself. Returns it."""
        opened = server.opened(uri)
        rules = opened.report.run.rules if opened is not None and opened.report is not None else ()
        info = next((one for one in rules if one.id == rule), None)
        if info is None:
            server.tell(f"There is no rule {rule!r}.")
            return None
        text = f"# {info.id}\n\n{info.explanation}\n"
        path = server.folder / f"{hashlib.sha256(rule.encode()).hexdigest()[:8]}.md"
        write_file(path, text)
        await server.show(path, outside=False)
        return text


def _write_report(report: Report, path: Path) -> None:
    from audit.reports.html import render_html

    write_file(path, render_html(report))
    os.chmod(path, 0o600)
