"""`copydesk serve`: the socket, the folder, the signals, and the end of it all."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn

from audit.cli import EXIT_CLEAN
from audit.console import complain, reason_of, write_stdout
from audit.errors import CopydeskError
from audit.serve.app import build_app
from audit.serve.decisions import Book
from audit.serve.desk import Desk
from audit.serve.guard import Session

HOST = "127.0.0.1"
LAST_WORDS_SECONDS = 2  # how long answers under way may take when the server ends


def serve(options: dict[str, Any]) -> int:
    """Serve the page until Ctrl-C, SIGTERM, or the closing of the terminal. Returns the exit code.

    Raises CopydeskError when the port, the folder or the file of decisions cannot be used.
    """
    with _endings() as ending, _listening(options["port"]) as listener, _folder(options["keep"]) as folder:
        book = Book(options["decisions"] or folder / "decisions.json", forgotten=_is_forgotten(options))
        session = Session(f"{HOST}:{listener.getsockname()[1]}")
        desk = Desk(folder, keep=options["keep"] is not None, finish=book.applied)
        ending.server = server = _Server(build_app(desk, session, book), session, options)
        try:
            if not ending.asked:
                server.run(sockets=[listener])
        finally:
            desk.close()
    complain("stopped" if options["keep"] else "stopped; the texts and reports of this session are forgotten")
    return EXIT_CLEAN


def _is_forgotten(options: dict[str, Any]) -> bool:
    return options["decisions"] is None and options["keep"] is None


class _Server(uvicorn.Server):
    """Says where it is as soon as it answers; its signals are handled here, so that the folder is always removed."""

    def __init__(self, app: Any, session: Session, options: dict[str, Any]) -> None:
        debug = bool(os.environ.get("COPYDESK_DEBUG"))
        super().__init__(
            uvicorn.Config(
                app,
                http="h11",
                ws="none",
                lifespan="on",
                log_level="warning" if debug else "critical",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=LAST_WORDS_SECONDS,
            )
        )
        self._session, self._wants_browser = session, not options["no_browser"]

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave the signals to `_endings`: uvicorn would raise them again at its end, before anything is tidied."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        write_stdout(f"{self._session.address}\n")
        if self._wants_browser:
            threading.Thread(target=_open_browser, args=(self._session.address,), daemon=True).start()


def _open_browser(address: str) -> None:
    import webbrowser

    with contextlib.suppress(Exception):  # the address is printed; whoever has no browser here opens it elsewhere
        webbrowser.open(address)


class _Ending:
    """Whether the end was asked for, and the server that has to know."""

    asked = False
    server: uvicorn.Server | None = None

    def ask(self, number: int, frame: FrameType | None) -> None:
        if self.server is not None:
            self.server.force_exit = self.asked and number == signal.SIGINT  # a second Ctrl-C does not wait
            self.server.should_exit = True
        self.asked = True


@contextlib.contextmanager
def _endings() -> Iterator[_Ending]:
    """Turn Ctrl-C, SIGTERM and the closing of the terminal into an orderly end.

    A signal that whoever started this wants to be ignored, as `nohup` does, stays ignored.
    """
    ending = _Ending()
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    known = [getattr(signal, name) for name in names if hasattr(signal, name)]
    numbers = [number for number in known if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, ending.ask) for number in numbers}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """A socket that listens on this machine only; port 0 means any that is free. Raises CopydeskError."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen(64)
        except OSError as error:
            raise CopydeskError.of(
                "port", f"{HOST}:{port}", reason_of(error), "choose another --port, or leave it out"
            ) from None
        yield listener
    finally:
        listener.close()


@contextlib.contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """The folder of the session: the one to keep, or one that only this user may read and that is removed."""
    if keep is not None:
        yield _kept(keep)
        return
    folder = Path(tempfile.mkdtemp(prefix="copydesk-"))  # mkdtemp gives 0700
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():
            complain(f"{folder}: this could not be removed; it holds texts of this session")


def _kept(folder: Path) -> Path:
    """Make the folder and see that it can be written to. Raises CopydeskError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CopydeskError.of(
            "folder", str(folder), reason_of(error), "name a folder with --keep that can be written to"
        ) from None
    return folder.resolve()
