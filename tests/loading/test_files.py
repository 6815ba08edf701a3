"""What is opened, how much is read, and what is no text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audit.errors import CopydeskError
from audit.loading import LoadSettings, load, load_text


def write(folder: Path, data: bytes, name: str = "a.md") -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def code_of(reference: str, settings: LoadSettings | None = None) -> str:
    with pytest.raises(CopydeskError) as caught:
        load(reference, "article", "a1", settings)
    assert caught.value.diagnostic.path == reference
    return caught.value.diagnostic.code


@pytest.mark.parametrize("data", [b"", b"  \n\n\t\n", b"\xef\xbb\xbf"])
def test_a_file_without_words_is_a_document_without_blocks(tmp_path: Path, data: bytes) -> None:
    document = load(write(tmp_path, data), "article", "a1").documents[0]
    assert document.blocks == ()
    assert document.view == ""


def test_the_byte_order_mark_is_not_counted(tmp_path: Path) -> None:
    document = load(write(tmp_path, b"\xef\xbb\xbfThe quay is shut."), "article", "a1").documents[0]
    assert document.raw == "The quay is shut."
    assert document.place(4, 8).column == 5


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_needs_its_mark(tmp_path: Path, codec: str) -> None:
    text = "The quay is shut — for good 🚢."
    marked = load(write(tmp_path, ("\ufeff" + text).encode(codec)), "article", "a1").documents[0]
    assert marked.raw == text
    assert code_of(write(tmp_path, text.encode(codec), "bare.txt")) in ("binary", "encoding")


def test_invalid_utf8_names_its_byte(tmp_path: Path) -> None:
    path = write(tmp_path, "Zoë\n".encode() + b"caf\xe9 shut")
    with pytest.raises(CopydeskError) as caught:
        load(path, "article", "a1")
    assert caught.value.diagnostic.offset == 8
    assert caught.value.diagnostic.line == 2


def test_a_lone_nul_keeps_its_place_and_a_binary_is_refused(tmp_path: Path) -> None:
    document = load(write(tmp_path, b"The quay\x00 is shut for the rest of the year."), "article", "a1").documents[0]
    assert document.raw[8] == "\0"
    assert document.place(10, 12).text == "is"
    assert code_of(write(tmp_path, b"\x89PNG\r\n\x1a\n" + bytes(100), "b.md")) == "binary"


def test_nothing_beyond_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, b"x" * 101)
    monkeypatch.setattr(os, "open", lambda *args: pytest.fail("opened"))
    assert code_of(path, LoadSettings(max_bytes=100)) == "too-large"


def test_standard_input_has_the_same_limit() -> None:
    with pytest.raises(CopydeskError, match="limit"):
        load("-", "article", "a1", LoadSettings(max_bytes=3), b"four")
    assert load("-", "article", "a1", None, b"# Head\n\nBody text.").documents[0].meta.title == "Head"


def test_missing_folder_and_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    assert code_of(str(tmp_path / "none.md")) == "missing"
    assert code_of(str(tmp_path)) == "folder"
    monkeypatch.setattr(os, "open", lambda *args: pytest.fail("opened"))
    assert code_of(str(pipe)) == "not-a-file"
    assert code_of("/dev/zero") == "not-a-file"
    assert code_of("a\0b") == "unreadable"


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(CopydeskError, match="surrogate"):
        load_text("The quay \ud800 is shut.")


def test_ten_megabytes_in_one_line() -> None:
    raw = "“We wait,” Ana Reyes said. " * 400_000
    document = load_text(raw, "long.txt").documents[0]
    assert document.place(len(document.view) - 5, len(document.view)).text == "said."
