"""The command itself: what it prints, what it refuses, and that it leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from desk_client import ARTICLE, SOURCE
from running import Running


def enter(server: Running) -> tuple[httpx.Client, str]:
    """A client that was let in, and the token of its forms."""
    client = httpx.Client(base_url=server.origin, follow_redirects=True, trust_env=False, timeout=60)
    page = client.get(server.address)
    found = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert found is not None
    return client, found[1]


def audit(server: Running, client: httpx.Client, csrf: str, *, wait: bool = True) -> str:
    files = [("article", ("a.md", ARTICLE.encode())), ("sources", ("s.txt", SOURCE.encode()))]
    answer = client.post("/audits", data={"csrf": csrf}, files=files, headers={"Origin": server.origin})
    assert answer.status_code == 200, answer.text
    path = f"/audits/{re.findall('/audits/([0-9]+)', str(answer.url))[0]}"
    while wait and client.get(f"{path}/state").json()["state"] in ("waiting", "running"):
        time.sleep(0.1)
    return path


def test_it_says_where_it_is_and_is_nowhere_else(tmp_path: Path) -> None:
    with Running(tmp_path / "tmp") as server:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter\?token=[\w-]{43}", server.address)
        port = int(server.origin.rpartition(":")[2])
        client, _ = enter(server)
        assert client.get("/").status_code == 200
        assert "server" not in client.get("/").headers
        for address in own_addresses():
            with socket.socket() as other:
                other.settimeout(2)
                assert other.connect_ex((address, port)) != 0, f"it also listens on {address}"
        code, out, err = server.end(signal.SIGTERM)
    assert (code, out) == (0, "")
    assert err == "copydesk: stopped; the texts and reports of this session are forgotten\n"


def own_addresses() -> list[str]:
    found = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    return sorted(address for address in found if not address.startswith("127."))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_nothing_is_left_behind(tmp_path: Path, number: signal.Signals) -> None:
    """Neither files nor processes, in the middle of an audit."""
    with Running(tmp_path / "tmp") as server:
        client, csrf = enter(server)
        audit(server, client, csrf)
        audit(server, client, csrf, wait=False)
        [folder] = (tmp_path / "tmp").iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700
        assert (folder / "1" / "texts" / "a.md").read_text(encoding="utf-8") == ARTICLE
        children = processes_below(server.process.pid)
        code, out, err = server.end(number)
    assert (code, out) == (0, "")
    assert "Traceback" not in err
    assert list((tmp_path / "tmp").iterdir()) == []
    await_end(children)


def processes_below(pid: int) -> list[int]:
    """What a process has started and what still runs, by the threads that started it."""
    tasks = Path(f"/proc/{pid}/task")
    if not (tasks / str(pid) / "children").exists():
        pytest.skip("no list of child processes on this system")
    found = [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]
    assert found, "the worker is not there"
    return found


def await_end(children: list[int]) -> None:
    deadline = time.monotonic() + 10
    while any(cmdline(child) for child in children):
        assert time.monotonic() < deadline, "a process lives on"
        time.sleep(0.05)


def test_a_server_that_is_killed_takes_its_worker_along(tmp_path: Path) -> None:
    with Running(tmp_path / "tmp") as server:
        client, csrf = enter(server)
        audit(server, client, csrf)
        children = processes_below(server.process.pid)
        server.end(signal.SIGKILL)
    await_end(children)


def cmdline(pid: int) -> bytes:
    """The command of a process; empty for one that has ended and is not yet taken off the list."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def test_what_is_kept_stays(tmp_path: Path) -> None:
    keep = tmp_path / "new" / "kept"
    with Running(tmp_path / "tmp", "--keep", keep) as server:
        client, csrf = enter(server)
        path = audit(server, client, csrf)
        shown = client.get(f"{path}/report.json").text
        code, _, err = server.end(signal.SIGTERM)
    assert (code, err) == (0, "copydesk: stopped\n")
    assert list((tmp_path / "tmp").iterdir()) == []
    [folder] = keep.iterdir()
    assert sorted(entry.name for entry in folder.iterdir()) == ["report.html", "report.json", "texts"]
    assert (folder / "report.json").read_text(encoding="utf-8") == shown


def test_decisions_go_to_the_file_that_is_named(tmp_path: Path) -> None:
    file = tmp_path / "decisions.json"
    with Running(tmp_path / "tmp", "--decisions", file) as server:
        client, csrf = enter(server)
        path = audit(server, client, csrf)
        finding = client.get(f"{path}/report.json").json()["findings"][0]
        sent = {"fingerprint": finding["fingerprint"], "verdict": "confirmed", "by": "Ada Quill", "text": ""}
        headers = {"Origin": server.origin, "X-CSRF-Token": csrf}
        assert client.post(f"{path}/decisions", json=sent, headers=headers).json()["saved"] is True
    assert '"by": "Ada Quill"' in file.read_text(encoding="utf-8")
    assert list((tmp_path / "tmp").iterdir()) == []


def refused(*options: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "audit", "serve", "--no-browser", *map(str, options)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("copydesk: ")
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"127.0.0.1:{port}: address already in use; choose another --port" in refused("--port", str(port))


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "name a folder with --keep" in refused("--keep", tmp_path / "file" / "kept")
    assert "name a folder with --keep" in refused("--keep", tmp_path / "file")
    if os.path.isdir("/proc/self"):
        assert "name a folder with --keep" in refused("--keep", "/proc/self/kept")


def test_a_file_of_decisions_that_cannot_be_used(tmp_path: Path) -> None:
    file = tmp_path / "decisions.json"
    file.write_text("[]", encoding="utf-8")
    assert str(file) in refused("--decisions", file)
    assert "there is no such folder" in refused("--decisions", tmp_path / "none" / "decisions.json")


def test_help_loads_nothing_of_the_page() -> None:
    code = (
        "import sys; from audit.cli import invoke; invoke(['serve', '--help']); invoke(['--help']);"
        "print(sorted({'starlette', 'uvicorn', 'jinja2', 'spacy', 'pydantic', 'multiprocessing'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
