"""Full disks, closed pipes, killed writers, poisoned caches: one line, the right code, nothing torn."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from command import Command

from audit.console import write_file
from audit.progress import Progress

COPYDESK = [sys.executable, "-m", "audit"]


def _one_line(err: str) -> None:
    assert "Traceback" not in err
    assert err.startswith("copydesk: ")
    assert err.count("\n") == 1, err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("command", [["rules"], ["--help"]])
def test_a_full_disk(command: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COPYDESK, *command], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    _one_line(done.stderr)


@pytest.mark.parametrize("command", [["rules"], ["--help"]])
def test_a_closed_pipe(command: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*COPYDESK, *command], stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert done.returncode == 2
    _one_line(done.stderr)


def test_a_report_that_cannot_be_written(copydesk: Command, clean: tuple[Path, Path], tmp_path: Path) -> None:
    done = copydesk("check", clean[0], "--out", f"json={tmp_path / 'no' / 'r.json'}")
    assert done.code == 2
    assert "the json report was not written" in done.err
    _one_line(done.err)
    assert "Coverage" in done.out


def test_a_writer_that_is_killed_leaves_the_old_report(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old", encoding="utf-8")
    code = f"""
        import os, signal
        from pathlib import Path
        from audit.console import write_file
        os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
        write_file(Path({str(target)!r}), "new" * 100_000)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)])
    assert done.returncode == -signal.SIGKILL
    assert target.read_text(encoding="utf-8") == "old"


def test_a_write_that_fails_leaves_the_old_report_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.json"
    write_file(target, "old")

    def refuse(source: object, goal: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        write_file(target, "new")
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["old"]


def test_written_files_keep_permissions_and_links(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    write_file(real, "one")
    assert real.stat().st_mode & 0o777 == 0o666 & ~_umask()
    real.chmod(0o640)
    link.symlink_to(real)
    write_file(link, "two")
    assert link.is_symlink()
    assert (real.read_text(encoding="utf-8"), real.stat().st_mode & 0o777) == ("two", 0o640)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_corrupt_cache_is_set_aside(copydesk: Command, clean: tuple[Path, Path], tmp_path: Path) -> None:
    expected = copydesk("check", clean[0], "--source", clean[1])
    folder = tmp_path / "annotations"
    folder.mkdir()
    (folder / "cache.db").write_bytes(b"this is no database" * 100)
    done = copydesk("check", clean[0], "--source", clean[1], "--cache-dir", tmp_path)
    assert (done.code, done.out) == (expected.code, expected.out)
    assert "set aside" in done.err
    _one_line(done.err)


def test_a_cache_folder_that_cannot_be_made(copydesk: Command, clean: tuple[Path, Path], tmp_path: Path) -> None:
    expected = copydesk("check", clean[0], "--source", clean[1])
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = copydesk("check", clean[0], "--source", clean[1], "--cache-dir", tmp_path / "file" / "cache")
    assert (done.code, done.out) == (expected.code, expected.out)
    assert "the run goes on without it" in done.err


def test_no_cache_writes_nothing(copydesk: Command, clean: tuple[Path, Path], tmp_path: Path) -> None:
    assert copydesk("check", clean[0], "--cache-dir", tmp_path / "c", "--no-cache").code == 0
    assert not (tmp_path / "c").exists()


def test_a_fault_of_ours_is_one_line(copydesk: Command, dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object, **more: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("audit.check_command.run", broken)
    done = copydesk("check", dossier)
    assert done.code == 2
    assert "ZeroDivisionError" in done.err
    _one_line(done.err)


def test_file_names_cannot_drive_the_terminal(copydesk: Command) -> None:
    done = copydesk("check", "\x1b]0;owned\x07.md")
    assert done.code == 2
    assert "\x1b" not in done.err + done.out
    assert r"\x1b]0;owned\x07.md" in done.err


def test_no_progress_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    progress.step("reading")
    progress.done()
    assert capsys.readouterr().err == ""
