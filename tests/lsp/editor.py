"""An editor without a screen: `copydesk lsp` in a process of its own, and what it has told so far."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

DEADLINE = 90.0  # seconds for anything that is waited for

T = TypeVar("T")


def finish(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end, in a thread of its own: tests of pages leave a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


class Editor(LanguageClient):
    """A client that remembers diagnostics, messages and documents that it was asked to show."""

    def __init__(self) -> None:
        super().__init__("editor", "1")
        self.published: list[types.PublishDiagnosticsParams] = []
        self.shown: list[types.ShowDocumentParams] = []
        self.messages: list[types.ShowMessageParams] = []
        self.faults: list[str] = []
        self._news = asyncio.Condition()
        self._versions: dict[str, int] = {}
        self._read = 0
        typed = self.protocol.get_result_type
        # Its types take an action that has a command for a command.
        self.protocol.get_result_type = lambda method: None if method.endswith("/codeAction") else typed(method)

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        async def diagnostics(params: types.PublishDiagnosticsParams) -> None:
            await self._tell(self.published, params)

        @self.feature(types.WINDOW_SHOW_DOCUMENT)
        async def show(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            await self._tell(self.shown, params)
            return types.ShowDocumentResult(success=True)

        @self.feature(types.WINDOW_SHOW_MESSAGE)
        async def message(params: types.ShowMessageParams) -> None:
            await self._tell(self.messages, params)

    def report_server_error(self, error: Exception, source: Any) -> None:
        self.faults.append(repr(error))

    async def _tell(self, where: list[Any], what: Any) -> None:
        async with self._news:
            where.append(what)
            self._news.notify_all()

    async def begin(
        self,
        folder: Path,
        cache: Path,
        *options: str,
        encodings: list[str] | None = None,
        shows: bool = True,
        temporary: Path | None = None,
    ) -> types.InitializeResult:
        """Start the server in a folder and greet it."""
        command = [sys.executable, "-m", "audit", "lsp", "--cache-dir", str(cache), *options]
        environment = {**os.environ, "TMPDIR": str(temporary)} if temporary is not None else None
        await self.start_io(*command, cwd=folder, env=environment)
        capabilities = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=encodings),
            window=types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=shows)),
            text_document=types.TextDocumentClientCapabilities(
                publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True)
            ),
        )
        params = types.InitializeParams(capabilities, process_id=os.getpid(), root_uri=folder.as_uri())
        answer = await asyncio.wait_for(self.initialize_async(params), DEADLINE)
        self.initialized(types.InitializedParams())
        return answer

    async def end(self) -> tuple[int, str]:
        """Shut down and exit. Returns the exit code and what was logged."""
        await asyncio.wait_for(self.shutdown_async(None), DEADLINE)
        self.exit(None)
        server = self._server
        assert server is not None
        assert server.stderr is not None
        logged = await asyncio.wait_for(server.stderr.read(), DEADLINE)
        code = await asyncio.wait_for(server.wait(), DEADLINE)
        await self.stop()
        return code, logged.decode()

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a file, or a text that is not saved. Returns its address."""
        uri, words = path.as_uri(), path.read_text(encoding="utf-8") if text is None else text
        self._versions[uri] = 1
        item = types.TextDocumentItem(uri, "markdown", 1, words)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def write(self, uri: str, text: str) -> int:
        """Replace the text of an open file. Returns the new version."""
        self._versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
        return self._versions[uri]

    def shut(self, uri: str) -> None:
        self.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    async def until(self, found: Callable[[], Any]) -> Any:
        """Wait until something is so."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(lambda: found()), DEADLINE)
        return found()

    async def next(self, uri: str, version: int | None = None) -> list[types.Diagnostic]:
        """The next diagnostics of a file, or those of a version of it, that were not asked for before."""

        def found() -> list[int]:
            return [
                number
                for number, one in enumerate(self.published)
                if number >= self._read and one.uri == uri and (version is None or one.version == version)
            ]

        number = (await self.until(found))[0]
        self._read = number + 1
        return list(self.published[number].diagnostics)

    async def hover(self, uri: str, position: types.Position) -> types.Hover | None:
        params = types.HoverParams(types.TextDocumentIdentifier(uri), position)
        return await asyncio.wait_for(self.text_document_hover_async(params), DEADLINE)

    async def actions(self, uri: str, area: types.Range, only: list[Any] | None = None) -> list[dict[str, Any]]:
        """The actions as they come over the wire."""
        context = types.CodeActionContext([], only=only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), area, context)
        return list(await asyncio.wait_for(self.text_document_code_action_async(params), DEADLINE))

    async def command(self, command: dict[str, Any]) -> Any:
        params = types.ExecuteCommandParams(command["command"], command["arguments"])
        return await asyncio.wait_for(self.workspace_execute_command_async(params), DEADLINE)
